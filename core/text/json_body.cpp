#include "text/json_body.h"

#include "base/ids.h"

#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>

namespace gatehouse::text::json {

static_assert(base::Buffer::kPadding >= simdjson::SIMDJSON_PADDING);

namespace {

/// The tables of tokens take four times the bytes of their capacity; for bodies above this temporary ones are made, so that one huge
/// request does not pin memory on its worker.
constexpr std::size_t kKeptBytes = 1 << 20;

tl::unexpected<Error> malformed(simdjson::error_code code = simdjson::TAPE_ERROR) {
    switch (code) {
        case simdjson::UTF8_ERROR: return fail("invalid-json", "The body is not valid UTF-8.");
        case simdjson::UNESCAPED_CHARS:
            return fail("invalid-json", "The body is not valid JSON: a string holds an unescaped control character.");
        case simdjson::UNCLOSED_STRING:
            return fail("invalid-json", "The body is not valid JSON: a string is not closed.");
        case simdjson::EMPTY: return fail("invalid-json", "The body is empty.");
        case simdjson::NUMBER_ERROR:
            return fail("invalid-json", "The body is not valid JSON: a number is malformed or out of range.");
        case simdjson::CAPACITY:
        case simdjson::MEMALLOC: return fail("invalid-json", "The body is too large to be read as JSON.");
        default: return fail("invalid-json", "The body is not valid JSON.");
    }
}

const char* kindName(Kind kind) {
    switch (kind) {
        case Kind::Object: return "an object";
        case Kind::Array: return "an array";
        case Kind::String: return "a string";
        case Kind::Number: return "a number";
        case Kind::Boolean: return "true or false";
        default: return "null";
    }
}

tl::unexpected<Error> wrongKind(Kind wanted, Kind got) {
    return fail("invalid-field", fmt::format("must be {}, not {}", kindName(wanted), kindName(got)));
}

struct SeenKey {
    std::uint64_t hash;
    Span span;
};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool startsNumber(char c) { return c == '-' || isDigit(c); }
bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// What stage 1 of simdjson found, kept from body to body by each thread.
struct Scratch {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> tokens;
    std::vector<SeenKey> keys;  ///< Of the objects that are open, outermost first.
    std::string decoded;

    simdjson::error_code scan(const base::Buffer& body, std::size_t capacity) {
        if (!tokens || tokens->capacity() < capacity)
            if (auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, tokens)) return error;
        return tokens->stage1(reinterpret_cast<const std::uint8_t*>(body.data()), body.size(), simdjson::stage1_mode::regular);
    }
};

}  // namespace

/// Goes from token to token: stage 1 of simdjson lists where each bracket, comma, colon and scalar begins, has proven the text to be UTF-8, its strings
/// to be closed and free of control characters. What is left is the grammar (RFC 8259).
struct Value::Walk {
    std::string_view text;
    Scratch& scratch;
    const std::uint32_t* token;
    const std::uint32_t* const last;
    int depth = 0;

    Walk(std::string_view body, Scratch& found)
        : text(body), scratch(found), token(found.tokens->structural_indexes.get()), last(token + found.tokens->n_structural_indexes) {}
    std::size_t at() const { return token < last ? *token : text.size(); }
    /// The byte that the walk stands at; NUL behind the last token.
    char here() const { return token < last ? text[*token] : '\0'; }
    bool take(char c) {
        if (here() != c) return false;
        ++token;
        return true;
    }
    Result<void> enter() {
        if (++depth > kMaxDepth)
            return fail("invalid-json", fmt::format("The body is nested deeper than {} levels.", kMaxDepth));
        return {};
    }

    /// The content of the string that the walk stands at; false: it is none that the grammar knows.
    bool passString(Span& content) {
        const std::size_t begin = at() + 1;
        ++token;
        std::size_t end = at();
        // No token begins inside of a string, and one begins wherever something else than blanks follows it: before the next one stands its quote.
        while (end > begin && text[end - 1] != '"')
            if (!isBlank(text[--end])) return false;
        if (end == begin) return false;
        content = {begin, end - 1};
        return true;
    }
    Result<Span> string() {
        Span content;
        if (!passString(content)) return malformed();
        return content;
    }
    /// A string that nobody reads: its escapes must be JSON's all the same.
    Result<Span> checkedString() {
        auto span = string();
        if (!span) return span;
        const auto raw = text.substr(span->begin, span->size());
        if (std::memchr(raw.data(), '\\', raw.size()) != nullptr)
            if (auto decoded = decode(raw, scratch.decoded); !decoded) return tl::unexpected(decoded.error());
        return Span{span->begin - 1, span->end + 1};
    }
    Result<Span> number();
    Result<Span> word(std::string_view expected);
    Result<Span> scalar();
    Result<Span> skip();
    Result<Span> members(OnMember onMember);
    Result<Span> items(OnItem onItem);
    template <class Use>
    Result<void> child(Use&& use);

    /// A scalar ends before a blank, a bracket, a comma, a colon or the end.
    bool endsAt(std::size_t place) const {
        if (place == text.size()) return true;
        const char c = text[place];
        return isBlank(c) || c == ',' || c == ']' || c == '}' || c == ':' || c == '[' || c == '{';
    }
};

Result<Span> Value::Walk::number() {
    const std::size_t begin = at();
    std::size_t end = begin;
    const auto digits = [&] {
        const auto from = end;
        while (end < text.size() && isDigit(text[end])) ++end;
        return end - from;
    };
    if (text[end] == '-') ++end;
    const bool zero = end < text.size() && text[end] == '0';
    const auto whole = digits();
    bool sure = whole < 300, plain = true;
    if (whole == 0 || (zero && whole > 1)) return malformed(simdjson::NUMBER_ERROR);
    if (end < text.size() && text[end] == '.') {
        ++end;
        plain = false;
        if (digits() == 0) return malformed(simdjson::NUMBER_ERROR);
    }
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        sure = plain = false;
        ++end;
        if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
        if (digits() == 0) return malformed(simdjson::NUMBER_ERROR);
    }
    if (!endsAt(end)) return malformed(simdjson::NUMBER_ERROR);
    if (!sure) {
        // Beyond what a double holds two readers can see two different numbers.
        simdjson::dom::parser parser;
        double value = 0;
        const std::string array = fmt::format("[{}{}]", text.substr(begin, end - begin), plain ? ".0" : "");
        if (parser.parse(array).at(0).get_double().get(value)) return malformed(simdjson::NUMBER_ERROR);
    }
    ++token;
    return Span{begin, end};
}

Result<Span> Value::Walk::word(std::string_view expected) {
    const std::size_t begin = at(), end = begin + expected.size();
    if (text.substr(begin, expected.size()) != expected || !endsAt(end)) return malformed();
    ++token;
    return Span{begin, end};
}

Result<Span> Value::Walk::scalar() {
    switch (here()) {
        case '"': return checkedString();
        case 't': return word("true");
        case 'f': return word("false");
        case 'n': return word("null");
        default: return startsNumber(here()) ? number() : Result<Span>(malformed());
    }
}

Result<Span> Value::Walk::skip() {
    const char open = here();
    if (open != '{' && open != '[') return scalar();
    const std::size_t begin = at();
    if (auto entered = enter(); !entered) return tl::unexpected(entered.error());
    ++token;
    const bool object = open == '{';
    const char close = object ? '}' : ']';
    if (here() != close) {
        do {
            if (object) {
                if (here() != '"') return malformed();
                if (auto key = checkedString(); !key) return key;
                if (!take(':')) return malformed();
            }
            if (auto passed = skip(); !passed) return passed;
        } while (take(','));
    }
    if (here() != close) return malformed();
    const std::size_t end = at() + 1;
    ++token;
    --depth;
    return Span{begin, end};
}

template <class Use>
Result<void> Value::Walk::child(Use&& use) {
    Kind kind = Kind::Number;
    switch (here()) {
        case '{': kind = Kind::Object; break;
        case '[': kind = Kind::Array; break;
        case '"': kind = Kind::String; break;
        case 't':
        case 'f': kind = Kind::Boolean; break;
        case 'n': kind = Kind::Null; break;
        default:
            if (!startsNumber(here())) return malformed();
    }
    Value value(*this, kind);
    if (auto used = use(value); !used) return used;
    if (!value.consumed())
        if (auto passed = skip(); !passed) return tl::unexpected(passed.error());
    return {};
}

Result<Span> Value::Walk::members(OnMember onMember) {
    const std::size_t begin = at();
    ++token;
    auto& keys = scratch.keys;
    const std::size_t first = keys.size();
    struct Release {
        std::vector<SeenKey>& keys;
        std::size_t first;
        ~Release() { keys.resize(first); }
    } release{keys, first};
    std::string decoded;
    if (here() != '}') {
        do {
            if (here() != '"') return malformed();
            Span span;
            if (!passString(span)) return malformed();
            auto name = text.substr(span.begin, span.size());
            bool escaped = false;
            for (const char c : name) escaped |= c == '\\';
            if (escaped) {
                const auto key = decode(name, decoded);
                if (!key) return tl::unexpected(key.error());
                name = *key;
            }
            if (!take(':')) return malformed();
            keys.push_back({base::stableHash(name), span});
            auto read = child([&](Value& value) -> Result<void> { return onMember(name, value); });
            if (!read) return tl::unexpected(read.error());
        } while (take(','));
    }
    if (here() != '}') return malformed();
    const std::size_t end = at() + 1;
    ++token;
    const auto own = keys.begin() + static_cast<std::ptrdiff_t>(first);
    const auto last = keys.end();
    const auto same = [](const SeenKey& a, const SeenKey& b) { return a.hash == b.hash; };
    auto twice = last;
    if (constexpr std::ptrdiff_t kFew = 16; last - own <= kFew) {
        for (auto entry = own; entry != last && twice == last; ++entry)
            if (std::any_of(entry + 1, last, [&](const SeenKey& other) { return same(*entry, other); })) twice = entry;
    } else {
        std::sort(own, last, [](const SeenKey& a, const SeenKey& b) { return a.hash < b.hash; });
        twice = std::adjacent_find(own, last, same);
    }
    if (twice != last) {
        auto key = decode(text.substr(twice->span.begin, std::min<std::size_t>(twice->span.size(), 64)), decoded);
        return fail("duplicate-key", fmt::format("The field \"{}\" appears twice.", key ? *key : "?"));
    }
    return Span{begin, end};
}

Result<Span> Value::Walk::items(OnItem onItem) {
    const std::size_t begin = at();
    ++token;
    if (here() != ']') {
        do {
            if (auto read = child(onItem); !read) return tl::unexpected(read.error());
        } while (take(','));
    }
    if (here() != ']') return malformed();
    const std::size_t end = at() + 1;
    ++token;
    return Span{begin, end};
}

Result<Span> Value::eachMember(OnMember onMember) {
    if (kind_ != Kind::Object) return wrongKind(Kind::Object, kind_);
    consumed_ = true;
    if (auto entered = walk_->enter(); !entered) return tl::unexpected(entered.error());
    auto span = walk_->members(onMember);
    --walk_->depth;
    return span;
}

Result<Span> Value::eachItem(OnItem onItem) {
    if (kind_ != Kind::Array) return wrongKind(Kind::Array, kind_);
    consumed_ = true;
    if (auto entered = walk_->enter(); !entered) return tl::unexpected(entered.error());
    auto span = walk_->items(onItem);
    --walk_->depth;
    return span;
}

Result<Span> Value::string() {
    if (kind_ != Kind::String) return wrongKind(Kind::String, kind_);
    consumed_ = true;
    return walk_->string();
}

Result<bool> Value::boolean() {
    if (kind_ != Kind::Boolean) return wrongKind(Kind::Boolean, kind_);
    consumed_ = true;
    const bool yes = walk_->here() == 't';
    if (auto passed = walk_->scalar(); !passed) return tl::unexpected(passed.error());
    return yes;
}

Result<std::uint64_t> Value::unsignedInteger() {
    if (kind_ != Kind::Number) return wrongKind(Kind::Number, kind_);
    consumed_ = true;
    const auto span = walk_->number();
    if (!span) return tl::unexpected(span.error());
    const auto digits = walk_->text.substr(span->begin, span->size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size()) return number;
    return fail("invalid-field", "must be a whole number that is not negative");
}

Result<Span> Value::skip() {
    consumed_ = true;
    return walk_->skip();
}

Result<Span> readObject(const base::Buffer& body, Value::OnMember onMember) {
    if (body.empty()) return malformed(simdjson::EMPTY);
    static thread_local Scratch kept;
    static thread_local bool busy = false;
    Scratch temporary;
    const bool borrow = !busy && body.size() <= kKeptBytes;
    struct Busy {
        bool borrowed;
        ~Busy() {
            if (borrowed) busy = false;
        }
    } release{borrow};
    if (borrow) busy = true;
    Scratch& scratch = borrow ? kept : temporary;
    if (auto error = scratch.scan(body, borrow ? kKeptBytes : body.size())) return malformed(error);

    Value::Walk walk{body.view(), scratch};
    if (walk.here() != '{') {
        const bool other = startsNumber(walk.here()) || std::string_view("[\"tfn").find(walk.here()) != std::string_view::npos;
        return other ? fail("invalid-json", "The body must be a JSON object.") : malformed();
    }
    auto span = walk.members(onMember);
    if (!span) return span;
    if (walk.token != walk.last) return fail("invalid-json", "The body holds something after its JSON object.");
    return span;
}

}  // namespace gatehouse::text::json
