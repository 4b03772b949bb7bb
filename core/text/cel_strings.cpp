// Functions on strings: the standard ones, and the strings extension (positions are code points).
#include "text/cel_ast.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::text::cel {
namespace {

using Form = Function::Form;

/// The arguments as strings, or none of them.
bool strings(Arguments arguments, std::initializer_list<const std::string**> out) {
    std::size_t i = 0;
    for (const auto** place : out)
        if ((*place = arguments[i++].asString()) == nullptr) return false;
    return true;
}

/// The byte at which code point `index` begins; the end behind the last one; npos: outside.
std::size_t byteOf(std::string_view text, std::int64_t index) {
    if (index < 0) return std::string_view::npos;
    std::size_t at = 0;
    for (; index > 0; --index) {
        if (at >= text.size()) return std::string_view::npos;
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    }
    return at;
}
std::int64_t pointOf(std::string_view text, std::size_t byte) { return static_cast<std::int64_t>(codePoints(text.substr(0, byte))); }

tl::unexpected<Error> outside() { return fail("cel-range", "The position is outside of the string."); }

Result<Value> contains(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("contains()");
    return Value::boolean(text->find(*part) != std::string::npos);
}
Result<Value> startsWith(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("startsWith()");
    return Value::boolean(text->starts_with(*part));
}
Result<Value> endsWith(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("endsWith()");
    return Value::boolean(text->ends_with(*part));
}

Result<std::shared_ptr<const Regex>> compiled(const std::string& pattern, Budget& budget) {
    if (!budget.work(200 + pattern.size() * 4)) return overBudget();
    auto regex = Regex::compile(pattern);
    if (!regex) return fail("cel-regex", regex.error().message);
    return regex;
}

Result<Value> matches(Arguments arguments, Budget& budget) {
    const std::string *text, *pattern;
    if (!strings(arguments, {&text, &pattern})) return noOverload("matches()");
    const auto regex = compiled(*pattern, budget);
    if (!regex) return tl::unexpected(regex.error());
    std::size_t begin = 0, end = 0;
    return Value::boolean((*regex)->find(*text, 0, begin, end));
}

/// The first hit alone, as agentgateway does; $1 is not expanded.
Result<Value> regexReplace(Arguments arguments, Budget& budget) {
    const std::string *text, *pattern, *with;
    if (!strings(arguments, {&text, &pattern, &with})) return noOverload("regexReplace()");
    const auto regex = compiled(*pattern, budget);
    if (!regex) return tl::unexpected(regex.error());
    std::size_t begin = 0, end = 0;
    if (!(*regex)->find(*text, 0, begin, end)) return arguments[0];
    if (!budget.build(text->size() + with->size())) return overBudget();
    return Value::string(text->substr(0, begin) + *with + text->substr(end));
}

Result<Value> charAt(Arguments arguments, Budget&) {
    const auto* text = arguments[0].asString();
    const auto* at = arguments[1].asInt();
    if (text == nullptr || at == nullptr) return noOverload("charAt()");
    const auto begin = byteOf(*text, *at);
    if (begin == std::string::npos) return outside();
    return Value::string(std::string_view(*text).substr(begin, byteOf(std::string_view(*text).substr(begin), begin < text->size() ? 1 : 0)));
}

Result<Value> indexOf(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("indexOf()");
    std::size_t from = 0;
    if (arguments.size() == 3) {
        const auto* at = arguments[2].asInt();
        if (at == nullptr) return noOverload("indexOf()");
        from = byteOf(*text, *at);
        if (from == std::string::npos) return outside();
    }
    const auto found = text->find(*part, from);
    return Value::integer(found == std::string::npos ? -1 : pointOf(*text, found));
}

Result<Value> lastIndexOf(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("lastIndexOf()");
    std::size_t from = std::string::npos;
    if (arguments.size() == 3) {
        const auto* at = arguments[2].asInt();
        if (at == nullptr) return noOverload("lastIndexOf()");
        from = byteOf(*text, *at);
        if (from == std::string::npos) return outside();
    }
    const auto found = text->rfind(*part, from);
    return Value::integer(found == std::string::npos ? -1 : pointOf(*text, found));
}

Result<Value> substring(Arguments arguments, Budget& budget) {
    const auto* text = arguments[0].asString();
    const auto* from = arguments[1].asInt();
    const auto* to = arguments.size() == 3 ? arguments[2].asInt() : nullptr;
    if (text == nullptr || from == nullptr || (arguments.size() == 3 && to == nullptr)) return noOverload("substring()");
    const auto begin = byteOf(*text, *from);
    const auto end = to == nullptr ? text->size() : byteOf(*text, *to);
    if (begin == std::string::npos || end == std::string::npos || begin > end) return outside();
    if (!budget.build(end - begin)) return overBudget();
    return Value::string(std::string_view(*text).substr(begin, end - begin));
}

Result<Value> folded(Arguments arguments, Budget& budget, char first, char last, int shift) {
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("The function");
    if (!budget.build(text->size())) return overBudget();
    std::string out = *text;
    for (auto& c : out)
        if (c >= first && c <= last) c = static_cast<char>(c + shift);
    return Value::string(out);
}
Result<Value> lowerAscii(Arguments arguments, Budget& budget) { return folded(arguments, budget, 'A', 'Z', 32); }
Result<Value> upperAscii(Arguments arguments, Budget& budget) { return folded(arguments, budget, 'a', 'z', -32); }

Result<Value> trim(Arguments arguments, Budget&) {
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("trim()");
    constexpr std::string_view kBlank = " \t\n\r\f\v";
    const auto begin = text->find_first_not_of(kBlank);
    if (begin == std::string::npos) return Value::string("");
    return Value::string(std::string_view(*text).substr(begin, text->find_last_not_of(kBlank) - begin + 1));
}

/// "a".replace("", "-") puts it between all code points, as Go does.
Result<Value> replace(Arguments arguments, Budget& budget) {
    const std::string *text, *from, *to;
    const auto* most = arguments.size() == 4 ? arguments[3].asInt() : nullptr;
    if (!strings(arguments, {&text, &from, &to}) || (arguments.size() == 4 && most == nullptr)) return noOverload("replace()");
    std::int64_t left = most == nullptr || *most < 0 ? INT64_MAX : *most;
    std::string out;
    std::size_t at = 0;
    while (at <= text->size()) {
        const auto found = left > 0 ? text->find(*from, at) : std::string::npos;
        if (found == std::string::npos) break;
        out.append(*text, at, found - at);
        out += *to;
        if (!budget.build(found - at + to->size() + 1)) return overBudget();
        --left;
        at = found + from->size();
        if (!from->empty()) continue;
        const auto next = at < text->size() ? at + byteOf(std::string_view(*text).substr(at), 1) : at + 1;
        if (at < text->size()) out.append(*text, at, next - at);
        at = next;
    }
    if (at < text->size()) out.append(*text, at);
    if (!budget.build(out.size())) return overBudget();
    return Value::string(out);
}

Result<Value> split(Arguments arguments, Budget& budget) {
    const std::string *text, *by;
    const auto* most = arguments.size() == 3 ? arguments[2].asInt() : nullptr;
    if (!strings(arguments, {&text, &by}) || (arguments.size() == 3 && most == nullptr)) return noOverload("split()");
    const std::int64_t limit = most == nullptr || *most < 0 ? INT64_MAX : *most;
    Value::List parts;
    if (limit == 0) return Value::list(std::move(parts));
    std::size_t at = 0;
    if (!budget.build(text->size())) return overBudget();
    while (static_cast<std::int64_t>(parts.size()) + 1 < limit) {
        std::size_t end = by->empty() ? (at < text->size() ? at + byteOf(std::string_view(*text).substr(at), 1) : at) : text->find(*by, at);
        if (end == std::string::npos || (by->empty() && end >= text->size())) break;
        if (!budget.build(sizeof(Value))) return overBudget();
        parts.push_back(Value::string(std::string_view(*text).substr(at, end - at)));
        at = end + by->size();
    }
    parts.push_back(Value::string(std::string_view(*text).substr(at)));
    return Value::list(std::move(parts));
}

Result<Value> join(Arguments arguments, Budget& budget) {
    const auto* items = arguments[0].asList();
    const std::string none;
    const auto* by = arguments.size() == 2 ? arguments[1].asString() : &none;
    if (items == nullptr || by == nullptr) return noOverload("join()");
    std::string out;
    for (const auto& item : *items) {
        const auto* text = item.asString();
        if (text == nullptr) return noOverload("join()");
        if (!budget.build(text->size() + by->size() + 1)) return overBudget();
        if (&item != items->data()) out += *by;
        out += *text;
    }
    return Value::string(out);
}

Result<Value> stripPrefix(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("stripPrefix()");
    return text->starts_with(*part) ? Value::string(std::string_view(*text).substr(part->size())) : arguments[0];
}
Result<Value> stripSuffix(Arguments arguments, Budget&) {
    const std::string *text, *part;
    if (!strings(arguments, {&text, &part})) return noOverload("stripSuffix()");
    return text->ends_with(*part) ? Value::string(std::string_view(*text).substr(0, text->size() - part->size())) : arguments[0];
}

constexpr Function kFunctions[] = {
    {"contains", Form::Method, 2, 2, contains},       {"startsWith", Form::Method, 2, 2, startsWith}, {"endsWith", Form::Method, 2, 2, endsWith},
    {"matches", Form::Both, 2, 2, matches},           {"regexReplace", Form::Method, 3, 3, regexReplace}, {"charAt", Form::Method, 2, 2, charAt},
    {"indexOf", Form::Method, 2, 3, indexOf},         {"lastIndexOf", Form::Method, 2, 3, lastIndexOf}, {"substring", Form::Method, 2, 3, substring},
    {"lowerAscii", Form::Method, 1, 1, lowerAscii},   {"upperAscii", Form::Method, 1, 1, upperAscii}, {"trim", Form::Method, 1, 1, trim},
    {"replace", Form::Method, 3, 4, replace},         {"split", Form::Method, 2, 3, split},           {"join", Form::Method, 1, 2, join},
    {"stripPrefix", Form::Method, 2, 2, stripPrefix}, {"stripSuffix", Form::Method, 2, 2, stripSuffix},
};

}  // namespace

std::span<const Function> stringFunctions() { return kFunctions; }

}  // namespace gatehouse::text::cel
