#include "gateway/protobuf.h"

namespace gatehouse::gateway {
namespace {

constexpr std::uint64_t kMostField = (1U << 29) - 1;

}  // namespace

bool ProtoReader::fail() {
    broken_ = true;
    left_ = {};
    return false;
}

bool ProtoReader::readVarint(std::uint64_t& value) {
    value = 0;
    for (std::size_t i = 0; i < left_.size() && i < 10; ++i) {
        const auto byte = static_cast<std::uint8_t>(left_[i]);
        if (i == 9 && byte > 1) return fail();  // More than 64 bits.
        value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
        if ((byte & 0x80) != 0) continue;
        left_.remove_prefix(i + 1);
        return true;
    }
    return fail();
}

bool ProtoReader::next() {
    bytes_ = {};
    varint_ = 0;
    if (broken_ || left_.empty()) return false;
    std::uint64_t tag = 0;
    if (!readVarint(tag)) return false;
    if ((tag >> 3) == 0 || (tag >> 3) > kMostField) return fail();
    field_ = static_cast<std::uint32_t>(tag >> 3);
    wire_ = static_cast<std::uint8_t>(tag & 7);
    std::uint64_t length = 0;
    switch (wire_) {
        case 0: return readVarint(varint_);
        case 1: length = 8; break;
        case 2:
            if (!readVarint(length)) return false;
            break;
        case 5: length = 4; break;
        default: return fail();
    }
    if (length > left_.size()) return fail();
    bytes_ = left_.substr(0, static_cast<std::size_t>(length));
    left_.remove_prefix(static_cast<std::size_t>(length));
    return true;
}

void ProtoWriter::put(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>((value & 0x7f) | 0x80);
    out_ += static_cast<char>(value);
}

ProtoWriter& ProtoWriter::bytes(std::uint32_t field, std::string_view value) {
    put(static_cast<std::uint64_t>(field) << 3 | 2);
    put(value.size());
    out_ += value;
    return *this;
}

ProtoWriter& ProtoWriter::varint(std::uint32_t field, std::uint64_t value) {
    put(static_cast<std::uint64_t>(field) << 3);
    put(value);
    return *this;
}

}  // namespace gatehouse::gateway
