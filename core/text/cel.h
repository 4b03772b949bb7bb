// Common Expression Language (CEL, github.com/google/cel-spec): an expression is compiled once and evaluated often, with limits on
// its depth, its work and what it may build. Functions beyond the standard are those that agentgateway publishes.
// Nothing is built that is not read: names come from an Activation when they are asked for, maps may be lazy (cel::Map), JSON is
// read by simdjson as far as the expression goes into it. `request.*` and `source.*` of a request: filter/access_activation.h.
// Thread: Program and Value are immutable, any thread. Lifetime: a lazy Map must outlive the values that were read from it only where
// it says so itself; everything else is owned.
#pragma once

#include "base/result.h"
#include "text/json_body.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gatehouse::text::cel {

enum class Type : std::uint8_t {
    Null, Bool, Int, Uint, Double, String, Bytes, List, Map, Duration, Timestamp, TypeName, Address, Network,
};
/// "int", "string", "google.protobuf.Duration", ... as CEL's type() names it.
std::string_view nameOf(Type type);

class Value;

/// A map that is read as far as somebody asks. Keys are strings unless find() says otherwise.
class Map {
  public:
    virtual ~Map() = default;
    virtual std::size_t size() const = 0;
    /// Nothing: there is no such key. An error: it cannot be told (a body over its limit).
    virtual Result<std::optional<Value>> find(const Value& key) const = 0;
    /// All of it, in order.
    virtual Result<void> each(json::FunctionRef<Result<void>(const Value& key, const Value& value)> visit) const = 0;
};

/// Nanoseconds.
struct Duration {
    std::int64_t nanos = 0;
    bool operator==(const Duration&) const = default;
};
/// Since 1970, UTC.
struct Timestamp {
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;  ///< 0 to 999,999,999
    bool operator==(const Timestamp&) const = default;
};
/// An IP address or network, in network byte order.
struct Address {
    std::uint8_t bytes[16] = {};
    std::uint8_t size = 4;     ///< 4 or 16.
    std::uint8_t prefix = 32;  ///< Of a network.
    bool operator==(const Address&) const = default;
};

/// One value. Copies are cheap: what is large is shared.
class Value {
  public:
    using List = std::vector<Value>;
    using Entries = std::vector<std::pair<Value, Value>>;

    Value() = default;  ///< null
    static Value boolean(bool value);
    static Value integer(std::int64_t value);
    static Value unsignedInteger(std::uint64_t value);
    static Value number(double value);
    static Value string(std::string_view text);
    static Value string(std::shared_ptr<const std::string> text);
    static Value bytes(std::string data);
    static Value list(List items);
    static Value map(Entries entries);  ///< Keys: bool, int, uint or string; no two equal.
    static Value map(std::shared_ptr<const Map> map);
    static Value duration(std::int64_t nanos);
    static Value timestamp(Timestamp at);
    static Value typeName(std::string_view name);
    static Value address(const Address& address);
    static Value network(const Address& network);

    Type type() const;
    bool isNull() const { return type() == Type::Null; }
    // Null where the value is of another type.
    const bool* asBool() const;
    const std::int64_t* asInt() const;
    const std::uint64_t* asUint() const;
    const double* asDouble() const;
    const std::string* asString() const;
    const std::string* asBytes() const;
    const List* asList() const;
    const Map* asMap() const;
    const Duration* asDuration() const;
    const Timestamp* asTimestamp() const;
    const Address* asAddress() const;  ///< Of a network, too.

    struct Text { std::shared_ptr<const std::string> text; };
    struct Data { std::shared_ptr<const std::string> data; };
    struct Name { std::shared_ptr<const std::string> name; };
    struct Net { Address address; };
    using Rep = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Text, Data, std::shared_ptr<const List>,
                             std::shared_ptr<const Map>, Duration, Timestamp, Name, Address, Net>;
    const Rep& rep() const { return rep_; }

  private:
    explicit Value(Rep rep) : rep_(std::move(rep)) {}
    Rep rep_;
};

/// CEL's ==: numbers by value whatever their types, lists and maps deeply, other types are unequal.
Result<bool> equal(const Value& left, const Value& right);

/// A JSON text: read lazily, copied once. "cel-json" where it is none.
Result<Value> fromJson(std::string_view text);
/// Bytes as base64, durations and times as text. "cel-json": a double that JSON cannot say, a key that is no text.
Result<std::string> toJson(const Value& value);
/// For people and traces: strings in quotes, long values cut.
std::string show(const Value& value, std::size_t most = 120);

/// What the free names of an expression stand for.
class Activation {
  public:
    virtual ~Activation() = default;
    /// Nothing: it is not there in this request ("cel-undeclared" to the expression; has() and default() take it as absent).
    virtual Result<std::optional<Value>> find(std::string_view name) const = 0;
};

struct Limits {
    std::uint64_t steps = 200'000;         ///< Nodes evaluated, elements and bytes looked at (per 64).
    std::uint64_t bytes = 16ull << 20;     ///< Of strings, lists and maps that the expression builds.
};

/// Longer expressions are refused, as the published schema does.
inline constexpr std::size_t kMaxExpressionBytes = 16'384;
/// Nesting of an expression.
inline constexpr int kMaxExpressionDepth = 128;

/// Names that an expression may be free in; others are refused when it is compiled.
using Names = std::vector<std::string_view>;
/// What agentgateway publishes: request, response, source, jwt, apiKey, basicAuth, llm, llmRequest, ...
const Names& gatewayNames();

class Program {
  public:
    /// "cel-syntax", "cel-unknown" (function or name), "cel-too-long", "cel-too-deep". The sentence begins "line:column: ".
    /// `names` null: any.
    static Result<std::shared_ptr<const Program>> compile(std::string_view text, const Names* names = &gatewayNames());
    ~Program();

    /// Errors: "cel-no-key", "cel-undeclared", "cel-type", "cel-overflow", "cel-range", "cel-divide", "cel-json", "cel-regex", "cel-fail",
    /// "cel-limit"; the sentence begins "line:column: ".
    Result<Value> evaluate(const Activation& activation, const Limits& limits = {}) const;
    /// As a condition; "cel-type" where it is no bool.
    Result<bool> test(const Activation& activation, const Limits& limits = {}) const;

    const std::string& text() const;
    /// May it read this, or something in it? "request.body", "llm", "jwt.sub".
    bool reads(std::string_view path) const;

    struct State;
    explicit Program(std::unique_ptr<State> state);

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::text::cel
