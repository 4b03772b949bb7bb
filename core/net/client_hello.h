// Reading a TLS ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2) from raw bytes, before any handshake: the
// listener, its certificate or a passthrough is chosen by it, and the same bytes then go to whoever ends the session.
// Thread: any, one parser per connection. Lifetime: a value; keeps no view of the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::net {

struct ClientHello {
    std::string sni;                ///< Lower case, without a final dot; empty without the extension.
    std::vector<std::string> alpn;  ///< As offered, in the client's order.
};

enum class ClientHelloState : std::uint8_t { NeedMore, Done, NotTls, Malformed };

class ClientHelloParser {
  public:
    /// The handshake message at most; nobody's is larger.
    static constexpr std::size_t kMost = 16 * 1024;

    /// `bytes`: everything that has come so far, from the first byte on; only what is new is looked at. After another answer
    /// than NeedMore the answer stays.
    ClientHelloState parse(std::string_view bytes);
    /// After Done.
    const ClientHello& hello() const { return hello_; }

  private:
    ClientHelloState step(std::string_view bytes);
    ClientHelloState body();

    ClientHello hello_;
    ClientHelloState state_ = ClientHelloState::NeedMore;
    std::size_t read_ = 0;  ///< Whole records of the input that are in message_.
    std::string message_;   ///< The handshake message so far, its header included.
};

/// The content of a server_name extension (RFC 6066 section 3); false: malformed.
bool readServerName(std::string_view extension, std::string& name);

}  // namespace gatehouse::net
