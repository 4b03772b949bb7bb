#include "net/client_hello.h"

#include <algorithm>
#include <bitset>
#include <memory>

namespace gatehouse::net {
namespace {

constexpr unsigned char kHandshake = 22;
constexpr unsigned char kClientHello = 1;
constexpr std::size_t kRecordHeader = 5;
constexpr std::size_t kMessageHeader = 4;
constexpr std::size_t kMostFragment = 16 * 1024;
constexpr unsigned kServerName = 0;
constexpr unsigned kAlpn = 16;

/// Bounds-checked reading, front to back: after one read too far everything fails.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    bool number(std::size_t width, std::size_t& out) {
        if (bytes_.size() < width) return false;
        out = 0;
        for (std::size_t i = 0; i < width; ++i) out = out << 8 | static_cast<unsigned char>(bytes_[i]);
        bytes_.remove_prefix(width);
        return true;
    }
    bool take(std::size_t size, std::string_view& out) {
        if (bytes_.size() < size) return false;
        out = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return true;
    }
    /// A vector with a length of `width` bytes before it.
    bool vector(std::size_t width, std::string_view& out) {
        std::size_t size = 0;
        return number(width, size) && take(size, out);
    }
    bool empty() const { return bytes_.empty(); }

  private:
    std::string_view bytes_;
};

unsigned char at(std::string_view bytes, std::size_t index) { return static_cast<unsigned char>(bytes[index]); }

bool readAlpn(std::string_view extension, std::vector<std::string>& names) {
    Reader reader(extension);
    std::string_view list;
    if (!reader.vector(2, list) || !reader.empty() || list.empty()) return false;
    Reader entries(list);
    while (!entries.empty()) {
        std::string_view name;
        if (!entries.vector(1, name) || name.empty()) return false;
        names.emplace_back(name);
    }
    return true;
}

}  // namespace

bool readServerName(std::string_view extension, std::string& name) {
    Reader reader(extension);
    std::string_view list, host;
    std::size_t type = 0;
    if (!reader.vector(2, list) || !reader.empty()) return false;
    Reader entries(list);
    if (!entries.number(1, type) || type != 0 || !entries.vector(2, host) || !entries.empty()) return false;
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.empty() || host.size() > 253) return false;
    std::string lower;
    lower.reserve(host.size());
    char before = '.';
    for (char c : host) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!allowed || (c == '.' && before == '.')) return false;
        lower.push_back(c);
        before = c;
    }
    if (before == '.') return false;
    name = std::move(lower);
    return true;
}

ClientHelloState ClientHelloParser::parse(std::string_view bytes) {
    if (state_ == ClientHelloState::NeedMore) {
        state_ = step(bytes);
        if (state_ != ClientHelloState::NeedMore) std::string().swap(message_);
    }
    return state_;
}

ClientHelloState ClientHelloParser::step(std::string_view bytes) {
    while (true) {
        const auto rest = bytes.substr(std::min(read_, bytes.size()));
        // The first bytes decide whether this is TLS at all; later records must go on with the same message.
        const auto wrong = read_ == 0 ? ClientHelloState::NotTls : ClientHelloState::Malformed;
        if (rest.empty()) return ClientHelloState::NeedMore;
        if (at(rest, 0) != kHandshake) return wrong;
        if (rest.size() > 1 && at(rest, 1) != 3) return wrong;
        if (rest.size() > 2 && at(rest, 2) > 4) return wrong;
        if (rest.size() < kRecordHeader) return ClientHelloState::NeedMore;
        const std::size_t size = static_cast<std::size_t>(at(rest, 3)) << 8 | at(rest, 4);
        if (size == 0 || size > kMostFragment) return wrong;
        // What the message begins with is known before its record is whole.
        if (message_.empty() && rest.size() > kRecordHeader && at(rest, kRecordHeader) != kClientHello) return wrong;
        if (rest.size() < kRecordHeader + size) return ClientHelloState::NeedMore;
        message_ += rest.substr(kRecordHeader, size);
        read_ += kRecordHeader + size;
        if (message_.size() < kMessageHeader) continue;
        const std::size_t length =
            static_cast<std::size_t>(at(message_, 1)) << 16 | static_cast<std::size_t>(at(message_, 2)) << 8 | at(message_, 3);
        if (length > kMost - kMessageHeader) return ClientHelloState::Malformed;
        if (message_.size() > kMessageHeader + length) return ClientHelloState::Malformed;
        if (message_.size() == kMessageHeader + length) return body();
    }
}

ClientHelloState ClientHelloParser::body() {
    constexpr auto kBad = ClientHelloState::Malformed;
    Reader reader(std::string_view(message_).substr(kMessageHeader));
    std::string_view random, session, ciphers, compressions, extensions;
    std::size_t version = 0;
    if (!reader.number(2, version) || version >> 8 != 3) return kBad;
    if (!reader.take(32, random) || !reader.vector(1, session) || session.size() > 32) return kBad;
    if (!reader.vector(2, ciphers) || ciphers.empty() || ciphers.size() % 2 != 0) return kBad;
    if (!reader.vector(1, compressions) || compressions.find('\0') == std::string_view::npos) return kBad;
    if (reader.empty()) return ClientHelloState::Done;  // TLS 1.2 may come without extensions.
    if (!reader.vector(2, extensions) || !reader.empty()) return kBad;
    Reader list(extensions);
    ClientHello hello;
    auto seen = std::make_unique<std::bitset<65536>>();
    while (!list.empty()) {
        std::size_t type = 0;
        std::string_view content;
        if (!list.number(2, type) || !list.vector(2, content)) return kBad;
        if (seen->test(type)) return kBad;
        seen->set(type);
        if (type == kServerName && !readServerName(content, hello.sni)) return kBad;
        if (type == kAlpn && !readAlpn(content, hello.alpn)) return kBad;
    }
    hello_ = std::move(hello);
    return ClientHelloState::Done;
}

}  // namespace gatehouse::net
