// A whole gateway over YAML with providers on loopback: for tests of keys and of failover. Everything has a deadline.
#pragma once

#include "config/workspace.h"
#include "core/gateway/data_plane_fixture.h"
#include "gateway/gateway.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace gatehouse::test {

/// Answers each request, and keeps what it was sent.
class Recorder {
  public:
    using Answer = std::function<std::string(const Message&)>;
    explicit Recorder(Answer answer)
        : origin_([this, answer = std::move(answer)](Wire& wire) {
              for (;;) {
                  const auto request = readMessage(wire);
                  if (request.head.empty()) return;
                  std::string body;
                  {
                      const std::lock_guard lock(mutex_);
                      seen_.push_back(request);
                  }
                  if (!wire.send(answer(request))) return;
              }
          }) {}
    std::uint16_t port() const { return origin_.port(); }
    std::string url(std::string_view path = "/") const { return fmt::format("http://127.0.0.1:{}{}", port(), path); }
    std::vector<Message> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Message> seen_;
    Origin origin_;
};

inline std::string jsonAnswer(std::string_view body, int status = 200, std::string_view extra = "") {
    return fmt::format("HTTP/1.1 {} X\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", status, extra, body.size(), body);
}
inline const std::string kGptAnswer =
    R"({"id":"c1","object":"chat.completion","created":1,"model":"gpt-x","choices":[{"index":0,"finish_reason":"stop",)"
    R"("message":{"role":"assistant","content":"Hello"}}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}})";

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
        wire.send(fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", path, extra, body.size(), body));
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
