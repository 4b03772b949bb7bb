// Side calls: requests that the gateway makes by itself, beside the client's: to authorization services and mirrors.
// Thread: the worker's. Lifetime: what is passed by reference outlives the task.
#pragma once

#include "gateway/worker.h"
#include "inference/pool.h"
#include "route/snapshot.h"
#include "upstream/call.h"

#include <memory>
#include <string>

namespace gatehouse::gateway {

/// An endpoint of a backend, counted as in use for as long as this lives. Empty: there is none.
class SideEndpoint {
  public:
    SideEndpoint(Worker& worker, const route::Backend& backend, base::MonoTime now);
    SideEndpoint(Worker& worker, const upstream::Cluster& cluster, base::MonoTime now);
    ~SideEndpoint();
    SideEndpoint(const SideEndpoint&) = delete;
    SideEndpoint& operator=(const SideEndpoint&) = delete;
    upstream::Endpoint* get() const { return endpoint_; }

  private:
    upstream::Endpoint* endpoint_ = nullptr;
    std::shared_ptr<inference::Pod> pod_;
    inference::Booking booking_;
};

struct SideAnswer {
    std::unique_ptr<upstream::Call> call;  ///< Null: there was no answer.
    net::IoEnd end = net::IoEnd::Ok;       ///< Why not.
};
/// Sends the request whole and reads the head of its answer; once more on a fresh connection where a kept one turned out
/// to be closed and the method allows it. The deadline in `wait` holds for all of it.
net::Task<SideAnswer> askAside(Worker& worker, upstream::Endpoint& endpoint, upstream::RequestOut request,
                               std::string_view body, http::ResponseHead& answer, http::Wait wait);

/// Reads the answer's body to its end, which gives the connection back; longer ones than `most` cost the connection.
/// `kept` (may be null) gets up to `most` bytes of it. False: it did not come whole.
net::Task<bool> finishAside(Worker& worker, std::unique_ptr<upstream::Call> call, std::size_t most, std::string* kept,
                            http::Wait wait);

}  // namespace gatehouse::gateway
