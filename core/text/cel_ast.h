// The tree of a compiled expression, and the functions that it may call. Internal to text/cel_*.cpp.
#pragma once

#include "text/cel.h"
#include "text/regex.h"

#include <span>

namespace gatehouse::text::cel {

/// What a function may use beside its arguments: the budget of the evaluation.
struct Budget {
    std::uint64_t steps = 0;
    std::uint64_t bytes = 0;
    /// False: used up.
    bool work(std::uint64_t count) {
        if (count > steps) return false;
        steps -= count;
        return true;
    }
    bool build(std::uint64_t count) {
        if (count > bytes) return false;
        bytes -= count;
        return work(count / 64);
    }
};
tl::unexpected<Error> overBudget();

using Arguments = std::span<const Value>;
struct Function {
    enum class Form : std::uint8_t { Global, Method, Both };
    std::string_view name;
    Form form;
    std::uint8_t least;  ///< Arguments, the target of a method counted.
    std::uint8_t most;
    Result<Value> (*call)(Arguments arguments, Budget& budget);
};
/// Null: there is none of that name.
const Function* findFunction(std::string_view name);

struct Node {
    enum class Kind : std::uint8_t {
        Literal, Name, Local, Select, Has, Index, Call, Matches, List, Map, And, Or, Ternary, Not, Negate, Binary, Default,
        All, Exists, ExistsOne, Transform, Filter, With, MapValues, RemoveKeys, FilterKeys,
    };
    enum class Op : std::uint8_t { Add, Subtract, Multiply, Divide, Modulo, Equal, Unequal, Less, LessEqual, Greater, GreaterEqual, In };

    Kind kind = Kind::Literal;
    Op op = Op::Add;
    std::uint16_t slot = 0;    ///< Local, and the variable of a macro.
    std::uint16_t depth = 1;
    std::uint32_t at = 0;      ///< Byte in the text.
    Value literal{};
    std::string name{};        ///< Name, Select, Has.
    const Function* function = nullptr;
    std::shared_ptr<const Regex> regex{};  ///< Matches: of a pattern that is a literal.
    std::vector<Node> children{};
};

struct Tree {
    Node root;
    std::uint16_t slots = 0;
    std::vector<std::string> roots;  ///< Each free name once: Node::slot of a Name is its place.
    std::vector<std::string> paths;  ///< What is read, as far as the text alone tells: "request.headers.x-tier".
};

/// "1:5: sentence"
Error errorAt(std::string_view text, std::size_t at, const Error& error);
Result<Tree> parse(std::string_view text, const Names* names);

// cel_value.cpp
Result<bool> equal(const Value& left, const Value& right, Budget& budget);
/// -1, 0, 1; nothing: not comparable (NaN). An error: no such order.
Result<std::optional<int>> compare(const Value& left, const Value& right);
std::size_t codePoints(std::string_view text);
std::uint64_t weightOf(const Value& value);  ///< Bytes or elements of its own, for the budget.

// cel_arithmetic.cpp
Result<Value> arithmetic(Node::Op op, const Value& left, const Value& right, Budget& budget);
Result<Value> negate(const Value& value);

// cel_time.cpp
Result<std::int64_t> parseDuration(std::string_view text);
Result<Timestamp> parseTimestamp(std::string_view text);
std::string formatDuration(std::int64_t nanos);
std::string formatTimestamp(Timestamp at);
bool inRange(Timestamp at);  ///< Years 1 to 9999.
std::span<const Function> timeFunctions();

// cel_strings.cpp, cel_functions.cpp, cel_network.cpp
std::span<const Function> stringFunctions();
std::span<const Function> standardFunctions();
std::span<const Function> networkFunctions();
std::span<const Function> jsonFunctions();  ///< cel_json.cpp
std::string showAddress(const Address& address);

tl::unexpected<Error> noOverload(std::string_view what);

}  // namespace gatehouse::text::cel
