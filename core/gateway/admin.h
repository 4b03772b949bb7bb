// AdminServer: a small HTTP/1.1 server for operators and scrapers, on one thread of its own and on loopback only. Off the hot
// path: answers are strings made by the handler. Thread: open, serve and stop from the owner; the handler runs on the admin thread.
#pragma once

#include "base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::gateway {

struct AdminReply {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
};

class AdminServer {
  public:
    /// Path without query; `query` without '?'. Only GET and HEAD reach it.
    using Handler = std::function<AdminReply(std::string_view path, std::string_view query)>;

    /// `bind` is "127.0.0.1:15000", "[::1]:15000" or "localhost:0". Errors: "bad-address", "admin-not-loopback",
    /// "port-in-use". Binds only; serve() begins to answer.
    static Result<std::unique_ptr<AdminServer>> open(const std::string& bind, Handler handler);
    ~AdminServer();

    void serve();
    std::string address() const;  ///< As bound.
    void stop();                  ///< Idempotent.

  private:
    struct Impl;
    explicit AdminServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::gateway
