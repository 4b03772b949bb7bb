// The little of WebSocket (RFC 6455) that port-forward needs: a client's handshake and frames, without extensions.
// Thread: pure functions and values.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::cluster {

/// 16 random bytes in base64.
std::string webSocketKey();
/// What a server answers to the key in Sec-WebSocket-Accept (section 4.2.2).
std::string webSocketAccept(std::string_view key);

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// One whole frame of a client: masked, as section 5.3 demands.
std::string clientFrame(Opcode opcode, std::string_view payload);

struct Message {
    Opcode opcode = Opcode::Binary;
    std::string payload;
};

/// Takes frames of a server apart as bytes come, and puts fragments together.
class FrameReader {
  public:
    /// Error "web-socket": the server broke the protocol, or a message is larger than 1 MiB.
    Result<std::vector<Message>> feed(std::string_view bytes);

  private:
    std::string buffer_;
    Message partial_;
    bool inMessage_ = false;
};

}  // namespace gatehouse::cluster
