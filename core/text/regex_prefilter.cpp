#include "text/regex_prefilter.h"

#ifdef GATEHOUSE_HYPERSCAN

#include <algorithm>
#include <cstdint>
#include <hs/hs.h>
#include <limits>
#include <map>
#include <mutex>

namespace gatehouse::text {
namespace {

constexpr std::size_t kMostPatterns = 500;
constexpr std::size_t kMostBytes = 20'000;
/// Repetitions beyond it can take Hyperscan seconds to compile.
constexpr int kMostRepeats = 200;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The largest number of the braces that begin at `at`; 0 where they are no repetition.
int repeatsAt(std::string_view pattern, std::size_t at) {
    int most = 0, number = 0;
    for (++at; at < pattern.size() && (isDigit(pattern[at]) || pattern[at] == ','); ++at) {
        number = isDigit(pattern[at]) ? std::min(number * 10 + (pattern[at] - '0'), kMostRepeats + 1) : 0;
        most = std::max(most, number);
    }
    return most;
}

/// The letters of "(?im)" or "(?im:" at `at`; none elsewhere.
std::string_view flagsAt(std::string_view pattern, std::size_t at) {
    const auto rest = pattern.substr(at);
    if (!rest.starts_with("(?")) return {};
    return rest.substr(2, rest.find_first_of("):<P", 2) - 2);
}

/// What both engines read alike, of texts that hold nothing but printable ASCII and blanks. Left out: bytes and escapes beyond ASCII, which may be
/// folded into it ((?i) takes U+017F for an s), classes of Unicode, quoted runs, and what only one of them knows.
bool isShared(std::string_view pattern) {
    bool lines = false, caret = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const auto c = static_cast<unsigned char>(pattern[i]);
        if (c < 0x20 || c > 0x7e) return false;
        if (c == '{' && (repeatsAt(pattern, i) > kMostRepeats || pattern.substr(i).starts_with("{,"))) return false;
        lines = lines || flagsAt(pattern, i).find('m') != std::string_view::npos;
        caret = caret || (c == '^' && (i == 0 || pattern[i - 1] != '['));
        if (c != '\\') continue;
        if (++i == pattern.size()) return false;
        // Punctuation stands for itself; of letters those that mean the same everywhere.
        const char next = pattern[i];
        const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || isDigit(next);
        if (letter && std::string_view("bBdDsSwWtnrAz").find(next) == std::string_view::npos) return false;
    }
    // After a last line feed (?m)^ matches for RE2 alone.
    return !lines || !caret;
}

/// Of which nothing is known by one engine alone: a vertical tab is a blank to Hyperscan and none to RE2.
bool isPlain(std::string_view text) {
    // To the end, whatever comes: sixteen bytes at a time, not one. Most texts hold nothing of which more must be asked.
    unsigned char odd = 0, other = 0;
    for (const char c : text) odd |= static_cast<unsigned char>((static_cast<signed char>(c) < 0x20) | (c == 0x7f));
    if (odd == 0) return true;
    for (const char c : text) other |= static_cast<unsigned char>(!((c >= 0x20) & (c < 0x7f)) & (c != '\n') & (c != '\t') & (c != '\r'));
    return other == 0;
}

int onHit(unsigned int, unsigned long long, unsigned long long, unsigned int, void* hit) {
    *static_cast<bool*>(hit) = true;
    return 1;
}

/// Working memory of one thread, for every database that it has met.
class Scratch {
  public:
    ~Scratch() { hs_free_scratch(scratch_); }
    hs_scratch_t* of(const hs_database_t* database, std::uint64_t number) {
        if (std::find(known_.begin(), known_.end(), number) == known_.end()) {
            if (hs_alloc_scratch(database, &scratch_) != HS_SUCCESS) return nullptr;
            if (known_.size() >= kMostKnown) known_.clear();
            known_.push_back(number);
        }
        return scratch_;
    }

  private:
    static constexpr std::size_t kMostKnown = 64;
    hs_scratch_t* scratch_ = nullptr;
    std::vector<std::uint64_t> known_;
};

}  // namespace

struct RegexPrefilter::State {
    hs_database_t* database = nullptr;
    std::uint64_t number = 0;  ///< Of this database alone, ever.
    ~State() { hs_free_database(database); }
};

RegexPrefilter::RegexPrefilter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RegexPrefilter::~RegexPrefilter() = default;

std::shared_ptr<const RegexPrefilter> RegexPrefilter::of(const std::vector<std::string>& patterns) {
    std::string key;
    std::vector<const char*> expressions;
    for (const auto& pattern : patterns) {
        if (!isShared(pattern)) return nullptr;
        key += pattern;
        key += '\0';
        expressions.push_back(pattern.c_str());
    }
    if (patterns.empty() || patterns.size() > kMostPatterns || key.size() > kMostBytes || hs_valid_platform() != HS_SUCCESS) return nullptr;

    // A memory of a pure function: an edit of a workspace builds every guard anew, and none of their patterns has changed.
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<const RegexPrefilter>> compiled;
    static std::uint64_t numbers = 0;
    const std::lock_guard lock(mutex);
    if (const auto found = compiled.find(key); found != compiled.end())
        if (auto known = found->second.lock()) return known;
    std::erase_if(compiled, [](const auto& entry) { return entry.second.expired(); });

    const std::vector<unsigned int> flags(patterns.size(), HS_FLAG_SINGLEMATCH | HS_FLAG_PREFILTER | HS_FLAG_ALLOWEMPTY);
    auto state = std::make_unique<State>();
    hs_compile_error_t* error = nullptr;
    if (hs_compile_multi(expressions.data(), flags.data(), nullptr, static_cast<unsigned int>(patterns.size()), HS_MODE_BLOCK, nullptr, &state->database, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return nullptr;
    }
    state->number = ++numbers;
    auto made = std::make_shared<const RegexPrefilter>(std::move(state));
    compiled[std::move(key)] = made;
    return made;
}

bool RegexPrefilter::excludes(std::string_view text) const {
    if (text.size() > std::numeric_limits<unsigned int>::max() || !isPlain(text)) return false;
    static thread_local Scratch scratches;
    auto* scratch = scratches.of(state_->database, state_->number);
    if (scratch == nullptr) return false;
    bool hit = false;
    return hs_scan(state_->database, text.data(), static_cast<unsigned int>(text.size()), 0, scratch, onHit, &hit) == HS_SUCCESS && !hit;
}

}  // namespace gatehouse::text

#else

namespace gatehouse::text {

struct RegexPrefilter::State {};
RegexPrefilter::RegexPrefilter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RegexPrefilter::~RegexPrefilter() = default;
std::shared_ptr<const RegexPrefilter> RegexPrefilter::of(const std::vector<std::string>&) { return nullptr; }
bool RegexPrefilter::excludes(std::string_view) const { return false; }

}  // namespace gatehouse::text

#endif
