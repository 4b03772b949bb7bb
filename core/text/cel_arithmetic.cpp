// + - * / % of CEL: no silent overflow, no mixing of types.
#include "text/cel_ast.h"

#include <cmath>
#include <limits>

namespace gatehouse::text::cel {
namespace {

using Op = Node::Op;

tl::unexpected<Error> overflow() { return fail("cel-overflow", "The result is out of range."); }
tl::unexpected<Error> byZero() { return fail("cel-divide", "This divides by zero."); }

template <class Integer>
Result<Integer> whole(Op op, Integer a, Integer b) {
    Integer out = 0;
    constexpr auto kMin = std::numeric_limits<Integer>::min();
    const bool wraps = std::is_signed_v<Integer> && a == kMin && b == static_cast<Integer>(-1);
    switch (op) {
        case Op::Add: return __builtin_add_overflow(a, b, &out) ? Result<Integer>(overflow()) : out;
        case Op::Subtract: return __builtin_sub_overflow(a, b, &out) ? Result<Integer>(overflow()) : out;
        case Op::Multiply: return __builtin_mul_overflow(a, b, &out) ? Result<Integer>(overflow()) : out;
        case Op::Divide:
            if (b == 0) return byZero();
            return wraps ? Result<Integer>(overflow()) : a / b;
        default:
            if (b == 0) return byZero();
            return wraps ? Result<Integer>(overflow()) : a % b;
    }
}

Result<Value> real(Op op, double a, double b) {
    switch (op) {
        case Op::Add: return Value::number(a + b);
        case Op::Subtract: return Value::number(a - b);
        case Op::Multiply: return Value::number(a * b);
        case Op::Divide: return Value::number(a / b);
        default: return noOverload("%");
    }
}

Result<Value> shifted(const Timestamp& at, std::int64_t nanos, bool back) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    std::int64_t seconds = nanos / kSecond, rest = nanos % kSecond;
    Timestamp out;
    out.seconds = back ? at.seconds - seconds : at.seconds + seconds;
    std::int64_t fraction = back ? at.nanos - rest : at.nanos + rest;
    if (fraction < 0) {
        fraction += kSecond;
        --out.seconds;
    } else if (fraction >= kSecond) {
        fraction -= kSecond;
        ++out.seconds;
    }
    out.nanos = static_cast<std::int32_t>(fraction);
    if (!inRange(out)) return overflow();
    return Value::timestamp(out);
}

Result<Value> times(Op op, const Value& left, const Value& right) {
    const auto *a = left.asDuration(), *b = right.asDuration();
    const auto *from = left.asTimestamp(), *to = right.asTimestamp();
    if (a != nullptr && b != nullptr && (op == Op::Add || op == Op::Subtract)) {
        auto sum = whole(op, a->nanos, b->nanos);
        if (!sum) return tl::unexpected(sum.error());
        return Value::duration(*sum);
    }
    if (from != nullptr && b != nullptr && (op == Op::Add || op == Op::Subtract)) return shifted(*from, b->nanos, op == Op::Subtract);
    if (a != nullptr && to != nullptr && op == Op::Add) return shifted(*to, a->nanos, false);
    if (from != nullptr && to != nullptr && op == Op::Subtract) {
        std::int64_t nanos = 0;
        const std::int64_t seconds = from->seconds - to->seconds;
        if (__builtin_mul_overflow(seconds, std::int64_t{1'000'000'000}, &nanos) ||
            __builtin_add_overflow(nanos, std::int64_t{from->nanos} - to->nanos, &nanos))
            return overflow();
        return Value::duration(nanos);
    }
    return noOverload(op == Op::Add ? "+" : op == Op::Subtract ? "-" : op == Op::Multiply ? "*" : op == Op::Divide ? "/" : "%");
}

}  // namespace

Result<Value> arithmetic(Op op, const Value& left, const Value& right, Budget& budget) {
    if (const auto *a = left.asInt(), *b = right.asInt(); a != nullptr && b != nullptr)
        return whole(op, *a, *b).map([](std::int64_t sum) { return Value::integer(sum); });
    if (const auto *a = left.asUint(), *b = right.asUint(); a != nullptr && b != nullptr)
        return whole(op, *a, *b).map([](std::uint64_t sum) { return Value::unsignedInteger(sum); });
    if (const auto *a = left.asDouble(), *b = right.asDouble(); a != nullptr && b != nullptr) return real(op, *a, *b);
    if (op == Op::Add && left.type() == right.type()) {
        if (const auto* a = left.asString()) {
            if (!budget.build(a->size() + right.asString()->size())) return overBudget();
            return Value::string(*a + *right.asString());
        }
        if (const auto* a = left.asBytes()) {
            if (!budget.build(a->size() + right.asBytes()->size())) return overBudget();
            return Value::bytes(*a + *right.asBytes());
        }
        if (const auto* a = left.asList()) {
            if (!budget.build((a->size() + right.asList()->size()) * sizeof(Value))) return overBudget();
            auto items = *a;
            items.insert(items.end(), right.asList()->begin(), right.asList()->end());
            return Value::list(std::move(items));
        }
    }
    return times(op, left, right);
}

Result<Value> negate(const Value& value) {
    if (const auto* whole = value.asInt()) {
        if (*whole == std::numeric_limits<std::int64_t>::min()) return overflow();
        return Value::integer(-*whole);
    }
    if (const auto* number = value.asDouble()) return Value::number(-*number);
    return noOverload("-");
}

}  // namespace gatehouse::text::cel
