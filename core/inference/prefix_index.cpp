#include "inference/prefix_index.h"

#include <algorithm>
#include <bit>

namespace gatehouse::inference {

namespace {

/// Calls `visit(key)` for each whole 64-token block of the prompt until it answers false; answers the number of blocks.
template <class Visit>
std::uint32_t walk(std::span<const Segment> prompt, Visit visit) {
    constexpr std::uint32_t kBlock = ApproximateIndex::kIndexBlockTokens;
    const std::uint32_t blocks = std::min(prompt.back().end, ApproximateIndex::kMostTokens) / kBlock;
    std::size_t segment = 0;
    for (std::uint32_t block = 0; block < blocks; ++block) {
        while (prompt[segment].end < (block + 1) * kBlock) ++segment;
        if (!visit(blockKey(prompt, segment, block))) break;
    }
    return blocks;
}

}  // namespace

std::uint32_t ApproximateIndex::match(std::span<const Segment> prompt, std::span<std::uint32_t> matched) const {
    std::fill(matched.begin(), matched.end(), 0U);
    return walk(prompt, [&](std::uint64_t key) {
        bool anywhere = false;
        for (std::size_t pod = 0; pod < pods_; ++pod) {
            if (servers_[pod].index.find(key) == KeyIndex::kNone) continue;
            anywhere = true;
            ++matched[pod];
        }
        return anywhere;
    });
}

void ApproximateIndex::add(std::span<const Segment> prompt, std::size_t pod) {
    walk(prompt, [&](std::uint64_t key) {
        servers_[pod].touch(key);
        return true;
    });
}

void ApproximateIndex::Server::touch(std::uint64_t key) {
    if (capacity == 0) return;
    std::uint32_t entry = index.find(key);
    if (entry != KeyIndex::kNone) {
        unlink(entry);
    } else if (entries.size() < capacity) {
        entry = static_cast<std::uint32_t>(entries.size());
        entries.push_back({key});
        index.insert(key, entry);
    } else {
        entry = oldest;
        index.erase(entries[entry].key);
        unlink(entry);
        entries[entry].key = key;
        index.insert(key, entry);
    }
    append(entry);
}

void ApproximateIndex::Server::unlink(std::uint32_t entry) {
    const Entry& gone = entries[entry];
    (gone.previous == KeyIndex::kNone ? oldest : entries[gone.previous].next) = gone.next;
    (gone.next == KeyIndex::kNone ? newest : entries[gone.next].previous) = gone.previous;
}

void ApproximateIndex::Server::append(std::uint32_t entry) {
    entries[entry].previous = newest;
    entries[entry].next = KeyIndex::kNone;
    (newest == KeyIndex::kNone ? oldest : entries[newest].next) = entry;
    newest = entry;
}

void HonestIndex::setCapacity(std::size_t pod, std::uint32_t blocks) {
    if (servers_[pod].capacity() == 0 && blocks > 0) restart(pod, blocks);
}

void HonestIndex::answerForAll() {
    table_ = std::make_unique<RunTable>();
    table_->widen(servers_.size());
    alive_.resize(table_->words());
    for (std::size_t i = 0; i < servers_.size(); ++i) servers_[i].watch(table_.get(), static_cast<std::uint32_t>(i));
}

void HonestIndex::grow(std::size_t pods) {
    while (servers_.size() < pods) {
        servers_.emplace_back(0U);
        if (table_) servers_.back().watch(table_.get(), static_cast<std::uint32_t>(servers_.size() - 1));
    }
    if (!table_) return;
    table_->widen(servers_.size());
    alive_.resize(table_->words());
}

void HonestIndex::restart(std::size_t pod, std::uint32_t blocks) {
    servers_[pod].forget();
    servers_[pod] = BlockCache(blocks);
    if (table_) servers_[pod].watch(table_.get(), static_cast<std::uint32_t>(pod));
}

/// A later segment is cached only where all before it are (a sequence pins its prompt from the first segment on, and releases its tail
/// before its head), so the servers that hold segment i are among those that hold i - 1, and whole stretches can be leapt over.
void HonestIndex::matchAll(std::span<const Segment> prompt, std::span<std::uint32_t> matched) const {
    std::fill(matched.begin(), matched.end(), 0U);
    const RunTable::Word* first = prompt.empty() ? nullptr : table_->row(prompt[0].key);
    if (first == nullptr) return;
    const std::size_t words = table_->words();
    std::copy(first, first + words, alive_.begin());
    const auto settle = [&](std::size_t word, RunTable::Word ending, std::uint32_t tokens) {
        for (; ending != 0; ending &= ending - 1) matched[word * RunTable::kBits + static_cast<std::size_t>(std::countr_zero(ending))] = tokens;
    };
    std::size_t at = 0, step = 1;  // All that are alive hold segment `at`.
    while (at + 1 < prompt.size()) {
        const std::size_t look = std::min(at + step, prompt.size() - 1);
        const RunTable::Word* row = table_->row(prompt[look].key);
        RunTable::Word missing = 0;
        for (std::size_t i = 0; i < words; ++i) missing |= row != nullptr ? alive_[i] & ~row[i] : alive_[i];
        if (missing == 0) {
            at = look;
            step *= 2;
            continue;
        }
        if (look > at + 1) {
            step = (look - at) / 2;
            continue;
        }
        RunTable::Word left = 0;
        for (std::size_t i = 0; i < words; ++i) {
            const RunTable::Word held = row != nullptr ? row[i] : 0;
            settle(i, alive_[i] & ~held, prompt[at].end);
            left |= alive_[i] &= held;
        }
        if (left == 0) return;
        at = look;
        step = 1;
    }
    for (std::size_t i = 0; i < words; ++i) settle(i, alive_[i], prompt[at].end);
}

void HonestIndex::begin(std::span<const Segment> prompt, std::size_t pod, BlockCache::Lease& lease) {
    begin(prompt, prompt.back().end, pod, lease);
}

void HonestIndex::begin(std::span<const Segment> prompt, std::uint32_t tokens, std::size_t pod, BlockCache::Lease& lease) {
    BlockCache& cache = servers_[pod];
    const std::uint32_t matched = cache.acquire(prompt, tokens > 0 ? tokens - 1 : 0, lease);
    if (cache.grow(lease, matched, tokens)) {
        cache.publish(prompt, prompt.empty() ? 0 : std::min(tokens, prompt.back().end), lease);
    } else {
        // The model is full of running requests: this one waits in the engine's queue, and is entered when it is done.
        cache.release(prompt, lease);
    }
}

void HonestIndex::done(std::span<const Segment> chain, std::uint32_t promptTokens, std::uint32_t outputTokens, std::size_t pod,
                       BlockCache::Lease& lease) {
    BlockCache& cache = servers_[pod];
    const std::uint32_t whole = promptTokens + outputTokens - 1;
    const bool begun = lease.own > 0 || lease.published > 0;
    const std::uint32_t held = begun ? promptTokens : cache.acquire(chain, whole, lease);
    if (cache.grow(lease, held, whole)) cache.publish(chain, whole, lease);
    cache.release(chain, lease);
}

void RunTable::widen(std::size_t caches) {
    const std::size_t words = (caches + kBits - 1) / kBits;
    if (words <= words_) return;
    std::vector<Word> bits(words_ > 0 ? bits_.size() / words_ * words : 0);
    for (std::size_t row = 0; words_ > 0 && row < bits_.size() / words_; ++row)
        std::copy_n(bits_.begin() + std::ptrdiff_t(row * words_), words_, bits.begin() + std::ptrdiff_t(row * words));
    bits_ = std::move(bits);
    words_ = words;
}

void RunTable::runComplete(std::uint64_t key, std::uint32_t cache) {
    std::uint32_t row = index_.find(key);
    if (row == KeyIndex::kNone) {
        if (spare_.empty()) {
            row = static_cast<std::uint32_t>(bits_.size() / words_);
            bits_.resize(bits_.size() + words_);
        } else {
            row = spare_.back();
            spare_.pop_back();
        }
        index_.insert(key, row);
    }
    bits_[row * words_ + cache / kBits] |= Word(1) << (cache % kBits);
}

void RunTable::runBroken(std::uint64_t key, std::uint32_t cache) {
    const std::uint32_t row = index_.find(key);
    if (row == KeyIndex::kNone) return;
    Word* bits = bits_.data() + std::size_t(row) * words_;
    bits[cache / kBits] &= ~(Word(1) << (cache % kBits));
    if (std::any_of(bits, bits + words_, [](Word word) { return word != 0; })) return;
    index_.erase(key);
    spare_.push_back(row);
}

}  // namespace gatehouse::inference
