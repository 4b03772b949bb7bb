// From words to the tree: precedence, macros, names and functions resolved once.
#include "text/cel_lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace gatehouse::text::cel {
namespace {

using Kind = Node::Kind;
using Op = Node::Op;

struct Binary {
    std::string_view sign;
    int level;  ///< Higher binds closer.
    Op op;
};
constexpr Binary kBinaries[] = {
    {"<", 1, Op::Less},      {"<=", 1, Op::LessEqual}, {">", 1, Op::Greater},  {">=", 1, Op::GreaterEqual}, {"==", 1, Op::Equal}, {"!=", 1, Op::Unequal},
    {"in", 1, Op::In},       {"+", 2, Op::Add},        {"-", 2, Op::Subtract}, {"*", 3, Op::Multiply},      {"/", 3, Op::Divide}, {"%", 3, Op::Modulo},
};

struct Macro {
    std::string_view name;
    Kind kind;
    std::uint8_t least, most;  ///< Arguments, the variable counted.
};
constexpr Macro kMacros[] = {
    {"all", Kind::All, 2, 2},           {"exists", Kind::Exists, 2, 2},         {"exists_one", Kind::ExistsOne, 2, 2},
    {"existsOne", Kind::ExistsOne, 2, 2}, {"map", Kind::Transform, 2, 3},       {"filter", Kind::Filter, 2, 2},
    {"with", Kind::With, 2, 2},         {"mapValues", Kind::MapValues, 2, 2},   {"removeKeys", Kind::RemoveKeys, 2, 2},
    {"filterKeys", Kind::FilterKeys, 2, 2},
};

constexpr std::string_view kReserved[] = {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let",
                                          "loop", "package", "namespace", "return", "var", "void", "while"};
constexpr std::string_view kTypes[] = {"bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint"};

template <std::size_t N>
bool among(const std::string_view (&names)[N], std::string_view name) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class Parser {
  public:
    Parser(std::string_view text, std::vector<Token> words, const Names* names) : text_(text), words_(std::move(words)), names_(names) {}

    Result<Tree> run() {
        auto root = expression();
        if (!root) return tl::unexpected(root.error());
        if (word().kind != Token::Kind::End) return error("cel-syntax", "The expression should end here.", word().at);
        notePaths(*root);
        tree_.root = std::move(*root);
        return std::move(tree_);
    }

  private:
    const Token& word(std::size_t ahead = 0) const { return words_[std::min(next_ + ahead, words_.size() - 1)]; }
    bool at(std::string_view sign) const { return word().kind == Token::Kind::Sign && word().text == sign; }
    bool take(std::string_view sign) {
        if (!at(sign)) return false;
        ++next_;
        return true;
    }
    tl::unexpected<Error> error(const char* code, std::string sentence, std::size_t where) const {
        return tl::unexpected(errorAt(text_, where, Error{code, std::move(sentence)}));
    }
    Result<void> expect(std::string_view sign) {
        if (take(sign)) return {};
        return error("cel-syntax", fmt::format("A {} should stand here.", sign), word().at);
    }

    /// Sets the depth; too deep trees would take too much of the stack.
    Result<Node> made(Node node) const {
        std::uint16_t deepest = 0;
        for (const auto& child : node.children) deepest = std::max(deepest, child.depth);
        node.depth = static_cast<std::uint16_t>(deepest + 1);
        if (node.depth > kMaxExpressionDepth) return error("cel-too-deep", "The expression is nested too deeply.", node.at);
        return node;
    }

    struct Level {
        explicit Level(int& depth) : depth_(depth) { ++depth_; }
        ~Level() { --depth_; }
        int& depth_;
    };

    Result<Node> expression() {
        const Level level(depth_);
        if (depth_ > kMaxExpressionDepth) return error("cel-too-deep", "The expression is nested too deeply.", word().at);
        auto condition = chain("||", Kind::Or);
        if (!condition || !at("?")) return condition;
        Node node{.kind = Kind::Ternary, .at = word().at};
        ++next_;
        auto yes = chain("||", Kind::Or);
        if (!yes) return yes;
        if (auto colon = expect(":"); !colon) return tl::unexpected(colon.error());
        auto no = expression();
        if (!no) return no;
        node.children.push_back(std::move(*condition));
        node.children.push_back(std::move(*yes));
        node.children.push_back(std::move(*no));
        return made(std::move(node));
    }

    Result<Node> chain(std::string_view sign, Kind kind) {
        const auto part = [&] { return kind == Kind::Or ? chain("&&", Kind::And) : binary(1); };
        auto first = part();
        if (!first || !at(sign)) return first;
        Node node{.kind = kind, .at = word().at};
        node.children.push_back(std::move(*first));
        while (take(sign)) {
            auto more = part();
            if (!more) return more;
            node.children.push_back(std::move(*more));
        }
        return made(std::move(node));
    }

    const Binary* binaryHere(int level) const {
        if (word().kind != Token::Kind::Sign && !(word().kind == Token::Kind::Identifier && word().text == "in")) return nullptr;
        for (const auto& known : kBinaries)
            if (known.level == level && word().text == known.sign) return &known;
        return nullptr;
    }

    Result<Node> binary(int level) {
        if (level > 3) return unary();
        auto left = binary(level + 1);
        while (left) {
            const auto* found = binaryHere(level);
            if (found == nullptr) break;
            Node node{.kind = Kind::Binary, .op = found->op, .at = word().at};
            ++next_;
            auto right = binary(level + 1);
            if (!right) return right;
            node.children.push_back(std::move(*left));
            node.children.push_back(std::move(*right));
            left = made(std::move(node));
        }
        return left;
    }

    Result<Node> unary() {
        const bool not_ = at("!");
        if (!not_ && !at("-")) return member();
        const std::string_view sign = not_ ? "!" : "-";
        const auto where = word().at;
        std::size_t count = 0;
        while (take(sign)) ++count;
        // The number behind a minus is one literal with it: the least integer has no positive twin.
        if (!not_ && word().kind == Token::Kind::Literal && count % 2 == 1 && !followedByMember()) {
            const auto& token = word();
            if (const auto* whole = token.literal.asInt()) {
                Node node{.at = where};
                node.literal = Value::integer(token.leastInteger ? std::numeric_limits<std::int64_t>::min() : -*whole);
                ++next_;
                return node;
            }
        }
        auto inner = member();
        if (!inner || count % 2 == 0) return inner;
        Node node{.kind = not_ ? Kind::Not : Kind::Negate, .at = where};
        node.children.push_back(std::move(*inner));
        return made(std::move(node));
    }

    bool followedByMember() const {
        const auto& after = word(1);
        return after.kind == Token::Kind::Sign && (after.text == "." || after.text == "[");
    }

    Result<Node> member() {
        auto node = primary();
        while (node) {
            const auto where = word().at;
            if (take("[")) {
                auto index = expression();
                if (!index) return index;
                if (auto closed = expect("]"); !closed) return tl::unexpected(closed.error());
                Node made_{.kind = Kind::Index, .at = where};
                made_.children.push_back(std::move(*node));
                made_.children.push_back(std::move(*index));
                node = made(std::move(made_));
            } else if (take(".")) {
                node = selection(std::move(*node));
            } else {
                break;
            }
        }
        return node;
    }

    Result<Node> selection(Node target) {
        const auto& token = word();
        const bool named = token.kind == Token::Kind::Identifier || token.kind == Token::Kind::Quoted ||
                           (token.kind == Token::Kind::Literal && !token.text.empty());
        if (!named) return error("cel-syntax", "The name of a field should stand here.", token.at);
        const bool quoted = token.kind == Token::Kind::Quoted;
        const std::string name = token.text;
        const auto where = token.at;
        ++next_;
        if (!quoted && at("(")) return call(name, where, std::move(target));
        Node node{.kind = Kind::Select, .at = where, .name = name};
        node.children.push_back(std::move(target));
        return made(std::move(node));
    }

    Result<std::vector<Node>> list(std::string_view close) {
        std::vector<Node> items;
        while (!take(close)) {
            auto item = expression();
            if (!item) return tl::unexpected(item.error());
            items.push_back(std::move(*item));
            if (take(close)) break;
            if (auto comma = expect(","); !comma) return tl::unexpected(comma.error());
        }
        return items;
    }

    Result<Node> primary() {
        const auto token = word();
        if (token.kind == Token::Kind::Literal) {
            ++next_;
            if (token.leastInteger) return error("cel-syntax", "This number is out of range.", token.at);
            Node node{.at = token.at};
            node.literal = token.literal;
            return node;
        }
        if (take("(")) {
            auto inner = expression();
            if (!inner) return inner;
            if (auto closed = expect(")"); !closed) return tl::unexpected(closed.error());
            return inner;
        }
        if (take("[")) {
            auto items = list("]");
            if (!items) return tl::unexpected(items.error());
            Node node{.kind = Kind::List, .at = token.at};
            node.children = std::move(*items);
            return made(std::move(node));
        }
        if (take("{")) return mapLiteral(token.at);
        const bool global = take(".");
        if (word().kind != Token::Kind::Identifier) return error("cel-syntax", "A value should stand here.", word().at);
        return name(global);
    }

    Result<Node> mapLiteral(std::uint32_t where) {
        Node node{.kind = Kind::Map, .at = where};
        while (!take("}")) {
            auto key = expression();
            if (!key) return key;
            if (auto colon = expect(":"); !colon) return tl::unexpected(colon.error());
            auto value = expression();
            if (!value) return value;
            node.children.push_back(std::move(*key));
            node.children.push_back(std::move(*value));
            if (take("}")) break;
            if (auto comma = expect(","); !comma) return tl::unexpected(comma.error());
        }
        return made(std::move(node));
    }

    Result<Node> name(bool global) {
        const auto token = word();
        ++next_;
        if (among(kReserved, token.text)) return error("cel-syntax", fmt::format("\"{}\" is reserved.", token.text), token.at);
        if (at("(")) return call(token.text, token.at, std::nullopt);
        if (at("{")) return error("cel-syntax", "Messages cannot be built here.", token.at);
        if (!global)
            for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
                if (scope->name == token.text) return Node{.kind = Kind::Local, .slot = scope->slot, .at = token.at};
        if (among(kTypes, token.text)) {
            Node node{.at = token.at};
            node.literal = Value::typeName(token.text);
            return node;
        }
        // Functions with a dot in their names: base64.encode(...).
        if (at(".") && word(1).kind == Token::Kind::Identifier && word(2).kind == Token::Kind::Sign && word(2).text == "(") {
            const auto dotted = token.text + '.' + word(1).text;
            if (findFunction(dotted) != nullptr) {
                next_ += 2;
                return call(dotted, token.at, std::nullopt);
            }
        }
        if (names_ != nullptr && std::find(names_->begin(), names_->end(), token.text) == names_->end())
            return error("cel-unknown", fmt::format("\"{}\" is no name that is known here.", token.text), token.at);
        auto place = std::find(tree_.roots.begin(), tree_.roots.end(), token.text);
        if (place == tree_.roots.end()) place = tree_.roots.insert(tree_.roots.end(), token.text);
        return Node{.kind = Kind::Name, .slot = static_cast<std::uint16_t>(place - tree_.roots.begin()), .at = token.at, .name = token.text};
    }

    Result<Node> call(const std::string& name, std::uint32_t where, std::optional<Node> target) {
        ++next_;  // (
        if (target) {
            for (const auto& macro : kMacros)
                if (macro.name == name && word().kind == Token::Kind::Identifier && word(1).kind == Token::Kind::Sign && word(1).text == ",")
                    return comprehension(macro, where, std::move(*target));
        }
        auto arguments = list(")");
        if (!arguments) return tl::unexpected(arguments.error());
        if (!target && name == "has") return has(where, std::move(*arguments));
        if (!target && name == "default" && arguments->size() == 2) {
            Node node{.kind = Kind::Default, .at = where};
            node.children = std::move(*arguments);
            return made(std::move(node));
        }
        Node node{.kind = Kind::Call, .at = where, .name = name};
        if (target) node.children.push_back(std::move(*target));
        for (auto& argument : *arguments) node.children.push_back(std::move(argument));
        return resolved(std::move(node), target.has_value());
    }

    Result<Node> resolved(Node node, bool method) const {
        const auto* function = findFunction(node.name);
        using Form = Function::Form;
        if (function == nullptr || (method ? function->form == Form::Global : function->form == Form::Method))
            return error("cel-unknown", fmt::format("There is no function {}().", node.name), node.at);
        if (node.children.size() < function->least || node.children.size() > function->most)
            return error("cel-unknown", fmt::format("{}() takes another number of arguments.", node.name), node.at);
        node.function = function;
        if (node.name == "matches" && node.children[1].kind == Kind::Literal && node.children[1].literal.asString() != nullptr) {
            auto regex = Regex::compile(*node.children[1].literal.asString());
            if (!regex) return error("cel-regex", regex.error().message, node.children[1].at);
            node.kind = Kind::Matches;
            node.regex = std::move(*regex);
        }
        return made(std::move(node));
    }

    Result<Node> has(std::uint32_t where, std::vector<Node> arguments) const {
        if (arguments.size() != 1 || arguments[0].kind != Kind::Select) return error("cel-syntax", "has() takes a field: has(a.b).", where);
        auto node = std::move(arguments[0]);
        node.kind = Kind::Has;
        node.at = where;
        return node;
    }

    Result<Node> comprehension(const Macro& macro, std::uint32_t where, Node target) {
        Node node{.kind = macro.kind, .at = where};
        const auto variable = word().text;
        if (among(kReserved, variable)) return error("cel-syntax", fmt::format("\"{}\" is reserved.", variable), word().at);
        next_ += 2;
        if (tree_.slots == std::numeric_limits<std::uint16_t>::max()) return error("cel-too-deep", "The expression has too many variables.", where);
        node.slot = tree_.slots++;
        node.children.push_back(std::move(target));
        scopes_.push_back({variable, node.slot});
        auto bodies = list(")");
        scopes_.pop_back();
        if (!bodies) return tl::unexpected(bodies.error());
        if (bodies->size() + 1 < macro.least || bodies->size() + 1 > macro.most)
            return error("cel-syntax", fmt::format("{}() takes another number of arguments.", macro.name), where);
        for (auto& body : *bodies) node.children.push_back(std::move(body));
        return made(std::move(node));
    }

    /// The longest path of names that a selection spells; empty: it begins with something else.
    static std::string pathOf(const Node& node) {
        if (node.kind == Kind::Name) return node.name;
        const bool selects = node.kind == Kind::Select || node.kind == Kind::Has;
        const bool indexes = node.kind == Kind::Index && node.children[1].kind == Kind::Literal && node.children[1].literal.asString() != nullptr;
        if (!selects && !indexes) return {};
        auto path = pathOf(node.children[0]);
        if (path.empty()) return path;
        return path + '.' + (selects ? node.name : *node.children[1].literal.asString());
    }

    void notePaths(const Node& node) {
        auto path = pathOf(node);
        if (!path.empty()) {
            if (std::find(tree_.paths.begin(), tree_.paths.end(), path) == tree_.paths.end()) tree_.paths.push_back(std::move(path));
            return;
        }
        for (const auto& child : node.children) notePaths(child);
    }

    struct Scope {
        std::string name;
        std::uint16_t slot;
    };
    std::string_view text_;
    std::vector<Token> words_;
    std::size_t next_ = 0;
    int depth_ = 0;
    const Names* names_;
    std::vector<Scope> scopes_;
    Tree tree_;
};

}  // namespace

Result<Tree> parse(std::string_view text, const Names* names) {
    auto words = tokens(text);
    if (!words) return tl::unexpected(words.error());
    return Parser(text, std::move(*words), names).run();
}

}  // namespace gatehouse::text::cel
