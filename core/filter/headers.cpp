#include "filter/chain.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::filter {
namespace {

/// RFC 9110 section 5.3: Set-Cookie is the one field that must not be folded into a comma-separated list.
bool mayBeJoined(std::string_view name) { return !http::equalsIgnoreCase(name, "set-cookie"); }

void append(http::Headers& headers, std::string_view name, std::string_view value) {
    // RFC 9112 section 3.2: a request with two hosts, or a list of them, is refused by its server.
    if (http::equalsIgnoreCase(name, "host")) return headers.set(name, value);
    if (!headers.has(name) || !mayBeJoined(name)) {
        headers.add(name, value);
        return;
    }
    std::string joined;
    for (const auto& field : headers.fields()) {
        if (!http::equalsIgnoreCase(field.name, name)) continue;
        if (!joined.empty()) joined += ',';
        joined += field.value;
    }
    if (!joined.empty()) joined += ',';
    joined += value;
    headers.set(name, joined);
}

std::string_view shownValue(std::string_view name, std::string_view value) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    for (const std::string_view part : {"auth", "cookie", "token", "secret", "key", "password"})
        if (lower.find(part) != std::string::npos) return "(hidden)";
    return value;
}

}  // namespace

void apply(const HeaderMutation& mutation, http::Headers& headers) {
    for (const auto& [name, value] : mutation.set) headers.set(name, value);
    for (const auto& [name, value] : mutation.add) append(headers, name, value);
    for (const auto& name : mutation.remove) headers.remove(name);
}

std::string describe(const HeaderMutation& mutation) {
    std::vector<std::string> parts;
    for (const auto& [name, value] : mutation.set) parts.push_back(fmt::format("set {}: {}", name, shownValue(name, value)));
    for (const auto& [name, value] : mutation.add) parts.push_back(fmt::format("add {}: {}", name, shownValue(name, value)));
    for (const auto& name : mutation.remove) parts.push_back(fmt::format("remove {}", name));
    return fmt::format("{}", fmt::join(parts, ", "));
}

void Chain::orderByKind() {
    order.clear();
    if (cors) order.push_back({FilterStep::Cors});
    if (!requestHeaders.empty()) order.push_back({FilterStep::RequestHeaders});
    if (rewrite) order.push_back({FilterStep::Rewrite});
    if (redirect) order.push_back({FilterStep::Redirect});
    if (directResponse) order.push_back({FilterStep::DirectResponse});
}

}  // namespace gatehouse::filter
