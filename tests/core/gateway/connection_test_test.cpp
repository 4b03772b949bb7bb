// The connection test of a provider: each step by itself, with a plain cause.
#include "core/gateway/provider_stage.h"
#include "llm/connection_test.h"
#include "llm/credentials.h"

namespace gatehouse::test {
namespace {

using llm::ConnectionStep;
using Outcome = ConnectionStep::Outcome;

llm::Provider provider(const char* model = "gpt-4o") {
    llm::Provider made;
    made.name = "openai";
    made.kind = llm::findProviderKind("openai");
    made.modelOverride = model;
    made.hostHeader = "api.test";
    made.auth = llm::UpstreamAuth::Bearer;
    llm::Key key;
    key.name = "Secret default/keys, Authorization";
    key.header = "Authorization";
    key.prefix = "Bearer ";
    key.token = secret::SecretValue("sk-value");
    key.state = std::make_shared<llm::KeyState>();
    made.credentials = std::make_shared<llm::Credentials>(std::vector<llm::Key>{key});
    return made;
}

std::string outcomes(const std::vector<ConnectionStep>& steps) {
    std::string out;
    for (const auto& step : steps) out += step.outcome == Outcome::Passed ? '+' : step.outcome == Outcome::Failed ? '!' : '.';
    return out;
}
std::string details(const std::vector<ConnectionStep>& steps) {
    std::string out;
    for (const auto& step : steps) out += fmt::format("{}: {}\n", llm::stepName(step.name), step.detail);
    return out;
}
std::vector<ConnectionStep> run(const llm::Provider& made, std::uint16_t port, bool tls = false, std::chrono::milliseconds patience = 5s, const char* host = "127.0.0.1") {
    return llm::testConnection({&made, host, port, tls, {}}, patience);
}

TEST(ConnectionTest, PassesEachStepAndAsksForOneToken) {
    Recorder server([](const Message&) { return jsonAnswer(kGptAnswer); });
    const auto steps = run(provider(), server.port());
    EXPECT_EQ(outcomes(steps), "++.++") << details(steps);
    ASSERT_EQ(server.seen().size(), 1U);
    const auto sent = server.seen().front();
    EXPECT_TRUE(sent.head.starts_with("POST /v1/chat/completions ")) << sent.head;
    EXPECT_EQ(sent.field("authorization"), "Bearer sk-value");
    EXPECT_EQ(sent.field("host"), "api.test");
    const auto body = nlohmann::json::parse(sent.body);
    EXPECT_EQ(body["model"], "gpt-4o");
    EXPECT_EQ(body["max_tokens"], 1);
    EXPECT_EQ(details(steps).find("sk-value"), std::string::npos);
    EXPECT_NE(details(steps).find("gpt-4o answered."), std::string::npos);
    for (const auto& step : steps) EXPECT_EQ(step.took.count() >= 0, step.outcome == Outcome::Passed) << llm::stepName(step.name);
}

TEST(ConnectionTest, AsksForTheListWhereClientsNameTheModel) {
    Recorder server([](const Message&) { return jsonAnswer(R"({"object":"list","data":[]})"); });
    const auto steps = run(provider(""), server.port());
    EXPECT_EQ(outcomes(steps), "++.+.") << details(steps);
    EXPECT_TRUE(server.seen().front().head.starts_with("GET /v1/models ")) << server.seen().front().head;
}

TEST(ConnectionTest, TellsTheKeyFromTheModel) {
    struct Case {
        int status;
        const char* body;
        const char* outcomes;
        const char* told;
    };
    for (const auto& [status, body, wanted, told] :
         {Case{401, R"({"error":{"message":"Incorrect API key"}})", "++.!.", "key: Secret default/keys, Authorization was refused with 401: Incorrect API key"},
          Case{403, R"({"error":{"message":"no"}})", "++.!.", "was refused with 403"},
          Case{404, R"({"error":{"message":"The model does not exist"}})", "++.+!", "model: gpt-4o was refused with 404: The model does not exist"},
          Case{429, R"({"error":{"message":"quota"}})", "++.+!", "The key is known and limited: quota"},
          Case{503, "{}", "++.!.", "The provider answered 503"}}) {
        Recorder server([&](const Message&) { return jsonAnswer(body, status); });
        const auto steps = run(provider(), server.port());
        EXPECT_EQ(outcomes(steps), wanted) << details(steps);
        EXPECT_NE(details(steps).find(told), std::string::npos) << details(steps);
    }
}

TEST(ConnectionTest, TellsHowFarTheWayGoes) {
    EXPECT_EQ(outcomes(run(provider(), 80, false, 5s, "no-such-host.invalid")), "!....");
    const auto refused = run(provider(), deadPort());
    EXPECT_EQ(outcomes(refused), "+!...") << details(refused);
    EXPECT_NE(details(refused).find("the connection was refused or failed"), std::string::npos);
    Recorder plain([](const Message&) { return jsonAnswer("{}"); });
    const auto noTls = run(provider(), plain.port(), true, 500ms);
    EXPECT_EQ(outcomes(noTls), "++!..") << details(noTls);
    Origin silent([](Wire& wire) { wire.rest(); });
    const auto late = run(provider(), silent.port(), false, 300ms);
    EXPECT_EQ(outcomes(late), "++.!.") << details(late);
}

TEST(ConnectionTest, ConnectsWithoutAKeyAndSaysWhyThereIsNone) {
    Recorder server([](const Message&) { return jsonAnswer("{}"); });
    auto made = provider();
    llm::Key key;
    key.name = "Secret default/keys, clientID";
    key.source = std::make_shared<llm::TokenSource>("an application", llm::TokenRecipe{});
    key.source->fail("login.test answered 401: invalid_client.", base::MonoClock::now());
    made.credentials = std::make_shared<llm::Credentials>(std::vector<llm::Key>{key});
    const auto steps = run(made, server.port());
    EXPECT_EQ(outcomes(steps), "++.!.") << details(steps);
    EXPECT_NE(details(steps).find("key: Secret default/keys, clientID: login.test answered 401: invalid_client."), std::string::npos) << details(steps);
    EXPECT_TRUE(server.seen().empty());
}

TEST(ConnectionTest, EndsWhenItIsStopped) {
    Origin silent([](Wire& wire) { wire.rest(); });
    const auto made = provider();
    const auto begun = std::chrono::steady_clock::now();
    llm::testConnection({&made, "127.0.0.1", silent.port(), false, {}}, 60s, [] { return true; });
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

}  // namespace
}  // namespace gatehouse::test
