// Worker: one thread, one io_context, and everything that its exchanges need, shared with no other worker. Connections
// never leave the worker that they were dealt to.
// Thread: members marked "any" from any thread, the rest on the worker's own. Lifetime: owned by the DataPlane.
#pragma once

#include "base/ring.h"
#include "gateway/arm_choice.h"
#include "gateway/capture_ring.h"
#include "gateway/data_plane.h"
#include "gateway/exchange_record.h"
#include "gateway/head_tape.h"
#include "gateway/limit_board.h"
#include "http/limits.h"
#include "net/io.h"
#include "net/resolver.h"
#include "net/stream.h"
#include "upstream/connection_pool.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

namespace gatehouse::gateway {

class Client;

/// Written by the worker alone with relaxed loads and stores, read by anyone.
class Tally {
  public:
    void add(std::uint64_t amount) {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t amount) {
        value_.store(value_.load(std::memory_order_relaxed) - amount, std::memory_order_relaxed);
    }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

struct WorkerCounters {
    static constexpr std::size_t kLatencyBuckets = 15;  ///< latencyBounds() and one overflow.
    Tally requests, inFlight, bytesIn, bytesOut;
    Tally responses[6];
    Tally latency[kLatencyBuckets];
    Tally latencyMicros;  ///< Their sum.
    Tally upstreamConnects, upstreamReuses;
};

class Worker {
  public:
    Worker(const DataPlaneOptions& options, net::Resolver& resolver);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // ---- Any thread.
    void start();
    template <class Function>
    void post(Function&& function) {
        net::asio::post(io_, std::forward<Function>(function));
    }
    /// Posts and waits until it ran.
    void run(const std::function<void()>& function);
    std::size_t background() const { return background_.load(std::memory_order_relaxed); }
    std::int64_t connections() const { return connections_.load(std::memory_order_relaxed); }
    void connectionDealt() { connections_.fetch_add(1, std::memory_order_relaxed); }
    const WorkerCounters& counters() const { return counters_; }
    base::Ring<ExchangeRecord>& records() { return records_; }
    net::Executor executor() { return io_.get_executor(); }
    /// Ends the thread; every connection must have been cut before.
    void join();

    // ---- The worker's thread.
    /// Serves an accepted socket; connectionDealt() was called for it.
    void adopt(int descriptor, bool ipv6, std::uint16_t logicalPort);
    void setSnapshot(std::shared_ptr<const route::Snapshot> snapshot) { snapshot_ = std::move(snapshot); }
    const std::shared_ptr<const route::Snapshot>& snapshot() const { return snapshot_; }
    /// Connections of that port (0: of every port) finish their request and close; idle ones close now.
    void drain(std::uint16_t logicalPort);
    /// Ends every connection now.
    void cut();
    bool stopping() const { return stopping_; }

    const http::Limits& limits() const { return limits_; }
    bool traces() const { return traces_; }
    /// What both sides say is to be kept.
    bool capturing() const { return captures_ && captures_->on(); }
    CaptureRing* captures() { return captures_.get(); }
    ResponseCache* responseCache() { return responseCache_.get(); }  ///< May be null.
    /// Null unless somebody may choose a backend of a split for his own requests.
    const ArmChoice* armChoice() const { return armChoice_ && armChoice_->on() ? armChoice_.get() : nullptr; }
    net::Sweeper& sweeper() { return sweeper_; }
    upstream::ConnectionPool& pool() { return pool_; }
    WorkerCounters& tallies() { return counters_; }
    /// Notes that a limit was enforced just now; `name` has static lifetime.
    void limitBit(const char* name) { limitBoard_.bit(name); }
    const LimitBoard& limitBoard() const { return limitBoard_; }  ///< Any thread.
    std::uint32_t& balanceCursor() { return balanceCursor_; }
    HeadTape& heads() { return heads_; }
    /// Not more than ten lines a second of what strangers can cause.
    bool maySay(base::MonoTime now) {
        if (now - saidAt_ < base::Millis(100)) return false;
        saidAt_ = now;
        return true;
    }
    /// Tasks that belong to no connection; the data plane waits for them when it stops.
    void backgroundBegan() { background_.fetch_add(1, std::memory_order_relaxed); }
    void backgroundEnded() { background_.fetch_sub(1, std::memory_order_relaxed); }
    /// Gone once everything is to be cut: for background tasks to watch.
    const net::Watched& life() const { return life_; }

  private:
    friend class Client;
    struct Life final : net::Watched {
        bool gone() const override { return over; }
        bool readableNow() const override { return over; }
        bool over = false;
    };
    void armTick();
    void onTick(base::MonoTime now);

    http::Limits limits_;
    const bool traces_;
    const std::shared_ptr<CaptureRing> captures_;  ///< May be null.
    const std::shared_ptr<ResponseCache> responseCache_;  ///< May be null.
    const std::shared_ptr<const ArmChoice> armChoice_;  ///< May be null.
    net::asio::io_context io_;
    net::asio::executor_work_guard<net::Executor> work_;
    net::Timer ticker_;
    net::Sweeper sweeper_;
    upstream::ConnectionPool pool_;
    std::shared_ptr<const route::Snapshot> snapshot_;
    base::Ring<ExchangeRecord> records_;
    WorkerCounters counters_;
    LimitBoard limitBoard_;
    HeadTape heads_;
    std::atomic<std::int64_t> connections_{0};
    std::atomic<std::size_t> background_{0};
    Life life_;
    Client* clients_ = nullptr;
    std::uint32_t balanceCursor_ = 0;
    base::MonoTime saidAt_{};
    std::uint32_t ticks_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace gatehouse::gateway
