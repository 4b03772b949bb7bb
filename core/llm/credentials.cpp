#include "llm/credentials.h"

#include "filter/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace gatehouse::llm {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
using std::chrono::seconds;
using Standing = TokenSource::Standing;

/// Of a key that the provider does not take, or whose account is empty.
constexpr seconds kRefused{300};
/// Of a key that is limited, where the provider says not for how long; twice as long for each further time in a row.
constexpr seconds kLimited{3};
constexpr seconds kLongestLimited{60};
/// A 403 may be about the model that was asked for; as many in a row are about the key.
constexpr std::uint32_t kForbiddenInRow = 3;

Standing standingOf(const Key& key, base::WallTime wall) { return key.source ? key.source->state(wall).standing : Standing::Ready; }

}  // namespace

std::string refusalText(int status) { return status == 429 ? fmt::format("limited with {}", status) : fmt::format("refused with {}", status); }

bool Credentials::cooling(const Key& key, base::MonoTime now) const {
    return key.state && key.state->coolUntil.load(kRelaxed) > now.time_since_epoch().count();
}

std::optional<std::size_t> Credentials::choose(base::MonoTime now, base::WallTime wall, std::uint32_t tried, bool anyhow) const {
    const auto count = keys_.size();
    const auto begin = count > 1 ? turn_.fetch_add(1, kRelaxed) : 0;
    std::optional<std::size_t> pending, soonest;
    std::int64_t soonestAt = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < count; ++i) {
        const auto index = (begin + i) % count;
        if ((tried >> index & 1U) != 0) continue;
        const auto& key = keys_[index];
        const bool cools = cooling(key, now);
        const auto standing = standingOf(key, wall);
        if (!cools && standing == Standing::Ready) return index;
        if (!cools && standing == Standing::Pending && !pending) pending = index;
        // Without a token it is of less use than one that cools.
        const auto back = standing == Standing::Failed ? std::numeric_limits<std::int64_t>::max() - 1 : key.state ? key.state->coolUntil.load(kRelaxed) : 0;
        if (back >= soonestAt) continue;
        soonest = index;
        soonestAt = back;
    }
    if (!anyhow) return std::nullopt;
    return pending ? pending : soonest;
}

bool Credentials::usable(base::MonoTime now, base::WallTime wall) const {
    return std::any_of(keys_.begin(), keys_.end(), [&](const Key& key) { return !cooling(key, now) && standingOf(key, wall) != Standing::Failed; });
}

Credentials::Shown Credentials::show(std::size_t index, base::WallTime wall) const {
    const auto& key = keys_[index];
    Shown out;
    if (!key.source) {
        out.token = key.token;
        out.aws = key.aws;
        return out;
    }
    const auto held = key.source->token(wall);
    if (!held) {
        const auto state = key.source->state(wall);
        out.standing = state.standing == Standing::Ready ? Standing::Pending : state.standing;
        out.error = state.error;
        return out;
    }
    out.token = held->bearer;
    out.aws = held->aws;
    return out;
}

bool Credentials::judge(std::size_t index, int status, std::optional<seconds> retryAfter, base::MonoTime now) const {
    const auto& key = keys_[index];
    if (!key.state) return false;
    auto& state = *key.state;
    state.uses.fetch_add(1, kRelaxed);
    const bool refused = status == 401 || status == 402 || status == 403;
    if (!refused && status != 429) {
        // An error of the server says nothing of the key.
        if (status < 500 && state.inRow.load(kRelaxed) != 0) state.inRow.store(0, kRelaxed);
        return false;
    }
    state.refusals.fetch_add(1, kRelaxed);
    const bool same = state.refusedBy.exchange(status, kRelaxed) == status;
    const auto inRow = same ? state.inRow.fetch_add(1, kRelaxed) + 1 : 1;
    if (!same) state.inRow.store(1, kRelaxed);
    if (status == 403 && inRow < kForbiddenInRow) return true;
    const auto limited = std::min(kLimited * (1 << std::min(inRow - 1, 5U)), kLongestLimited);
    const auto time = status == 429 ? retryAfter.value_or(limited) : kRefused;
    state.coolUntil.store((now + time).time_since_epoch().count(), kRelaxed);
    return true;
}

std::vector<Credentials::Sample> Credentials::sample(base::MonoTime now, base::WallTime wall) const {
    std::vector<Sample> all;
    for (const auto& key : keys_) {
        Sample out;
        out.name = key.name;
        out.state = "ready";
        if (key.state) {
            out.uses = key.state->uses.load(kRelaxed);
            out.refusals = key.state->refusals.load(kRelaxed);
        }
        if (key.source) {
            const auto state = key.source->state(wall);
            if (state.standing == Standing::Ready && state.expires != base::WallTime::max()) out.expires = state.expires;
            out.reason = state.error;
            if (state.standing == Standing::Pending) out.state = "waiting for its token";
            if (state.standing == Standing::Failed) out.state = "without a token";
        }
        if (cooling(key, now)) {
            out.state = "cooling down";
            out.reason = refusalText(key.state->refusedBy.load(kRelaxed));
            const auto left = base::MonoClock::duration(key.state->coolUntil.load(kRelaxed)) - now.time_since_epoch();
            out.outMillis = std::chrono::duration_cast<base::Millis>(left).count();
        }
        all.push_back(std::move(out));
    }
    return all;
}

std::shared_ptr<KeyState> CredentialRegistry::state(const std::string& id) {
    const std::lock_guard lock(mutex_);
    auto& known = states_[id];
    if (!known) known = std::make_shared<KeyState>();
    return known;
}

std::shared_ptr<ProviderHealth> CredentialRegistry::health(const std::string& id) {
    const std::lock_guard lock(mutex_);
    auto& known = health_[id];
    if (!known) known = std::make_shared<ProviderHealth>();
    return known;
}

std::shared_ptr<TokenSource> CredentialRegistry::findSource(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = sources_.find(id);
    return found != sources_.end() ? found->second : nullptr;
}

std::shared_ptr<TokenSource> CredentialRegistry::addSource(const std::string& id, std::shared_ptr<TokenSource> source) {
    const std::lock_guard lock(mutex_);
    return sources_.emplace(id, std::move(source)).first->second;
}

std::vector<std::shared_ptr<TokenSource>> CredentialRegistry::sources() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<TokenSource>> all;
    for (const auto& [id, source] : sources_) all.push_back(source);
    return all;
}

void CredentialRegistry::prune() {
    const std::lock_guard lock(mutex_);
    std::erase_if(states_, [](const auto& entry) { return entry.second.use_count() == 1; });
    std::erase_if(health_, [](const auto& entry) { return entry.second.use_count() == 1; });
    std::erase_if(sources_, [](const auto& entry) { return entry.second.use_count() == 1; });
}

std::string fingerprint(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const auto part : parts) {
        all += fmt::format("{}:", part.size());
        all += part;
    }
    const auto digest = filter::sha256(all);
    std::fill(all.begin(), all.end(), '\0');
    std::string out;
    for (const auto byte : digest) out += fmt::format("{:02x}", static_cast<unsigned>(byte));
    return out;
}

}  // namespace gatehouse::llm
