// Client: a downstream connection and its serving loop, one exchange after another.
// Thread: its worker's. Lifetime: owns itself; gone when the connection is.
#pragma once

#include "gateway/worker.h"
#include "net/stream.h"

#include <cstdint>
#include <string>

namespace gatehouse::gateway {

class Client {
  public:
    Client(Worker& worker, net::Socket socket, std::uint16_t logicalPort);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    net::Stream& stream() { return stream_; }
    std::uint16_t logicalPort() const { return logicalPort_; }
    const std::string& address() const { return address_; }  ///< Without port, for X-Forwarded-For.
    /// No further request is read after the current one.
    bool closing() const { return closing_; }
    void setIdle(bool idle) { idle_ = idle; }
    /// Finishes the request in hand, if any, then closes.
    void drain();
    void cut();

    /// Runs until the connection ends.
    static net::Task<void> serve(std::unique_ptr<Client> client);

  private:
    friend class Worker;
    net::Task<void> lingerAndClose();

    Worker& worker_;
    Client* previous_ = nullptr;
    Client* next_ = nullptr;
    net::Stream stream_;
    std::string address_;
    std::uint16_t logicalPort_;
    bool idle_ = true;
    bool closing_ = false;
    bool cut_ = false;
};

}  // namespace gatehouse::gateway
