#include "inference/exposition.h"

#include <charconv>
#include <cmath>

namespace gatehouse::inference {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimLeft(std::string_view text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    return text;
}

/// The end of "{...}" with quoted values and their escapes; npos when it never closes.
std::size_t labelsEnd(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == '}' && !quoted) {
            return i;
        }
    }
    return std::string_view::npos;
}

}  // namespace

std::string_view trimBlanks(std::string_view text) {
    text = trimLeft(text);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view nameOf(std::string_view line) {
    std::size_t end = 0;
    while (end < line.size() && line[end] != '{' && !isBlank(line[end])) ++end;
    return line.substr(0, end);
}

std::optional<Sample> splitSample(std::string_view line, std::size_t nameLength) {
    Sample sample;
    line = trimLeft(line.substr(nameLength));
    if (line.starts_with('{')) {
        const std::size_t end = labelsEnd(line);
        if (end == std::string_view::npos) return std::nullopt;
        sample.labels = line.substr(1, end - 1);
        line = trimLeft(line.substr(end + 1));
    }
    sample.value = line.substr(0, line.find_first_of(" \t\r"));
    if (sample.value.empty()) return std::nullopt;
    return sample;
}

std::string_view labelOf(std::string_view labels, std::string_view key) {
    std::size_t at = 0;
    while (at < labels.size()) {
        const std::size_t equals = labels.find('=', at);
        if (equals == std::string_view::npos || equals + 1 >= labels.size() || labels[equals + 1] != '"') return {};
        const auto name = trimBlanks(labels.substr(at, equals - at));
        std::size_t end = equals + 2;
        while (end < labels.size() && labels[end] != '"') end += labels[end] == '\\' ? 2 : 1;
        if (end >= labels.size()) return {};
        if (name == key) return labels.substr(equals + 2, end - equals - 2);
        at = end + 1;
        while (at < labels.size() && (labels[at] == ',' || isBlank(labels[at]))) ++at;
    }
    return {};
}

std::string unescapeLabel(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\' && i + 1 < value.size()) {
            ++i;
            out += value[i] == 'n' ? '\n' : value[i];
        } else {
            out += value[i];
        }
    }
    return out;
}

std::optional<double> finiteNumber(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0) return std::nullopt;
    return value;
}

}  // namespace gatehouse::inference
