// Requests to one API server by libcurl: any number at once, on a thread of its own. Credentials are shown, renewed once where the
// server answers 401, and waited for where a program or an issuer must bring them.
// Thread: everything from any; callbacks run on the transport's thread and must not block it. Lifetime: stop() or the destructor ends
// what is under way without a callback.
#pragma once

#include "base/result.h"
#include "cluster/credentials.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::cluster {

struct HttpRequest {
    std::string method = "GET";
    std::string path;  ///< "/api/v1/pods?limit=500", below the server's address.
    std::string accept = "application/json";
    std::string contentType;
    std::string body;
    std::chrono::milliseconds timeout{30'000};
    std::size_t mostBytes = std::size_t{64} << 20;  ///< Of the answer's body; of one that is streamed: none.
};

struct HttpAnswer {
    int status = 0;
    std::string contentType;
    std::chrono::seconds retryAfter{0};
    std::vector<std::string> warnings;  ///< RFC 7234 section 5.5, the text alone.
    std::string body;                   ///< Empty where it was streamed.
};

class Transport {
  public:
    using Id = std::uint64_t;
    using Done = std::function<void(Result<HttpAnswer>)>;
    /// Bytes of an answer below 300 as they come; false: enough.
    using Chunk = std::function<bool(std::string_view)>;

    explicit Transport(std::shared_ptr<Credentials> credentials);
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Errors: "cluster-unreachable", "cluster-tls", "cluster-timeout", "cluster-too-large", and those of Credentials.
    /// `begun`: the head of an answer below 300 is there.
    Id send(HttpRequest request, Done done, Chunk chunk = {}, std::function<void()> begun = {});
    /// `done` is not called any more, once this has reached the transport's thread.
    void cancel(Id id);
    /// Runs it on the transport's thread, at once or after a pause.
    Id after(std::chrono::milliseconds pause, std::function<void()> run);
    /// Runs it there and waits; at once where this is that thread, or the transport has stopped.
    void runNow(const std::function<void()>& run);
    /// Waits for the answer. Never on the transport's thread.
    Result<HttpAnswer> ask(HttpRequest request);
    void stop();

    const Target& target() const;
    const std::shared_ptr<Credentials>& credentials() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::cluster
