// Events: notified before and during a wait, deadlines, interrupts, watched sides.
#include "net/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

namespace gatehouse::net {
namespace {

struct Side final : Watched {
    bool left = false, readable = false;
    bool gone() const override { return left; }
    bool readableNow() const override { return readable; }
};

struct EventTest : ::testing::Test {
    asio::io_context io;
    Sweeper sweeper;
    Event event{sweeper, io.get_executor()};
    int woken = 0;

    static Task<void> waitOnce(EventTest& test) {
        co_await test.event.wait();
        ++test.woken;
    }
    void start() {
        asio::co_spawn(io.get_executor(), waitOnce(*this), asio::detached);
        io.poll();
    }
    void settle() {
        io.restart();
        io.poll();
    }
};

TEST_F(EventTest, RemembersOneNotification) {
    event.notify();
    event.notify();
    start();
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(event.end(), IoEnd::Ok);
    start();
    EXPECT_EQ(woken, 1) << "a second wait waits";
    event.notify();
    settle();
    EXPECT_EQ(woken, 2);
}

TEST_F(EventTest, EndsAtItsDeadline) {
    const auto now = base::MonoClock::now();
    event.deadline(now + base::Millis(10));
    start();
    sweeper.tick(now);
    settle();
    EXPECT_EQ(woken, 0);
    sweeper.tick(now + base::Millis(10));
    settle();
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(event.end(), IoEnd::Timeout);
}

TEST_F(EventTest, LooksAtTheWatchedSide) {
    Side side;
    event.watch(&side, Waiter::Watch::BytesArrive);
    start();
    side.left = true;
    for (int i = 0; i < 8; ++i) sweeper.tick(base::MonoClock::now());
    settle();
    EXPECT_EQ(woken, 0) << "leaving is not what is watched";
    side.readable = true;
    for (int i = 0; i < 4; ++i) sweeper.tick(base::MonoClock::now());
    settle();
    EXPECT_EQ(event.end(), IoEnd::OtherReadable);
    EXPECT_EQ(woken, 1);
}

TEST_F(EventTest, IsInterruptedOnce) {
    start();
    event.interrupt(IoEnd::Stopped);
    event.interrupt(IoEnd::Timeout);
    settle();
    EXPECT_EQ(event.end(), IoEnd::Stopped);
    EXPECT_EQ(woken, 1);
}

}  // namespace
}  // namespace gatehouse::net
