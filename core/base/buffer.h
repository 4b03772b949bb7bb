// Buffer: a growable run of bytes that always keeps kPadding readable bytes after its end, so that simdjson can parse
// it in place. Thread: one owner. Lifetime: as any value; views into it die when it grows.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::base {

class Buffer {
  public:
    /// At least SIMDJSON_PADDING of simdjson 3.0 (32 bytes).
    static constexpr std::size_t kPadding = 64;

    Buffer() = default;
    explicit Buffer(std::string_view bytes) { append(bytes); }
    Buffer(const Buffer&) = default;
    Buffer& operator=(const Buffer&) = default;
    Buffer(Buffer&& other) noexcept
        : storage_(std::move(other.storage_)), size_(std::exchange(other.size_, 0)), version_(std::exchange(other.version_, 0)) {}
    Buffer& operator=(Buffer&& other) noexcept {
        storage_ = std::move(other.storage_);
        size_ = std::exchange(other.size_, 0);
        version_ = std::exchange(other.version_, 0);
        return *this;
    }

    void append(std::string_view bytes) {
        reserve(size_ + bytes.size());
        if (!bytes.empty()) std::memcpy(storage_.data() + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
        version_ = nextVersion();
    }
    /// Makes room for `capacity` bytes of content plus the padding.
    void reserve(std::size_t capacity) {
        if (storage_.size() >= capacity + kPadding) return;
        std::size_t grown = storage_.empty() ? 1024 : storage_.size();
        while (grown < capacity + kPadding) grown *= 2;
        storage_.resize(grown);
    }
    /// Replaces [offset, offset + length) by `bytes`.
    void splice(std::size_t offset, std::size_t length, std::string_view bytes) {
        reserve(size_ - length + bytes.size());
        std::memmove(storage_.data() + offset + bytes.size(), storage_.data() + offset + length,
                     size_ - offset - length);
        if (!bytes.empty()) std::memcpy(storage_.data() + offset, bytes.data(), bytes.size());
        size_ = size_ - length + bytes.size();
        version_ = nextVersion();
    }
    void clear() {
        size_ = 0;
        version_ = 0;
    }
    void assign(std::string_view bytes) {
        size_ = 0;
        append(bytes);
    }

    const char* data() const { return storage_.data(); }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Bytes that may be read from data(): content plus padding, as simdjson asks for.
    std::size_t paddedCapacity() const { return storage_.size(); }
    std::string_view view() const { return {storage_.data(), size_}; }
    /// Two buffers of one version hold the same bytes, whatever thread made them: what was found out about one holds for the other. 0: no bytes yet.
    std::uint64_t version() const { return version_; }

  private:
    /// Each thread counts in a range of its own.
    static std::uint64_t nextVersion() {
        static std::atomic<std::uint64_t> threads{0};
        static constinit thread_local std::uint64_t last = 0;
        if (last == 0) last = ++threads << 40;
        return ++last;
    }

    std::vector<char> storage_;
    std::size_t size_ = 0;
    std::uint64_t version_ = 0;
};

}  // namespace gatehouse::base
