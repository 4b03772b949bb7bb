#include "cluster/web_socket.h"

#include "text/base64.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <utility>

namespace gatehouse::cluster {
namespace {

constexpr std::size_t kLargest = 1 << 20;
constexpr char kGuid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // Section 1.3.

struct Head {
    bool last = false;
    std::uint8_t opcode = 0;
    std::size_t size = 0;   ///< Of the head.
    std::uint64_t payload = 0;
};

/// False: more bytes are needed.
bool readHead(std::string_view bytes, Head& out) {
    if (bytes.size() < 2) return false;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    out.last = (byte(0) & 0x80) != 0;
    out.opcode = byte(0) & 0x7f;  // Reserved bits make it an opcode that is none.
    out.payload = byte(1);        // A mask bit makes it too large.
    out.size = 2;
    if (out.payload > 125 && out.payload < 128) {
        const std::size_t more = out.payload == 126 ? 2 : 8;
        if (bytes.size() < 2 + more) return false;
        out.payload = 0;
        for (std::size_t i = 0; i < more; ++i) out.payload = out.payload << 8 | byte(2 + i);
        out.size += more;
    } else if (out.payload > 127) {
        out.payload = ~std::uint64_t{0};
    }
    return true;
}

tl::unexpected<Error> broken(const char* what) { return fail("web-socket", what); }

}  // namespace

std::string webSocketKey() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return text::toBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string webSocketAccept(std::string_view key) {
    const std::string all = std::string(key) + kGuid;
    std::array<unsigned char, 20> digest{};
    EVP_Digest(all.data(), all.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    return text::toBase64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string clientFrame(Opcode opcode, std::string_view payload) {
    std::string out;
    out.reserve(payload.size() + 14);
    out += static_cast<char>(0x80 | static_cast<int>(opcode));
    if (payload.size() < 126) {
        out += static_cast<char>(0x80 | payload.size());
    } else {
        const int bytes = payload.size() < 65536 ? 2 : 8;
        out += static_cast<char>(0x80 | (bytes == 2 ? 126 : 127));
        for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(payload.size() >> (8 * i) & 0xff);
    }
    unsigned char mask[4];
    RAND_bytes(mask, sizeof mask);
    out.append(reinterpret_cast<const char*>(mask), sizeof mask);
    for (std::size_t i = 0; i < payload.size(); ++i) out += static_cast<char>(static_cast<unsigned char>(payload[i]) ^ mask[i % 4]);
    return out;
}

Result<std::vector<Message>> FrameReader::feed(std::string_view bytes) {
    buffer_ += bytes;
    std::vector<Message> out;
    std::size_t at = 0;
    for (Head head; readHead(std::string_view(buffer_).substr(at), head);) {
        if (head.payload > kLargest || partial_.payload.size() + head.payload > kLargest) return broken("The server sent a message of more than 1 MiB, or a masked one.");
        const bool control = head.opcode >= 8;
        if (head.opcode > 10 || (head.opcode > 2 && head.opcode < 8) || (control && (!head.last || head.payload > 125))) return broken("The server sent a frame that is none.");
        if (!control && (head.opcode == 0) != inMessage_) return broken("The server mixed up the parts of its messages.");
        if (buffer_.size() - at < head.size + head.payload) break;
        const auto payload = std::string_view(buffer_).substr(at + head.size, head.payload);
        at += head.size + head.payload;
        if (control) {
            out.push_back({static_cast<Opcode>(head.opcode), std::string(payload)});
            continue;
        }
        if (!inMessage_) partial_ = {static_cast<Opcode>(head.opcode), {}};
        partial_.payload += payload;
        inMessage_ = !head.last;
        if (head.last) out.push_back(std::exchange(partial_, {}));
    }
    buffer_.erase(0, at);
    return out;
}

}  // namespace gatehouse::cluster
