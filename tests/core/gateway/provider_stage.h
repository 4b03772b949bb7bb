// A whole gateway over YAML with providers on loopback: for tests of keys and of failover. Everything has a deadline.
#pragma once

#include "config/workspace.h"
#include "core/gateway/provider_fixture.h"
#include "gateway/gateway.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

namespace gatehouse::test {

inline std::string stageYaml(std::string_view more, std::string_view routeAnnotations = "{}") {
    return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  gatewayClassName: kgateway
  listeners: [{{name: http, protocol: HTTP, port: 80}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: chat, annotations: {}}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: ai}}]
---
{})", routeAnnotations, more);
}

class ProviderStage : public ::testing::Test {
  protected:
    void serve(const std::string& yaml) {
        if (!gateway) {
            gateway::Options options;
            options.listen[80] = "127.0.0.1:0";
            options.admin = "127.0.0.1:0";
            options.workers = 1;
            auto started = gateway::Gateway::start(std::move(options));
            ASSERT_TRUE(started) << started.error().message;
            gateway = std::move(*started);
        }
        report = gateway->applyAndWait(config::readObjects({{"test.yaml", yaml}}));
        const auto state = gateway->state();
        ASSERT_EQ(state.listeners.size(), 1U);
        const auto& address = state.listeners.front().address;
        port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    }
    Message post(std::string_view body, std::string_view path = "/v1/chat/completions", std::string_view extra = "") const {
        auto wire = Wire::connect(port);
        wire.send(jsonPost(path, body, extra));
        return readMessage(wire);
    }
    Message chat() const { return post(R"({"model":"gpt-4o","messages":[{"role":"user","content":"hi"}]})"); }
    Message streamedChat() const { return post(R"({"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hi"}]})"); }
    std::string admin(std::string_view path) const {
        const auto address = gateway->state().adminAddress;
        auto wire = Wire::connect(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
        wire.send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path));
        return readMessage(wire).body;
    }
    nlohmann::json providers() const { return nlohmann::json::parse(admin("/providers"))["providers"]; }
    /// The newest request that is finished, once there are `count`.
    telemetry::RequestRecord record(std::size_t count) const {
        EXPECT_TRUE(eventually([&] { return gateway->recentRequests(1000).size() >= count; }));
        const auto all = gateway->recentRequests(1);
        return all.empty() ? telemetry::RequestRecord{} : all.front();
    }
    static std::string stepsOf(const telemetry::RequestRecord& record, std::string_view stage) {
        std::string out;
        for (const auto& step : record.steps)
            if (step.stage == stage) out += fmt::format("{}: {}\n", step.subject, step.detail);
        return out;
    }

    std::unique_ptr<gateway::Gateway> gateway;
    gateway::ApplyReport report;
    std::uint16_t port = 0;
};

}  // namespace gatehouse::test
