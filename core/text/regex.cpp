#include "text/regex.h"

#include "text/regex_prefilter.h"

#include <fmt/core.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <numeric>

namespace gatehouse::text {

namespace {

/// RE2's default of 8 MiB is kept: a pattern that needs more is refused rather than slow.
re2::RE2::Options quietOptions() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return options;
}

/// RE2 takes flags of the (?ims) group as a prefix, and `multiline` only so.
std::string withFlags(std::string_view pattern, Regex::Options options) {
    std::string flags;
    if (options.ignoreCase) flags += 'i';
    if (options.dotMatchesNewline) flags += 's';
    if (options.multiline) flags += 'm';
    if (flags.empty()) return std::string(pattern);
    return fmt::format("(?{}){}", flags, pattern);
}

/// RE2 shows the place at fault, which may begin with the flags: nobody wrote those.
std::string withoutFlags(std::string error, Regex::Options options) {
    const auto flags = withFlags("", options);
    if (const auto at = flags.empty() ? std::string::npos : error.find(flags); at != std::string::npos) error.erase(at, flags.size());
    return error;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct Regex::State {
    re2::RE2 regex;
    State(const std::string& pattern, const re2::RE2::Options& options) : regex(pattern, options) {}
};

Regex::Regex(std::unique_ptr<State> state) : state_(std::move(state)) {}
Regex::~Regex() = default;

Result<std::shared_ptr<const Regex>> Regex::compile(std::string_view pattern, Options options) {
    auto state = std::make_unique<State>(withFlags(pattern, options), quietOptions());
    if (!state->regex.ok())
        return fail("regex-syntax", fmt::format("The pattern does not compile: {}.", withoutFlags(state->regex.error(), options)));
    return std::make_shared<const Regex>(std::move(state));
}

Result<std::shared_ptr<const Regex>> Regex::compile(std::string_view pattern) { return compile(pattern, Options{}); }

bool Regex::fullMatch(std::string_view text) const { return re2::RE2::FullMatch(piece(text), state_->regex); }

bool Regex::find(std::string_view text, std::size_t from, std::size_t& begin, std::size_t& end) const {
    if (from > text.size()) return false;
    re2::StringPiece hit;
    if (!state_->regex.Match(piece(text), from, text.size(), re2::RE2::UNANCHORED, &hit, 1)) return false;
    begin = static_cast<std::size_t>(hit.data() - text.data());
    end = begin + hit.size();
    return true;
}

struct RegexSet::State {
    re2::RE2::Set set;
    std::shared_ptr<const RegexPrefilter> prefilter;  ///< Null: there is none.
    int size = 0;
    explicit State(const re2::RE2::Options& options) : set(options, re2::RE2::UNANCHORED) {}
};

RegexSet::RegexSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
RegexSet::~RegexSet() = default;

Result<std::shared_ptr<const RegexSet>> RegexSet::compile(const std::vector<std::string>& patterns,
                                                          Regex::Options options) {
    auto state = std::make_unique<State>(quietOptions());
    std::vector<std::string> flagged;
    for (const auto& pattern : patterns) {
        std::string error;
        flagged.push_back(withFlags(pattern, options));
        if (state->set.Add(flagged.back(), &error) < 0)
            return fail("regex-syntax", fmt::format("The pattern {} does not compile: {}.", state->size + 1, withoutFlags(error, options)));
        ++state->size;
    }
    if (!state->set.Compile()) return fail("regex-too-large", "The patterns together need too much memory.");
    state->prefilter = RegexPrefilter::of(flagged);
    return std::make_shared<const RegexSet>(std::move(state));
}

std::vector<int> RegexSet::matching(std::string_view text) const {
    std::vector<int> hits;
    if (state_->size == 0 || (state_->prefilter && state_->prefilter->excludes(text))) return hits;
    re2::RE2::Set::ErrorInfo error{};
    if (!state_->set.Match(piece(text), &hits, &error) && error.kind != re2::RE2::Set::kNoError) {
        hits.resize(static_cast<std::size_t>(state_->size));
        std::iota(hits.begin(), hits.end(), 0);
        return hits;
    }
    std::sort(hits.begin(), hits.end());
    return hits;
}

}  // namespace gatehouse::text
