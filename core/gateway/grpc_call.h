// GrpcCall: one call of a gRPC client, on an HTTP/2 stream of a server of ours: messages in, messages out, a status at the end.
// Thread: its loop's. Lifetime: of the call; gone without end(), it resets the stream.
#pragma once

#include "gateway/grpc_frames.h"
#include "http/h2_stream.h"
#include "http/limits.h"

#include <memory>
#include <string_view>

namespace gatehouse::gateway {

class GrpcCall {
  public:
    /// `most`: bytes of one message of the client's.
    GrpcCall(std::shared_ptr<http::H2Stream> stream, const http::Limits& limits, std::size_t most);

    /// What is no call of gRPC's is answered here. False: it was.
    bool accept();
    std::string_view path() const { return stream_->request().path; }
    std::string_view authority() const { return stream_->request().authority; }

    /// message() is the next one. False: no more comes: the client ended its side, left, was silent for too long, or sent what is no message,
    /// which end() tells it.
    net::Task<bool> next();
    std::string_view message() const { return message_; }
    /// Waits while the client takes nothing. False: it has left.
    net::Task<bool> send(std::string_view message);
    /// The call ends; what the client sent wrongly goes before `status`. `sentence` may be empty.
    void end(GrpcStatus status, std::string_view sentence);

    /// For waiting: it is gone() when the client has left.
    const http::H2Stream& stream() const { return *stream_; }
    net::Event& readable() { return stream_->readable(); }
    bool left() const { return stream_->reset(); }
    /// The client said all that it had to say, or what is no message: the call is to be ended. False, after next() was: it left, or fell silent.
    bool ended() const { return !left() && (stream_->complete() || stream_->refusal() != nullptr || frames_.error() != GrpcStatus::Ok); }

  private:
    void begin();

    std::shared_ptr<http::H2Stream> stream_;
    const http::Limits& limits_;
    GrpcFrames frames_;
    std::string_view message_;
    bool begun_ = false;
};

}  // namespace gatehouse::gateway
