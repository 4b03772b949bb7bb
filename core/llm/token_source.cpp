#include "llm/token_source.h"

#include "base/ids.h"

#include <algorithm>

namespace gatehouse::llm {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kMargin{300'000};
constexpr milliseconds kFirstPause{1'000};
constexpr milliseconds kLongestPause{60'000};
/// What does not end is looked at again all the same: a profile's file may have changed.
constexpr milliseconds kLongestLife{3'600'000};

}  // namespace

milliseconds renewAfter(milliseconds life, std::uint64_t chance) {
    life = std::clamp(life, milliseconds(0), kLongestLife);
    const auto margin = std::min(kMargin, life / 4);
    const auto early = life.count() / 10;
    return life - margin - milliseconds(early > 0 ? static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(early)) : 0);
}

TokenSource::TokenSource(std::string title, TokenRecipe recipe) : title_(std::move(title)), recipe_(std::move(recipe)) {}

std::shared_ptr<const Token> TokenSource::token(base::WallTime now) const {
    const std::lock_guard lock(mutex_);
    return token_ && token_->expires > now ? token_ : nullptr;
}

TokenSource::State TokenSource::state(base::WallTime now) const {
    State out;
    const std::lock_guard lock(mutex_);
    out.error = error_;
    out.fetches = fetches_;
    out.failures = failures_;
    const bool holds = token_ && token_->expires > now;
    if (holds) out.expires = token_->expires;
    out.standing = holds ? Standing::Ready : error_.empty() ? Standing::Pending : Standing::Failed;
    return out;
}

void TokenSource::succeed(Token token, base::MonoTime mono, base::WallTime wall) {
    const auto life = token.expires == base::WallTime::max() ? kLongestLife : std::chrono::duration_cast<milliseconds>(token.expires - wall);
    due_ = mono + std::max(renewAfter(life, base::randomBits()), milliseconds(100));
    inRow_ = 0;
    auto made = std::make_shared<const Token>(std::move(token));
    const std::lock_guard lock(mutex_);
    token_.swap(made);
    error_.clear();
    ++fetches_;
}

void TokenSource::fail(std::string sentence, base::MonoTime mono) {
    const auto pause = std::min(kFirstPause * (1 << std::min(inRow_, 6U)), kLongestPause);
    ++inRow_;
    due_ = mono + pause * 3 / 4 + milliseconds(base::randomBelow(static_cast<std::uint64_t>(pause.count() / 2)));
    const std::lock_guard lock(mutex_);
    error_ = std::move(sentence);
    ++failures_;
}

}  // namespace gatehouse::llm
