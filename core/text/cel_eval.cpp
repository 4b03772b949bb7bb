// The evaluation: a walk over the tree with a budget. && and || take an error only where the other side does not decide.
#include "text/cel_ast.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace gatehouse::text::cel {

struct Program::State {
    std::string text;
    Tree tree;
};

namespace {

using Kind = Node::Kind;
using Op = Node::Op;

class Evaluator {
  public:
    Evaluator(const std::string& text, const Tree& tree, const Activation& activation, const Limits& limits)
        : text_(text), activation_(activation), budget_{limits.steps, limits.bytes}, roots_(tree.roots.size()), slots_(tree.slots) {}

    Result<Value> run(const Node& node) {
        if (!budget_.work(1)) return at(node, overBudget());
        switch (node.kind) {
            case Kind::Literal: return node.literal;
            case Kind::Local: return slots_[node.slot];
            case Kind::Name: return name(node);
            case Kind::Select: return select(node);
            case Kind::Has: return has(node);
            case Kind::Index: return index(node);
            case Kind::Call: return call(node);
            case Kind::Matches: return matches(node);
            case Kind::List: return list(node);
            case Kind::Map: return map(node);
            case Kind::And: return logic(node, false);
            case Kind::Or: return logic(node, true);
            case Kind::Ternary: return ternary(node);
            case Kind::Not: return not_(node);
            case Kind::Negate: return negated(node);
            case Kind::Binary: return binary(node);
            case Kind::Default: return fallback(node);
            case Kind::With: return with(node);
            default: return comprehension(node);
        }
    }

  private:
    /// An error that has no place yet gets this node's.
    tl::unexpected<Error> at(const Node& node, const Error& error) const { return tl::unexpected(errorAt(text_, node.at, error)); }
    tl::unexpected<Error> at(const Node& node, const tl::unexpected<Error>& error) const { return at(node, error.value()); }

    Result<Value> placed(const Node& node, Result<Value> value) const {
        if (value) return value;
        return at(node, value.error());
    }

    Result<Value> name(const Node& node) {
        auto& known = roots_[node.slot];
        if (!known.asked) {
            known.asked = true;
            auto found = activation_.find(node.name);
            if (!found) return at(node, found.error());
            known.value = std::move(*found);
        }
        if (known.value) return *known.value;
        return at(node, Error{"cel-undeclared", fmt::format("{} is not there.", node.name)});
    }

    Result<std::optional<Value>> member(const Node& node, const Value& target, const Value& key) {
        const auto* map = target.asMap();
        if (map == nullptr) return at(node, noOverload(fmt::format("The selection from {}", nameOf(target.type()))));
        if (!budget_.work(1 + map->size() / 16)) return at(node, overBudget());
        auto found = map->find(key);
        if (!found) return at(node, found.error());
        return found;
    }

    Result<Value> select(const Node& node) {
        auto target = run(node.children[0]);
        if (!target) return target;
        auto found = member(node, *target, Value::string(node.name));
        if (!found) return tl::unexpected(found.error());
        if (!*found) return at(node, Error{"cel-no-key", fmt::format("There is no {}.", node.name)});
        return std::move(**found);
    }

    Result<Value> has(const Node& node) {
        auto target = run(node.children[0]);
        if (!target && (target.error().code == "cel-undeclared")) return Value::boolean(false);
        if (!target) return target;
        auto found = member(node, *target, Value::string(node.name));
        if (!found) return tl::unexpected(found.error());
        return Value::boolean(found->has_value());
    }

    Result<Value> index(const Node& node) {
        auto target = run(node.children[0]);
        if (!target) return target;
        auto key = run(node.children[1]);
        if (!key) return key;
        if (const auto* items = target->asList()) {
            const auto place = position(*key);
            if (!place) return at(node, noOverload(fmt::format("The index {}", show(*key, 40))));
            if (*place < 0 || static_cast<std::uint64_t>(*place) >= items->size())
                return at(node, Error{"cel-range", fmt::format("The list has no item {}.", *place)});
            return (*items)[static_cast<std::size_t>(*place)];
        }
        auto found = member(node, *target, *key);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return at(node, Error{"cel-no-key", fmt::format("There is no {}.", show(*key, 40))});
        return std::move(**found);
    }

    static std::optional<std::int64_t> position(const Value& key) {
        if (const auto* whole = key.asInt()) return *whole;
        if (const auto* large = key.asUint(); large != nullptr && *large <= INT64_MAX) return static_cast<std::int64_t>(*large);
        if (const auto* number = key.asDouble(); number != nullptr && *number >= -9e15 && *number <= 9e15) {
            const auto whole = static_cast<std::int64_t>(*number);
            if (static_cast<double>(whole) == *number) return whole;
        }
        return std::nullopt;
    }

    Result<Value> call(const Node& node) {
        std::vector<Value> arguments;
        arguments.reserve(node.children.size());
        for (const auto& child : node.children) {
            auto value = run(child);
            if (!value) return value;
            if (!budget_.work(weightOf(*value))) return at(node, overBudget());
            arguments.push_back(std::move(*value));
        }
        return placed(node, node.function->call(arguments, budget_));
    }

    Result<Value> matches(const Node& node) {
        auto text = run(node.children[0]);
        if (!text) return text;
        if (text->asString() == nullptr) return at(node, noOverload("matches()"));
        if (!budget_.work(text->asString()->size() / 16)) return at(node, overBudget());
        std::size_t begin = 0, end = 0;
        return Value::boolean(node.regex->find(*text->asString(), 0, begin, end));
    }

    Result<Value> list(const Node& node) {
        Value::List items;
        items.reserve(node.children.size());
        for (const auto& child : node.children) {
            auto item = run(child);
            if (!item) return item;
            items.push_back(std::move(*item));
        }
        if (!budget_.build(items.size() * sizeof(Value))) return at(node, overBudget());
        return Value::list(std::move(items));
    }

    Result<Value> map(const Node& node) {
        Value::Entries entries;
        for (std::size_t i = 0; i < node.children.size(); i += 2) {
            auto key = run(node.children[i]);
            if (!key) return key;
            const auto type = key->type();
            if (type != Type::String && type != Type::Int && type != Type::Uint && type != Type::Bool)
                return at(node.children[i], noOverload(fmt::format("A key that is a {}", nameOf(type))));
            for (const auto& [known, value] : entries)
                if (equal(known, *key).value_or(false))
                    return at(node.children[i], Error{"cel-no-key", fmt::format("The key {} comes twice.", show(*key, 40))});
            auto value = run(node.children[i + 1]);
            if (!value) return value;
            if (!budget_.work(entries.size())) return at(node, overBudget());
            entries.emplace_back(std::move(*key), std::move(*value));
        }
        if (!budget_.build(entries.size() * 2 * sizeof(Value))) return at(node, overBudget());
        return Value::map(std::move(entries));
    }

    /// `decides`: the value that ends it, true for ||.
    Result<Value> logic(const Node& node, bool decides) {
        std::optional<Error> error;
        for (const auto& child : node.children) {
            auto side = run(child);
            if (side && side->asBool() == nullptr) side = at(child, noOverload(decides ? "||" : "&&"));
            if (!side && side.error().code == "cel-limit") return side;
            if (!side) {
                if (!error) error = side.error();
            } else if (*side->asBool() == decides) {
                return Value::boolean(decides);
            }
        }
        if (error) return tl::unexpected(*error);
        return Value::boolean(!decides);
    }

    Result<Value> ternary(const Node& node) {
        auto condition = run(node.children[0]);
        if (!condition) return condition;
        if (condition->asBool() == nullptr) return at(node, noOverload("?:"));
        return run(node.children[*condition->asBool() ? 1 : 2]);
    }

    Result<Value> not_(const Node& node) {
        auto value = run(node.children[0]);
        if (!value) return value;
        if (value->asBool() == nullptr) return at(node, noOverload("!"));
        return Value::boolean(!*value->asBool());
    }

    Result<Value> negated(const Node& node) {
        auto value = run(node.children[0]);
        if (!value) return value;
        return placed(node, negate(*value));
    }

    Result<Value> binary(const Node& node) {
        auto left = run(node.children[0]);
        if (!left) return left;
        auto right = run(node.children[1]);
        if (!right) return right;
        if (node.op == Op::In) return contained(node, *left, *right);
        if (node.op == Op::Equal || node.op == Op::Unequal) {
            const auto same = equal(*left, *right, budget_);
            if (!same) return at(node, same.error());
            return Value::boolean(*same == (node.op == Op::Equal));
        }
        if (node.op < Op::Equal) return placed(node, arithmetic(node.op, *left, *right, budget_));
        const auto order = compare(*left, *right);
        if (!order) return at(node, order.error());
        if (!*order) return Value::boolean(false);
        const int way = **order;
        switch (node.op) {
            case Op::Less: return Value::boolean(way < 0);
            case Op::LessEqual: return Value::boolean(way <= 0);
            case Op::Greater: return Value::boolean(way > 0);
            default: return Value::boolean(way >= 0);
        }
    }

    Result<Value> contained(const Node& node, const Value& item, const Value& in) {
        if (!budget_.work(weightOf(in))) return at(node, overBudget());
        if (const auto* items = in.asList()) {
            for (const auto& known : *items) {
                const auto same = equal(known, item, budget_);
                if (!same) return at(node, same.error());
                if (*same) return Value::boolean(true);
            }
            return Value::boolean(false);
        }
        if (const auto* map = in.asMap()) {
            auto found = map->find(item);
            if (!found) return at(node, found.error());
            return Value::boolean(found->has_value());
        }
        return at(node, noOverload("in"));
    }

    /// default(a, b): b where a is not there, or null. Other errors stay.
    Result<Value> fallback(const Node& node) {
        auto value = run(node.children[0]);
        if (value && !value->isNull()) return value;
        if (!value && value.error().code != "cel-no-key" && value.error().code != "cel-undeclared") return value;
        return run(node.children[1]);
    }

    Result<Value> with(const Node& node) {
        auto value = run(node.children[0]);
        if (!value) return value;
        slots_[node.slot] = std::move(*value);
        return run(node.children[1]);
    }

    /// Calls `visit(item)` for each item of a list or key of a map; false ends it.
    template <class Visit>
    Result<void> each(const Node& node, const Value& range, Visit&& visit) {
        bool more = true;
        const auto one = [&](const Value& item) -> Result<void> {
            if (!more) return {};
            if (!budget_.work(1)) return at(node, overBudget());
            slots_[node.slot] = item;
            more = visit(item);
            return {};
        };
        if (const auto* items = range.asList()) {
            for (const auto& item : *items) {
                if (!more) break;
                if (auto done = one(item); !done) return done;
            }
            return {};
        }
        if (const auto* map = range.asMap()) return map->each([&](const Value& key, const Value&) -> Result<void> { return one(key); });
        return at(node, noOverload("The macro"));
    }

    Result<bool> condition(const Node& node) {
        auto value = run(node);
        if (!value) return tl::unexpected(value.error());
        if (value->asBool() == nullptr) return at(node, noOverload("The condition"));
        return *value->asBool();
    }

    Result<Value> comprehension(const Node& node) {
        auto range = run(node.children[0]);
        if (!range) return range;
        switch (node.kind) {
            case Kind::All: return quantified(node, *range, false);
            case Kind::Exists: return quantified(node, *range, true);
            case Kind::ExistsOne: return existsOne(node, *range);
            case Kind::Transform:
            case Kind::Filter: return collected(node, *range);
            default: return reshaped(node, *range);
        }
    }

    Result<Value> quantified(const Node& node, const Value& range, bool decides) {
        std::optional<Error> error;
        bool decided = false;
        auto walked = each(node, range, [&](const Value&) {
            auto one = condition(node.children[1]);
            if (!one && (!error || one.error().code == "cel-limit")) error = one.error();
            if (!one) return one.error().code != "cel-limit";
            decided = *one == decides;
            return !decided;
        });
        if (!walked) return tl::unexpected(walked.error());
        if (decided) return Value::boolean(decides);
        if (error) return tl::unexpected(*error);
        return Value::boolean(!decides);
    }

    Result<Value> existsOne(const Node& node, const Value& range) {
        std::optional<Error> error;
        std::size_t hits = 0;
        auto walked = each(node, range, [&](const Value&) {
            auto one = condition(node.children[1]);
            if (!one) error = one.error();
            else hits += *one ? 1 : 0;
            return one.has_value();
        });
        if (!walked) return tl::unexpected(walked.error());
        if (error) return tl::unexpected(*error);
        return Value::boolean(hits == 1);
    }

    Result<Value> collected(const Node& node, const Value& range) {
        std::optional<Error> error;
        Value::List items;
        const bool filters = node.kind == Kind::Filter || node.children.size() == 3;
        auto walked = each(node, range, [&](const Value& item) {
            if (filters) {
                auto wanted = condition(node.children[1]);
                if (!wanted) error = wanted.error();
                if (!wanted || !*wanted) return wanted.has_value();
            }
            auto made = node.kind == Kind::Filter ? Result<Value>(item) : run(node.children.back());
            if (!made) error = made.error();
            else if (!budget_.build(sizeof(Value))) error = overBudget().value();
            else items.push_back(std::move(*made));
            return !error.has_value();
        });
        if (!walked) return tl::unexpected(walked.error());
        if (error) return tl::unexpected(*error);
        return Value::list(std::move(items));
    }

    Result<Value> reshaped(const Node& node, const Value& range) {
        const auto* map = range.asMap();
        if (map == nullptr) return at(node, noOverload("The macro"));
        Value::Entries entries;
        auto walked = map->each([&](const Value& key, const Value& value) -> Result<void> {
            if (!budget_.work(1) || !budget_.build(2 * sizeof(Value))) return at(node, overBudget());
            slots_[node.slot] = node.kind == Kind::MapValues ? value : key;
            if (node.kind == Kind::MapValues) {
                auto made = run(node.children[1]);
                if (!made) return tl::unexpected(made.error());
                entries.emplace_back(key, std::move(*made));
                return {};
            }
            auto wanted = condition(node.children[1]);
            if (!wanted) return tl::unexpected(wanted.error());
            if (*wanted == (node.kind == Kind::FilterKeys)) entries.emplace_back(key, value);
            return {};
        });
        if (!walked) return tl::unexpected(walked.error());
        return Value::map(std::move(entries));
    }

    struct Root {
        bool asked = false;
        std::optional<Value> value;
    };
    const std::string& text_;
    const Activation& activation_;
    Budget budget_;
    std::vector<Root> roots_;
    std::vector<Value> slots_;
};

}  // namespace

Program::Program(std::unique_ptr<State> state) : state_(std::move(state)) {}
Program::~Program() = default;

Result<std::shared_ptr<const Program>> Program::compile(std::string_view text, const Names* names) {
    if (text.size() > kMaxExpressionBytes) return fail("cel-too-long", fmt::format("1:1: The expression is longer than {} bytes.", kMaxExpressionBytes));
    if (!simdjson::validate_utf8(text.data(), text.size())) return fail("cel-syntax", "1:1: The expression is not UTF-8.");
    auto tree = parse(text, names);
    if (!tree) return tl::unexpected(tree.error());
    auto state = std::make_unique<State>();
    state->text = text;
    state->tree = std::move(*tree);
    return std::make_shared<const Program>(std::move(state));
}

Result<Value> Program::evaluate(const Activation& activation, const Limits& limits) const {
    try {
        return Evaluator(state_->text, state_->tree, activation, limits).run(state_->tree.root);
    } catch (const std::bad_alloc&) {
        return overBudget();
    }
}

Result<bool> Program::test(const Activation& activation, const Limits& limits) const {
    auto value = evaluate(activation, limits);
    if (!value) return tl::unexpected(value.error());
    if (value->asBool() == nullptr) return fail("cel-type", fmt::format("1:1: The condition is a {}, not a bool.", nameOf(value->type())));
    return *value->asBool();
}

const std::string& Program::text() const { return state_->text; }

bool Program::reads(std::string_view path) const {
    const auto within = [](std::string_view inner, std::string_view outer) {
        return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
    };
    return std::any_of(state_->tree.paths.begin(), state_->tree.paths.end(),
                       [&](const std::string& known) { return within(known, path) || within(path, known); });
}

const Names& gatewayNames() {
    static const Names names{"request", "response", "proxy", "env", "jwt", "apiKey", "basicAuth", "llm", "llmRequest", "source",
                             "destination", "mcp", "backend", "extauthz", "extproc", "mcpGuardrails", "metadata"};
    return names;
}

}  // namespace gatehouse::text::cel
