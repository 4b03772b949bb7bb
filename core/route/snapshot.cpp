#include "route/snapshot.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace gatehouse::route {
namespace {

std::uint64_t hashOf(std::string_view path) { return std::hash<std::string_view>{}(path); }
std::uint32_t tagOf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

/// Among many routes nothing of a rule is in a near cache: all that the request will look at is asked for at once, while the
/// path is compared, rather than one line after the other when it is needed.
void fetchAhead(const PathTable::Slot& slot, const Candidate& candidate) {
    constexpr std::size_t kLine = 64;
    const auto fetch = [](const void* begin, const void* end) {
        for (auto at = reinterpret_cast<std::uintptr_t>(begin) & ~(kLine - 1); at < reinterpret_cast<std::uintptr_t>(end); at += kLine)
            __builtin_prefetch(reinterpret_cast<const void*>(at));
    };
    fetch(&candidate, &candidate + 1);
    if (slot.rule != nullptr) fetch(reinterpret_cast<const char*>(&slot.rule->chain.order) - 1, slot.rule + 1);
    if (slot.backend != nullptr) fetch(slot.backend, &slot.backend->id);
}

void buildPathIndex(VirtualHost& host) {
    auto& index = host.index;
    index = {};
    index.exact.build(host.candidates, config::PathMatchType::Exact);
    index.prefix.build(host.candidates, config::PathMatchType::PathPrefix);
    for (std::uint32_t i = 0; i < host.candidates.size(); ++i) {
        const auto& match = host.candidates[i].match;
        if (match.pathType == config::PathMatchType::RegularExpression) index.regex.push_back(i);
        if (match.pathType == config::PathMatchType::PathPrefix)
            index.prefixLengths.push_back(static_cast<std::uint32_t>(match.path.size()));
    }
    std::sort(index.prefixLengths.begin(), index.prefixLengths.end(), std::greater<>());
    index.prefixLengths.erase(std::unique(index.prefixLengths.begin(), index.prefixLengths.end()),
                              index.prefixLengths.end());
    index.built = true;
}

}  // namespace

void PathTable::build(const std::vector<Candidate>& candidates, config::PathMatchType type) {
    slots_.clear();
    more_.clear();
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < candidates.size(); ++i)
        if (candidates[i].match.pathType == type) chosen.push_back(i);
    if (chosen.empty()) return;
    slots_.resize(std::bit_ceil(chosen.size() * 2));
    std::vector<std::uint32_t> slotOf;
    slotOf.reserve(chosen.size());
    for (const auto position : chosen) {
        const std::string_view path = candidates[position].match.path;
        const auto hash = hashOf(path);
        auto at = hash & (slots_.size() - 1);
        while (slots_[at].count > 0 && (slots_[at].tag != tagOf(hash) || candidates[slots_[at].first].match.path != path))
            at = (at + 1) & (slots_.size() - 1);
        auto& slot = slots_[at];
        if (slot.count++ == 0) {
            const auto* rule = candidates[position].rule.get();
            slot.tag = tagOf(hash);
            slot.first = position;
            slot.rule = rule;
            slot.backend = rule == nullptr || rule->backends.empty() ? nullptr : rule->backends.data();
        }
        slotOf.push_back(static_cast<std::uint32_t>(at));
    }
    std::uint32_t total = 0;
    for (auto& slot : slots_) {
        slot.more = total;
        if (slot.count > 1) total += slot.count - 1;
    }
    more_.resize(total);
    std::vector<std::uint32_t> next(slots_.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto& slot = slots_[slotOf[i]];
        if (chosen[i] != slot.first) more_[slot.more + next[slotOf[i]]++] = chosen[i];
    }
}

const PathTable::Slot* PathTable::find(std::string_view path, const std::vector<Candidate>& candidates) const {
    if (slots_.empty()) return nullptr;
    const auto hash = hashOf(path);
    const auto mask = slots_.size() - 1;
    for (auto at = hash & mask;; at = (at + 1) & mask) {
        const auto& slot = slots_[at];
        if (slot.count == 0) return nullptr;
        if (slot.tag != tagOf(hash)) continue;
        fetchAhead(slot, candidates[slot.first]);
        if (candidates[slot.first].match.path == path) return &slot;
    }
}

const Port* Snapshot::findPort(std::uint16_t port) const {
    for (const auto& candidate : ports)
        if (candidate.port == port) return &candidate;
    return nullptr;
}

void buildIndexes(Listener& listener) {
    auto& index = listener.index;
    for (std::uint32_t i = 0; i < listener.hosts.size(); ++i) {
        auto& host = listener.hosts[i];
        buildPathIndex(host);
        if (host.hostname.empty()) {
            index.any = static_cast<int>(i);
        } else if (host.hostname.starts_with("*.")) {
            index.suffix.emplace(host.hostname.substr(1), i);
            index.longestSuffix = std::max(index.longestSuffix, host.hostname.size() - 1);
        } else {
            index.exact.emplace(host.hostname, i);
        }
    }
    index.built = true;
}

}  // namespace gatehouse::route
