#include "llm/dialect/aws_events.h"

#include <array>

namespace gatehouse::llm {
namespace {

constexpr std::size_t kPrelude = 12;   ///< Both lengths and their checksum.
constexpr std::size_t kChecksum = 4;
constexpr std::uint8_t kText = 7;      ///< The type of a header's value.

constexpr std::array<std::uint32_t, 256> kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        auto value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
        table[i] = value;
    }
    return table;
}();

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

void append(std::string& out, std::uint32_t value, int size) {
    for (int i = size - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
}

/// Bytes of a value whose type says its size; of the others (bytes and text) two bytes before it do.
std::size_t fixedSize(std::uint8_t type) {
    switch (type) {
    case 2: return 1;
    case 3: return 2;
    case 4: return 4;
    case 5:
    case 8: return 8;
    case 9: return 16;
    default: return 0;
    }
}

void appendHeader(std::string& out, std::string_view name, std::string_view value) {
    append(out, static_cast<std::uint32_t>(name.size()), 1);
    out += name;
    append(out, kText, 1);
    append(out, static_cast<std::uint32_t>(value.size()), 2);
    out += value;
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : bytes) value = kTable[(value ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (value >> 8U);
    return value ^ 0xFFFFFFFFU;
}

void AwsEventParser::feed(std::string_view bytes) {
    if (!broken_.empty()) return;
    buffer_.append(bytes);
    std::size_t done = 0;
    while (broken_.empty() && buffer_.size() - done >= kPrelude) {
        const auto rest = std::string_view(buffer_).substr(done);
        const std::size_t total = number(rest, 0, 4);
        const std::size_t headers = number(rest, 4, 4);
        if (crc32(rest.substr(0, 8)) != number(rest, 8, 4)) {
            broken_ = "The checksum of a frame's lengths is wrong.";
        } else if (headers > kMaxHeaders || total < kPrelude + headers + kChecksum || total - kPrelude - headers - kChecksum > kMaxPayload) {
            broken_ = "A frame has lengths that cannot be.";
        } else if (rest.size() < total) {
            break;
        } else if (crc32(rest.substr(0, total - kChecksum)) != number(rest, total - kChecksum, 4)) {
            broken_ = "The checksum of a frame is wrong.";
        } else if (!readFrame(rest.substr(0, total), headers)) {
            broken_ = "A frame has headers that cannot be read.";
        } else {
            done += total;
        }
    }
    if (broken_.empty()) buffer_.erase(0, done);
    else buffer_.clear();
}

bool AwsEventParser::readFrame(std::string_view frame, std::size_t headers) {
    AwsEvent event;
    auto left = frame.substr(kPrelude, headers);
    while (!left.empty()) {
        const std::size_t nameSize = number(left, 0, 1);
        if (left.size() < nameSize + 2) return false;
        const auto name = left.substr(1, nameSize);
        const auto type = static_cast<std::uint8_t>(left[nameSize + 1]);
        left.remove_prefix(nameSize + 2);
        if (type > 9) return false;
        std::size_t size = fixedSize(type);
        if (type == 6 || type == kText) {
            if (left.size() < 2) return false;
            size = number(left, 0, 2);
            left.remove_prefix(2);
        }
        if (left.size() < size) return false;
        const auto value = left.substr(0, size);
        left.remove_prefix(size);
        if (type != kText) continue;
        if (name == ":message-type") event.messageType = value;
        else if (name == ":event-type" || name == ":exception-type" || name == ":error-code") event.eventType = value;
        else if (name == ":error-message") event.errorMessage = value;
        else if (name == ":content-type") event.contentType = value;
    }
    event.payload = frame.substr(kPrelude + headers, frame.size() - kPrelude - headers - kChecksum);
    onEvent_(event);
    return true;
}

void writeAwsEvent(std::string& out, std::string_view type, std::string_view payload, bool exception) {
    std::string headers;
    appendHeader(headers, exception ? ":exception-type" : ":event-type", type);
    appendHeader(headers, ":content-type", "application/json");
    appendHeader(headers, ":message-type", exception ? "exception" : "event");
    const auto begin = out.size();
    append(out, static_cast<std::uint32_t>(kPrelude + headers.size() + payload.size() + kChecksum), 4);
    append(out, static_cast<std::uint32_t>(headers.size()), 4);
    append(out, crc32(std::string_view(out).substr(begin)), 4);
    out += headers;
    out += payload;
    append(out, crc32(std::string_view(out).substr(begin)), 4);
}

}  // namespace gatehouse::llm
