#include "text/yaml.h"

#include <charconv>

namespace gatehouse::text::yaml {
namespace {

bool needsQuotes(std::string_view key) {
    if (key.empty()) return true;
    return key.find_first_of(".[]\"\\ \t\r\n") != std::string_view::npos;
}

}  // namespace

Result<Path> Path::parse(std::string_view text) {
    std::vector<Step> steps;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '[') {
            ++at;
            if (at < text.size() && text[at] == '"') {
                std::string key;
                for (++at; at < text.size() && text[at] != '"'; ++at) {
                    if (text[at] == '\\' && at + 1 < text.size()) ++at;
                    key += text[at];
                }
                if (at + 1 >= text.size() || text[at + 1] != ']')
                    return fail("yaml-path", "A quoted key in a field path must end with \"].");
                at += 2;
                steps.emplace_back(std::move(key));
            } else {
                std::size_t index = 0;
                const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), index);
                const auto next = static_cast<std::size_t>(end - text.data());
                if (error != std::errc{} || next >= text.size() || text[next] != ']')
                    return fail("yaml-path", "Brackets in a field path hold a position from 0, as in rules[0].");
                at = next + 1;
                steps.emplace_back(index);
            }
            if (at < text.size() && text[at] == '.') {
                if (++at == text.size()) return fail("yaml-path", "A field path cannot end with a dot.");
            } else if (at < text.size() && text[at] != '[') {
                return fail("yaml-path", "A dot must follow a closing bracket in a field path.");
            }
            continue;
        }
        const auto end = text.find_first_of(".[", at);
        const auto key = text.substr(at, end == std::string_view::npos ? end : end - at);
        if (key.empty()) return fail("yaml-path", "A field path has an empty step.");
        steps.emplace_back(std::string(key));
        if (end == std::string_view::npos) break;
        at = text[end] == '.' ? end + 1 : end;
        if (at == text.size()) return fail("yaml-path", "A field path cannot end with a dot.");
    }
    return Path(std::move(steps));
}

std::string Path::toString() const {
    std::string out;
    for (const auto& step : steps_) {
        if (const auto* index = std::get_if<std::size_t>(&step)) {
            out += '[' + std::to_string(*index) + ']';
            continue;
        }
        const auto& key = std::get<std::string>(step);
        if (needsQuotes(key)) {
            out += "[\"";
            for (const char c : key) {
                if (c == '"' || c == '\\') out += '\\';
                out += c;
            }
            out += "\"]";
        } else {
            if (!out.empty()) out += '.';
            out += key;
        }
    }
    return out;
}

Path Path::key(std::string_view name) const {
    Path longer = *this;
    longer.steps_.emplace_back(std::string(name));
    return longer;
}

Path Path::index(std::size_t position) const {
    Path longer = *this;
    longer.steps_.emplace_back(position);
    return longer;
}

Path Path::parent() const {
    Path shorter = *this;
    if (!shorter.steps_.empty()) shorter.steps_.pop_back();
    return shorter;
}

}  // namespace gatehouse::text::yaml
