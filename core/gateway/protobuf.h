// The wire format of protocol buffers, as far as the few messages of the endpoint picker need it (protobuf.dev, "Encoding"). Reading is
// bounds-checked and copies nothing; groups, which proto3 does not have, are refused. Thread: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::gateway {

/// The fields of one message in their order. Unknown ones are the caller's to pass over.
class ProtoReader {
  public:
    explicit ProtoReader(std::string_view bytes) : left_(bytes) {}
    /// False: the end, or bytes that are no message: broken() tells.
    bool next();
    bool broken() const { return broken_; }
    std::uint32_t field() const { return field_; }
    bool isBytes() const { return wire_ == 2; }
    bool isVarint() const { return wire_ == 0; }
    std::string_view bytes() const { return bytes_; }  ///< A string, bytes, a message; a number of fixed size as it stands.
    std::uint64_t varint() const { return varint_; }

  private:
    bool readVarint(std::uint64_t& value);
    bool fail();

    std::string_view left_;
    std::string_view bytes_;
    std::uint64_t varint_ = 0;
    std::uint32_t field_ = 0;
    std::uint8_t wire_ = 0;
    bool broken_ = false;
};

/// Appends fields to a message.
class ProtoWriter {
  public:
    ProtoWriter& bytes(std::uint32_t field, std::string_view value);
    ProtoWriter& varint(std::uint32_t field, std::uint64_t value);
    ProtoWriter& message(std::uint32_t field, const ProtoWriter& value) { return bytes(field, value.out_); }
    const std::string& view() const { return out_; }
    std::string take() { return std::move(out_); }

  private:
    void put(std::uint64_t value);
    std::string out_;
};

}  // namespace gatehouse::gateway
