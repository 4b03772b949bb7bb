// GrpcFrames: the messages of a gRPC call in the bytes of its HTTP/2 stream (PROTOCOL-HTTP2.md, Length-Prefixed-Message), at any split.
// Thread: one owner. Lifetime: a value.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gateway {

/// Codes of gRPC's statuses, as far as they are used here.
enum class GrpcStatus : int { Ok = 0, InvalidArgument = 3, NotFound = 5, ResourceExhausted = 8, Unimplemented = 12, Internal = 13, Unavailable = 14 };

class GrpcFrames {
  public:
    /// `most`: bytes of one message.
    explicit GrpcFrames(std::size_t most) : most_(most) {}
    void add(std::string_view bytes);
    /// The next whole message, good until the next call of add(). Nothing: more must come, or error() says what is wrong.
    std::optional<std::string_view> next();
    /// ResourceExhausted: too long; Unimplemented: compressed.
    GrpcStatus error() const { return error_; }
    /// Some of a message is there, but not all.
    bool within() const { return taken_ < bytes_.size(); }

    static std::string framed(std::string_view message);

  private:
    std::size_t most_;
    std::string bytes_;
    std::size_t taken_ = 0;
    GrpcStatus error_ = GrpcStatus::Ok;
};

/// A Content-Type of gRPC's; not of gRPC-Web, which has another form of trailers.
bool isGrpcType(std::string_view contentType);
/// Appends a status message as a field can carry it (PROTOCOL-HTTP2.md, Status-Message).
void encodeGrpcMessage(std::string_view text, std::string& out);

}  // namespace gatehouse::gateway
