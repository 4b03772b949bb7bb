// The faults of simulated providers, by name.
#include "lab/faulty_provider.h"

#include <algorithm>

namespace gatehouse::lab {

using F = ProviderFault;

const std::vector<FaultCase>& faultCases() {
    static const std::vector<FaultCase> kAll{
        {F::RateLimited, "rate-limited", "429 without Retry-After", false},
        {F::RateLimitedRetryAfter, "rate-limited-retry-after", "429 with Retry-After: 30", false},
        {F::ServerError, "server-error", "500, something broke", false},
        {F::Overloaded, "overloaded", "529, overloaded", false},
        {F::Refused, "refused", "connection refused", false},
        {F::Reset, "reset", "reset before an answer", false},
        {F::Silence, "silence", "no answer at all", true},
        {F::SlowFirstToken, "slow-first-token", "a head, and no first token", true},
        {F::Stall, "stall", "a stall between tokens", true},
        {F::BadFraming, "bad-framing", "malformed chunks of HTTP", true},
        {F::BadFirstEvent, "bad-first-event", "a first event that is no JSON", true},
        {F::BadFramingLater, "bad-framing-later", "malformed chunks after the first token", true},
        {F::ErrorEvent, "error-event", "an error event with status 200", true},
        {F::EmptyStream, "empty-stream", "a stream that ends before it begins", true},
        {F::Html, "html", "HTML in place of an answer", false},
        {F::BrokenHead, "broken-head", "an answer that is no HTTP", false},
        {F::ContextTooLong, "context-too-long", "400, the context is too long", false},
        {F::Unauthorized, "unauthorized", "401, the key is refused", false},
        {F::Forbidden, "forbidden", "403, the key may not do that", false},
        {F::BadRequest, "bad-request", "400, the request is wrong", false},
        {F::CutStream, "cut-stream", "a reset in the middle of a stream", true},
        {F::EndWithoutEnd, "end-without-end", "a stream that stops without its end", true},
    };
    return kAll;
}

const FaultCase* findFaultCase(std::string_view name) {
    const auto& all = faultCases();
    const auto found = std::find_if(all.begin(), all.end(), [&](const FaultCase& one) { return name == one.name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace gatehouse::lab
