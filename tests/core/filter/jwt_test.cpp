// Tokens and key sets made by openssl (tests/vectors/access/tokens.txt), and key sets that are fetched.
#include "core/filter/blocks.h"
#include "filter/jwt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace gatehouse::filter {
namespace {

using testing::Block;
using testing::readBlocks;

const std::string kVectors = std::string(GATEHOUSE_VECTORS) + "/access/";

std::string unescaped(std::string text) {
    for (auto at = text.find("\\n"); at != std::string::npos && text.starts_with("-----"); at = text.find("\\n")) text.replace(at, 2, "\n");
    return text;
}

std::map<std::string, std::shared_ptr<const KeySet>> keySets(const std::vector<Block>& blocks) {
    std::map<std::string, std::shared_ptr<const KeySet>> sets;
    for (const auto& block : blocks)
        if (block.has("keyset")) {
            const auto read = readKeySet(unescaped(block.get("jwks")));
            EXPECT_TRUE(read) << block.get("keyset") << ": " << (read ? "" : read.error().message);
            if (read) sets[block.get("keyset")] = *read;
        }
    return sets;
}

base::WallTime at(const std::string& seconds) { return base::WallTime(std::chrono::seconds(std::stoll(seconds))); }

TEST(Jwt, JudgesTokensOfAnotherMaker) {
    const auto blocks = readBlocks(kVectors + "tokens.txt");
    const auto sets = keySets(blocks);
    std::size_t cases = 0;
    for (const auto& block : blocks) {
        if (!block.has("name")) continue;
        ++cases;
        SCOPED_TRACE(block.get("name"));
        TokenProvider provider;
        provider.name = "the issuer";
        provider.issuer = block.get("issuer");
        if (block.has("audience")) provider.audiences = {block.get("audience")};
        provider.needsExpiry = block.get("needsExpiry") == "true";
        provider.keys = sets.at(block.get("set"));
        const auto verdict = verifyToken(block.get("token"), provider, at(block.get("at")));
        const auto expected = block.get("expect");
        EXPECT_EQ(verdict.state == TokenVerdict::State::Good, expected == "good") << verdict.reason;
        if (expected == "good") {
            EXPECT_EQ(verdict.subject, "alice");
            EXPECT_EQ(verdict.provider, &provider);
        }
        if (expected.size() > 4) {
            EXPECT_NE(verdict.reason.find(expected.substr(4)), std::string::npos) << verdict.reason;
        }
        // Whatever is wrong with it, a token is not repeated.
        EXPECT_EQ(verdict.reason.find(block.get("token").substr(0, 20)), std::string::npos);
    }
    EXPECT_GT(cases, 45U);
}

TEST(Jwt, RefusesKeySetsWithoutAKeyThatProvesAnything) {
    std::size_t cases = 0;
    for (const auto& block : readBlocks(kVectors + "tokens.txt")) {
        if (!block.has("badset")) continue;
        ++cases;
        EXPECT_FALSE(readKeySet(block.get("jwks"))) << block.get("badset");
    }
    EXPECT_EQ(cases, 4U);
}

TEST(Jwt, EveryFlippedBitOfATokenIsNoticed) {
    const auto blocks = readBlocks(kVectors + "tokens.txt");
    const auto sets = keySets(blocks);
    const auto found = std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.get("name") == "EdDSA is good"; });
    ASSERT_NE(found, blocks.end());
    TokenProvider provider;
    provider.keys = sets.at("all");
    const auto token = found->get("token");
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        // The last letter of a part carries bits that mean nothing; those are left alone.
        const bool spare = i + 1 == token.size() || token[i + 1] == '.';
        if (spare || changed == token) continue;
        EXPECT_NE(verifyToken(changed, provider, at("1800000000")).state, TokenVerdict::State::Good) << i;
    }
}

TEST(Jwt, WritesClaimsAsHeaders) {
    const std::string claims = R"({"sub":"alice","org":{"team":"blue","n":[1,2]},"level":3,"on":true,"a.b":"whole","bad":"x\ny","none":null})";
    EXPECT_EQ(claimText(claims, "sub"), "alice");
    EXPECT_EQ(claimText(claims, "org.team"), "blue");
    EXPECT_EQ(claimText(claims, "level"), "3");
    EXPECT_EQ(claimText(claims, "on"), "true");
    EXPECT_EQ(claimText(claims, "a.b"), "whole");
    EXPECT_EQ(claimText(claims, "org.n"), "WzEsMl0");  // [1,2]
    EXPECT_EQ(claimText(claims, "bad"), std::nullopt);
    EXPECT_EQ(claimText(claims, "none"), std::nullopt);
    EXPECT_EQ(claimText(claims, "org.gone"), std::nullopt);
    EXPECT_EQ(claimText(claims, "sub.x"), std::nullopt);
}

/// A source as it is while its registry serves it, driven by hand.
class Fetched : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto blocks = readBlocks(kVectors + "tokens.txt");
        sets_ = keySets(blocks);
        for (const auto& block : blocks)
            if (block.get("name") == "RS256 is good") token_ = block.get("token");
        registry_.start();
        // Nobody listens there: what it fetches by itself fails.
        source_ = registry_.source({"http://127.0.0.1:1/jwks", "", std::chrono::minutes(5), std::chrono::minutes(1)});
        provider_.name = "remote";
        provider_.source = source_;
    }
    TokenVerdict verify(bool fetch = true) { return verifyToken(token_, provider_, at("1800000000"), fetch); }

    std::map<std::string, std::shared_ptr<const KeySet>> sets_;
    JwksRegistry registry_;
    std::shared_ptr<JwksSource> source_;
    TokenProvider provider_;
    std::string token_;
};

TEST_F(Fetched, KeysThatWereNeverFetchedAdmitNobody) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (source_->problem().empty() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_FALSE(source_->problem().empty());
    EXPECT_EQ(verify().state, TokenVerdict::State::NoKeys);
    EXPECT_EQ(verify(false).state, TokenVerdict::State::NoKeys);
}

TEST_F(Fetched, KeysStayWhileTheirIssuerIsDown) {
    registry_.stop();
    source_->arrived(sets_.at("all"), base::MonoClock::now());
    EXPECT_EQ(verify().state, TokenVerdict::State::Good);
    source_->arrived(fail("jwks-fetch", "It answered 500."), base::MonoClock::now());
    EXPECT_EQ(source_->problem(), "It answered 500.");
    EXPECT_EQ(verify().state, TokenVerdict::State::Good);
}

TEST_F(Fetched, AnUnknownKeyIsAskedForOnceAndNotForEveryRequest) {
    source_->arrived(sets_.at("one"), base::MonoClock::now());
    const auto first = verify().state;
    EXPECT_EQ(first, TokenVerdict::State::AskAgain);
    // The fetch fails; for the next seconds nobody makes the gateway ask again, whatever he shows.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (verify().state == TokenVerdict::State::AskAgain && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_EQ(verify().state, TokenVerdict::State::Bad);
    const auto fetches = source_->fetches();
    for (int i = 0; i < 1000; ++i) verify();
    EXPECT_EQ(source_->fetches(), fetches);
    source_->arrived(sets_.at("all"), base::MonoClock::now());
    EXPECT_EQ(verify().state, TokenVerdict::State::Good);
}

TEST_F(Fetched, ExplainAsksForNoKeys) {
    source_->arrived(sets_.at("one"), base::MonoClock::now());
    const auto fetches = source_->fetches();
    EXPECT_EQ(verify(false).state, TokenVerdict::State::Bad);
    EXPECT_EQ(source_->fetches(), fetches);
}

TEST(JwksRegistry, ForgetsWhatNobodyNames) {
    JwksRegistry registry;
    auto kept = registry.source({"http://127.0.0.1:1/a"});
    EXPECT_EQ(registry.source({"http://127.0.0.1:1/a"}), kept);
    registry.source({"http://127.0.0.1:1/b"});
    EXPECT_EQ(registry.size(), 2U);
    registry.prune();
    EXPECT_EQ(registry.size(), 1U);
}

}  // namespace
}  // namespace gatehouse::filter
