// Secrets: values that cannot be printed, and where they come from. A value exists only in memory, is zeroed when it
// dies, and is never written to YAML, logs, traces, exports or errors. Thread: values.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::secret {

/// No operator<<, no formatter, no comparison that leaks: reveal() is the only way to the bytes.
class SecretValue {
  public:
    SecretValue() = default;
    explicit SecretValue(std::string value) : value_(std::move(value)) {}
    SecretValue(const SecretValue&) = default;
    SecretValue(SecretValue&&) noexcept = default;
    /// By value, then swapped: the old bytes die in the argument, zeroed.
    SecretValue& operator=(SecretValue other) noexcept {
        value_.swap(other.value_);
        return *this;
    }
    ~SecretValue();

    bool empty() const { return value_.empty(); }
    std::string_view reveal() const { return value_; }

  private:
    std::string value_;
};

/// Reads one key of a Kubernetes Secret object as written in a workspace file: data (base64) or stringData. A string of
/// the form "env:NAME" or "file:/path" in stringData is resolved there, so that a workspace needs to hold no value.
Result<SecretValue> resolve(std::string_view stringDataOrEmpty, std::string_view base64DataOrEmpty);

/// True for texts that only refer to a secret ("env:...", "file:...") and may thus be shown and exported.
bool isReference(std::string_view text);

}  // namespace gatehouse::secret
