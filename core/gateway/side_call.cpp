#include "gateway/side_call.h"

#include "upstream/balance.h"

#include <algorithm>

namespace gatehouse::gateway {

SideEndpoint::SideEndpoint(Worker& worker, const route::Backend& backend, base::MonoTime now) {
    if (backend.pool) {
        auto picked = backend.pool->pick(now, nullptr);
        pod_ = std::move(picked.pod);
        booking_ = std::move(picked.booking);
        if (pod_) endpoint_ = pod_->endpoint.get();
    } else if (backend.cluster) {
        endpoint_ = upstream::pick(*backend.cluster, worker.balanceCursor(), now, nullptr);
        if (endpoint_ != nullptr) endpoint_->inFlight.fetch_add(1, std::memory_order_relaxed);
    }
    if (endpoint_ != nullptr) endpoint_->requests.fetch_add(1, std::memory_order_relaxed);
}

SideEndpoint::SideEndpoint(Worker& worker, const upstream::Cluster& cluster, base::MonoTime now)
    : endpoint_(upstream::pick(cluster, worker.balanceCursor(), now, nullptr)) {
    if (endpoint_ == nullptr) return;
    endpoint_->inFlight.fetch_add(1, std::memory_order_relaxed);
    endpoint_->requests.fetch_add(1, std::memory_order_relaxed);
}

SideEndpoint::~SideEndpoint() {
    if (pod_) inference::Pool::release(*pod_);
    else if (endpoint_ != nullptr) endpoint_->inFlight.fetch_sub(1, std::memory_order_relaxed);
}

net::Task<SideAnswer> askAside(Worker& worker, upstream::Endpoint& endpoint, upstream::RequestOut request,
                               std::string_view body, http::ResponseHead& answer, http::Wait wait) {
    SideAnswer result;
    request.authority = endpoint.id;
    bool fresh = false;
    while (true) {
        if (!fresh) result.call = worker.pool().take(endpoint, true);
        const bool kept = result.call != nullptr;
        if (!kept) {
            std::shared_ptr<const upstream::Endpoint> shared = endpoint.weak_from_this().lock();
            const auto deadline = std::min(wait.deadline, base::MonoClock::now() + worker.limits().connect);
            auto connected = co_await worker.pool().connect(std::move(shared), deadline, wait.other);
            result.call = std::move(connected.call);
            if (!result.call) {
                result.end = base::MonoClock::now() >= wait.deadline ? net::IoEnd::Timeout : net::IoEnd::Reset;
                if (connected.overflow != nullptr) worker.limitBit(connected.overflow);
                else upstream::noteFailure(endpoint, base::MonoClock::now(), upstream::Failure::Connect);
                co_return result;
            }
        }
        const auto pieces = http::BodyPieces::of(body);
        const bool sent = co_await result.call->send(&request, pieces, true, nullptr, wait);
        auto arrival = upstream::Call::Arrival::Failed;
        if (sent) {
            arrival = upstream::Call::Arrival::Interim;
            while (arrival == upstream::Call::Arrival::Interim) {
                answer.clear();
                arrival = co_await result.call->readHead(answer, wait);
            }
        }
        if (arrival == upstream::Call::Arrival::Final) {
            upstream::noteSuccess(endpoint);
            co_return result;
        }
        result.end = arrival == upstream::Call::Arrival::Broken ? net::IoEnd::Reset : result.call->end();
        const bool stale = kept && result.end != net::IoEnd::Timeout && result.end != net::IoEnd::OtherLeft &&
                           result.call->wasStale();
        result.call.reset();
        if (!stale) {
            if (result.end != net::IoEnd::OtherLeft) upstream::noteFailure(endpoint, base::MonoClock::now());
            co_return result;
        }
        fresh = true;
    }
}

net::Task<bool> finishAside(Worker& worker, std::unique_ptr<upstream::Call> call, std::size_t most, std::string* kept,
                            http::Wait wait) {
    std::size_t seen = 0;
    while (true) {
        const auto body = call->takeBody();
        seen += body.total;
        if (kept != nullptr)
            for (std::size_t i = 0; i < body.count; ++i)
                kept->append(body.pieces[i].substr(0, most - std::min(most, kept->size())));
        call->consumeBody(body);
        if (body.failed || seen > most) co_return false;
        if (call->bodyDone()) break;
        if (body.total > 0) continue;
        const bool more = co_await call->moreBody(wait);
        if (!more) co_return false;
    }
    worker.pool().give(std::move(call), base::MonoClock::now());
    co_return true;
}

}  // namespace gatehouse::gateway
