// The standard functions: sizes, conversions, what agentgateway adds to them; and the table of all functions.
#include "base/ids.h"
#include "text/cel_ast.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <unordered_map>

namespace gatehouse::text::cel {
namespace {

using Form = Function::Form;

tl::unexpected<Error> outOfRange(std::string_view type) { return fail("cel-range", fmt::format("The value is no {}.", type)); }

Result<Value> size(Arguments arguments, Budget& budget) {
    const auto& value = arguments[0];
    std::size_t count = 0;
    if (const auto* text = value.asString()) {
        if (!budget.work(text->size() / 64)) return overBudget();
        count = codePoints(*text);
    } else if (const auto* data = value.asBytes()) {
        count = data->size();
    } else if (const auto* list = value.asList()) {
        count = list->size();
    } else if (const auto* map = value.asMap()) {
        count = map->size();
    } else {
        return noOverload("size()");
    }
    return Value::integer(static_cast<std::int64_t>(count));
}

template <class Number>
bool readNumber(const std::string& text, Number& out) {
    const char *first = text.data(), *last = first + text.size();
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') ++first;
    const auto read = std::from_chars(first, last, out);
    return read.ec == std::errc() && read.ptr == last && first != last;
}

Result<Value> toInt(Arguments arguments, Budget&) {
    const auto& value = arguments[0];
    if (value.asInt() != nullptr) return value;
    if (const auto* large = value.asUint()) {
        if (*large > static_cast<std::uint64_t>(INT64_MAX)) return outOfRange("int");
        return Value::integer(static_cast<std::int64_t>(*large));
    }
    if (const auto* number = value.asDouble()) {
        if (!(*number > -9223372036854775808.0 && *number < 9223372036854775808.0)) return outOfRange("int");
        return Value::integer(static_cast<std::int64_t>(*number));
    }
    if (const auto* text = value.asString()) {
        std::int64_t out = 0;
        return readNumber(*text, out) ? Result<Value>(Value::integer(out)) : outOfRange("int");
    }
    if (const auto* at = value.asTimestamp()) return Value::integer(at->seconds);
    return noOverload("int()");
}

Result<Value> toUint(Arguments arguments, Budget&) {
    const auto& value = arguments[0];
    if (value.asUint() != nullptr) return value;
    if (const auto* whole = value.asInt()) {
        if (*whole < 0) return outOfRange("uint");
        return Value::unsignedInteger(static_cast<std::uint64_t>(*whole));
    }
    if (const auto* number = value.asDouble()) {
        if (!(*number >= 0 && *number < 18446744073709551616.0)) return outOfRange("uint");
        return Value::unsignedInteger(static_cast<std::uint64_t>(*number));
    }
    if (const auto* text = value.asString()) {
        std::uint64_t out = 0;
        return readNumber(*text, out) ? Result<Value>(Value::unsignedInteger(out)) : outOfRange("uint");
    }
    return noOverload("uint()");
}

Result<Value> toDouble(Arguments arguments, Budget&) {
    const auto& value = arguments[0];
    if (value.asDouble() != nullptr) return value;
    if (const auto* whole = value.asInt()) return Value::number(static_cast<double>(*whole));
    if (const auto* large = value.asUint()) return Value::number(static_cast<double>(*large));
    if (const auto* text = value.asString()) {
        double out = 0;
        return readNumber(*text, out) ? Result<Value>(Value::number(out)) : outOfRange("double");
    }
    return noOverload("double()");
}

Result<Value> toText(Arguments arguments, Budget& budget) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case Type::String: return value;
        case Type::Bool: return Value::string(*value.asBool() ? "true" : "false");
        case Type::Int: return Value::string(std::to_string(*value.asInt()));
        case Type::Uint: return Value::string(std::to_string(*value.asUint()));
        case Type::Double: return Value::string(fmt::format("{}", *value.asDouble()));
        case Type::Bytes:
            if (!budget.build(value.asBytes()->size())) return overBudget();
            if (!simdjson::validate_utf8(*value.asBytes())) return fail("cel-range", "The bytes are not UTF-8.");
            return Value::string(*value.asBytes());
        case Type::Duration: return Value::string(formatDuration(value.asDuration()->nanos));
        case Type::Timestamp: return Value::string(formatTimestamp(*value.asTimestamp()));
        case Type::Address: return Value::string(showAddress(*value.asAddress()));
        case Type::Network: return Value::string(fmt::format("{}/{}", showAddress(*value.asAddress()), value.asAddress()->prefix));
        default: return noOverload("string()");
    }
}

Result<Value> toBytes(Arguments arguments, Budget& budget) {
    if (arguments[0].asBytes() != nullptr) return arguments[0];
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("bytes()");
    if (!budget.build(text->size())) return overBudget();
    return Value::bytes(*text);
}

Result<Value> toBool(Arguments arguments, Budget&) {
    if (arguments[0].asBool() != nullptr) return arguments[0];
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("bool()");
    for (const auto* yes : {"1", "t", "T", "true", "TRUE", "True"})
        if (*text == yes) return Value::boolean(true);
    for (const auto* no : {"0", "f", "F", "false", "FALSE", "False"})
        if (*text == no) return Value::boolean(false);
    return outOfRange("bool");
}

Result<Value> typeOf(Arguments arguments, Budget&) { return Value::typeName(nameOf(arguments[0].type())); }
Result<Value> itself(Arguments arguments, Budget&) { return arguments[0]; }

Result<Value> extreme(Arguments arguments, Budget& budget, int wanted) {
    if (arguments.size() == 1 && arguments[0].asList() != nullptr) arguments = Arguments(*arguments[0].asList());
    if (arguments.empty()) return fail("cel-range", "An empty list has neither least nor greatest.");
    if (!budget.work(arguments.size())) return overBudget();
    const Value* best = &arguments[0];
    for (const auto& value : arguments.subspan(1)) {
        const auto order = compare(value, *best);
        if (!order) return tl::unexpected(order.error());
        if (*order && **order == wanted) best = &value;
    }
    return *best;
}
Result<Value> least(Arguments arguments, Budget& budget) { return extreme(arguments, budget, -1); }
Result<Value> greatest(Arguments arguments, Budget& budget) { return extreme(arguments, budget, 1); }

Result<Value> merge(Arguments arguments, Budget& budget) {
    const auto *first = arguments[0].asMap(), *second = arguments[1].asMap();
    if (first == nullptr || second == nullptr) return noOverload("merge()");
    if (!budget.build((first->size() + second->size()) * 2 * sizeof(Value)) || !budget.work(first->size() * (1 + second->size() / 16)))
        return overBudget();
    Value::Entries entries;
    auto done = first->each([&](const Value& key, const Value& value) -> Result<void> {
        auto replaced = second->find(key);
        if (!replaced) return tl::unexpected(replaced.error());
        if (!*replaced) entries.emplace_back(key, value);
        return {};
    });
    if (done)
        done = second->each([&](const Value& key, const Value& value) -> Result<void> {
            entries.emplace_back(key, value);
            return {};
        });
    if (!done) return tl::unexpected(done.error());
    return Value::map(std::move(entries));
}

Result<Value> failAlways(Arguments arguments, Budget&) {
    const auto* text = arguments.empty() ? nullptr : arguments[0].asString();
    return fail("cel-fail", text != nullptr ? *text : "The expression says that it fails.");
}

Result<Value> random(Arguments, Budget&) { return Value::number(static_cast<double>(base::randomBits() >> 11) * 0x1.0p-53); }

Result<Value> uuid(Arguments, Budget&) {
    char id[36];
    base::writeRequestId(id);
    return Value::string(std::string_view(id, sizeof id));
}

constexpr Function kFunctions[] = {
    {"size", Form::Both, 1, 1, size},          {"int", Form::Global, 1, 1, toInt},       {"uint", Form::Global, 1, 1, toUint},
    {"double", Form::Global, 1, 1, toDouble},  {"string", Form::Global, 1, 1, toText},   {"bytes", Form::Global, 1, 1, toBytes},
    {"bool", Form::Global, 1, 1, toBool},      {"type", Form::Global, 1, 1, typeOf},     {"dyn", Form::Global, 1, 1, itself},
    {"min", Form::Both, 1, 64, least},         {"max", Form::Both, 1, 64, greatest},     {"merge", Form::Method, 2, 2, merge},
    {"fail", Form::Global, 0, 1, failAlways},  {"random", Form::Global, 0, 0, random},   {"uuid", Form::Global, 0, 0, uuid},
};

}  // namespace

std::span<const Function> standardFunctions() { return kFunctions; }

const Function* findFunction(std::string_view name) {
    static const auto table = [] {
        std::unordered_map<std::string_view, const Function*> all;
        for (const auto functions : {standardFunctions(), stringFunctions(), timeFunctions(), networkFunctions(), jsonFunctions()})
            for (const auto& function : functions) all.emplace(function.name, &function);
        return all;
    }();
    const auto found = table.find(name);
    return found == table.end() ? nullptr : found->second;
}

}  // namespace gatehouse::text::cel
