// Names: how long their addresses are kept, what holds when they cannot be had, on a clock and a look-up of the test's own.
#include "net/resolver.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace gatehouse::net {
namespace {

using namespace std::chrono_literals;

struct ResolverTest : ::testing::Test {
    asio::io_context io;
    std::mutex mutex;
    std::condition_variable changed;
    base::MonoTime now{1h};
    std::map<std::string, Resolver::Addresses> zone;
    std::map<std::string, int> asked;
    int inside = 0;     ///< Look-ups under way.
    bool slow = false;  ///< "slow.test" does not answer.
    Resolver resolver{{[this](const std::string& host) { return lookUp(host); },
                       [this] {
                           std::lock_guard lock(mutex);
                           return now;
                       }}};

    /// A look-up outlives the resolver that asked for it: it ends before what it looks at goes.
    ~ResolverTest() override {
        resolver.shutdown();
        std::unique_lock lock(mutex);
        slow = false;
        changed.notify_all();
        changed.wait(lock, [&] { return inside == 0; });
    }
    Resolver::Addresses lookUp(const std::string& host) {
        std::unique_lock lock(mutex);
        ++inside;
        ++asked[host];
        changed.notify_all();
        if (host == "slow.test") changed.wait(lock, [&] { return !slow; });
        --inside;
        changed.notify_all();
        return zone[host];
    }
    void answers(const std::string& host, const std::vector<std::string>& texts) {
        std::lock_guard lock(mutex);
        zone[host].clear();
        for (const auto& text : texts) zone[host].push_back(asio::ip::make_address(text));
    }
    void pass(base::Millis time) {
        std::lock_guard lock(mutex);
        now += time;
    }
    int timesAsked(const std::string& host) {
        std::lock_guard lock(mutex);
        return asked[host];
    }
    static Task<void> ask(Resolver& from, Executor executor, std::string host, base::MonoTime until, base::Millis keep,
                          std::vector<std::string>& out) {
        const auto found = co_await from.resolve(executor, std::move(host), until, keep);
        for (const auto& address : found) out.push_back(address.to_string());
    }
    std::vector<std::string> resolve(const std::string& host, base::Millis keep = 0ms, base::Millis patience = 10s) {
        std::vector<std::string> out;
        io.restart();
        asio::co_spawn(io, ask(resolver, io.get_executor(), host, base::MonoClock::now() + patience, keep, out),
                       asio::detached);
        io.run();
        return out;
    }
    using Texts = std::vector<std::string>;
};

TEST_F(ResolverTest, KeepsAnAnswerForItsTimeAndAsksAgainAfterIt) {
    answers("a.test", {"10.0.0.1", "10.0.0.2"});
    EXPECT_EQ(resolve("a.test"), (Texts{"10.0.0.1", "10.0.0.2"}));
    answers("a.test", {"10.0.0.3"});
    pass(9'999ms);
    EXPECT_EQ(resolve("a.test").size(), 2U);
    EXPECT_EQ(timesAsked("a.test"), 1);
    pass(1ms);
    EXPECT_EQ(resolve("a.test"), Texts{"10.0.0.3"});
    EXPECT_EQ(timesAsked("a.test"), 2);
}

TEST_F(ResolverTest, TheTimeToKeepMayBeSaid) {
    answers("a.test", {"10.0.0.1"});
    resolve("a.test", 60s);
    pass(59s);
    resolve("a.test", 60s);
    EXPECT_EQ(timesAsked("a.test"), 1);
    resolve("a.test", 1s);
    EXPECT_EQ(timesAsked("a.test"), 2);
}

TEST_F(ResolverTest, AnUnknownNameIsAskedForAgainSoon) {
    EXPECT_EQ(resolve("none.test"), Texts{});
    EXPECT_EQ(resolve("none.test"), Texts{});
    EXPECT_EQ(timesAsked("none.test"), 1);
    answers("none.test", {"10.0.0.1"});
    pass(2s);
    EXPECT_EQ(resolve("none.test"), Texts{"10.0.0.1"});
}

TEST_F(ResolverTest, TheLastAddressesHoldWhileTheNameCannotBeHad) {
    answers("a.test", {"10.0.0.1"});
    resolve("a.test");
    answers("a.test", {});
    pass(10s);
    EXPECT_EQ(resolve("a.test"), Texts{"10.0.0.1"});
    EXPECT_EQ(timesAsked("a.test"), 2);
    resolve("a.test");
    EXPECT_EQ(timesAsked("a.test"), 2) << "not at every request";
    answers("a.test", {"10.0.0.2"});
    pass(2s);
    EXPECT_EQ(resolve("a.test"), Texts{"10.0.0.2"});
}

TEST_F(ResolverTest, RefreshAnswersAtOnceAndAsksMeanwhile) {
    EXPECT_TRUE(resolver.refresh("new.test").empty());
    answers("a.test", {"10.0.0.1"});
    resolve("a.test");
    answers("a.test", {"10.0.0.2"});
    pass(10s);
    EXPECT_EQ(resolver.refresh("a.test").front().to_string(), "10.0.0.1");
    EXPECT_EQ(resolve("a.test"), Texts{"10.0.0.2"}) << "joins the look-up that is under way, or finds what it brought";
    EXPECT_EQ(resolver.known("a.test").front().to_string(), "10.0.0.2");
}

TEST_F(ResolverTest, ASlowNameHoldsUpOnlyItself) {
    slow = true;
    answers("a.test", {"10.0.0.1"});
    std::vector<std::string> late;
    asio::co_spawn(io, ask(resolver, io.get_executor(), "slow.test", base::MonoClock::now() + 10s, 0ms, late), asio::detached);
    io.poll();
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(changed.wait_for(lock, 10s, [&] { return asked["slow.test"] == 1; }));
    }
    std::vector<std::string> quick;
    asio::co_spawn(io, ask(resolver, io.get_executor(), "a.test", base::MonoClock::now() + 10s, 0ms, quick), asio::detached);
    while (quick.empty() && !io.stopped()) io.run_one_for(10s);
    EXPECT_EQ(quick, Texts{"10.0.0.1"});
    EXPECT_TRUE(late.empty());
    {
        std::lock_guard lock(mutex);
        slow = false;
        zone["slow.test"] = {asio::ip::make_address("10.0.0.9")};
        changed.notify_all();
    }
    io.run();
    EXPECT_EQ(late, Texts{"10.0.0.9"});
}

}  // namespace
}  // namespace gatehouse::net
