#include "text/json_body.h"

#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

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

/// Word by word: keys are short, and many.
std::uint64_t keyHash(std::string_view key) {
    constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15ULL;
    const auto load = [&](std::size_t at, std::size_t bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, key.data() + at, bytes);
        return word;
    };
    std::uint64_t hash = key.size() * kFactor;
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * kFactor;
        hash ^= hash >> 32;
    };
    const std::size_t size = key.size();
    if (size >= 8) {
        for (std::size_t at = 0; at + 8 <= size; at += 8) mix(load(at, 8));
        mix(load(size - 8, 8));
    } else if (size >= 4) {
        mix(load(0, 4) | load(size - 4, 4) << 32);
    } else {
        std::uint64_t word = 0;
        for (const char c : key) word = word << 8 | static_cast<unsigned char>(c);
        mix(word);
    }
    return hash;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool startsNumber(char c) { return c == '-' || isDigit(c); }
bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// What stage 1 of simdjson found, kept from body to body by each thread.
struct Scratch {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> tokens;
    std::vector<SeenKey> keys;  ///< Of the objects that are open, outermost first.
    std::string decoded;
    std::uint64_t version = 0;  ///< Of the body whose tokens these are; 0: of none.

    simdjson::error_code scan(const base::Buffer& body, std::size_t capacity) {
        if (version != 0 && version == body.version()) return simdjson::SUCCESS;
        version = 0;
        if (!tokens || tokens->capacity() < capacity)
            if (auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, tokens)) return error;
        const auto error = tokens->stage1(reinterpret_cast<const std::uint8_t*>(body.data()), body.size(), simdjson::stage1_mode::regular);
        if (!error) version = body.version();
        return error;
    }
};

}  // namespace

/// Goes from token to token: stage 1 of simdjson lists where each bracket, comma, colon and scalar begins, has proven the text to be UTF-8, its strings
/// to be closed and free of control characters. What is left is the grammar (RFC 8259). What answers false has left its error in `error`: this is the
/// hottest loop of LLM routes, and a Result on each step of it took half of its time.
struct Value::Walk {
    std::string_view text;
    Scratch& scratch;
    const std::uint32_t* token;
    const std::uint32_t* const last;
    const bool escapes;  ///< There is a backslash somewhere in the body.
    int depth = 0;
    std::optional<Error> error;

    Walk(std::string_view body, Scratch& found)
        : text(body),
          scratch(found),
          token(found.tokens->structural_indexes.get()),
          last(token + found.tokens->n_structural_indexes),
          escapes(std::memchr(body.data(), '\\', body.size()) != nullptr) {}
    std::size_t at() const { return token < last ? *token : text.size(); }
    /// The byte that the walk stands at; NUL behind the last token.
    char here() const { return token < last ? text[*token] : '\0'; }
    bool take(char c) {
        if (here() != c) return false;
        ++token;
        return true;
    }
    bool failed(Error&& why) {
        error = std::move(why);
        return false;
    }
    bool bad(simdjson::error_code code = simdjson::TAPE_ERROR) { return failed(std::move(malformed(code).value())); }
    tl::unexpected<Error> why() { return tl::unexpected<Error>(std::move(*error)); }
    Result<Span> told(bool passed, Span span) {
        if (passed) return span;
        return why();
    }
    bool enter() {
        if (++depth <= kMaxDepth) return true;
        return failed({"invalid-json", fmt::format("The body is nested deeper than {} levels.", kMaxDepth)});
    }

    /// The content of the string that the walk stands at.
    bool string(Span& content) {
        const std::size_t begin = at() + 1;
        ++token;
        std::size_t end = at();
        // No token begins inside of a string, and one begins wherever something else than blanks follows it: before the next one stands its quote.
        while (end > begin && text[end - 1] != '"')
            if (!isBlank(text[--end])) return bad();
        if (end == begin) return bad();
        content = {begin, end - 1};
        return true;
    }
    /// A string that nobody reads: its escapes must be JSON's all the same.
    bool checkedString(Span& span) {
        if (!string(span)) return false;
        if (escapes && !checkEscapes(text.substr(span.begin, span.size()))) return false;
        --span.begin;
        ++span.end;
        return true;
    }
    bool checkEscapes(std::string_view raw) {
        if (std::memchr(raw.data(), '\\', raw.size()) == nullptr) return true;
        auto decoded = decode(raw, scratch.decoded);
        return decoded || failed(std::move(decoded.error()));
    }
    /// A key that nobody reads, and its colon.
    bool key() {
        Span ignored;
        if (here() != '"') return bad();
        return checkedString(ignored) && (take(':') || bad());
    }
    bool number(Span& span);
    bool word(std::string_view expected, Span& span);
    bool scalar(Span& span);
    bool skip(Span& span);
    bool members(OnMember onMember, Span& span);
    bool items(OnItem onItem, Span& span);
    bool unique(std::size_t first);
    template <class Use>
    bool child(Use&& use);

    /// A scalar ends before a blank, a bracket, a comma, a colon or the end.
    bool endsAt(std::size_t place) const {
        if (place == text.size()) return true;
        const char c = text[place];
        return isBlank(c) || c == ',' || c == ']' || c == '}' || c == ':' || c == '[' || c == '{';
    }
};

bool Value::Walk::number(Span& span) {
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
    if (whole == 0 || (zero && whole > 1)) return bad(simdjson::NUMBER_ERROR);
    if (end < text.size() && text[end] == '.') {
        ++end;
        plain = false;
        if (digits() == 0) return bad(simdjson::NUMBER_ERROR);
    }
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        sure = plain = false;
        ++end;
        if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
        if (digits() == 0) return bad(simdjson::NUMBER_ERROR);
    }
    if (!endsAt(end)) return bad(simdjson::NUMBER_ERROR);
    if (!sure) {
        // Beyond what a double holds two readers can see two different numbers.
        simdjson::dom::parser parser;
        double value = 0;
        const std::string array = fmt::format("[{}{}]", text.substr(begin, end - begin), plain ? ".0" : "");
        if (parser.parse(array).at(0).get_double().get(value)) return bad(simdjson::NUMBER_ERROR);
    }
    ++token;
    span = {begin, end};
    return true;
}

bool Value::Walk::word(std::string_view expected, Span& span) {
    const std::size_t begin = at(), end = begin + expected.size();
    if (text.substr(begin, expected.size()) != expected || !endsAt(end)) return bad();
    ++token;
    span = {begin, end};
    return true;
}

bool Value::Walk::scalar(Span& span) {
    switch (here()) {
        case '"': return checkedString(span);
        case 't': return word("true", span);
        case 'f': return word("false", span);
        case 'n': return word("null", span);
        default: return startsNumber(here()) ? number(span) : bad();
    }
}

bool Value::Walk::skip(Span& span) {
    const char open = here();
    if (open != '{' && open != '[') return scalar(span);
    const std::size_t begin = at();
    if (!enter()) return false;
    ++token;
    const bool object = open == '{';
    const char close = object ? '}' : ']';
    if (here() != close) {
        do {
            if ((object && !key()) || !skip(span)) return false;
        } while (take(','));
    }
    if (here() != close) return bad();
    span = {begin, at() + 1};
    ++token;
    --depth;
    return true;
}

template <class Use>
bool Value::Walk::child(Use&& use) {
    Kind kind = Kind::Number;
    switch (here()) {
        case '{': kind = Kind::Object; break;
        case '[': kind = Kind::Array; break;
        case '"': kind = Kind::String; break;
        case 't':
        case 'f': kind = Kind::Boolean; break;
        case 'n': kind = Kind::Null; break;
        default:
            if (!startsNumber(here())) return bad();
    }
    Value value(*this, kind);
    if (auto used = use(value); !used) return failed(std::move(used.error()));
    Span ignored;
    return value.consumed() || skip(ignored);
}

/// Of the keys from `first` on none comes twice.
bool Value::Walk::unique(std::size_t first) {
    const auto own = scratch.keys.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = scratch.keys.end();
    const auto same = [](const SeenKey& a, const SeenKey& b) { return a.hash == b.hash; };
    auto twice = end;
    if (constexpr std::ptrdiff_t kFew = 16; end - own <= kFew) {
        for (auto entry = own; entry != end && twice == end; ++entry)
            if (std::any_of(entry + 1, end, [&](const SeenKey& other) { return same(*entry, other); })) twice = entry;
    } else {
        std::sort(own, end, [](const SeenKey& a, const SeenKey& b) { return a.hash < b.hash; });
        twice = std::adjacent_find(own, end, same);
    }
    if (twice == end) return true;
    const auto key = decode(text.substr(twice->span.begin, std::min<std::size_t>(twice->span.size(), 64)), scratch.decoded);
    return failed({"duplicate-key", fmt::format("The field \"{}\" appears twice.", key ? *key : "?")});
}

bool Value::Walk::members(OnMember onMember, Span& object) {
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
            Span span;
            if (here() != '"') return bad();
            if (!string(span)) return false;
            auto name = text.substr(span.begin, span.size());
            if (escapes && name.find('\\') != std::string_view::npos) {
                auto key = decode(name, decoded);
                if (!key) return failed(std::move(key.error()));
                name = *key;
            }
            if (!take(':')) return bad();
            keys.push_back({keyHash(name), span});
            if (!child([&](Value& value) { return onMember(name, value); })) return false;
        } while (take(','));
    }
    if (here() != '}') return bad();
    object = {begin, at() + 1};
    ++token;
    return keys.size() - first < 2 || unique(first);
}

bool Value::Walk::items(OnItem onItem, Span& list) {
    const std::size_t begin = at();
    ++token;
    if (here() != ']') {
        do {
            if (!child(onItem)) return false;
        } while (take(','));
    }
    if (here() != ']') return bad();
    list = {begin, at() + 1};
    ++token;
    return true;
}

Result<Span> Value::eachMember(OnMember onMember) {
    if (kind_ != Kind::Object) return wrongKind(Kind::Object, kind_);
    consumed_ = true;
    if (!walk_->enter()) return walk_->why();
    Span span;
    const bool passed = walk_->members(onMember, span);
    --walk_->depth;
    return walk_->told(passed, span);
}

Result<Span> Value::eachItem(OnItem onItem) {
    if (kind_ != Kind::Array) return wrongKind(Kind::Array, kind_);
    consumed_ = true;
    if (!walk_->enter()) return walk_->why();
    Span span;
    const bool passed = walk_->items(onItem, span);
    --walk_->depth;
    return walk_->told(passed, span);
}

Result<Span> Value::string() {
    if (kind_ != Kind::String) return wrongKind(Kind::String, kind_);
    consumed_ = true;
    Span span;
    const bool passed = walk_->string(span);
    return walk_->told(passed, span);
}

Result<bool> Value::boolean() {
    if (kind_ != Kind::Boolean) return wrongKind(Kind::Boolean, kind_);
    consumed_ = true;
    const bool yes = walk_->here() == 't';
    Span ignored;
    if (!walk_->scalar(ignored)) return walk_->why();
    return yes;
}

Result<std::uint64_t> Value::unsignedInteger() {
    if (kind_ != Kind::Number) return wrongKind(Kind::Number, kind_);
    consumed_ = true;
    Span span;
    if (!walk_->number(span)) return walk_->why();
    const auto digits = walk_->text.substr(span.begin, span.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size()) return number;
    return fail("invalid-field", "must be a whole number that is not negative");
}

Result<Span> Value::skip() {
    consumed_ = true;
    Span span;
    const bool passed = walk_->skip(span);
    return walk_->told(passed, span);
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
    Span span;
    if (!walk.members(onMember, span)) return walk.why();
    if (walk.token != walk.last) return fail("invalid-json", "The body holds something after its JSON object.");
    return span;
}

}  // namespace gatehouse::text::json
