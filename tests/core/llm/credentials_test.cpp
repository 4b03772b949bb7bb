// Keys that take turns and cool down, tokens that are renewed, and how a provider has been answering.
#include "llm/credentials.h"

#include <gtest/gtest.h>

#include <set>

namespace gatehouse::llm {
namespace {

using namespace std::chrono_literals;
using Standing = TokenSource::Standing;

const base::MonoTime kNow = base::MonoTime(1h);
const base::WallTime kWall = base::WallTime(24h * 365 * 56);

Key key(const std::string& name) {
    Key out;
    out.name = name;
    out.token = secret::SecretValue("value-of-" + name);
    out.state = std::make_shared<KeyState>();
    return out;
}
Credentials three() { return Credentials({key("a"), key("b"), key("c")}); }

std::shared_ptr<TokenSource> source() { return std::make_shared<TokenSource>("a source", TokenRecipe{}); }
Token token(std::string value, base::WallTime expires) {
    Token out;
    out.bearer = secret::SecretValue(std::move(value));
    out.expires = expires;
    return out;
}

TEST(Credentials, TakeTurns) {
    const auto keys = three();
    std::multiset<std::size_t> seen;
    for (int i = 0; i < 9; ++i) seen.insert(*keys.choose(kNow, kWall, 0, true));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(seen.count(i), 3U);
    EXPECT_EQ(*keys.choose(kNow, kWall, 0b101, true), 1U);
    EXPECT_FALSE(keys.choose(kNow, kWall, 0b111, true)) << "all were tried";
}

TEST(Credentials, ARefusedKeyIsPassedOverForFiveMinutes) {
    const auto keys = three();
    EXPECT_TRUE(keys.judge(1, 401, std::nullopt, kNow));
    for (int i = 0; i < 9; ++i) EXPECT_NE(*keys.choose(kNow + 299s, kWall, 0, true), 1U);
    std::set<std::size_t> seen;
    for (int i = 0; i < 9; ++i) seen.insert(*keys.choose(kNow + 301s, kWall, 0, true));
    EXPECT_TRUE(seen.contains(1));
    const auto sample = keys.sample(kNow + 100s, kWall)[1];
    EXPECT_EQ(sample.state, "cooling down");
    EXPECT_EQ(sample.reason, "refused with 401");
    EXPECT_EQ(sample.outMillis, 200'000);
}

TEST(Credentials, ALimitedKeyWaitsAsLongAsItIsToldElseLongerEachTime) {
    const Credentials one({key("a")});
    EXPECT_TRUE(one.judge(0, 429, 40s, kNow));
    EXPECT_FALSE(one.choose(kNow + 39s, kWall, 0, false));
    EXPECT_TRUE(one.choose(kNow + 41s, kWall, 0, false));
    const Credentials other({key("b")});
    auto now = kNow;
    for (const auto wait : {3s, 6s, 12s, 24s, 48s, 60s, 60s}) {
        EXPECT_TRUE(other.judge(0, 429, std::nullopt, now));
        EXPECT_FALSE(other.choose(now + wait - 1s, kWall, 0, false)) << wait.count();
        EXPECT_TRUE(other.choose(now + wait + 1s, kWall, 0, false)) << wait.count();
        now += 10min;
    }
    EXPECT_FALSE(other.judge(0, 200, std::nullopt, now));
    EXPECT_TRUE(other.judge(0, 429, std::nullopt, now));
    EXPECT_TRUE(other.choose(now + 4s, kWall, 0, false)) << "a good answer begins the count anew";
}

TEST(Credentials, AForbiddenRequestIsTheKeysFaultOnlyTheThirdTime) {
    const Credentials one({key("a")});
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(one.judge(0, 403, std::nullopt, kNow)) << "another key may be allowed to";
        EXPECT_TRUE(one.choose(kNow, kWall, 0, false));
    }
    one.judge(0, 403, std::nullopt, kNow);
    EXPECT_FALSE(one.choose(kNow, kWall, 0, false));
    EXPECT_FALSE(Credentials({key("b")}).judge(0, 500, std::nullopt, kNow)) << "an error of the server is no key's fault";
}

TEST(Credentials, WhereAllCoolTheOneThatIsBackFirstIsShownAnyhow) {
    const auto keys = three();
    keys.judge(0, 401, std::nullopt, kNow);
    keys.judge(1, 429, 20s, kNow);
    keys.judge(2, 429, 30s, kNow);
    EXPECT_FALSE(keys.choose(kNow, kWall, 0, false));
    EXPECT_EQ(keys.choose(kNow, kWall, 0, true), 1U);
    EXPECT_EQ(keys.choose(kNow, kWall, 0b010, true), 2U);
}

TEST(Credentials, AKeyWithoutItsTokenIsTheLastToBeShown) {
    auto waits = key("waits"), failed = key("failed");
    waits.source = source();
    failed.source = source();
    failed.source->fail("the issuer is down", kNow);
    const Credentials keys({waits, failed, key("plain")});
    for (int i = 0; i < 6; ++i) EXPECT_EQ(keys.choose(kNow, kWall, 0, true), 2U);
    EXPECT_EQ(keys.choose(kNow, kWall, 0b100, true), 0U);
    EXPECT_FALSE(keys.choose(kNow, kWall, 0b100, false));
    EXPECT_EQ(keys.show(0, kWall).standing, Standing::Pending);
    EXPECT_EQ(keys.show(1, kWall).standing, Standing::Failed);
    EXPECT_EQ(keys.show(1, kWall).error, "the issuer is down");
    waits.source->succeed(token("fresh", kWall + 1h), kNow, kWall);
    EXPECT_EQ(keys.show(0, kWall).token.reveal(), "fresh");
    const auto sample = keys.sample(kNow, kWall);
    EXPECT_EQ(sample[0].expires, kWall + 1h);
    EXPECT_EQ(sample[1].state, "without a token");
}

TEST(TokenSource, KeepsItsTokenWhileTheIssuerIsDownUntilItEnds) {
    const auto one = source();
    EXPECT_EQ(one->state(kWall).standing, Standing::Pending);
    one->succeed(token("first", kWall + 10min), kNow, kWall);
    one->fail("503", kNow + 5min);
    EXPECT_EQ(one->state(kWall + 9min).standing, Standing::Ready);
    EXPECT_EQ(one->state(kWall + 9min).error, "503");
    EXPECT_EQ(one->token(kWall + 9min)->bearer.reveal(), "first");
    EXPECT_EQ(one->token(kWall + 11min), nullptr);
    EXPECT_EQ(one->state(kWall + 11min).standing, Standing::Failed);
}

TEST(TokenSource, IsRenewedBeforeItsEndAndNotByAllAtOnce) {
    EXPECT_EQ(renewAfter(1h, 0), 55min);
    EXPECT_EQ(renewAfter(1h, 359'999), 55min - 359'999ms);
    EXPECT_EQ(renewAfter(1min, 0), 45s) << "of a short life a quarter is left";
    EXPECT_EQ(renewAfter(0s, 7), 0s);
    EXPECT_LE(renewAfter(240h, 0), 1h);
    const auto one = source();
    auto pause = 0ms;
    for (int i = 0; i < 10; ++i) {
        one->fail("down", kNow);
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(one->due() - kNow);
        EXPECT_GE(wait, 750ms);
        EXPECT_LE(wait, 75s);
        pause = std::max(pause, wait);
    }
    EXPECT_GE(pause, 45s) << "the pauses grow";
}

TEST(CredentialRegistry, KeepsWhatSomebodyShowsAndForgetsTheRest) {
    CredentialRegistry registry;
    const auto kept = registry.state("a");
    registry.state("b");
    EXPECT_EQ(registry.state("a"), kept);
    auto shown = registry.addSource("s", source());
    registry.addSource("t", source());
    registry.prune();
    EXPECT_EQ(registry.sources().size(), 1U);
    EXPECT_EQ(registry.findSource("s"), shown);
    shown.reset();
    registry.prune();
    EXPECT_TRUE(registry.sources().empty());
    EXPECT_EQ(registry.state("a"), kept);
}

TEST(CredentialRegistry, FingerprintsTellPartsApart) {
    EXPECT_NE(fingerprint({"ab", "c"}), fingerprint({"a", "bc"}));
    EXPECT_EQ(fingerprint({"ab", "c"}), fingerprint({"ab", "c"}));
    EXPECT_EQ(fingerprint({"sk-123"}).find("sk-"), std::string::npos);
}

TEST(ProviderHealth, PrefersWhatIsQuickAndDoesNotFail) {
    ProviderHealth quick, slow, failing;
    for (int i = 0; i < 20; ++i) {
        quick.succeeded(100ms);
        slow.succeeded(300ms);
        failing.succeeded(100ms);
        failing.failed();
    }
    EXPECT_LT(quick.cost(0), slow.cost(0));
    EXPECT_LT(quick.cost(0), failing.cost(0));
    EXPECT_LT(quick.cost(5), slow.cost(0)) << "a tenth more for each that waits";
    EXPECT_GT(quick.cost(30), slow.cost(0));
    const auto sample = failing.sample();
    EXPECT_EQ(sample.calls, 40U);
    EXPECT_EQ(sample.failures, 20U);
    EXPECT_NEAR(sample.failureShare, 0.5, 0.1);
}

TEST(ProviderHealth, TellsPercentilesOfTheLastAnswers) {
    ProviderHealth health;
    EXPECT_EQ(health.sample().p50Micros, -1);
    for (int i = 0; i < 1000; ++i) health.succeeded(base::Micros(1));
    for (int i = 1; i <= static_cast<int>(ProviderHealth::kKept); ++i) health.succeeded(base::Micros(i * 1000));
    EXPECT_NEAR(static_cast<double>(health.sample().p50Micros), 128'000, 2'000);
    EXPECT_NEAR(static_cast<double>(health.sample().p95Micros), 243'000, 2'000);
}

}  // namespace
}  // namespace gatehouse::llm
