#include "gateway/retry_after.h"

#include "http/characters.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string>

namespace gatehouse::gateway {
namespace {

constexpr std::chrono::seconds kLongest{600};

std::optional<long> number(std::string_view text) {
    long value = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::chrono::seconds> retryAfter(const http::Headers& answer, base::WallTime now) {
    if (const auto millis = answer.get("retry-after-ms"))
        if (const auto value = number(http::trimOws(*millis))) return std::min(std::chrono::seconds((*value + 999) / 1000), kLongest);
    const auto field = answer.get("retry-after");
    if (!field) return std::nullopt;
    const auto text = http::trimOws(*field);
    auto seconds = number(text);
    if (!seconds) {
        std::tm date{};
        if (strptime(std::string(text).c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date) == nullptr) return std::nullopt;
        seconds = std::max(0L, static_cast<long>(timegm(&date) - std::chrono::system_clock::to_time_t(now)));
    }
    return std::min(std::chrono::seconds(*seconds), kLongest);
}

}  // namespace gatehouse::gateway
