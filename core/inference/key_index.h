// KeyIndex: a flat hash map from 64-bit keys to 32-bit values, for the caches and indexes that every pick and every simulated request walks.
// Linear probing, deletion by shifting back. Key 0 is reserved. Thread: one owner. Lifetime: a value; copying copies the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gatehouse::inference {

/// A well spread hash of two words (splitmix64's finaliser); never 0, so that it can be a key.
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t z = a * 0x9e3779b97f4a7c15ULL + b + 0x632be59bd9b4e019ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    return z ? z : 1;
}

class KeyIndex {
  public:
    static constexpr std::uint32_t kNone = 0xffffffffU;

    std::uint32_t find(std::uint64_t key) const {
        if (size_ == 0) return kNone;
        for (std::size_t i = key & mask();; i = (i + 1) & mask()) {
            if (keys_[i] == key) return values_[i];
            if (keys_[i] == 0) return kNone;
        }
    }
    /// `key` must not be in the map.
    void insert(std::uint64_t key, std::uint32_t value) {
        if ((size_ + 1) * 4 > keys_.size() * 3) grow();
        place(key, value);
        ++size_;
    }
    bool erase(std::uint64_t key) {
        if (size_ == 0) return false;
        std::size_t hole = key & mask();
        while (keys_[hole] != key) {
            if (keys_[hole] == 0) return false;
            hole = (hole + 1) & mask();
        }
        --size_;
        for (std::size_t next = (hole + 1) & mask(); keys_[next] != 0; next = (next + 1) & mask()) {
            const std::size_t home = keys_[next] & mask();
            // An entry may move into the hole unless its home lies cyclically behind the hole.
            if (((next - home) & mask()) >= ((next - hole) & mask())) {
                keys_[hole] = keys_[next];
                values_[hole] = values_[next];
                hole = next;
            }
        }
        keys_[hole] = 0;
        return true;
    }
    std::size_t size() const { return size_; }

  private:
    std::size_t mask() const { return keys_.size() - 1; }
    void place(std::uint64_t key, std::uint32_t value) {
        std::size_t i = key & mask();
        while (keys_[i] != 0) i = (i + 1) & mask();
        keys_[i] = key;
        values_[i] = value;
    }
    void grow() {
        std::vector<std::uint64_t> keys(keys_.empty() ? 64 : keys_.size() * 2);
        std::vector<std::uint32_t> values(keys.size());
        keys.swap(keys_);
        values.swap(values_);
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (keys[i] != 0) place(keys[i], values[i]);
    }

    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> values_;
    std::size_t size_ = 0;
};

}  // namespace gatehouse::inference
