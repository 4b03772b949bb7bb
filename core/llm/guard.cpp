#include "llm/guard.h"

#include "http/characters.h"
#include "llm/pattern_prefix.h"
#include "text/regex.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace gatehouse::llm {

namespace {

/// Passes judgement on a pattern's hit where the pattern alone says too little.
using Check = bool (*)(std::string_view hit);

std::string digitsOf(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

/// Luhn (ISO/IEC 7812-1 annex B).
bool checksOut(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) value = value > 4 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

/// A 13-digit number that begins with 1 is a time in milliseconds, not a card (as in Presidio).
bool isCardNumber(std::string_view hit) {
    const std::string digits = digitsOf(hit);
    if (digits.size() < 13 || digits.size() > 19 || (digits.size() == 13 && digits[0] == '1')) return false;
    return checksOut(digits);
}

/// A Canadian social insurance number: nine digits with a Luhn check digit; 0 begins none, 8 a business number.
bool isSocialInsuranceNumber(std::string_view hit) {
    const std::string digits = digitsOf(hit);
    return digits.size() == 9 && digits[0] != '0' && digits[0] != '8' && checksOut(digits);
}

/// Numbers that the Social Security Administration never gives out: area 000, 666, 9xx; group 00; serial 0000; and mixed
/// separators, which mean that it is something else.
bool isSocialSecurityNumber(std::string_view hit) {
    const std::string digits = digitsOf(hit);
    if (digits.size() != 9 || hit.size() != 11 || hit[3] != hit[6]) return false;
    const std::string_view area = std::string_view(digits).substr(0, 3);
    return area != "000" && area != "666" && digits[0] != '9' && digits.substr(3, 2) != "00" &&
           digits.substr(5) != "0000";
}

bool isPhoneNumber(std::string_view hit) {
    const auto digits = digitsOf(hit).size();
    return digits >= 7 && digits <= 15;  // ITU-T E.164 allows 15 at most.
}

struct Builtin {
    std::string_view name;
    std::string_view tag;
    std::string_view pattern;
    Check check;
    std::size_t longest;  ///< Bytes, where the kind has a limit that its pattern does not tell.
};

/// Patterns after Microsoft Presidio's recognisers, restated without look-around, which RE2 has not.
constexpr std::array<Builtin, 5> kBuiltins = {{
    {"SSN", "<SSN>", R"(\b\d{3}[- .]\d{2}[- .]\d{4}\b)", isSocialSecurityNumber, 11},
    {"CREDIT_CARD", "<CREDIT_CARD>", R"(\b[1-6]\d{3}[- ]?\d{3,4}[- ]?\d{3,4}[- ]?\d{3,5}(?:[- ]?\d{1,3})?\b)",
     isCardNumber, 27},
    {"PHONE_NUMBER", "<PHONE_NUMBER>",
     R"((?:\+\d{1,3}[-. ]?(?:\(\d{1,4}\)[-. ]?)?\d(?:[-. ]?\d){5,12}\b)"
     R"(|(?:\b1[-. ])?\(\d{3}\)[-. ]?\d{3}[-. ]\d{4}\b|\b(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}\b))",
     isPhoneNumber, 40},
    {"EMAIL", "<EMAIL_ADDRESS>",
     R"([\pL\pN_.!#$%&'*+/=?^{|}~-]+@[\pL\pN](?:[\pL\pN-]*[\pL\pN])?(?:\.[\pL\pN-]+)*\.\pL{2,})", nullptr, 320},
    {"CA_SIN", "<CA_SIN>", R"(\b\d{3}[- ]?\d{3}[- ]?\d{3}\b)", isSocialInsuranceNumber, 11},
}};

const Builtin* findBuiltin(std::string_view name) {
    for (const Builtin& builtin : kBuiltins)
        if (builtin.name == name) return &builtin;
    return nullptr;
}

struct Compiled {
    std::string name;
    std::string tag;
    std::shared_ptr<const text::Regex> regex;
    Check check = nullptr;
    std::shared_ptr<const text::Regex> hold;  ///< Beginnings at a text's end; null: not known.
    std::size_t longest = PatternPrefix::kUnbounded;
};

/// kgateway 2.1: custom patterns are compiled case-insensitive, dotall and multiline.
constexpr text::Regex::Options kCustomOptions{true, true, true};

void collect(const Compiled& pattern, std::string_view text, std::vector<GuardHit>& hits) {
    std::size_t from = 0, begin = 0, end = 0;
    while (pattern.regex->find(text, from, begin, end)) {
        if (begin == end) {
            // Nothing is no finding; "x*" matches nothing everywhere.
            from = end + 1;
            continue;
        }
        if (pattern.check && !pattern.check(text.substr(begin, end - begin))) {
            // A longer run may have swallowed the start of a true hit.
            from = begin + 1;
            continue;
        }
        GuardHit hit;
        hit.rule = pattern.name;
        hit.begin = begin;
        hit.end = end;
        hit.replacement = pattern.tag;
        hits.push_back(std::move(hit));
        from = end;
    }
}

/// Leftmost first, without overlap.
std::vector<GuardHit> disjoint(std::vector<GuardHit> hits) {
    if (hits.size() < 2) return hits;
    // Leftmost first, the longer of two that begin together; what overlaps an earlier one is covered by it.
    std::stable_sort(hits.begin(), hits.end(), [](const GuardHit& a, const GuardHit& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::vector<GuardHit> kept;
    for (GuardHit& hit : hits) {
        if (kept.empty() || hit.begin >= kept.back().end) {
            kept.push_back(std::move(hit));
        } else if (hit.end > kept.back().end) {
            // Partly covered: the rest must not stay readable.
            kept.back().end = hit.end;
        }
    }
    return kept;
}

}  // namespace

struct RegexGuard::State {
    Action action = Action::Mask;
    std::vector<Compiled> patterns;
    std::shared_ptr<const text::RegexSet> set;
    std::shared_ptr<const text::Regex> hold;  ///< Of all patterns; null: not all are known.
};

RegexGuard::RegexGuard(std::unique_ptr<State> state) : state_(std::move(state)) {}
RegexGuard::~RegexGuard() = default;

Result<std::shared_ptr<const RegexGuard>> RegexGuard::compile(std::vector<Pattern> patterns, Action action, bool streams) {
    auto state = std::make_unique<State>();
    state->action = action;
    std::vector<std::string> sources;
    std::string holds;
    bool allHold = streams;
    for (auto& pattern : patterns) {
        Compiled compiled;
        text::Regex::Options options;
        if (!pattern.builtin.empty()) {
            const Builtin* builtin = findBuiltin(pattern.builtin);
            if (!builtin)
                return fail("guard-pattern", fmt::format("There is no builtin \"{}\"; known are SSN, CREDIT_CARD, "
                                                         "PHONE_NUMBER, EMAIL and CA_SIN.", pattern.builtin));
            compiled.name = pattern.name.empty() ? pattern.builtin : pattern.name;
            compiled.tag = builtin->tag;
            compiled.check = builtin->check;
            compiled.longest = builtin->longest;
            pattern.pattern = builtin->pattern;
        } else {
            const bool named = !pattern.name.empty() && pattern.name != "custom";
            compiled.name = named ? pattern.name : "custom";
            compiled.tag = named ? fmt::format("<{}>", pattern.name) : "<CUSTOM>";
            options = kCustomOptions;
        }
        auto regex = text::Regex::compile(pattern.pattern, options);
        if (!regex)
            return fail("guard-pattern", fmt::format("The guard pattern \"{}\" ({}): {}", compiled.name,
                                                     pattern.pattern, regex.error().message));
        compiled.regex = *regex;
        const std::string flags = options.ignoreCase ? "(?ism)" : "";
        sources.push_back(flags + pattern.pattern);
        const auto prefix = prefixOf(flags + pattern.pattern);
        if (prefix && pattern.builtin.empty()) compiled.longest = prefix->longest;
        if (prefix && streams) {
            if (auto hold = text::Regex::compile("(?:" + prefix->pattern + ")\\z")) compiled.hold = *hold;
            holds += fmt::format("{}(?:{})", holds.empty() ? "" : "|", prefix->pattern);
        }
        allHold = allHold && compiled.hold;
        state->patterns.push_back(std::move(compiled));
    }
    auto set = text::RegexSet::compile(sources, {});
    if (!set) return fail("guard-pattern", fmt::format("The guard's patterns together: {}", set.error().message));
    state->set = *set;
    if (allHold)
        if (auto hold = text::Regex::compile("(?:" + holds + ")\\z")) state->hold = *hold;
    return std::make_shared<const RegexGuard>(std::move(state));
}

RegexGuard::Action RegexGuard::action() const { return state_->action; }

std::vector<GuardHit> RegexGuard::find(std::string_view text) const {
    auto hits = findPlain(text);
    if (text.find('%') == std::string_view::npos) return hits;
    auto hidden = findEscaped(text, hits);
    if (hidden.empty()) return hits;
    hits.insert(hits.end(), std::make_move_iterator(hidden.begin()), std::make_move_iterator(hidden.end()));
    return disjoint(std::move(hits));
}

/// Hits in what percent-escapes say, of the text as the plain hits' tags leave it: so do streams.
std::vector<GuardHit> RegexGuard::findEscaped(std::string_view text, const std::vector<GuardHit>& plain) const {
    std::string said;
    std::vector<std::size_t> from;  // For each byte of `said`, and behind its end: where it stands in `text`.
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (next < plain.size() && plain[next].begin == at) {
            said += plain[next].replacement;
            from.insert(from.end(), plain[next].replacement.size(), at);
            at = plain[next++].end;
            continue;
        }
        // An escape that reaches into what is a tag already is none any more.
        const std::size_t until = next < plain.size() ? plain[next].begin : text.size();
        const int high = text[at] == '%' && at + 2 < until ? http::hexValue(text[at + 1]) : -1;
        const int low = high >= 0 ? http::hexValue(text[at + 2]) : -1;
        said += low >= 0 ? static_cast<char>(high * 16 + low) : text[at];
        from.push_back(at);
        at += low >= 0 ? 3 : 1;
    }
    from.push_back(text.size());
    std::vector<GuardHit> hits;
    for (auto& hit : findPlain(said)) {
        hit.begin = from[hit.begin];
        hit.end = from[hit.end];
        hits.push_back(std::move(hit));
    }
    return hits;
}

std::vector<GuardHit> RegexGuard::findPlain(std::string_view text) const {
    std::vector<GuardHit> hits;
    if (text.empty() || state_->patterns.empty()) return hits;
    for (const int index : state_->set->matching(text))
        collect(state_->patterns[static_cast<std::size_t>(index)], text, hits);
    return disjoint(std::move(hits));
}

std::vector<std::string> RegexGuard::longerThan(std::size_t window) const {
    std::vector<std::string> names;
    for (const Compiled& pattern : state_->patterns)
        if (pattern.longest > window) names.push_back(pattern.name);
    return names;
}

std::size_t RegexGuard::patterns() const { return state_->patterns.size(); }
const std::string& RegexGuard::nameOf(std::size_t pattern) const { return state_->patterns[pattern].name; }
const std::string& RegexGuard::tagOf(std::size_t pattern) const { return state_->patterns[pattern].tag; }

bool RegexGuard::findOne(std::size_t pattern, std::string_view text, std::size_t from, std::size_t& begin,
                         std::size_t& end) const {
    return state_->patterns[pattern].regex->find(text, from, begin, end);
}

bool RegexGuard::passes(std::size_t pattern, std::string_view hit) const {
    const auto check = state_->patterns[pattern].check;
    return check == nullptr || check(hit);
}

std::size_t RegexGuard::holdFrom(std::size_t pattern, std::string_view text, std::size_t from, std::size_t window) const {
    const auto& hold = state_->patterns[pattern].hold;
    std::size_t begin = 0, end = 0;
    if (!hold) return std::max(from, text.size() > window ? text.size() - window : 0);
    return hold->find(text, from, begin, end) ? begin : text.size();
}

std::size_t RegexGuard::holdFrom(std::string_view text, std::size_t from) const {
    std::size_t begin = 0, end = 0;
    if (!state_->hold) return from;
    return state_->hold->find(text, from, begin, end) ? begin : text.size();
}

std::string RegexGuard::mask(std::string_view text, const std::vector<GuardHit>& hits) const {
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    for (const GuardHit& hit : hits) {
        if (hit.begin < at || hit.end > text.size() || hit.end < hit.begin) continue;
        out.append(text.substr(at, hit.begin - at)).append(hit.replacement);
        at = hit.end;
    }
    return out.append(text.substr(at));
}

}  // namespace gatehouse::llm
