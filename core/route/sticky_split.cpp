#include "route/sticky_split.h"

#include "base/ids.h"
#include "filter/session.h"

#include <fmt/format.h>

namespace gatehouse::route {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// RFC 9110 section 5.6.2.
bool isToken(std::string_view text) {
    for (const char c : text) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word && std::string_view("!#$%&'*+-.^_`|~").find(c) == std::string_view::npos) return false;
    }
    return !text.empty();
}

}  // namespace

std::string StickySplit::text() const {
    return by == By::Caller ? "caller" : fmt::format("{} {}", by == By::Header ? "header" : "cookie", name);
}

Result<StickySplit> parseStickySplit(std::string_view text, std::string_view ruleId) {
    text = trimmed(text);
    StickySplit out;
    out.seed = base::stableHash(ruleId);
    const auto space = text.find_first_of(" \t");
    const auto kind = text.substr(0, space);
    const auto name = space == std::string_view::npos ? std::string_view() : trimmed(text.substr(space));
    if (kind == "caller" && name.empty()) {
        out.by = StickySplit::By::Caller;
        return out;
    }
    if ((kind != "header" && kind != "cookie") || !isToken(name))
        return fail("sticky-split", fmt::format("\"{}\" says neither \"header NAME\", \"cookie NAME\" nor \"caller\"; requests are drawn one by one.", text));
    out.by = kind == "header" ? StickySplit::By::Header : StickySplit::By::Cookie;
    out.name = name;
    return out;
}

std::optional<std::string> stickySplitText(const config::Object& route) {
    const auto found = route.annotations.find(kStickySplitAnnotation);
    if (found == route.annotations.end()) return std::nullopt;
    const auto split = parseStickySplit(found->second, "");
    return split ? std::optional(split->text()) : std::nullopt;
}

std::uint64_t stickyHash(std::string_view key, std::uint64_t seed) {
    auto hash = base::stableHash(key, seed);
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
}

std::uint64_t stickyKey(const StickySplit& split, const http::Headers& headers, std::string_view caller) {
    std::string_view key = caller;
    if (split.by == StickySplit::By::Header) key = headers.get(split.name).value_or(std::string_view());
    if (split.by == StickySplit::By::Cookie) key = filter::cookieValue(headers, split.name);
    if (key.empty()) return 0;
    const auto hash = stickyHash(key, split.seed);
    return hash == 0 ? 1 : hash;
}

std::uint64_t stickyPlace(std::uint64_t hash, std::uint64_t total) {
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(hash) * total) >> 64);
}

std::string stickyReason(const StickySplit& split, std::uint32_t weight, std::uint64_t total, std::uint64_t place) {
    const double share = total > 0 ? 100.0 * weight / static_cast<double>(total) : 0;
    return fmt::format("weight {} of {} ({:.1f} %), place {} by {}", weight, total, share, place, split.text());
}

}  // namespace gatehouse::route
