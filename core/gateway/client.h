// Client: a downstream connection and its serving loop, one exchange after another.
// Thread: its worker's. Lifetime: owns itself; gone when the connection is.
#pragma once

#include "gateway/worker.h"
#include "net/stream.h"
#include "net/tls.h"

#include <cstdint>
#include <string>

namespace gatehouse::gateway {

class Http2Server;

class Client {
  public:
    Client(Worker& worker, net::Socket socket, std::uint16_t logicalPort);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    net::Stream& stream() { return stream_; }
    std::uint16_t logicalPort() const { return logicalPort_; }
    const std::string& address() const { return address_; }  ///< Without port, for X-Forwarded-For.
    const net::Tcp::endpoint& peer() const { return peer_; }  ///< Who asks, as a PROXY header told it where one is expected.
    /// The name that the TLS session was made for; null on a plain connection.
    const std::string* sni() const { return tls_ ? &tls_->sni : nullptr; }
    /// What that session is; null on a plain connection.
    const std::shared_ptr<const net::TlsFacts>& tls() const { return tls_; }
    /// No further request is read after the current one.
    bool closing() const { return closing_; }
    /// The gateway's, or what ListenerPolicies made of them when the connection began.
    const http::Limits& limits() const { return limits_ ? *limits_ : worker_.limits(); }
    void setIdle(bool idle) { idle_ = idle; }
    /// Finishes the request in hand, if any, then closes.
    void drain();
    void cut();

    /// Runs until the connection ends.
    static net::Task<void> serve(std::unique_ptr<Client> client);

  private:
    friend class Worker;
    /// What comes before HTTP. False: the connection is over, served as a tunnel or not at all.
    net::Task<bool> welcome(bool& http2);
    net::Task<bool> readProxyHeader(bool optional);
    void take(const route::ListenerSettings& settings);
    net::Task<bool> secure(std::shared_ptr<const route::Snapshot> snapshot, const route::Port& port, bool& http2);
    net::Task<void> passThrough(std::shared_ptr<const route::Snapshot> snapshot, const route::Listener& listener, const std::string& sni);
    net::Task<void> carry(ExchangeRecord& record, const std::string& sni);
    /// Counts and tells; `reason` has static lifetime.
    void refuseTls(const char* reason, const std::string& why);
    net::Task<void> serveHttp1(bool& http2);
    net::Task<void> serveHttp2();
    net::Task<void> lingerAndClose();
    /// Says why there will be no TLS session, to a client whose handshake was not begun.
    net::Task<void> alert(char description);

    Worker& worker_;
    Client* previous_ = nullptr;
    Client* next_ = nullptr;
    net::Stream stream_;
    net::Tcp::endpoint peer_;
    std::string address_;
    std::shared_ptr<const net::TlsFacts> tls_;
    std::unique_ptr<const http::Limits> limits_;  ///< Null: the worker's.
    std::uint16_t logicalPort_;
    base::MonoTime welcomedAt_{};
    Http2Server* http2_ = nullptr;  ///< While it serves.
    bool idle_ = true;
    bool closing_ = false;
    bool cut_ = false;
};

}  // namespace gatehouse::gateway
