// Heads of HTTP messages: flat header storage, one arena per message. No allocation per field on the hot path.
// Thread: one owner. Lifetime: views returned here live until the message is cleared or destroyed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::http {

/// Bytes that live as long as the message: bump-allocated blocks, recycled by clear().
class Arena {
  public:
    std::string_view copy(std::string_view bytes);
    std::string_view concat(std::initializer_list<std::string_view> parts);
    char* allocate(std::size_t size);
    void clear();

  private:
    static constexpr std::size_t kBlock = 4096;
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
        std::size_t used = 0;
    };
    std::vector<Block> blocks_;
    std::size_t current_ = 0;
};

struct Header {
    std::string_view name;
    std::string_view value;
};

/// Names compare case-insensitively and keep their written case; order is kept; repeated fields stay apart.
class Headers {
  public:
    explicit Headers(Arena& arena) : arena_(&arena) {}

    std::optional<std::string_view> get(std::string_view name) const;  ///< First value.
    bool has(std::string_view name) const { return get(name).has_value(); }
    std::size_t count(std::string_view name) const;

    void add(std::string_view name, std::string_view value);      ///< Copies both into the arena.
    void addView(std::string_view name, std::string_view value);  ///< Caller keeps the bytes alive.
    void set(std::string_view name, std::string_view value);      ///< Replaces all fields of that name by one.
    std::size_t remove(std::string_view name);                    ///< How many were removed.
    template <class Predicate>
    void removeIf(Predicate&& predicate) {
        std::erase_if(fields_, predicate);
    }
    void clear() { fields_.clear(); }

    std::span<const Header> fields() const { return fields_; }
    std::size_t size() const { return fields_.size(); }
    Arena& arena() { return *arena_; }

  private:
    Arena* arena_;
    std::vector<Header> fields_;
};

bool equalsIgnoreCase(std::string_view a, std::string_view b);

struct RequestHead {
    Arena arena;
    Headers headers{arena};
    std::string_view method;
    std::string_view target;     ///< As received: origin-form (absolute-form already taken apart).
    std::string_view path;       ///< Normalised path that is matched and forwarded; no query.
    std::string_view query;      ///< Without '?'; empty when absent.
    bool hasQuery = false;
    std::string_view scheme;     ///< "http" or "https" of the downstream side.
    std::string_view authority;  ///< Host header, with port as sent.
    std::string_view host;       ///< Lower-case host without port.
    int minorVersion = 1;

    RequestHead() = default;
    RequestHead(const RequestHead&) = delete;
    RequestHead& operator=(const RequestHead&) = delete;
    void clear();
};

struct ResponseHead {
    Arena arena;
    Headers headers{arena};
    int status = 0;
    std::string_view reason;
    int minorVersion = 1;

    ResponseHead() = default;
    ResponseHead(const ResponseHead&) = delete;
    ResponseHead& operator=(const ResponseHead&) = delete;
    void clear();
};

std::string_view reasonPhrase(int status);

}  // namespace gatehouse::http
