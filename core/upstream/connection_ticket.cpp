#include "upstream/connection_ticket.h"

#include <utility>

namespace gatehouse::upstream {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

/// Counts are not part of an endpoint's identity: the pool holds it const.
Endpoint& counted(const Endpoint& endpoint) { return const_cast<Endpoint&>(endpoint); }

}  // namespace

ConnectionTicket& ConnectionTicket::operator=(ConnectionTicket&& other) noexcept {
    if (this == &other) return *this;
    giveBack();
    endpoint_ = std::exchange(other.endpoint_, nullptr);
    gate_ = std::exchange(other.gate_, nullptr);
    return *this;
}

ConnectionTicket ConnectionTicket::take(std::shared_ptr<const Endpoint> endpoint, std::shared_ptr<Gate> gate,
                                        const http::Limits& limits) {
    const bool first = gate->open == 0;
    if (!first && gate->open >= limits.upstreamConnectionsPerEndpoint) return {};
    auto* cluster = endpoint->cluster.get();
    const auto most = optionsOf(*endpoint).connections.maxConnections;
    if (cluster != nullptr) {
        const auto before = cluster->connections.fetch_add(1, kRelaxed);
        if (!first && most > 0 && before >= static_cast<std::int64_t>(most)) {
            cluster->connections.fetch_sub(1, kRelaxed);
            return {};
        }
    }
    counted(*endpoint).connections.fetch_add(1, kRelaxed);
    ++gate->open;
    ConnectionTicket ticket;
    ticket.endpoint_ = std::move(endpoint);
    ticket.gate_ = std::move(gate);
    return ticket;
}

void ConnectionTicket::giveBack() {
    if (!endpoint_) return;
    counted(*endpoint_).connections.fetch_sub(1, kRelaxed);
    if (endpoint_->cluster) endpoint_->cluster->connections.fetch_sub(1, kRelaxed);
    --gate_->open;
    gate_->wake();
    endpoint_.reset();
    gate_.reset();
}

PendingTicket::PendingTicket(const Endpoint& endpoint, Gate& gate, const http::Limits& limits) {
    const auto most = optionsOf(endpoint).connections.maxPending;
    if (gate.waiting.size() >= limits.upstreamPendingPerEndpoint) {
        refused_ = true;
    } else if (endpoint.cluster) {
        cluster_ = endpoint.cluster;
        if (cluster_->pending.fetch_add(1, kRelaxed) < static_cast<std::int64_t>(most) || most == 0) return;
        refused_ = true;
    }
}

PendingTicket::~PendingTicket() {
    if (cluster_) cluster_->pending.fetch_sub(1, kRelaxed);
}

}  // namespace gatehouse::upstream
