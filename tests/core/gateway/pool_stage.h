// A data plane with one LLM rule, whose backend is a pool of the given ports of this machine. Pods are scraped by hand.
#pragma once

#include "core/gateway/data_plane_fixture.h"

#include <functional>

namespace gatehouse::test {

class PoolStage : public DataPlaneTest {
  protected:
    /// `by` null: picked by scores.
    void serve(const std::vector<std::uint16_t>& ports, std::shared_ptr<inference::Scheduler> by, const std::function<void(route::Backend&)>& change = {},
               gateway::DataPlaneOptions options = {}) {
        for (const auto port : ports) {
            const auto name = "default/pod-" + std::to_string(all.size());
            all.push_back(pods.get("pool", name, registry.get("pool", "127.0.0.1", port, name), "127.0.0.1", port));
        }
        start(std::move(options));
        if (!HasFatalFailure()) swapTo(std::move(by), change);
    }
    /// The same pods, otherwise anew.
    void swapTo(std::shared_ptr<inference::Scheduler> by, const std::function<void(route::Backend&)>& change = {}) {
        route::Rule rule;
        rule.llm = true;
        auto& backend = rule.backends.emplace_back();
        backend.counters = std::make_shared<route::BackendCounters>();
        backend.kind = route::BackendKind::InferencePool;
        backend.id = backend.name = "pool";
        backend.pool = pool = std::make_shared<inference::Pool>("pool", "default/chat", all, inference::PickerOptions{}, std::move(by));
        if (change) change(backend);
        plane->swap(Routes(registry).add("", std::move(rule)).snapshot());
    }
    Message ask(const std::string& body, std::string_view extra = "") { return post("/v1/chat/completions", body, extra); }

    inference::PodRegistry pods;
    std::vector<std::shared_ptr<inference::Pod>> all;
    std::shared_ptr<inference::Pool> pool;
};

}  // namespace gatehouse::test
