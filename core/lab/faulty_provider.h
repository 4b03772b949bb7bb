// FaultyProvider: a simulated LLM provider on loopback that answers chats in one dialect, well or with one fault of a table: the faults
// that real providers have. For drills of a configuration: what becomes of a request when this happens?
// Thread: every member from any; it serves on threads of its own. Lifetime: destruction cuts what is open and joins.
#pragma once

#include "base/result.h"
#include "llm/translate.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::lab {

enum class ProviderFault : std::uint8_t {
    None,
    RateLimited,
    RateLimitedRetryAfter,
    ServerError,
    Overloaded,
    Refused,             ///< Nobody listens at its port.
    Reset,
    Silence,
    SlowFirstToken,
    Stall,
    BadFraming,
    BadFirstEvent,
    BadFramingLater,
    ErrorEvent,
    EmptyStream,
    Html,
    BrokenHead,
    ContextTooLong,
    Unauthorized,
    Forbidden,
    BadRequest,
    CutStream,
    EndWithoutEnd,
};

struct FaultCase {
    ProviderFault fault;
    const char* name;   ///< "rate-limited": for scripts.
    const char* title;  ///< "429 without Retry-After": for people.
    bool streams;       ///< It is a fault of streams alone.
};
/// All but None.
const std::vector<FaultCase>& faultCases();
/// Null: unknown.
const FaultCase* findFaultCase(std::string_view name);

class FaultyProvider {
  public:
    /// Error "no-port", or "unsupported" where the dialect has no chats.
    static Result<std::unique_ptr<FaultyProvider>> start(const llm::Dialect& dialect);
    ~FaultyProvider();
    FaultyProvider(const FaultyProvider&) = delete;
    FaultyProvider& operator=(const FaultyProvider&) = delete;

    std::uint16_t port() const;
    void setFault(ProviderFault fault);
    /// What it answers from now on, where nothing is wrong.
    void setText(const std::string& text);
    /// Requests that came.
    std::uint64_t asked() const;
    /// Body of the last of them.
    std::string lastBody() const;

    /// What it says at first.
    static constexpr const char* kText = "Hello from a simulated provider.";

  private:
    struct Impl;
    explicit FaultyProvider(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::lab
