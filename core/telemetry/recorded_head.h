// RecordedHead: the head of a finished request, as it came, for those who ask later why it went where it went. What could let
// somebody in is not in it: such fields and parameters are there by name, with kHiddenValue for a value. Bodies are never kept.
// Thread: values and pure functions; SecretNames has one owner. Lifetime: shared by the records that show it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::telemetry {

inline constexpr std::string_view kHiddenValue = "(hidden)";

/// Does a field, cookie or parameter of this name carry what lets somebody in (authorization, cookies, keys, tokens)? Matched
/// on the name alone, case-insensitive, and rather too often than too seldom.
bool isSecretName(std::string_view name);

/// isSecretName() with a memory: requests bring the same few names all the time.
class SecretNames {
  public:
    bool has(std::string_view name);

  private:
    static constexpr std::size_t kLongest = 30;
    struct Entry {
        std::uint8_t size = 0;
        bool secret = false;
        char name[kLongest];
    };
    /// Two places for each hash, so that two names of one request do not push each other out.
    std::array<Entry, 128> known_{};
};

/// A target with the values of secret parameters hidden: "/v1?key=(hidden)&x=1". `names` may be null.
std::string hideParameters(std::string_view target, SecretNames* names = nullptr);
/// Has the query (without '?') a parameter that is to be hidden?
bool hasSecretParameter(std::string_view query, SecretNames& names);

struct RecordedHead {
    /// The most that is kept of one request.
    static constexpr std::size_t kMost = 4096;
    /// The most that is kept of one field's value.
    static constexpr std::size_t kMostValue = 1024;

    /// The target as received, then "name: value" of each field, each with a line feed after it.
    std::string text;
    bool cut = false;  ///< Something did not fit.

    std::string_view target() const;
    std::vector<std::pair<std::string_view, std::string_view>> fields() const;
    /// Hides the values of this field too, whose name only the configuration knows.
    void hide(std::string_view name);
};

}  // namespace gatehouse::telemetry
