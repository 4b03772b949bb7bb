// Who is let in: keys, passwords, tokens and expressions on heads of requests; virtual keys; what goes on to the backend.
#include "core/filter/blocks.h"
#include "filter/client_access.h"

#include <gtest/gtest.h>

#include <thread>

namespace gatehouse::filter {
namespace {

using namespace std::chrono_literals;
using testing::readBlocks;

const std::string kVectors = std::string(GATEHOUSE_VECTORS) + "/access/";
const base::WallTime kNoon{std::chrono::seconds(1795435200)};
const base::MonoTime kStart{1000h};

KeyEntry entry(const std::string& name, const std::string& value) {
    KeyEntry out;
    const auto read = readKeyValue(value);
    EXPECT_TRUE(read) << name;
    if (read) {
        out.digest = read->digest;
        out.metadata = read->metadata;
    }
    out.name = name;
    out.holder = {"", "Secret", "default", "keys"};
    out.id = "default/keys/" + name;
    return out;
}

CredentialSource header(const std::string& name, const std::string& prefix = "", bool optional = true) {
    CredentialSource source;
    source.header = name;
    source.prefix = prefix;
    source.prefixOptional = optional;
    return source;
}

class Access : public ::testing::Test {
  protected:
    void ask(std::initializer_list<std::pair<std::string_view, std::string_view>> headers, std::string_view query = {}) {
        head_.clear();
        head_.method = "POST";
        head_.path = "/v1/chat";
        head_.query = head_.arena.copy(query);
        head_.hasQuery = !query.empty();
        for (const auto& [name, value] : headers) head_.headers.add(name, value);
    }
    int admit(const ClientAccess& access) {
        AccessFacts facts;
        facts.wall = kNoon;
        facts.mono = kStart;
        facts.clientAddress = "10.1.2.3";
        return status(access.admit(head_, caller_, facts));
    }
    int admitModel(const ClientAccess& access, std::string_view model, base::WallTime at = kNoon) {
        AccessFacts facts;
        facts.wall = at;
        facts.mono = kStart;
        return status(access.admitModel(head_, caller_, model, facts));
    }
    static int status(const Admission& admission) { return admission.outcome == Admission::Outcome::Wait ? -1 : admission.admitted() ? 200 : admission.status; }
    std::string answerHeader(const std::string& name) const {
        for (const auto& [key, value] : caller_.answerHeaders)
            if (key == name) return value;
        return {};
    }

    static AccessParts::Keys keys(std::vector<KeyEntry> entries, std::vector<CredentialSource> sources = {header("api-key")}) {
        auto table = std::make_shared<ApiKeys>();
        for (auto& one : entries) EXPECT_TRUE(table->add(std::move(one)));
        AccessParts::Keys out;
        out.keys = table;
        out.sources = std::move(sources);
        return out;
    }

    http::RequestHead head_;
    Caller caller_;
};

TEST_F(Access, LetsInWhoShowsAKeyAndNobodyElse) {
    AccessParts parts;
    parts.keys = keys({entry("alice", "k-123"), entry("bob", "k-456\n")});
    parts.keys->clientIdHeader = "x-client-id";
    const ClientAccess access(std::move(parts));
    ask({{"Api-Key", "k-123"}, {"x-client-id", "root"}, {"X_Client_Id", "root"}, {"x-other", "1"}});
    ASSERT_EQ(admit(access), 200) << caller_.reason;
    EXPECT_EQ(caller_.name(), "alice");
    EXPECT_FALSE(head_.headers.has("api-key"));
    EXPECT_EQ(head_.headers.get("x-client-id"), "alice");
    EXPECT_EQ(head_.headers.count("x-client-id"), 1U);
    EXPECT_FALSE(head_.headers.has("X_Client_Id"));
    EXPECT_EQ(head_.headers.get("x-other"), "1");
    ask({{"api-key", "k-456"}});
    EXPECT_EQ(admit(access), 200);
    for (const auto* wrong : {"k-12", "k-1234", "K-123", "", "{\"key\":\"k-123\"}"}) {
        ask({{"api-key", wrong}});
        EXPECT_EQ(admit(access), 401) << wrong;
        EXPECT_EQ(answerHeader("WWW-Authenticate"), "ApiKey realm=\"gatehouse\"");
        if (*wrong != '\0') {
            EXPECT_EQ(caller_.reason.find(wrong), std::string::npos) << "what was shown is not repeated";
        }
    }
    ask({});
    EXPECT_EQ(admit(access), 401);
    EXPECT_STREQ(caller_.code, "no-key");
}

TEST_F(Access, FindsKeysInHeadersQueriesAndCookies) {
    CredentialSource many = header("authorization", "Bearer ");
    many.query = "key";
    many.cookie = "auth";
    AccessParts parts;
    parts.keys = keys({entry("a", "k1"), entry("b", "k2"), entry("c", "k 3")}, {header("x-key"), many});
    const ClientAccess access(std::move(parts));
    const auto who = [&] { return admit(access) == 200 ? std::string(caller_.name()) : caller_.code; };
    ask({{"x-key", "k1"}, {"authorization", "Bearer k2"}});
    EXPECT_EQ(who(), "a");  // The first place that has one.
    EXPECT_TRUE(head_.headers.has("authorization"));
    ask({{"authorization", "bearer k2"}}, "key=k1");
    EXPECT_EQ(who(), "b");
    EXPECT_EQ(head_.query, "key=k1");
    ask({{"authorization", "k2"}});
    EXPECT_EQ(who(), "b");
    ask({}, "x=1&ke%79=k%203&y=2&key=again");
    EXPECT_EQ(who(), "c");
    EXPECT_EQ(head_.query, "x=1&y=2");
    ask({}, "key=k1");
    EXPECT_EQ(who(), "a");
    EXPECT_FALSE(head_.hasQuery);
    ask({{"cookie", "s=1; auth=k2; t=2"}});
    EXPECT_EQ(who(), "b");
    EXPECT_EQ(head_.headers.get("cookie"), "s=1; t=2");
    ask({{"cookie", "auth=k2"}});
    EXPECT_EQ(who(), "b");
    EXPECT_FALSE(head_.headers.has("cookie"));
    ask({{"x-key", "wrong"}, {"authorization", "Bearer k2"}});
    EXPECT_EQ(who(), "bad-key");
}

TEST_F(Access, KeepsTheKeyWhereItMayGoOn) {
    AccessParts parts;
    parts.keys = keys({entry("a", "k1")});
    parts.keys->forward = true;
    const ClientAccess access(std::move(parts));
    ask({{"api-key", "k1"}});
    EXPECT_EQ(admit(access), 200);
    EXPECT_EQ(head_.headers.get("api-key"), "k1");
}

TEST_F(Access, ModesSayWhoMayComeWithout) {
    for (const auto mode : {AccessMode::Optional, AccessMode::Permissive}) {
        AccessParts parts;
        parts.keys = keys({entry("a", "k1")});
        parts.keys->mode = mode;
        const ClientAccess access(std::move(parts));
        ask({});
        EXPECT_EQ(admit(access), 200);
        EXPECT_TRUE(caller_.name().empty());
        ask({{"api-key", "wrong"}});
        EXPECT_EQ(admit(access), mode == AccessMode::Permissive ? 200 : 401);
        EXPECT_FALSE(caller_.reason.empty());
        ask({{"api-key", "k1"}});
        EXPECT_EQ(admit(access), 200);
        EXPECT_EQ(caller_.name(), "a");
    }
}

TEST(ApiKeys, ReadsAgentgatewaysLayout) {
    const auto plain = readKeyValue("k-123");
    const auto json = readKeyValue(R"({"key": "k-123", "metadata": {"group": "sales"}})");
    const auto hash = readKeyValue(R"({"keyHash": "sha256:4d7a6f84d2cf98d1bfd1fc46bb12e9a3c3a4f1f0c4c1e4dc5d62c9bfb93f7d55"})");
    ASSERT_TRUE(plain && json && hash);
    EXPECT_EQ(plain->digest, json->digest);
    EXPECT_EQ(json->metadata, R"({"group":"sales"})");
    EXPECT_EQ(hash->digest[0], 0x4d);
    for (const auto* bad : {"", " \n", "{", R"({"key": ""})", R"({"key": 1})", R"({"keyHash": "abc"})", R"({"keyHash": "sha256:xyz"})", R"({"metadata": {}})",
                            R"({"key": "a", "keyHash": "sha256:00"})", R"({"key": "a", "metadata": 1})"}) {
        const auto read = readKeyValue(bad);
        ASSERT_FALSE(read) << bad;
        if (std::string_view(bad).size() > 2) {
            EXPECT_EQ(read.error().message.find(bad), std::string::npos) << "values are not repeated";
        }
    }
    EXPECT_FALSE(readKeyValue("k-123", true));
    EXPECT_FALSE(readKeyValue(R"({"key": "k-123"})", true));
}

TEST(ApiKeys, KnowsASha256MadeElsewhere) {
    // printf %s k-456 | sha256sum
    ApiKeys keys;
    auto read = readKeyValue(R"({"keyHash": "sha256:efa299afb8c12a36e47a790cbbf929caa06d13285950410463fb759af17d0dad"})");
    ASSERT_TRUE(read);
    KeyEntry entry;
    entry.digest = read->digest;
    entry.name = "client3";
    EXPECT_TRUE(keys.add(entry));
    EXPECT_FALSE(keys.add(entry)) << "one key is one client's";
    for (const auto* shown : {"sha256:efa299afb8c12a36e47a790cbbf929caa06d13285950410463fb759af17d0dad", "efa299afb8c12a36e47a790cbbf929caa06d13285950410463fb759af17d0dad"})
        EXPECT_EQ(keys.find(shown), nullptr) << "a hash lets nobody in";
}

TEST(Passwords, FitTheirHashes) {
    const auto blocks = readBlocks(kVectors + "passwords.txt");
    ASSERT_GE(blocks.size(), 9U);
    for (const auto& block : blocks)
        EXPECT_EQ(passwordFits(block.get("password"), block.get("hash")), block.get("fits") == "yes") << block.file << ":" << block.line;
}

TEST(Passwords, SlowOnesAreReckonedElsewhereOnce) {
    PasswordDesk desk;
    const std::string hash = "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC";
    for (const auto& [password, verdict] : {std::pair("myPassword", PasswordDesk::Verdict::Right), std::pair("guess", PasswordDesk::Verdict::Wrong)}) {
        EXPECT_EQ(desk.check(password, hash), PasswordDesk::Verdict::Pending);
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (desk.check(password, hash) == PasswordDesk::Verdict::Pending && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
        EXPECT_EQ(desk.check(password, hash), verdict);
    }
    EXPECT_EQ(desk.check("myPassword", "{SHA}VBPuJHI7uixaa6LQGWx4s+5GKNE="), PasswordDesk::Verdict::Right);
}

TEST(Passwords, GuessersCannotFillTheDesk) {
    PasswordDesk desk;
    const std::string slow = "$2y$14$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC";
    bool busy = false;
    for (int i = 0; i < 200 && !busy; ++i) busy = desk.check("guess " + std::to_string(i), slow) == PasswordDesk::Verdict::Busy;
    EXPECT_TRUE(busy);
}

TEST_F(Access, LetsInByPassword) {
    AccessParts parts;
    parts.passwords.emplace();
    parts.passwords->users = {{"myName", "{SHA}VBPuJHI7uixaa6LQGWx4s+5GKNE="}};
    parts.passwords->sources = {header("authorization", "Basic ", false)};
    parts.passwords->desk = std::make_shared<PasswordDesk>();
    const ClientAccess access(std::move(parts));
    ask({{"authorization", "Basic bXlOYW1lOm15UGFzc3dvcmQ="}});
    EXPECT_EQ(admit(access), 200);
    EXPECT_EQ(caller_.name(), "myName");
    EXPECT_FALSE(head_.headers.has("authorization"));
    for (const auto* wrong : {"Basic bXlOYW1lOm15UGFzc3dvcmU=", "Basic bXlOYW1l", "Basic !!!!", "Basic bm9ib2R5Om15UGFzc3dvcmQ="}) {
        ask({{"authorization", wrong}});
        EXPECT_EQ(admit(access), 401) << wrong;
        EXPECT_EQ(answerHeader("WWW-Authenticate"), "Basic realm=\"Restricted\", charset=\"UTF-8\"");
    }
}

class Tokens : public Access {
  protected:
    void SetUp() override {
        for (const auto& block : readBlocks(kVectors + "tokens.txt")) {
            if (block.get("keyset") == "all") keys_ = *readKeySet(block.get("jwks"));
            if (block.get("name") == "ES256 is good") good_ = block.get("token");
            if (block.get("name") == "another issuer") other_ = block.get("token");
        }
    }
    AccessParts parts(AccessMode mode = AccessMode::Strict) {
        AccessParts out;
        out.tokens.emplace();
        out.tokens->mode = mode;
        AccessParts::Tokens::Provider provider;
        provider.is.name = "main";
        provider.is.issuer = "https://issuer.test/";
        provider.is.keys = keys_;
        provider.is.claimsToHeaders = {{"sub", "x-user"}, {"org.team", "x-team"}, {"gone", "x-gone"}};
        provider.sources = {header("authorization", "Bearer ", false)};
        out.tokens->providers.push_back(provider);
        return out;
    }
    int at(const ClientAccess& access) {
        AccessFacts facts;
        facts.wall = base::WallTime(std::chrono::seconds(1'800'000'000));
        facts.mono = kStart;
        return status(access.admit(head_, caller_, facts));
    }
    AuthorizationRule rule(AuthorizationRule::Action action, std::vector<std::string> texts, bool any = false) {
        AuthorizationRule out;
        out.action = action;
        out.any = any;
        for (const auto& text : texts) {
            auto program = text::cel::Program::compile(text);
            EXPECT_TRUE(program) << text << (program ? "" : program.error().message);
            if (program) out.expressions.push_back(*program);
        }
        return out;
    }
    std::shared_ptr<const KeySet> keys_;
    std::string good_, other_;
};

TEST_F(Tokens, ClaimsBecomeHeadersAndNobodyElseWritesThem) {
    const ClientAccess access(parts());
    ask({{"Authorization", "Bearer " + good_}, {"x-user", "root"}, {"X-Gone", "spoofed"}, {"x_team", "red"}});
    ASSERT_EQ(at(access), 200) << caller_.reason;
    EXPECT_EQ(head_.headers.get("x-user"), "alice");
    EXPECT_EQ(head_.headers.get("x-team"), "blue");
    EXPECT_FALSE(head_.headers.has("x-gone"));
    EXPECT_FALSE(head_.headers.has("x_team"));
    EXPECT_FALSE(head_.headers.has("authorization"));
    EXPECT_EQ(caller_.from(), "https://issuer.test/");
    ask({{"Authorization", "Bearer " + other_}});
    EXPECT_EQ(at(access), 401);
    EXPECT_NE(answerHeader("WWW-Authenticate").find("invalid_token"), std::string::npos);
    const ClientAccess optional(parts(AccessMode::Optional));
    ask({{"x-user", "root"}});
    EXPECT_EQ(at(optional), 200);
    EXPECT_FALSE(head_.headers.has("x-user")) << "also where nobody said who he is";
}

TEST_F(Tokens, AnyOfSeveralIssuersWillDo) {
    auto both = parts();
    auto second = both.tokens->providers.front();
    second.is.name = "second";
    second.is.issuer = "https://evil.test/";
    both.tokens->providers.push_back(second);
    const ClientAccess access(std::move(both));
    ask({{"authorization", "Bearer " + other_}});
    EXPECT_EQ(at(access), 200) << caller_.reason;
    EXPECT_EQ(caller_.provider, "second");
    ask({{"authorization", "Bearer " + good_.substr(0, good_.size() - 8) + "AAAAAAAA"}});
    EXPECT_EQ(at(access), 401);
    EXPECT_NE(caller_.reason.find("signature"), std::string::npos) << caller_.reason;
}

TEST_F(Tokens, ExpressionsSayWhoMayPass) {
    using Action = AuthorizationRule::Action;
    struct Case {
        std::vector<AuthorizationRule> rules;
        int status;
    };
    const std::vector<Case> cases{
        {{rule(Action::Allow, {"jwt.sub == 'alice'"})}, 200},
        {{rule(Action::Allow, {"jwt.sub == 'bob'"})}, 403},
        {{rule(Action::Allow, {"jwt.sub == 'bob'", "jwt.org.team == 'blue'"}, true)}, 200},
        {{rule(Action::Allow, {"jwt.sub == 'alice'", "jwt.org.team == 'red'"})}, 403},
        {{rule(Action::Allow, {"jwt.sub == 'bob'"}), rule(Action::Allow, {"request.method == 'POST'"})}, 200},
        {{rule(Action::Deny, {"jwt.sub == 'alice'"})}, 403},
        {{rule(Action::Deny, {"jwt.sub == 'bob'"})}, 200},
        {{rule(Action::Deny, {"jwt.gone == 'x'"})}, 200},
        {{rule(Action::Deny, {"jwt.level < 'x'"})}, 403},
        {{rule(Action::Require, {"jwt.level == 3"}), rule(Action::Require, {"request.path.startsWith('/v1')"})}, 200},
        {{rule(Action::Require, {"jwt.level == 3"}), rule(Action::Require, {"request.headers['x-a'] == 'b'"})}, 403},
        {{rule(Action::Allow, {"jwt.gone == 'x'"})}, 403},
        {{rule(Action::Allow, {"source.address == '10.1.2.3'"})}, 403},
        {{rule(Action::Allow, {"metadata.filter_metadata['envoy.filters.http.jwt_authn'].payload.sub == 'alice'"}, true)}, 200},
        {{rule(Action::Allow, {"apiKey.group == 'sales'"})}, 403},
    };
    for (std::size_t i = 0; i < cases.size(); ++i) {
        auto with = parts();
        with.authorization = cases[i].rules;
        const ClientAccess access(std::move(with));
        ask({{"authorization", "Bearer " + good_}});
        EXPECT_EQ(at(access), cases[i].status) << i << ": " << caller_.reason;
    }
}

TEST_F(Access, ExpressionsReadWhatAKeyCarries) {
    AccessParts parts;
    parts.keys = keys({entry("sue", R"({"key":"k1","metadata":{"group":"sales"}})"), entry("tom", "k2")});
    AuthorizationRule rule;
    rule.expressions.push_back(*text::cel::Program::compile("apiKey.group == 'sales' || apiKey.name == 'tim'"));
    parts.authorization.push_back(rule);
    const ClientAccess access(std::move(parts));
    ask({{"api-key", "k1"}});
    EXPECT_EQ(admit(access), 200) << caller_.reason;
    ask({{"api-key", "k2"}});
    EXPECT_EQ(admit(access), 403);
}

TEST_F(Access, AnExpressionAboutTheModelWaitsForTheBody) {
    AccessParts parts;
    AuthorizationRule rule;
    rule.expressions.push_back(*text::cel::Program::compile("llm.requestModel == 'small'"));
    parts.authorization.push_back(rule);
    const ClientAccess access(std::move(parts));
    ask({});
    AccessFacts facts;
    facts.bodyFollows = true;
    EXPECT_TRUE(access.admit(head_, caller_, facts).admitted());
    EXPECT_EQ(admitModel(access, "small"), 200);
    EXPECT_EQ(admitModel(access, "large"), 403);
    facts.bodyFollows = false;
    EXPECT_FALSE(access.admit(head_, caller_, facts).admitted()) << "where no body will tell, it does not hold";
}

TEST_F(Access, VirtualKeysHaveModelsBudgetsAndARate) {
    Budgets budgets;
    auto alice = entry("alice", "k1");
    alice.terms.models = {"gpt-4o*"};
    alice.terms.tokensPerDay = 100;
    alice.terms.nanoPerDay = 2'000;
    alice.terms.currency = "USD";
    alice.terms.requestsPerMinute = 2;
    alice.account = budgets.account("alice");
    alice.rate = std::make_shared<TokenBucket>(BucketSpec{2, 1, 30s}, kStart);
    auto bob = entry("bob", "k2");
    bob.terms.tokensPerDay = 100;
    bob.account = budgets.account("bob");
    AccessParts parts;
    parts.keys = keys({alice, bob});
    const ClientAccess access(std::move(parts));
    ask({{"api-key", "k1"}});
    ASSERT_EQ(admit(access), 200);
    EXPECT_EQ(admitModel(access, "gpt-4o-mini"), 200);
    EXPECT_EQ(admitModel(access, "o3"), 403);
    EXPECT_EQ(admitModel(access, ""), 403);
    ask({{"api-key", "k1"}});
    ASSERT_EQ(admit(access), 200);
    ClientAccess::charge(caller_, 99, "USD", 100, kNoon);
    ClientAccess::charge(caller_, 99, "USD", 100, kNoon);
    EXPECT_EQ(caller_.today.tokens, 99) << "one exchange is charged once";
    EXPECT_EQ(admitModel(access, "gpt-4o"), 200);
    ask({{"api-key", "k1"}});
    EXPECT_EQ(admit(access), 429) << "two a minute";
    EXPECT_STREQ(caller_.code, "key-rate");
    EXPECT_EQ(answerHeader("Retry-After"), "30");
    EXPECT_EQ(answerHeader("x-ratelimit-limit"), "2");
    EXPECT_EQ(head_.headers.get("api-key"), "k1") << "what is refused is left as it came";
    caller_ = {};
    caller_.key = std::make_shared<KeyEntry>(alice);
    ClientAccess::charge(caller_, 1, "", 0, kNoon);
    EXPECT_EQ(admitModel(access, "gpt-4o"), 429);
    EXPECT_STREQ(caller_.code, "budget-exhausted");
    EXPECT_EQ(answerHeader("Retry-After"), std::to_string(12 * 3600));
    EXPECT_EQ(answerHeader("x-should-retry"), "false");
    EXPECT_EQ(admitModel(access, "gpt-4o", kNoon + 12h), 200) << "a new day";
    ask({{"api-key", "k2"}});
    ASSERT_EQ(admit(access), 200);
    EXPECT_EQ(admitModel(access, "o3"), 200) << "the other one has a budget of his own";
}

TEST_F(Access, MoneyIsABudgetToo) {
    Budgets budgets;
    auto alice = entry("alice", "k1");
    alice.terms.nanoPerDay = 1'000;
    alice.terms.currency = "EUR";
    alice.account = budgets.account("alice");
    AccessParts parts;
    parts.keys = keys({alice});
    const ClientAccess access(std::move(parts));
    const auto spend = [&](std::string_view currency, std::int64_t nano) {
        ask({{"api-key", "k1"}});
        EXPECT_EQ(admit(access), 200);
        const int before = admitModel(access, "m");
        ClientAccess::charge(caller_, 5, currency, nano, kNoon);
        return before;
    };
    EXPECT_EQ(spend("USD", 5'000), 200) << "another currency is another budget";
    EXPECT_EQ(spend("EUR", 999), 200);
    EXPECT_EQ(spend("EUR", 1), 200);
    EXPECT_EQ(spend("EUR", 1), 429);
}

TEST_F(Access, AskingOnlyCountsNothing) {
    auto alice = entry("alice", "k1");
    alice.rate = std::make_shared<TokenBucket>(BucketSpec{1, 1, 1h}, kStart);
    AccessParts parts;
    parts.keys = keys({alice});
    const ClientAccess access(std::move(parts));
    AccessFacts facts;
    facts.asksOnly = true;
    facts.mono = kStart;
    for (int i = 0; i < 5; ++i) {
        ask({{"api-key", "k1"}});
        EXPECT_TRUE(access.admit(head_, caller_, facts).admitted());
    }
    EXPECT_EQ(alice.rate->left(kStart), 1);
}

}  // namespace
}  // namespace gatehouse::filter
