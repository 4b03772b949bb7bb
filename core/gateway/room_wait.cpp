#include "gateway/room_wait.h"

#include "inference/scheduler.h"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

namespace dropped = inference::dropped;

/// How often the first in the queue looks by itself: a scrape may say that there is room again. The others are woken.
constexpr base::Millis kLookFirst{50};
constexpr base::Millis kLookLater{1'000};

constexpr NoRoom kSaturated{429, dropped::kSaturated, "Every pod of the pool is full, and so is its queue for requests of this priority."};
constexpr NoRoom kTimeout{504, "timeout", "The request took longer than its timeout."};
constexpr NoRoom kExpired{429, dropped::kTtlExpired, "No pod of the pool had room in time."};
constexpr NoRoom kExpiredEmpty{503, dropped::kTtlExpired, "No pod of the pool had room in time."};
constexpr NoRoom kLeft{499, "client-left", "The client left while it waited for a pod with room."};
constexpr NoRoom kStopping{503, dropped::kShuttingDown, "The gateway is stopping."};
constexpr NoRoom kEvicted{429, dropped::kEvicted, "A request of higher priority took its place in the pool's queue."};

/// Leaves the queue however the wait ends.
class Place {
  public:
    Place(inference::FlowControl& flow, std::shared_ptr<inference::FlowControl::Waiter> waiter) : flow_(flow), waiter_(std::move(waiter)) {}
    ~Place() { flow_.leave(*waiter_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool first() const { return flow_.first(*waiter_); }
    bool evicted() const { return waiter_->evicted.load(std::memory_order_acquire); }

  private:
    inference::FlowControl& flow_;
    std::shared_ptr<inference::FlowControl::Waiter> waiter_;
};

bool full(const RoomAsk& ask, base::MonoTime now) { return ask.pool.scheduler()->full(ask.pool, {.now = now, .among = ask.among}); }

/// Until it is its turn, or anything ends the wait.
net::Task<const NoRoom*> wait(RoomAsk& ask, const Place& place, net::Event& event, base::MonoTime ttl) {
    auto now = ask.now;
    while (!place.evicted() && !(place.first() && !full(ask, now))) {
        if (now >= ask.deadline) co_return &kTimeout;
        if (now >= ttl && ask.pool.pods().empty()) co_return &kExpiredEmpty;
        if (now >= ttl) co_return &kExpired;
        event.deadline(std::min({ttl, ask.deadline, now + (place.first() ? kLookFirst : kLookLater)}));
        event.watch(ask.client, net::Waiter::Watch::PeerLeaves);
        co_await event.wait();
        now = base::MonoClock::now();
        if (event.end() == net::IoEnd::OtherLeft) co_return &kLeft;
        if (event.end() == net::IoEnd::Stopped) co_return &kStopping;
    }
    if (place.evicted()) co_return &kEvicted;
    co_return nullptr;
}

}  // namespace

bool lacksRoom(const RoomAsk& ask) {
    auto& scheduler = *ask.pool.scheduler();
    if (scheduler.flow().anybodyWaits()) return true;
    return (ask.among != nullptr || ask.priority < 0 || scheduler.seemedFull()) && full(ask, ask.now);
}

net::Task<const NoRoom*> waitForRoom(RoomAsk& ask) {
    auto& flow = ask.pool.scheduler()->flow();
    const auto event = std::make_shared<net::Event>(ask.sweeper, ask.executor);
    // Only this thread may let the event go, so whoever wakes it holds no share of it.
    auto wake = [executor = ask.executor, weak = std::weak_ptr<net::Event>(event)] {
        net::asio::post(executor, [weak] {
            if (const auto waiting = weak.lock()) waiting->notify();
        });
    };
    auto joined = flow.join(ask.priority, ask.bytes, std::move(wake));
    if (!joined.waiter) co_return &kSaturated;
    const Place place(flow, std::move(joined.waiter));
    ask.event = event.get();
    const NoRoom* refused = co_await wait(ask, place, *event, ask.now + flow.options().ttl);
    ask.event = nullptr;
    const auto waited = base::MonoClock::now() - ask.now;
    ask.waitedSeconds = std::chrono::duration<double>(waited).count();
    flow.noteWait(waited);
    co_return refused;
}

}  // namespace gatehouse::gateway
