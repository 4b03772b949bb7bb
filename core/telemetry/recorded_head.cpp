#include "telemetry/recorded_head.h"

#include "http/message.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::telemetry {
namespace {

constexpr std::string_view kSecretParts[] = {"auth",   "cookie",  "token",   "secret",  "passw",  "apikey",     "api-key",
                                             "api_key", "credent", "session", "signature", "jwt", "private", "client-cert"};
/// Names that are secret as a whole: short ones that stand inside of harmless words.
constexpr std::string_view kSecretNames[] = {"key", "sig", "sid", "pass", "pwd", "code"};
/// Nonces and names that look alike.
constexpr std::string_view kHarmless[] = {"sec-websocket-key", "sec-websocket-key1", "sec-websocket-key2", "idempotency-key",
                                          "surrogate-key", "authority", "x-forwarded-authority", "author"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool containsPart(std::string_view name, std::string_view part) {
    return std::search(name.begin(), name.end(), part.begin(), part.end(), [](char a, char b) { return lower(a) == b; }) != name.end();
}

bool endsWithKey(std::string_view name) {
    return name.size() > 4 && http::equalsIgnoreCase(name.substr(name.size() - 3), "key") &&
           (name[name.size() - 4] == '-' || name[name.size() - 4] == '_');
}

/// Calls with each name and the span of its value in the query; false ends it.
template <class Visit>
void eachParameter(std::string_view query, Visit&& visit) {
    std::size_t at = 0;
    while (at <= query.size()) {
        const auto end = std::min(query.find('&', at), query.size());
        const auto equals = query.find('=', at);
        if (equals < end && !visit(query.substr(at, equals - at), equals + 1, end)) return;
        at = end + 1;
    }
}

}  // namespace

bool isSecretName(std::string_view name) {
    const auto is = [&](std::string_view other) { return http::equalsIgnoreCase(name, other); };
    if (std::any_of(std::begin(kHarmless), std::end(kHarmless), is)) return false;
    return endsWithKey(name) || std::any_of(std::begin(kSecretNames), std::end(kSecretNames), is) ||
           std::any_of(std::begin(kSecretParts), std::end(kSecretParts), [&](std::string_view part) { return containsPart(name, part); });
}

bool SecretNames::has(std::string_view name) {
    if (name.empty() || name.size() > kLongest) return isSecretName(name);
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    const auto part = std::min(name.size(), sizeof head);
    std::memcpy(&head, name.data(), part);
    std::memcpy(&tail, name.data() + name.size() - part, part);
    const auto mixed = (head ^ (tail << 7) ^ name.size()) * 0x9e3779b97f4a7c15ULL;
    const auto first = static_cast<std::size_t>(mixed >> 58) * 2;
    const auto holds = [&](const Entry& entry) {
        return entry.size == name.size() && std::memcmp(entry.name, name.data(), name.size()) == 0;
    };
    if (holds(known_[first])) return known_[first].secret;
    if (holds(known_[first + 1])) return known_[first + 1].secret;
    known_[first + 1] = known_[first];
    auto& entry = known_[first];
    entry.size = static_cast<std::uint8_t>(name.size());
    entry.secret = isSecretName(name);
    std::memcpy(entry.name, name.data(), name.size());
    return entry.secret;
}

bool hasSecretParameter(std::string_view query, SecretNames& names) {
    bool found = false;
    eachParameter(query, [&](std::string_view name, std::size_t, std::size_t) { return !(found = names.has(name)); });
    return found;
}

std::string hideParameters(std::string_view target, SecretNames* names) {
    const auto mark = target.find('?');
    if (mark == std::string_view::npos) return std::string(target);
    const auto query = target.substr(mark + 1);
    std::string out(target.substr(0, mark + 1));
    std::size_t copied = 0;
    eachParameter(query, [&](std::string_view name, std::size_t begin, std::size_t end) {
        if (!(names != nullptr ? names->has(name) : isSecretName(name))) return true;
        out += query.substr(copied, begin - copied);
        out += kHiddenValue;
        copied = end;
        return true;
    });
    out += query.substr(copied);
    return out;
}

std::string_view RecordedHead::target() const { return std::string_view(text).substr(0, text.find('\n')); }

std::vector<std::pair<std::string_view, std::string_view>> RecordedHead::fields() const {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    std::string_view rest = text;
    rest.remove_prefix(std::min(rest.size(), rest.find('\n') == std::string_view::npos ? rest.size() : rest.find('\n') + 1));
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(rest.size(), end + 1));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        auto value = line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        out.emplace_back(line.substr(0, colon), value);
    }
    return out;
}

void RecordedHead::hide(std::string_view name) {
    bool found = false;
    auto hidden = std::string(target()) + '\n';
    for (const auto& [field, value] : fields()) {
        const bool same = http::equalsIgnoreCase(field, name);
        found = found || same;
        hidden.append(field).append(": ").append(same ? kHiddenValue : value).append("\n");
    }
    if (found) text = std::move(hidden);
}

}  // namespace gatehouse::telemetry
