#include "text/cel_ast.h"

#include <fmt/format.h>

#include <cmath>

namespace gatehouse::text::cel {
namespace {

/// A map that was written out or computed. Few are large; a walk costs what the budget counts.
class EntryMap final : public Map {
  public:
    explicit EntryMap(Value::Entries entries) : entries_(std::move(entries)) {}
    std::size_t size() const override { return entries_.size(); }
    Result<std::optional<Value>> find(const Value& key) const override {
        for (const auto& [known, value] : entries_) {
            const auto same = equal(known, key);
            if (!same) return tl::unexpected(same.error());
            if (*same) return std::optional<Value>(value);
        }
        return std::optional<Value>();
    }
    Result<void> each(json::FunctionRef<Result<void>(const Value&, const Value&)> visit) const override {
        for (const auto& [key, value] : entries_)
            if (auto done = visit(key, value); !done) return done;
        return {};
    }

  private:
    Value::Entries entries_;
};

std::shared_ptr<const std::string> share(std::string_view text) { return std::make_shared<const std::string>(text); }

/// Exactly, where a double cannot hold every integer. Nothing: NaN.
template <class Integer>
std::optional<int> compareToDouble(Integer integer, double number) {
    if (std::isnan(number)) return std::nullopt;
    constexpr double kAbove = std::is_signed_v<Integer> ? 9223372036854775808.0 : 18446744073709551616.0;
    constexpr double kLeast = std::is_signed_v<Integer> ? -9223372036854775808.0 : 0.0;
    if (number >= kAbove) return -1;
    if (number < kLeast) return 1;
    const double whole = std::trunc(number);
    const auto other = static_cast<Integer>(whole);
    if (integer != other) return integer < other ? -1 : 1;
    return number > whole ? -1 : number < whole ? 1 : 0;
}

std::optional<int> order(auto left, auto right) { return left < right ? -1 : right < left ? 1 : 0; }

bool isNumber(const Value& value) {
    return value.type() == Type::Int || value.type() == Type::Uint || value.type() == Type::Double;
}

std::optional<int> flipped(std::optional<int> order) { return order ? std::optional(-*order) : order; }

std::optional<int> compareNumbers(const Value& left, const Value& right) {
    if (const auto* a = left.asInt()) {
        if (const auto* b = right.asInt()) return order(*a, *b);
        if (const auto* b = right.asUint()) return *a < 0 ? -1 : order(static_cast<std::uint64_t>(*a), *b);
        return compareToDouble(*a, *right.asDouble());
    }
    if (const auto* a = left.asUint()) {
        if (const auto* b = right.asUint()) return order(*a, *b);
        if (right.asInt() != nullptr) return flipped(compareNumbers(right, left));
        return compareToDouble(*a, *right.asDouble());
    }
    if (const auto* b = right.asDouble()) {
        const double a = *left.asDouble();
        if (std::isnan(a) || std::isnan(*b)) return std::nullopt;
        return order(a, *b);
    }
    return flipped(compareNumbers(right, left));
}

Result<bool> equalLists(const Value::List& left, const Value::List& right, Budget& budget) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto same = equal(left[i], right[i], budget);
        if (!same || !*same) return same;
    }
    return true;
}

Result<bool> equalMaps(const Map& left, const Map& right, Budget& budget) {
    if (left.size() != right.size()) return false;
    bool same = true;
    auto walked = left.each([&](const Value& key, const Value& value) -> Result<void> {
        if (!same) return {};
        const auto found = right.find(key);
        if (!found) return tl::unexpected(found.error());
        if (!*found) {
            same = false;
            return {};
        }
        const auto equals = equal(value, **found, budget);
        if (!equals) return tl::unexpected(equals.error());
        same = *equals;
        return {};
    });
    if (!walked) return tl::unexpected(walked.error());
    return same;
}

}  // namespace

std::string_view nameOf(Type type) {
    static constexpr std::string_view kNames[] = {"null_type", "bool", "int", "uint", "double", "string", "bytes", "list", "map",
                                                  "google.protobuf.Duration", "google.protobuf.Timestamp", "type", "net.IP", "net.CIDR"};
    return kNames[static_cast<std::size_t>(type)];
}

tl::unexpected<Error> noOverload(std::string_view what) { return fail("cel-type", fmt::format("{} has no such overload.", what)); }
tl::unexpected<Error> overBudget() { return fail("cel-limit", "The expression does more work than it may."); }

Value Value::boolean(bool value) { return Value(Rep(value)); }
Value Value::integer(std::int64_t value) { return Value(Rep(value)); }
Value Value::unsignedInteger(std::uint64_t value) { return Value(Rep(value)); }
Value Value::number(double value) { return Value(Rep(value)); }
Value Value::string(std::string_view text) { return Value(Rep(Text{share(text)})); }
Value Value::string(std::shared_ptr<const std::string> text) { return Value(Rep(Text{std::move(text)})); }
Value Value::bytes(std::string data) { return Value(Rep(Data{std::make_shared<const std::string>(std::move(data))})); }
Value Value::list(List items) { return Value(Rep(std::make_shared<const List>(std::move(items)))); }
Value Value::map(Entries entries) { return map(std::make_shared<const EntryMap>(std::move(entries))); }
Value Value::map(std::shared_ptr<const Map> map) { return Value(Rep(std::move(map))); }
Value Value::duration(std::int64_t nanos) { return Value(Rep(Duration{nanos})); }
Value Value::timestamp(Timestamp at) { return Value(Rep(at)); }
Value Value::typeName(std::string_view name) { return Value(Rep(Name{share(name)})); }
Value Value::address(const Address& address) { return Value(Rep(address)); }
Value Value::network(const Address& network) { return Value(Rep(Net{network})); }

Type Value::type() const {
    static constexpr Type kTypes[] = {Type::Null, Type::Bool, Type::Int, Type::Uint, Type::Double, Type::String, Type::Bytes, Type::List,
                                      Type::Map, Type::Duration, Type::Timestamp, Type::TypeName, Type::Address, Type::Network};
    return kTypes[rep_.index()];
}

const bool* Value::asBool() const { return std::get_if<bool>(&rep_); }
const std::int64_t* Value::asInt() const { return std::get_if<std::int64_t>(&rep_); }
const std::uint64_t* Value::asUint() const { return std::get_if<std::uint64_t>(&rep_); }
const double* Value::asDouble() const { return std::get_if<double>(&rep_); }
const std::string* Value::asString() const {
    const auto* text = std::get_if<Text>(&rep_);
    return text != nullptr ? text->text.get() : nullptr;
}
const std::string* Value::asBytes() const {
    const auto* data = std::get_if<Data>(&rep_);
    return data != nullptr ? data->data.get() : nullptr;
}
const Value::List* Value::asList() const {
    const auto* list = std::get_if<std::shared_ptr<const List>>(&rep_);
    return list != nullptr ? list->get() : nullptr;
}
const Map* Value::asMap() const {
    const auto* map = std::get_if<std::shared_ptr<const Map>>(&rep_);
    return map != nullptr ? map->get() : nullptr;
}
const Duration* Value::asDuration() const { return std::get_if<Duration>(&rep_); }
const Timestamp* Value::asTimestamp() const { return std::get_if<Timestamp>(&rep_); }
const Address* Value::asAddress() const {
    if (const auto* net = std::get_if<Net>(&rep_)) return &net->address;
    return std::get_if<Address>(&rep_);
}

Result<bool> equal(const Value& left, const Value& right, Budget& budget) {
    // What is shared may stand in many places: a small tree can be a huge one to walk.
    if (!budget.work(1)) return overBudget();
    if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) == 0;
    if (left.type() != right.type()) return false;
    switch (left.type()) {
        case Type::Null: return true;
        case Type::Bool: return *left.asBool() == *right.asBool();
        case Type::String: return *left.asString() == *right.asString();
        case Type::Bytes: return *left.asBytes() == *right.asBytes();
        case Type::List: return equalLists(*left.asList(), *right.asList(), budget);
        case Type::Map: return equalMaps(*left.asMap(), *right.asMap(), budget);
        case Type::Duration: return *left.asDuration() == *right.asDuration();
        case Type::Timestamp: return *left.asTimestamp() == *right.asTimestamp();
        case Type::TypeName: return *std::get<Value::Name>(left.rep()).name == *std::get<Value::Name>(right.rep()).name;
        case Type::Address:
        case Type::Network: return *left.asAddress() == *right.asAddress();
        default: return false;
    }
}

Result<bool> equal(const Value& left, const Value& right) {
    Budget budget{Limits{}.steps, Limits{}.bytes};
    return equal(left, right, budget);
}

Result<std::optional<int>> compare(const Value& left, const Value& right) {
    if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
    if (left.type() != right.type()) return noOverload("The comparison");
    switch (left.type()) {
        case Type::Bool: return order(*left.asBool(), *right.asBool());
        case Type::String: return order(left.asString()->compare(*right.asString()), 0);
        case Type::Bytes: return order(left.asBytes()->compare(*right.asBytes()), 0);
        case Type::Duration: return order(left.asDuration()->nanos, right.asDuration()->nanos);
        case Type::Timestamp: {
            const auto &a = *left.asTimestamp(), &b = *right.asTimestamp();
            return a.seconds != b.seconds ? order(a.seconds, b.seconds) : order(a.nanos, b.nanos);
        }
        default: return noOverload("The comparison");
    }
}

std::size_t codePoints(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return count;
}

std::uint64_t weightOf(const Value& value) {
    if (const auto* text = value.asString()) return text->size() / 64;
    if (const auto* data = value.asBytes()) return data->size() / 64;
    if (const auto* list = value.asList()) return list->size();
    if (const auto* map = value.asMap()) return map->size();
    return 0;
}

namespace {

void showInto(const Value& value, std::size_t most, std::string& out) {
    if (out.size() > most) return;
    auto comma = [&, first = true]() mutable {
        if (!first) out += ", ";
        first = false;
    };
    switch (value.type()) {
        case Type::Null: out += "null"; break;
        case Type::Bool: out += *value.asBool() ? "true" : "false"; break;
        case Type::Int: out += std::to_string(*value.asInt()); break;
        case Type::Uint: out += std::to_string(*value.asUint()) + 'u'; break;
        case Type::Double: {
            auto text = fmt::format("{}", *value.asDouble());
            if (std::isfinite(*value.asDouble()) && text.find_first_of(".e") == std::string::npos) text += ".0";
            out += text;
            break;
        }
        case Type::String: out += '"' + json::encode(std::string_view(*value.asString()).substr(0, most)) + '"'; break;
        case Type::Bytes:
            out += "b\"";
            for (const char c : std::string_view(*value.asBytes()).substr(0, most))
                out += c >= 0x20 && c < 0x7f && c != '"' && c != '\\' ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            out += '"';
            break;
        case Type::List:
            out += '[';
            for (const auto& item : *value.asList()) {
                if (out.size() > most) break;
                comma();
                showInto(item, most, out);
            }
            out += ']';
            break;
        case Type::Map: {
            out += '{';
            auto walked = value.asMap()->each([&](const Value& key, const Value& member) -> Result<void> {
                if (out.size() > most) return fail("cel-limit", "");
                comma();
                showInto(key, most, out);
                out += ": ";
                showInto(member, most, out);
                return {};
            });
            out += '}';
            break;
        }
        case Type::Duration: out += "duration(\"" + formatDuration(value.asDuration()->nanos) + "\")"; break;
        case Type::Timestamp: out += "timestamp(\"" + formatTimestamp(*value.asTimestamp()) + "\")"; break;
        case Type::TypeName: out += *std::get<Value::Name>(value.rep()).name; break;
        case Type::Address: out += "ip(\"" + showAddress(*value.asAddress()) + "\")"; break;
        case Type::Network: out += fmt::format("cidr(\"{}/{}\")", showAddress(*value.asAddress()), value.asAddress()->prefix); break;
    }
}

}  // namespace

std::string show(const Value& value, std::size_t most) {
    std::string out;
    showInto(value, most, out);
    if (out.size() <= most) return out;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
    return out + "…";
}

}  // namespace gatehouse::text::cel
