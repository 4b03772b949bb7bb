// Simulated model servers over real sockets, and the scraper that reads them.
#include "inference/scraper.h"
#include "lab/demo.h"
#include "lab/model_server.h"

#include <curl/curl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <thread>

namespace gatehouse::lab {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

struct Answer {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::string body;
    int pieces = 0;
};

std::size_t take(char* data, std::size_t, std::size_t size, void* user) {
    auto& answer = *static_cast<Answer*>(user);
    answer.body.append(data, size);
    ++answer.pieces;
    return size;
}

Answer ask(const ServerInfo& server, const std::string& path, const std::string& body = {}, long timeoutMs = 20'000) {
    Answer answer;
    CURL* easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, ("http://127.0.0.1:" + std::to_string(server.port) + path).c_str());
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeoutMs);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer);
    if (!body.empty()) curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
    answer.code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_cleanup(easy);
    return answer;
}

/// Looks again until it is so or the deadline passes.
bool eventually(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

Profile quick() {
    Profile p;
    p.prefillTokensPerSecond = 1e6;
    p.decodeStepBase = std::chrono::microseconds(500);
    p.decodeStepPerSequence = std::chrono::microseconds(10);
    return p;
}

std::unique_ptr<ModelServers> start(std::vector<Profile> profiles) {
    auto servers = ModelServers::start(profiles, 0, "pod-");
    EXPECT_TRUE(servers) << (servers ? "" : servers.error().message);
    return servers ? std::move(*servers) : nullptr;
}

const std::string kChat = R"({"model":"m","max_tokens":12,"messages":[{"role":"user","content":"hello there"}])";

TEST(ModelServer, AnswersAChatWithUsage) {
    auto servers = start({quick()});
    const auto& pod = servers->servers()[0];
    const Answer first = ask(pod, "/v1/chat/completions", kChat + "}");
    ASSERT_EQ(first.status, 200) << first.body;
    const Json json = Json::parse(first.body);
    EXPECT_EQ(json["object"], "chat.completion");
    EXPECT_EQ(json["choices"][0]["message"]["role"], "assistant");
    EXPECT_EQ(json["choices"][0]["finish_reason"], "length");
    EXPECT_EQ(json["usage"]["completion_tokens"], 12);
    const auto prompt = json["usage"]["prompt_tokens"].get<int>();
    EXPECT_GT(prompt, 0);
    EXPECT_EQ(json["usage"]["total_tokens"], prompt + 12);
    const std::string text = json["choices"][0]["message"]["content"];
    EXPECT_NE(text.find("\"hello there\""), std::string::npos) << text;
    EXPECT_EQ(Json::parse(ask(pod, "/v1/chat/completions", kChat + "}").body)["choices"], json["choices"])
        << "the same prompt gets the same answer";
}

TEST(ModelServer, StreamsTheSameTextAndUsageWhenAsked) {
    auto servers = start({quick()});
    const auto& pod = servers->servers()[0];
    const std::string whole = Json::parse(ask(pod, "/v1/chat/completions", kChat + "}").body)["choices"][0]["message"]["content"];
    const Answer answer = ask(pod, "/v1/chat/completions", kChat + R"(,"stream":true,"stream_options":{"include_usage":true}})");
    ASSERT_EQ(answer.status, 200);
    std::string text;
    int usages = 0;
    bool done = false;
    for (std::size_t at = 0; (at = answer.body.find("data: ", at)) != std::string::npos;) {
        at += 6;
        const std::string data = answer.body.substr(at, answer.body.find("\n\n", at) - at);
        if (data == "[DONE]") {
            done = true;
            continue;
        }
        const Json json = Json::parse(data);
        EXPECT_EQ(json["object"], "chat.completion.chunk");
        if (json.contains("usage")) {
            ++usages;
            EXPECT_TRUE(json["choices"].empty());
            EXPECT_EQ(json["usage"]["completion_tokens"], 12);
        } else {
            text += json["choices"][0]["delta"].value("content", "");
        }
    }
    EXPECT_EQ(text, whole);
    EXPECT_EQ(usages, 1);
    EXPECT_TRUE(done);
    EXPECT_GT(answer.pieces, 3) << "tokens come one by one";
    EXPECT_EQ(ask(pod, "/v1/chat/completions", kChat + R"(,"stream":true})").body.find("usage"), std::string::npos);
}

TEST(ModelServer, ServesCompletionsModelsAndHealth) {
    auto servers = start({quick()});
    const auto& pod = servers->servers()[0];
    const Json json = Json::parse(ask(pod, "/v1/completions", R"({"prompt":"abc","max_tokens":3})").body);
    EXPECT_EQ(json["object"], "text_completion");
    EXPECT_TRUE(json["choices"][0]["text"].is_string());
    EXPECT_EQ(Json::parse(ask(pod, "/v1/models").body)["data"][0]["id"], pod.model);
    EXPECT_EQ(ask(pod, "/health").status, 200);
}

TEST(ModelServer, ErrorsAreJsonWithASentence) {
    auto servers = start({quick()});
    const auto& pod = servers->servers()[0];
    const auto check = [&](const std::string& path, const std::string& body, long status) {
        const Answer answer = ask(pod, path, body);
        EXPECT_EQ(answer.status, status) << body;
        EXPECT_TRUE(Json::parse(answer.body)["error"]["message"].is_string()) << answer.body;
    };
    check("/v1/chat/completions", "{", 400);
    check("/v1/chat/completions", "[]", 400);
    check("/v1/chat/completions", R"({"messages":[]})", 400);
    check("/v1/chat/completions", R"({"messages":[{"content":"x"}]})", 400);
    check("/v1/chat/completions", R"({"max_tokens":0,"messages":[{"role":"user","content":"x"}]})", 400);
    check("/v1/chat/completions", "", 405);
    check("/v1/completions", R"({"prompt":7})", 400);
    check("/nowhere", "", 404);
    check("/v1/chat/completions", std::string((8 << 20) + 1, ' '), 413);
    check("/v1/completions", "{\"prompt\":\"" + std::string(4096 * 16 * 4, 'x') + "\"}", 400);
}

TEST(ModelServer, LoadShowsInMetricsAndInLatency) {
    Profile p = quick();
    p.maxBatch = 2;
    p.kvBlocks = 64;
    p.decodeStepBase = std::chrono::microseconds(4'000);
    auto servers = start({p});
    const auto& pod = servers->servers()[0];
    const std::string body = R"({"max_tokens":40,"messages":[{"role":"user","content":"a long enough question"}]})";
    std::vector<std::thread> clients;
    std::atomic<int> ok{0};
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] { ok += ask(pod, "/v1/chat/completions", body).status == 200; });
    EXPECT_TRUE(eventually([&] {
        const auto metrics = inference::parseMetricsPage(ask(pod, "/metrics").body);
        return metrics.waiting > 0 && metrics.running == 2 && metrics.kvUse > 0 && metrics.kvBlocks == 64 &&
               metrics.blockTokens == 16 && metrics.gpuUsedMib > p.gpuStaticMib &&
               std::abs(metrics.gpuUsedMib + metrics.gpuFreeMib - p.gpuTotalMib) < 1;
    }));
    for (auto& client : clients) client.join();
    EXPECT_EQ(ok.load(), 8);
    EXPECT_EQ(servers->load(0).served, 8U);
    const auto after = inference::parseMetricsPage(ask(pod, "/metrics").body);
    EXPECT_EQ(after.waiting, 0);
    EXPECT_EQ(after.kvUse, 0);
}

TEST(ModelServer, AClientThatLeavesFreesItsBatchPlace) {
    Profile p = quick();
    p.decodeStepBase = std::chrono::microseconds(50'000);
    auto servers = start({p});
    const auto& pod = servers->servers()[0];
    for (const char* stream : {"true", "false"}) {
        const std::string body = std::string(R"({"stream":)") + stream + R"(,"messages":[{"role":"user","content":"x"}]})";
        EXPECT_EQ(ask(pod, "/v1/chat/completions", body, 120).code, CURLE_OPERATION_TIMEDOUT);
        EXPECT_TRUE(eventually([&] { return servers->load(0).running == 0 && servers->load(0).waiting == 0; }));
    }
    EXPECT_EQ(servers->load(0).served, 0U);
}

TEST(ModelServer, FaultsSwitchOnAndOff) {
    auto servers = start({quick(), quick()});
    const auto& pod = servers->servers()[0];
    servers->setFault(0, {1, 1.0, false, false});
    EXPECT_EQ(ask(pod, "/v1/chat/completions", kChat + "}").status, 500);
    servers->setFault(0, {1, 0, false, true});
    EXPECT_EQ(ask(pod, "/metrics").status, 404);
    EXPECT_EQ(ask(pod, "/v1/chat/completions", kChat + "}").status, 200);
    servers->setFault(0, {1, 0, true, false});
    EXPECT_EQ(ask(pod, "/health").code, CURLE_COULDNT_CONNECT);
    EXPECT_EQ(ask(servers->servers()[1], "/health").status, 200) << "its neighbour serves on";
    servers->setFault(0, {});
    EXPECT_TRUE(eventually([&] { return ask(pod, "/health").status == 200; }));
    EXPECT_EQ(ask(pod, "/v1/chat/completions", kChat + "}").status, 200);
}

TEST(ModelServer, ACrashCutsRunningAnswers) {
    Profile p = quick();
    p.decodeStepBase = std::chrono::microseconds(50'000);
    auto servers = start({p});
    Answer answer;
    std::thread client([&] { answer = ask(servers->servers()[0], "/v1/chat/completions", kChat + R"(,"stream":true})"); });
    EXPECT_TRUE(eventually([&] { return servers->load(0).running == 1; }));
    servers->setFault(0, {1, 0, true, false});
    client.join();
    EXPECT_NE(answer.code, CURLE_OK);
}

TEST(ModelServer, FullQueueAnswers503) {
    Profile p = quick();
    p.maxWaiting = 0;
    auto servers = start({p});
    EXPECT_EQ(ask(servers->servers()[0], "/v1/chat/completions", kChat + "}").status, 503);
}

TEST(ModelServer, APortInUseIsAnErrorThatNamesIt) {
    auto servers = start({quick()});
    const auto again = ModelServers::start({quick()}, servers->servers()[0].port, "x");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "port-in-use");
    EXPECT_NE(again.error().message.find(std::to_string(servers->servers()[0].port)), std::string::npos);
}

TEST(Faults, ReadFromText) {
    const auto fault = parseFault("slow=3,error=0.25,no-metrics");
    ASSERT_TRUE(fault);
    EXPECT_DOUBLE_EQ(fault->slowFactor, 3);
    EXPECT_DOUBLE_EQ(fault->errorRate, 0.25);
    EXPECT_TRUE(fault->metricsGone);
    EXPECT_FALSE(fault->crashed);
    EXPECT_TRUE(parseFault("crash")->crashed);
    for (const char* bad : {"slow", "slow=x", "error=2", "slow=-1", "fire"}) EXPECT_FALSE(parseFault(bad)) << bad;
}

std::shared_ptr<inference::Pod> podOf(const ServerInfo& server) {
    auto pod = std::make_shared<inference::Pod>();
    pod->endpoint = std::make_shared<upstream::Endpoint>();
    pod->endpoint->host = pod->metricsHost = "127.0.0.1";
    pod->endpoint->port = pod->metricsPort = server.port;
    pod->name = "default/" + server.name;
    return pod;
}

TEST(Scraper, FollowsMetricsFailuresAndRecovery) {
    auto servers = start({quick(), quick()});
    const auto a = podOf(servers->servers()[0]), b = podOf(servers->servers()[1]);
    inference::Scraper scraper({5ms, 40ms, 1000ms});
    scraper.setPods({a, b});
    const auto state = [](const auto& pod) { return pod->scrapeState(base::MonoClock::now(), 2000ms); };
    EXPECT_TRUE(eventually([&] {
        return state(a) == inference::ScrapeState::Fresh && state(b) == inference::ScrapeState::Fresh;
    }));
    base::MonoTime at;
    EXPECT_EQ(a->load(at).waiting, 0);
    servers->setFault(0, {1, 0, false, true});
    EXPECT_TRUE(eventually([&] { return state(a) == inference::ScrapeState::Failing; }));
    EXPECT_EQ(a->scrapeError(), "/metrics answered 404");
    EXPECT_FALSE(a->unreachable());
    servers->setFault(0, {1, 0, true, false});
    EXPECT_TRUE(eventually([&] { return a->unreachable(); }));
    servers->setFault(0, {});
    EXPECT_TRUE(eventually([&] { return state(a) == inference::ScrapeState::Fresh && !a->unreachable(); }));
    // A pod that leaves the list is not asked any more.
    scraper.setPods({b});
    const auto before = scraper.scrapes();
    EXPECT_TRUE(eventually([&] { return scraper.scrapes() > before + 3; }));
    a->load(at);
    const auto last = at;
    const auto count = scraper.scrapes();
    EXPECT_TRUE(eventually([&] { return scraper.scrapes() > count + 3; }));
    a->load(at);
    EXPECT_EQ(at, last);
    scraper.stop();
}

TEST(Demo, PreparesAWorkspaceAndRemovesIt) {
    std::filesystem::path folder;
    {
        auto demo = Demo::prepare({});
        ASSERT_TRUE(demo) << demo.error().message;
        folder = (*demo)->directory();
        EXPECT_EQ((*demo)->servers().servers().size(), 8U);
        for (const char* file : {"gateway.yaml", "routes.yaml", "pools.yaml", "providers.yaml", "policies.yaml"})
            EXPECT_TRUE(std::filesystem::exists(folder / file)) << file;
        const auto& pod = (*demo)->servers().servers()[0];
        ASSERT_TRUE((*demo)->startTraffic("127.0.0.1:" + std::to_string(pod.port)));
        EXPECT_TRUE(eventually([&] { return (*demo)->servers().load(0).served > 0; })) << "traffic arrives";
    }
    EXPECT_FALSE(std::filesystem::exists(folder));
}

}  // namespace
}  // namespace gatehouse::lab
