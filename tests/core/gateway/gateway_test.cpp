#include "gateway/gateway.h"

#include "config/workspace.h"
#include "core/gateway/loopback.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace gatehouse::gateway {
namespace {

using testing::ask;
using testing::eventually;
using testing::Listening;
using testing::Origin;
using nlohmann::json;

constexpr std::uint16_t kPort = 80;  ///< Logical; bound to a free one.

std::string gatewayYaml(std::uint16_t port = kPort) {
    return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw, namespace: default}}
spec:
  gatewayClassName: kgateway
  listeners:
    - {{name: http, protocol: HTTP, port: {}}}
)", port);
}

std::string backendYaml(const std::string& name, std::uint16_t port) {
    return fmt::format(R"(---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: {}, namespace: default}}
spec:
  type: Static
  static:
    hosts:
      - {{host: 127.0.0.1, port: {}}}
)", name, port);
}

std::string routeYaml(const std::string& name, const std::string& path, const std::string& backend) {
    return fmt::format(R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {}, namespace: default}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - matches: [{{path: {{type: PathPrefix, value: {}}}}}]
      backendRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: {}}}]
)", name, path, backend);
}

std::shared_ptr<const config::ObjectSet> objects(const std::string& yaml) { return config::readObjects({{"test.yaml", yaml}}); }

Options freePort() {
    Options options;
    options.listen[kPort] = "127.0.0.1:0";
    options.workers = 2;
    return options;
}

std::unique_ptr<Gateway> started(Options options) {
    auto gateway = Gateway::start(std::move(options));
    EXPECT_TRUE(gateway.has_value()) << (gateway ? "" : gateway.error().message);
    return gateway ? std::move(*gateway) : nullptr;
}

std::string addressOf(const Gateway& gateway) {
    const auto state = gateway.state();
    return state.listeners.empty() ? std::string() : state.listeners.front().address;
}

const config::Diagnostic* findingOf(const ApplyReport& report, const std::string& code) {
    for (const auto& finding : report.diagnostics)
        if (finding.code == code) return &finding;
    return nullptr;
}

TEST(Gateway, ServesWhatItIsGivenAndRemembersEachRequest) {
    Origin origin([](const std::string& path) { return "origin " + path; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    EXPECT_EQ(gateway->report()->generation, 0U);
    EXPECT_TRUE(gateway->state().listeners.empty());
    EXPECT_FALSE(gateway->explain({}).has_value());

    const auto report = gateway->applyAndWait(objects(gatewayYaml() + backendYaml("web", origin.port()) + routeYaml("r", "/", "web")));
    EXPECT_EQ(report.generation, 1U);
    EXPECT_GT(report.duration.count(), 0);
    const auto address = addressOf(*gateway);
    ASSERT_FALSE(address.empty());

    const auto reply = ask(address, "/hello?x=1");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "origin /hello?x=1");

    std::vector<telemetry::RequestRecord> records;
    ASSERT_TRUE(eventually([&] { return gateway->drainRequests(10, records) > 0 || !records.empty(); }));
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].route, "HTTPRoute default/r");
    EXPECT_EQ(records[0].endpoint, origin.address());
    EXPECT_EQ(records[0].generation, 1U);
    EXPECT_EQ(gateway->recentRequests(10).size(), 1U);
    EXPECT_EQ(gateway->drainRequests(10, records), 0U);

    const auto state = gateway->state();
    EXPECT_TRUE(state.running);
    EXPECT_EQ(state.requests, 1U);
    ASSERT_EQ(state.rules.size(), 1U);
    EXPECT_EQ(state.rules[0].requests, 1U);
    EXPECT_EQ(state.rules[0].backends.at(0).requests, 1U);

    route::ExplainRequest question;
    question.url = "http://localhost/hello";
    const auto explanation = gateway->explain(question);
    ASSERT_TRUE(explanation.has_value());
    EXPECT_EQ(explanation->endpoint, origin.address());
    EXPECT_EQ(gateway->state().requests, 1U);
}

TEST(Gateway, SwapsUnderLoadWithoutLosingARequest) {
    Origin one([](const std::string&) { return "one"; });
    Origin two([](const std::string&) { return "two"; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    const auto base = gatewayYaml() + backendYaml("one", one.port()) + backendYaml("two", two.port());
    const auto first = objects(base + routeYaml("r", "/", "one"));
    const auto second = objects(base + routeYaml("r", "/", "two"));
    gateway->applyAndWait(first);
    const auto address = addressOf(*gateway);
    ASSERT_EQ(ask(address, "/").body, "one");

    std::atomic<bool> stop{false};
    std::atomic<int> sent{0};
    std::atomic<int> wrong{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 3; ++i)
        clients.emplace_back([&] {
            while (!stop) {
                const auto reply = ask(address, "/");
                if (reply.status != 200 || (reply.body != "one" && reply.body != "two")) ++wrong;
                ++sent;
            }
        });
    for (int i = 0; i < 40; ++i) {
        const bool even = i % 2 == 0;
        gateway->applyAndWait(even ? second : first);
        const int before = sent;
        EXPECT_EQ(ask(address, "/").body, even ? "two" : "one");
        ASSERT_TRUE(eventually([&] { return sent > before; }));
    }
    stop = true;
    for (auto& client : clients) client.join();
    EXPECT_EQ(wrong, 0) << "of " << sent;
    EXPECT_EQ(gateway->state().generation, 41U);
    // Counters belong to the rule, not to the snapshot.
    EXPECT_TRUE(eventually([&] { return gateway->state().rules.at(0).requests >= static_cast<std::uint64_t>(sent); }));
}

TEST(Gateway, TheNewestOfManyAppliesWins) {
    Origin origin([](const std::string& path) { return path; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    std::atomic<int> wakes{0};
    gateway->setWake([&] { ++wakes; });
    const auto base = gatewayYaml() + backendYaml("web", origin.port());
    for (int i = 0; i < 50; ++i) gateway->apply(objects(base + routeYaml("r", fmt::format("/v{}", i), "web")));
    gateway->applyAndWait(objects(base + routeYaml("r", "/last", "web")));
    EXPECT_EQ(ask(addressOf(*gateway), "/last").status, 200);
    EXPECT_EQ(ask(addressOf(*gateway), "/v49").status, 404);
    EXPECT_LE(gateway->report()->generation, 51U);
    EXPECT_TRUE(eventually([&] { return static_cast<std::uint64_t>(wakes) == gateway->report()->generation; }));
}

TEST(Gateway, TellsOfAPortInUseAndTriesAgain) {
    Origin origin([](const std::string&) { return "served"; });
    Listening taken;
    auto gateway = started({});
    ASSERT_TRUE(gateway);
    const auto set = objects(gatewayYaml(taken.port()) + backendYaml("web", origin.port()) + routeYaml("r", "/", "web"));
    const auto report = gateway->applyAndWait(set);
    const auto* finding = findingOf(report, "GH4003");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->severity, config::Severity::Error);
    EXPECT_EQ(finding->object.display(), "Gateway default/gw");
    EXPECT_EQ(finding->fieldPath, "spec.listeners[0].port");
    EXPECT_EQ(finding->where.line, 7U);
    EXPECT_NE(finding->message.find(fmt::format("Port {} is in use", taken.port())), std::string::npos) << finding->message;
    ASSERT_EQ(gateway->state().listeners.size(), 1U);
    EXPECT_EQ(gateway->state().listeners[0].address, "");
    EXPECT_NE(gateway->state().listeners[0].error.find("--listen"), std::string::npos);
    const auto status = std::find_if(report.statuses.begin(), report.statuses.end(),
                                     [](const auto& entry) { return entry.object.kind == "Gateway"; });
    ASSERT_NE(status, report.statuses.end());
    const auto& conditions = status->listeners.at(0).conditions;
    EXPECT_TRUE(std::any_of(conditions.begin(), conditions.end(),
                            [](const auto& condition) { return condition.reason == "PortUnavailable" && !condition.status; }));

    taken.close();
    const auto again = gateway->applyAndWait(set);
    EXPECT_EQ(findingOf(again, "GH4003"), nullptr);
    EXPECT_EQ(ask(addressOf(*gateway), "/").body, "served");
}

TEST(Gateway, FallsBackToAFreePortWhereAsked) {
    Origin origin([](const std::string&) { return "served"; });
    Listening taken;
    Options options;
    options.fallbackToFreePort = true;
    auto gateway = started(options);
    ASSERT_TRUE(gateway);
    const auto report = gateway->applyAndWait(
        objects(gatewayYaml(taken.port()) + backendYaml("web", origin.port()) + routeYaml("r", "/", "web")));
    const auto* finding = findingOf(report, "GH4003");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->severity, config::Severity::Info);
    EXPECT_EQ(ask(addressOf(*gateway), "/").body, "served");
}

TEST(Gateway, ClosesThePortsThatAreGone) {
    Origin origin([](const std::string&) { return "served"; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    gateway->applyAndWait(objects(gatewayYaml() + backendYaml("web", origin.port()) + routeYaml("r", "/", "web")));
    const auto address = addressOf(*gateway);
    ASSERT_EQ(ask(address, "/").status, 200);
    gateway->applyAndWait(objects(backendYaml("web", origin.port()).substr(4)));
    EXPECT_TRUE(gateway->state().listeners.empty());
    EXPECT_TRUE(eventually([&] { return ask(address, "/").status == 0; }));
}

TEST(Gateway, ABrokenRuleAnswersAloneAndIsCounted) {
    Origin origin([](const std::string&) { return "served"; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    gateway->applyAndWait(objects(gatewayYaml() + backendYaml("web", origin.port()) + routeYaml("good", "/good", "web") +
                                  routeYaml("bad", "/bad", "nowhere")));
    const auto address = addressOf(*gateway);
    EXPECT_EQ(ask(address, "/good").status, 200);
    EXPECT_EQ(ask(address, "/bad").status, 500);
    EXPECT_EQ(ask(address, "/other").status, 404);
    EXPECT_EQ(ask(address, "/good").status, 200);
    ASSERT_TRUE(eventually([&] { return gateway->state().requests == 4; }));
    EXPECT_EQ(gateway->state().responses5xx, 1U);
}

TEST(Gateway, AnEditAmongAThousandRoutesIsSeenAtOnce) {
    Origin one([](const std::string&) { return "one"; });
    Origin two([](const std::string&) { return "two"; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    const auto workspace = [&](const std::string& backend) {
        auto yaml = gatewayYaml() + backendYaml("one", one.port()) + backendYaml("two", two.port());
        for (int i = 0; i < 1000; ++i) yaml += routeYaml(fmt::format("r{}", i), fmt::format("/r{}", i), i == 500 ? backend : "one");
        return objects(yaml);
    };
    const auto before = workspace("one");
    const auto after = workspace("two");
    gateway->applyAndWait(before);
    const auto address = addressOf(*gateway);
    ASSERT_EQ(ask(address, "/r500").body, "one");
    const auto start = std::chrono::steady_clock::now();
    gateway->apply(after);
    int polls = 0;
    ASSERT_TRUE(eventually([&] {
        ++polls;
        return ask(address, "/r500").body == "two";
    }));
    const auto seen = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    ASSERT_TRUE(eventually([&] { return gateway->report()->generation == 2; }));
    std::printf("[ figures  ] edit in 1,000 routes: live on every worker after %.1f ms, seen by a client after %.1f ms (%d polls)\n",
                static_cast<double>(gateway->report()->duration.count()) / 1000, seen, polls);
    EXPECT_EQ(ask(address, "/r499").body, "one");
}

TEST(Gateway, ScrapesThePodsOfItsPools) {
    Origin pod([](const std::string& path) {
        return path == "/metrics" ? std::string("vllm:num_requests_waiting{model_name=\"m\"} 7\n"
                                                "vllm:num_requests_running{model_name=\"m\"} 3\n"
                                                "vllm:kv_cache_usage_perc{model_name=\"m\"} 0.5\n")
                                  : "pod " + path;
    });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    gateway->applyAndWait(objects(gatewayYaml() + fmt::format(R"(---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {{name: pool, namespace: default}}
spec:
  selector: {{matchLabels: {{app: vllm}}}}
  targetPorts: [{{number: 8000}}]
  endpointPickerRef: {{name: epp, port: {{number: 9002}}}}
---
apiVersion: v1
kind: Pod
metadata: {{name: vllm-0, namespace: default, labels: {{app: vllm}}, annotations: {{gatehouse.dev/port: "{}"}}}}
status: {{phase: Running, podIP: 127.0.0.1}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: r, namespace: default}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs: [{{group: inference.networking.k8s.io, kind: InferencePool, name: pool}}]
)", pod.port())));
    ASSERT_EQ(gateway->state().pods.size(), 1U);
    ASSERT_TRUE(eventually([&] { return gateway->state().pods.at(0).scrape == inference::ScrapeState::Fresh; }));
    const auto seen = gateway->state().pods.at(0);
    EXPECT_EQ(seen.pod, "default/vllm-0");
    EXPECT_EQ(seen.metrics.waiting, 7);
    EXPECT_EQ(seen.metrics.running, 3);
    EXPECT_EQ(seen.metrics.kvUse, 0.5);
    EXPECT_GE(seen.ageMillis, 0);
    EXPECT_EQ(ask(addressOf(*gateway), "/v1/models").body, "pod /v1/models");
    EXPECT_TRUE(eventually([&] { return gateway->state().pods.at(0).picks == 1; }));
}

TEST(Gateway, AdminEndpointShowsEverythingButSecrets) {
    Origin origin([](const std::string&) { return "served"; });
    auto options = freePort();
    options.admin = "127.0.0.1:0";
    auto gateway = started(options);
    ASSERT_TRUE(gateway);
    const auto admin = gateway->state().adminAddress;
    ASSERT_FALSE(admin.empty());
    EXPECT_EQ(ask(admin, "/healthz").status, 200);
    EXPECT_EQ(ask(admin, "/readyz").status, 503);
    EXPECT_EQ(ask(admin, "/config").status, 200);

    const std::string key = "sk-very-secret-value";
    gateway->applyAndWait(objects(gatewayYaml() + backendYaml("web", origin.port()) + routeYaml("r", "/web", "web") +
                                  routeYaml("llm", "/llm", "gpt") + R"(---
apiVersion: v1
kind: Secret
metadata: {name: key, namespace: default}
stringData: {Authorization: )" + key + R"(}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: gpt, namespace: default}
spec:
  type: AI
  ai:
    llm:
      host: 127.0.0.1
      port: 9
      openai:
        authToken: {kind: SecretRef, secretRef: {name: key}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: enrich, namespace: default}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: llm}]
  ai: {promptEnrichment: {prepend: [{role: system, content: hello}]}}
)"));
    EXPECT_EQ(ask(admin, "/readyz").status, 200);
    ASSERT_EQ(ask(addressOf(*gateway), "/nothing").status, 404);
    ASSERT_EQ(ask(addressOf(*gateway), "/web").status, 200);
    ASSERT_TRUE(eventually([&] { return gateway->recentRequests(10).size() == 2; }));

    const auto config = ask(admin, "/config");
    const auto read = json::parse(config.body);
    EXPECT_EQ(read["generation"], 1);
    EXPECT_EQ(read["rules"].size(), 2U);
    EXPECT_EQ(read["rules"][1]["policies"][0]["from"], "TrafficPolicy default/enrich");
    EXPECT_EQ(read["rules"][1]["backends"][0]["provider"]["auth"], "key (hidden)");
    EXPECT_FALSE(read["statuses"].empty());

    const auto metrics = ask(admin, "/metrics");
    EXPECT_NE(metrics.head.find("text/plain; version=0.0.4"), std::string::npos);
    for (const std::string line : {"gatehouse_requests_total 2\n", "gatehouse_responses_total{class=\"2xx\"} 1\n",
                                   "gatehouse_config_generation 1\n",
                                   "gatehouse_rule_requests_total{route=\"default/r\",rule=\"HTTPRoute/default/r/rules/0\"} 1\n",
                                   "gatehouse_listener_up{port=\"80\"", "gatehouse_request_duration_seconds_count 2\n",
                                   "gatehouse_limit_hits_total{limit=\"head-size\"} 0\n", "gatehouse_endpoint_requests_total{cluster=",
                                   "# TYPE gen_ai_client_token_usage histogram\n"})
        EXPECT_NE(metrics.body.find(line), std::string::npos) << line << "\n" << metrics.body;

    const auto requests = json::parse(ask(admin, "/requests?limit=1").body);
    ASSERT_EQ(requests["requests"].size(), 1U);
    EXPECT_EQ(requests["requests"][0]["path"], "/web");
    EXPECT_FALSE(requests["requests"][0]["steps"].empty());
    EXPECT_EQ(ask(admin, "/requests?limit=x").status, 400);
    EXPECT_TRUE(json::parse(ask(admin, "/pools").body)["pools"].empty());

    const auto endpoints = json::parse(ask(admin, "/endpoints").body)["backends"];
    ASSERT_EQ(endpoints.size(), 2U);
    const auto& web = endpoints[0];
    EXPECT_EQ(web["balance"], "least request");
    EXPECT_EQ(web["panic"], false);
    ASSERT_EQ(web["endpoints"].size(), 1U);
    EXPECT_EQ(web["endpoints"][0]["state"], "in");
    EXPECT_EQ(web["endpoints"][0]["requests"], 1);
    EXPECT_EQ(web["endpoints"][0]["failures"], 0);
    EXPECT_GT(web["endpoints"][0]["latencyMicros"], 0);
    EXPECT_EQ(web["connections"], 1);

    const auto limits = json::parse(ask(admin, "/limits").body);
    EXPECT_GT(limits["limits"].size(), 30U);
    EXPECT_EQ(limits["limits"][0]["name"], "connections");
    EXPECT_EQ(limits["limits"][0]["value"], "10,000");
    EXPECT_EQ(limits["limits"][0]["count"], 0);
    EXPECT_TRUE(limits["limits"][0]["last"].is_null());
    EXPECT_TRUE(limits["refusals"].empty());
    EXPECT_EQ(ask(admin, "/nothing").status, 404);
    EXPECT_EQ(ask(admin, "/config", "localhost", "POST").status, 405);
    EXPECT_EQ(ask(admin, "/config", "evil.example").status, 403);
    EXPECT_EQ(ask(admin, "/healthz", "localhost", "HEAD").body, "");
    for (const auto* page : {"/config", "/metrics", "/requests", "/pools", "/endpoints", "/limits"})
        EXPECT_EQ(ask(admin, page).body.find(key), std::string::npos) << page;
}

TEST(Gateway, RefusesToShowItselfToTheNetwork) {
    for (const auto& [bind, code] : std::vector<std::pair<std::string, std::string>>{
             {"0.0.0.0:0", "admin-not-loopback"}, {"[::]:0", "admin-not-loopback"}, {"example.com:1", "bad-address"},
             {"127.0.0.1", "bad-address"}, {"127.0.0.1:99999", "bad-address"}}) {
        Options options;
        options.admin = bind;
        const auto gateway = Gateway::start(options);
        ASSERT_FALSE(gateway.has_value()) << bind;
        EXPECT_EQ(gateway.error().code, code) << bind;
    }
    Listening taken;
    Options options;
    options.admin = fmt::format("127.0.0.1:{}", taken.port());
    const auto gateway = Gateway::start(options);
    ASSERT_FALSE(gateway.has_value());
    EXPECT_EQ(gateway.error().code, "port-in-use");
}

TEST(Gateway, PicksForOthersWhereAskedAndSaysWhyItCannot) {
    auto options = freePort();
    options.picker = "127.0.0.1:0";
    auto gateway = started(std::move(options));
    ASSERT_TRUE(gateway);
    const auto address = gateway->state().pickerAddress;
    ASSERT_TRUE(address.starts_with("127.0.0.1:")) << address;
    EXPECT_NE(address, "127.0.0.1:0");

    auto taken = freePort();
    taken.picker = address;
    const auto second = Gateway::start(std::move(taken));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "port-in-use");
    auto wrong = freePort();
    wrong.picker = "nonsense";
    const auto third = Gateway::start(std::move(wrong));
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, "bad-address");

    gateway->stop(std::chrono::milliseconds(1'000));
    gateway->stop(std::chrono::milliseconds(1'000));
    EXPECT_EQ(ask(address, "/").status, 0) << "nobody listens any more";
    EXPECT_TRUE(started(freePort())->state().pickerAddress.empty());
}

TEST(Gateway, WritesTheAccessLogAndStopsTwice) {
    Origin origin([](const std::string&) { return "served"; });
    const auto path = std::filesystem::temp_directory_path() / fmt::format("gatehouse-gateway-{}.log", ::getpid());
    auto options = freePort();
    options.accessLogFile = path.string();
    auto gateway = started(options);
    ASSERT_TRUE(gateway);
    gateway->applyAndWait(objects(gatewayYaml() + backendYaml("web", origin.port()) + routeYaml("r", "/", "web")));
    const auto address = addressOf(*gateway);
    for (int i = 0; i < 3; ++i) ASSERT_EQ(ask(address, "/x").status, 200);
    gateway->stop(std::chrono::seconds(2));
    gateway->stop(std::chrono::seconds(2));
    EXPECT_FALSE(gateway->state().running);
    EXPECT_EQ(ask(address, "/x").status, 0);
    gateway->apply(objects(gatewayYaml()));
    EXPECT_EQ(gateway->applyAndWait(objects(gatewayYaml())).generation, 0U);
    gateway.reset();
    std::ifstream in(path);
    std::string line;
    int lines = 0;
    while (std::getline(in, line)) {
        EXPECT_EQ(json::parse(line)["path"], "/x");
        ++lines;
    }
    EXPECT_EQ(lines, 3);
    std::filesystem::remove(path);
}

TEST(Gateway, AnAccessLogThatCannotBeOpenedIsAnErrorAtStart) {
    Options options;
    options.accessLogFile = "/nonexistent/folder/x.log";
    const auto gateway = Gateway::start(options);
    ASSERT_FALSE(gateway.has_value());
    EXPECT_EQ(gateway.error().code, "access-log");
}

/// Sends bytes as they are and reads until the answer's head is there.
std::string askRaw(const std::string& address, const std::string& request) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string answer;
    if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 && ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
        char bytes[4096];
        while (answer.find("\r\n\r\n") == std::string::npos) {
            const auto count = ::recv(fd, bytes, sizeof bytes, 0);
            if (count <= 0) break;
            answer.append(bytes, static_cast<std::size_t>(count));
        }
    }
    ::close(fd);
    return answer;
}

TEST(Gateway, KeepsTheHeadOfARequestButNothingSecret) {
    Origin origin([](const std::string&) { return "ok"; });
    auto options = freePort();
    options.admin = "127.0.0.1:0";
    auto gateway = started(std::move(options));
    ASSERT_TRUE(gateway);
    gateway->applyAndWait(objects(gatewayYaml() + backendYaml("web", origin.port()) + routeYaml("r", "/a", "web")));
    const auto answer = askRaw(addressOf(*gateway),
                               "GET /a//x?token=hush-1&y=2 HTTP/1.1\r\nHost: shop.example:99\r\nAuthorization: Bearer hush-2\r\n"
                               "Cookie: s=hush-3\r\nProxy-Authorization: hush-4\r\nX-Api-Key: hush-5\r\nX-Team: blue\r\n\r\n");
    ASSERT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
    std::vector<telemetry::RequestRecord> records;
    ASSERT_TRUE(eventually([&] { return gateway->drainRequests(10, records) > 0; }));
    const auto& record = records.front();
    ASSERT_TRUE(record.head);
    EXPECT_EQ(record.head->target(), "/a//x?token=(hidden)&y=2");
    EXPECT_EQ(record.port, kPort);
    EXPECT_EQ(record.path.find("hush"), std::string::npos) << record.path;
    const auto admin = gateway->state().adminAddress;
    const auto page = ask(admin, "/requests").body;
    EXPECT_EQ(page.find("hush"), std::string::npos) << page;
    const auto head = json::parse(page)["requests"][0]["head"];
    std::map<std::string, std::string> fields;
    for (const auto& field : head["headers"]) fields[field["name"]] = field["value"];
    EXPECT_EQ(fields["Authorization"], "(hidden)");
    EXPECT_EQ(fields["Cookie"], "(hidden)");
    EXPECT_EQ(fields["Proxy-Authorization"], "(hidden)");
    EXPECT_EQ(fields["X-Api-Key"], "(hidden)");
    EXPECT_EQ(fields["X-Team"], "blue");
    EXPECT_FALSE(fields.contains("x-request-id")) << "as it came, before anything was added";

    // And the record is a question that explain answers as the request was.
    const auto question = telemetry::explainRequestFrom(page);
    ASSERT_TRUE(question) << question.error().message;
    const auto told = gateway->explain(*question);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->route, record.route);
    EXPECT_EQ(told->endpoint, record.endpoint);
}

std::string listenerSetYaml(std::uint16_t port) {
    return fmt::format(R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {{name: more, namespace: default}}
spec:
  parentRef: {{group: gateway.networking.k8s.io, kind: Gateway, name: gw}}
  listeners:
    - {{name: extra, protocol: HTTP, port: {}}}
)", port);
}

TEST(Gateway, TellsOfAListenerSetsPortThatCannotBeBoundAndOfTheAddressesThatAre) {
    Listening taken;
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    auto yaml = gatewayYaml();
    yaml.replace(yaml.find("spec:\n"), 6, "spec:\n  allowedListeners: {namespaces: {from: Same}}\n");
    const auto report = gateway->applyAndWait(objects(yaml + listenerSetYaml(taken.port())));
    const auto* finding = findingOf(report, "GH4003");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->object.display(), "ListenerSet default/more");
    EXPECT_EQ(finding->fieldPath, "spec.listeners[0].port");
    const auto statusOf = [&](const std::string& kind) {
        const auto found = std::find_if(report.statuses.begin(), report.statuses.end(), [&](const auto& entry) { return entry.object.kind == kind; });
        return found == report.statuses.end() ? config::ObjectStatus{} : *found;
    };
    const auto set = statusOf("ListenerSet");
    ASSERT_EQ(set.listeners.size(), 1U);
    const auto reasonOf = [](const std::vector<config::Condition>& conditions, const std::string& type) {
        for (const auto& condition : conditions)
            if (condition.type == type) return condition.reason + (condition.status ? " True" : " False");
        return std::string();
    };
    EXPECT_EQ(reasonOf(set.listeners[0].conditions, "Accepted"), "PortUnavailable False");
    EXPECT_EQ(reasonOf(set.conditions, "Programmed"), "ListenersNotValid False");
    const auto gatewayStatus = statusOf("Gateway");
    EXPECT_EQ(reasonOf(gatewayStatus.conditions, "Programmed"), "Programmed True");
    EXPECT_EQ(gatewayStatus.addresses, (std::vector<std::pair<std::string, std::string>>{{"IPAddress", "127.0.0.1"}}));
}

TEST(Gateway, ShowsThePodsOfAPoolAmongTheEndpoints) {
    Origin pod([](const std::string&) { return "pod"; });
    auto gateway = started(freePort());
    ASSERT_TRUE(gateway);
    gateway->applyAndWait(objects(gatewayYaml() + fmt::format(R"(---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {{name: chat, namespace: default}}
spec:
  selector: {{matchLabels: {{app: chat}}}}
  targetPorts: [{{number: {}}}]
  endpointPickerRef: {{name: epp, port: {{number: 9002}}}}
---
apiVersion: v1
kind: Pod
metadata: {{name: chat-0, namespace: default, labels: {{app: chat}}}}
status: {{podIP: 127.0.0.1, phase: Running}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: r, namespace: default}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs: [{{group: inference.networking.k8s.io, kind: InferencePool, name: chat}}]
)", pod.port())));
    const auto state = gateway->state();
    ASSERT_EQ(state.clusters.size(), 1U);
    EXPECT_EQ(state.clusters[0].name, "InferencePool default/chat");
    EXPECT_EQ(state.clusters[0].balance, "load of the pods");
    ASSERT_EQ(state.clusters[0].endpoints.size(), 1U);
    EXPECT_EQ(state.clusters[0].endpoints[0].health.podName, "default/chat-0");
    EXPECT_EQ(ask(addressOf(*gateway), "/").body, "pod");
    EXPECT_TRUE(eventually([&] { return gateway->state().clusters.at(0).endpoints.at(0).health.requests == 1; }));
    // Its /metrics are no metrics: the reason is told.
    EXPECT_TRUE(eventually([&] { return !gateway->state().clusters.at(0).endpoints.at(0).health.reason.empty(); }));
}

}  // namespace
}  // namespace gatehouse::gateway
