#include "gateway/grpc_frames.h"

#include "http/message.h"

#include <cstdint>

namespace gatehouse::gateway {
namespace {

constexpr std::string_view kGrpc = "application/grpc";
constexpr std::size_t kPrefix = 5;  ///< A flag of compression, and the length in network order.

}  // namespace

void GrpcFrames::add(std::string_view bytes) {
    // Here alone, so that many small messages of one read cost no move each.
    bytes_.erase(0, taken_);
    taken_ = 0;
    bytes_ += bytes;
}

std::optional<std::string_view> GrpcFrames::next() {
    const auto left = std::string_view(bytes_).substr(taken_);
    if (error_ != GrpcStatus::Ok || left.size() < kPrefix) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 1; i < kPrefix; ++i) size = size << 8 | static_cast<std::uint8_t>(left[i]);
    if (left[0] != 0) error_ = GrpcStatus::Unimplemented;
    else if (size > most_) error_ = GrpcStatus::ResourceExhausted;
    if (error_ != GrpcStatus::Ok || left.size() - kPrefix < size) return std::nullopt;
    taken_ += kPrefix + size;
    return left.substr(kPrefix, size);
}

std::string GrpcFrames::framed(std::string_view message) {
    std::string out(kPrefix, '\0');
    for (std::size_t i = 0; i < 4; ++i) out[4 - i] = static_cast<char>(message.size() >> (8 * i));
    return out.append(message);
}

bool isGrpcType(std::string_view contentType) {
    if (contentType.size() < kGrpc.size() || !http::equalsIgnoreCase(contentType.substr(0, kGrpc.size()), kGrpc)) return false;
    return contentType.size() == kGrpc.size() || contentType[kGrpc.size()] == '+' || contentType[kGrpc.size()] == ';';
}

void encodeGrpcMessage(std::string_view text, std::string& out) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte <= 0x7e && c != '%') {
            out += c;
            continue;
        }
        out += '%';
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
}

}  // namespace gatehouse::gateway
