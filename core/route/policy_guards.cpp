#include "route/policy_guards.h"

#include "llm/guard_chain.h"

#include <algorithm>

namespace gatehouse::route {
namespace {

bool ofModels(const Backend& backend) { return backend.kind == BackendKind::Llm || backend.kind == BackendKind::InferencePool; }

/// Guards of `origin`; null where there is none.
std::shared_ptr<llm::GuardChain> pick(const llm::LlmPolicy* policy, const std::string& origin) {
    if (policy == nullptr || !policy->guards) return nullptr;
    auto out = std::make_shared<llm::GuardChain>();
    const auto take = [&](const std::vector<llm::Guard>& from, std::vector<llm::Guard>& to) {
        for (const auto& guard : from)
            if (guard.origin == origin) to.push_back(guard);
    };
    take(policy->guards->requests, out->requests);
    take(policy->guards->answers, out->answers);
    return out->empty() ? nullptr : out;
}

void noteServices(const llm::GuardChain& chain, std::vector<std::string>& names) {
    const auto note = [&](const std::vector<llm::Guard>& guards) {
        for (const auto& guard : guards)
            if (guard.service && std::find(names.begin(), names.end(), guard.service->name) == names.end()) names.push_back(guard.service->name);
    };
    note(chain.requests);
    note(chain.answers);
}

}  // namespace

PolicyGuards guardsOfPolicy(const Snapshot& snapshot, const config::ObjectKey& policy) {
    PolicyGuards out;
    const auto origin = policy.display();
    for (const auto& rule : snapshot.rules) {
        if (!rule->broken.empty() || !rule->llm) continue;
        const auto first = std::find_if(rule->backends.begin(), rule->backends.end(), ofModels);
        if (first == rule->backends.end()) continue;
        const bool named = std::any_of(rule->provenance.begin(), rule->provenance.end(), [&](const Provenance& entry) { return entry.effective && entry.origin == policy; });
        auto chain = pick(rule->llmPolicy.get(), origin);
        auto place = static_cast<std::size_t>(first - rule->backends.begin());
        for (std::size_t i = 0; !chain && i < rule->backends.size(); ++i) {
            const auto& backend = rule->backends[i];
            if (!ofModels(backend)) continue;
            if (backend.targets) {
                for (const auto& target : *backend.targets)
                    if (!chain) chain = pick(target.provider->policy.get(), origin);
            } else if (backend.provider) {
                chain = pick(backend.provider->policy.get(), origin);
            }
            if (chain) place = i;
        }
        if (!chain && !(named && out.rule.empty())) continue;
        out.rule = rule->id;
        out.backend = place;
        if (!chain) continue;  // It says something else for this rule; another one may have its guards.
        noteServices(*chain, out.services);
        auto made = std::make_shared<llm::LlmPolicy>();
        made->guards = std::move(chain);
        out.policy = std::move(made);
        break;
    }
    return out;
}

}  // namespace gatehouse::route
