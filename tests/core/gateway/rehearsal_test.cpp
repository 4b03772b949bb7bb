// Rules rehearsed with simulated providers: drills whose outcomes are what the fault drills of the data plane demand, texts tried on services
// of guards, and nothing real that is asked.
#include "core/gateway/provider_fixture.h"
#include "config/workspace.h"
#include "gateway/fault_drill.h"
#include "gateway/guard_trial.h"
#include "route/policy_guards.h"
#include "route/translate.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace gatehouse::test {
namespace {

using gateway::DrillOutcome;
using lab::ProviderFault;
using Json = nlohmann::json;

constexpr char kRoute[] = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: kgateway
  listeners: [{name: http, protocol: HTTP, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: gw}]
  rules:
    - backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: ai}]
---
)";
/// Providers that would be reached over TLS, with keys that are not there: a rehearsal asks for neither.
constexpr char kTwo[] = R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai}
spec:
  type: AI
  ai:
    priorityGroups:
    - providers: [{name: first, anthropic: {authToken: {kind: Inline, inline: "env:none-of-this"}, model: claude-x}}]
    - providers: [{name: second, openai: {authToken: {kind: Inline, inline: "env:none-of-that"}, model: gpt-4o}}]
)";
constexpr char kOne[] = R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai}
spec: {type: AI, ai: {llm: {openai: {authToken: {kind: Inline, inline: "env:none-of-this"}, model: gpt-4o}}}}
)";

std::shared_ptr<const config::ObjectSet> read(const std::string& yaml) { return config::readObjects({{"all.yaml", yaml}}); }

TEST(Rehearsal, NamesTheRulesThatLeadToModels) {
    const auto objects = read(std::string(kRoute) + kTwo);
    const auto rules = gateway::rehearsalRules(*objects);
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_TRUE(rules[0].id.find("HTTPRoute") != std::string::npos) << rules[0].id;
    EXPECT_EQ(rules[0].backends, std::vector<std::string>{"Backend default/ai"});
    EXPECT_TRUE(gateway::rehearsalRules(*read(kRoute)).empty()) << "the Backend is not there";
    EXPECT_FALSE(gateway::Rehearsal::start(*objects, "HTTPRoute/default/other/rules/0", 0, {}));
    EXPECT_FALSE(gateway::Rehearsal::start(*objects, rules[0].id, 3, {}));
}

TEST(Rehearsal, AsksSimulatedProvidersInTheirDialects) {
    const auto objects = read(std::string(kRoute) + kTwo);
    const auto rule = gateway::rehearsalRules(*objects).front();
    auto stage = gateway::Rehearsal::start(*objects, rule.id, 0, {});
    ASSERT_TRUE(stage) << stage.error().message;
    ASSERT_EQ((*stage)->targets().size(), 2U);
    EXPECT_EQ((*stage)->targets()[0].dialect, "anthropic-messages");
    for (const bool streams : {false, true}) {
        const auto answer = (*stage)->send("/v1/chat/completions", std::string(R"({"model":"m","messages":[{"role":"user","content":"hi"}])") + (streams ? R"(,"stream":true})" : "}"), std::chrono::seconds(10));
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_TRUE(answer.whole);
        EXPECT_NE(answer.body.find(streams ? "from a simulated provider." : lab::FaultyProvider::kText), std::string::npos) << answer.body;
        ASSERT_TRUE(answer.record);
        EXPECT_EQ(answer.record->provider, "first");
        EXPECT_EQ(answer.record->providerDialect, "anthropic-messages");
    }
    EXPECT_NE((*stage)->targets()[0].server->lastBody().find("max_tokens"), std::string::npos) << "as Anthropic wants it";
}

/// What each fault comes to: with a second provider to turn to, and without.
struct Wanted {
    ProviderFault fault;
    DrillOutcome two, one;
    bool leftOut = true;
};
const Wanted kWanted[] = {
    {ProviderFault::RateLimited, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::RateLimitedRetryAfter, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::ServerError, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::Overloaded, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::Refused, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::Reset, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::Silence, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::SlowFirstToken, DrillOutcome::AnotherAnswered, DrillOutcome::ClientTold},
    {ProviderFault::Stall, DrillOutcome::ClientTold, DrillOutcome::ClientTold},
    {ProviderFault::BadFraming, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::BadFirstEvent, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::BadFramingLater, DrillOutcome::ClientTold, DrillOutcome::ClientTold},
    {ProviderFault::ErrorEvent, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::EmptyStream, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::Html, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::BrokenHead, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::ContextTooLong, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered, false},
    {ProviderFault::Unauthorized, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered},
    {ProviderFault::Forbidden, DrillOutcome::AnotherAnswered, DrillOutcome::ErrorAnswered, false},
    {ProviderFault::BadRequest, DrillOutcome::ErrorAnswered, DrillOutcome::ErrorAnswered, false},
    {ProviderFault::CutStream, DrillOutcome::ClientTold, DrillOutcome::ClientTold},
    {ProviderFault::EndWithoutEnd, DrillOutcome::ClientTold, DrillOutcome::ClientTold},
};

TEST(FaultDrillOfAConfiguration, SaysWhatEachFaultLeadsTo) {
    EXPECT_EQ(std::size(kWanted), lab::faultCases().size());
    std::set<std::string> names;
    for (const auto& one : lab::faultCases()) {
        EXPECT_TRUE(names.insert(one.name).second) << one.name;
        EXPECT_EQ(lab::findFaultCase(one.name), &one);
    }
    for (const bool two : {true, false}) {
        const auto objects = read(std::string(kRoute) + (two ? kTwo : kOne));
        gateway::Drill drill;
        drill.ruleId = gateway::rehearsalRules(*objects).front().id;
        std::size_t told = 0;
        drill.told = [&](const gateway::DrillLine&) { ++told; };
        const auto report = gateway::runDrill(*objects, drill);
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_EQ(report->targets.size(), two ? 2U : 1U);
        EXPECT_EQ(told, report->lines.size());
        ASSERT_EQ(report->lines.size(), std::size(kWanted));
        for (const auto& line : report->lines) {
            SCOPED_TRACE(fmt::format("{}, {} providers: {}", line.fault->title, two ? 2 : 1, line.detail));
            const auto wanted = std::find_if(std::begin(kWanted), std::end(kWanted), [&](const Wanted& one) { return one.fault == line.fault->fault; });
            ASSERT_NE(wanted, std::end(kWanted));
            EXPECT_EQ(gateway::drillOutcomeName(line.outcome), gateway::drillOutcomeName(two ? wanted->two : wanted->one)) << line.status;
            if (line.outcome == DrillOutcome::AnotherAnswered) {
                EXPECT_EQ(line.answeredBy, "second");
                EXPECT_FALSE(line.detail.empty());
            }
            if (two && line.outcome == DrillOutcome::AnotherAnswered) {
                EXPECT_EQ(line.leftOut, wanted->leftOut);
            }
        }
    }
}

TEST(FaultDrillOfAConfiguration, FollowsTheRouteThatBeginsStreamsAnew) {
    auto yaml = std::string(kRoute) + kTwo;
    yaml.replace(yaml.find("metadata: {name: chat}"), 22, "metadata: {name: chat, annotations: {gatehouse.dev/restart-streams: \"true\"}}");
    const auto objects = read(yaml);
    gateway::Drill drill;
    drill.ruleId = gateway::rehearsalRules(*objects).front().id;
    drill.faults = {ProviderFault::CutStream, ProviderFault::Stall};
    const auto report = gateway::runDrill(*objects, drill);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->lines.size(), 2U);
    for (const auto& line : report->lines) EXPECT_EQ(gateway::drillOutcomeName(line.outcome), "began-anew") << line.detail;
}

TEST(FaultDrillOfAConfiguration, CoversPoolsAndStopsWhenTold) {
    const auto objects = read(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec: {gatewayClassName: kgateway, listeners: [{name: http, protocol: HTTP, port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: vllm}]}]
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: vllm}
spec: {selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}], endpointPickerRef: {name: epp, port: {number: 9002}}}
)");
    const auto rules = gateway::rehearsalRules(*objects);
    ASSERT_EQ(rules.size(), 1U);
    gateway::Drill drill;
    drill.ruleId = rules.front().id;
    drill.faults = {ProviderFault::Refused, ProviderFault::Reset, ProviderFault::ServerError};
    const auto report = gateway::runDrill(*objects, drill);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->lines.size(), 3U);
    // In the order of the table, whatever was asked for first.
    EXPECT_EQ(gateway::drillOutcomeName(report->lines[0].outcome), "error-answered") << report->lines[0].detail;
    EXPECT_EQ(gateway::drillOutcomeName(report->lines[1].outcome), "another-answered") << report->lines[1].detail;
    EXPECT_EQ(report->lines[1].answeredBy, "pod 2");
    EXPECT_EQ(gateway::drillOutcomeName(report->lines[2].outcome), "error-answered") << report->lines[2].detail;
    drill.stopped = [] { return true; };
    const auto none = gateway::runDrill(*objects, drill);
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->lines.empty());
}

// ---- Guards

/// kgateway's webhook: masks "secret", refuses "forbidden".
struct Hook {
    std::atomic<int> asked{0};
    Recorder server{[this](const Message& request) {
        ++asked;
        auto body = Json::parse(request.body)["body"];
        const bool answer = body.contains("choices");
        bool masks = false;
        for (auto& item : body[answer ? "choices" : "messages"]) {
            auto& content = answer ? item["message"]["content"] : item["content"];
            auto text = content.get<std::string>();
            if (text.find("forbidden") != std::string::npos) return jsonAnswer(Json{{"action", {{"body", "Not here."}, {"status_code", 422}, {"reason", "a word"}}}}.dump());
            for (auto at = text.find("secret"); at != std::string::npos; at = text.find("secret")) text.replace(at, 6, "***"), masks = true;
            content = text;
        }
        return jsonAnswer(masks ? Json{{"action", {{"body", body}}}}.dump() : R"({"action":{}})");
    }};
};

std::string guarded(std::uint16_t port) {
    return std::string(kRoute) + kTwo + fmt::format(R"(---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {{name: guards}}
spec:
  targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}}]
  ai:
    promptGuard:
      request: {{webhook: {{host: {{host: 127.0.0.1, port: {0}}}}}}}
      response: {{webhook: {{host: {{host: 127.0.0.1, port: {0}}}}}}}
)", port);
}

TEST(GuardTrial, ReallyAsksTheServicesAndNobodyElse) {
    Hook hook;
    const auto objects = read(guarded(hook.server.port()));
    route::Runtime runtime;
    const auto guards = route::guardsOfPolicy(*route::translate(*objects, runtime, 1).snapshot, {"gateway.kgateway.dev", "TrafficPolicy", "default", "guards"});
    ASSERT_FALSE(guards.rule.empty());
    ASSERT_EQ(guards.services.size(), 1U);
    EXPECT_NE(guards.services[0].find(std::to_string(hook.server.port())), std::string::npos) << guards.services[0];
    ASSERT_TRUE(guards.policy && guards.policy->guards);
    const auto masked = gateway::tryGuards(*objects, {guards.rule, guards.backend, false, "a secret \"word\""});
    ASSERT_TRUE(masked) << masked.error().message;
    EXPECT_FALSE(masked->rejected);
    EXPECT_NE(masked->upstream.find("a *** \\\"word\\\""), std::string::npos) << masked->upstream;
    ASSERT_EQ(masked->findings.size(), 1U);
    EXPECT_EQ(masked->findings[0].outcome, llm::GuardOutcome::Masked);
    const auto refused = gateway::tryGuards(*objects, {guards.rule, guards.backend, false, "forbidden"});
    ASSERT_TRUE(refused);
    EXPECT_TRUE(refused->rejected);
    EXPECT_EQ(refused->status, 422);
    EXPECT_NE(refused->client.find("Not here."), std::string::npos) << refused->client;
    EXPECT_TRUE(refused->upstream.empty()) << "no provider was asked";
    const auto answer = gateway::tryGuards(*objects, {guards.rule, guards.backend, true, "the secret is out"});
    ASSERT_TRUE(answer);
    EXPECT_NE(answer->client.find("the *** is out"), std::string::npos) << answer->client;
    ASSERT_EQ(answer->findings.size(), 1U);
    EXPECT_TRUE(answer->findings[0].answer);
}

TEST(GuardTrial, ADrillAsksNoService) {
    Hook hook;
    const auto objects = read(guarded(hook.server.port()));
    gateway::Drill drill;
    drill.ruleId = gateway::rehearsalRules(*objects).front().id;
    drill.faults = {ProviderFault::ServerError};
    ASSERT_TRUE(gateway::runDrill(*objects, drill));
    EXPECT_EQ(hook.asked, 0);
}

TEST(GuardTrial, FindsGuardsOfAgentgatewaysPolicies) {
    const auto objects = read(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec: {gatewayClassName: agentgateway, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{group: agentgateway.dev, kind: AgentgatewayBackend, name: ai}]}]
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: {name: ai}
spec: {ai: {provider: {openai: {}}}}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {name: p}
spec:
  targetRefs: [{group: agentgateway.dev, kind: AgentgatewayBackend, name: ai}]
  backend: {ai: {promptGuard: {request: [{regex: {builtins: [CreditCard], action: Mask}}]}}}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {name: elsewhere}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: none}]
  backend: {ai: {promptGuard: {request: [{regex: {builtins: [CreditCard], action: Mask}}]}}}
)");
    route::Runtime runtime;
    const auto snapshot = route::translate(*objects, runtime, 1).snapshot;
    const auto guards = route::guardsOfPolicy(*snapshot, {"agentgateway.dev", "AgentgatewayPolicy", "default", "p"});
    ASSERT_TRUE(guards.policy && guards.policy->guards);
    EXPECT_EQ(guards.policy->guards->requests.size(), 1U);
    EXPECT_TRUE(guards.services.empty());
    const auto none = route::guardsOfPolicy(*snapshot, {"agentgateway.dev", "AgentgatewayPolicy", "default", "elsewhere"});
    EXPECT_EQ(none.policy, nullptr);
    EXPECT_TRUE(none.rule.empty());
    const auto tried = gateway::tryGuards(*objects, {guards.rule, guards.backend, false, "4111 1111 1111 1111"});
    ASSERT_TRUE(tried) << tried.error().message;
    EXPECT_EQ(tried->upstream.find("4111"), std::string::npos) << tried->upstream;
}

}  // namespace
}  // namespace gatehouse::test
