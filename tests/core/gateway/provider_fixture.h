// What tests with AI providers on loopback share: one that remembers what it was sent, answers as JSON and as streams, and an AI Backend
// of such providers, made by hand.
#pragma once

#include "core/gateway/data_plane_fixture.h"

#include <fmt/format.h>

#include <mutex>
#include <string>
#include <vector>

namespace gatehouse::test {

/// Answers each request, one at a time, and keeps what it was sent.
class Recorder {
  public:
    using Answer = std::function<std::string(const Message&)>;
    explicit Recorder(Answer answer)
        : origin_(Origin::answering([this, answer = std::move(answer)](const Message& request) {
              const std::lock_guard lock(mutex_);
              seen_.push_back(request);
              return answer(request);
          })) {}
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

inline const std::string kStreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
/// Events in one chunk; without the last chunk where it is not `whole`.
inline std::string streamAnswer(std::string_view events, bool whole = true) { return kStreamHead + chunk(events) + (whole ? "0\r\n\r\n" : ""); }

inline const std::string kClaudeAnswer =
    R"({"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Bonjour"}],)"
    R"("stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":4}})";
inline const std::string kGptAnswer =
    R"({"id":"c1","object":"chat.completion","created":1,"model":"gpt-x","choices":[{"index":0,"finish_reason":"stop",)"
    R"("message":{"role":"assistant","content":"Hello"}}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}})";

/// A data plane with one rule: every path to an AI Backend.
class ProviderDataPlane : public DataPlaneTest {
  protected:
    route::LlmTarget target(const char* kind, std::uint16_t at, std::uint32_t group = 0, const char* name = "") {
        auto made = std::make_shared<llm::Provider>();
        made->kind = llm::findProviderKind(kind);
        made->name = *name != '\0' ? name : kind;
        made->auth = llm::UpstreamAuth::Bearer;
        if (made->kind->auth == llm::AuthScheme::Header) {
            made->authHeader = made->kind->authHeader;
            made->authPrefix.clear();
        }
        made->token = secret::SecretValue(ownKey.empty() ? "key-of-" + made->name : ownKey);
        made->hostHeader = made->name + ".test";
        made->firstToken = firstToken;
        auto cluster = std::make_shared<upstream::Cluster>();
        cluster->id = cluster->name = "Backend/default/ai/" + made->name;
        cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", at, ""));
        upstream::BackendOptions options;
        options.outlier.successEnds = false;
        registry.cluster(cluster->id)->setOptions(options);
        return {made, cluster, group};
    }
    void serveTargets(std::vector<route::LlmTarget> targets, const gateway::DataPlaneOptions& options = {}) {
        route::Rule rule;
        rule.llm = true;
        rule.backends.emplace_back();
        auto& backend = rule.backends.back();
        backend.kind = route::BackendKind::Llm;
        backend.id = backend.name = "Backend default/ai";
        backend.counters = std::make_shared<route::BackendCounters>();
        backend.cluster = targets.front().cluster;
        backend.provider = targets.front().provider;
        if (targets.size() > 1) backend.targets = std::make_shared<const std::vector<route::LlmTarget>>(std::move(targets));
        serve(Routes(registry).add("", std::move(rule)), options);
    }

    std::string ownKey;  ///< That every provider is shown; empty: "key-of-" and its name.
    std::chrono::milliseconds firstToken{60'000};
};

}  // namespace gatehouse::test
