#include "route/translate_extras.h"
#include "route/translate_models.h"

#include "route/diagnostic_codes.h"
#include "route/translate_filters.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

namespace ag = config::agentgateway;
using config::Severity;

std::string listenerKey(const config::ObjectKey& owner, std::string_view listener) { return fmt::format("{}#{}", owner.id(), listener); }

std::string placeText(const Listener& listener) { return fmt::format("{}/{}/{}", listener.gateway.ns, listener.gateway.name, listener.name); }

}  // namespace

ModelTranslator::ModelTranslator(TranslateContext& context, BackendResolver& backends, PolicyCompiler& policies, const AgentgatewayPolicies& agents,
                                 AgentRuleFinisher& agentRules)
    : context_(context), backends_(backends), policies_(policies), agents_(agents), agentRules_(agentRules) {
    for (const auto* object : context.ofKind(ag::kModelKind))
        if (auto spec = ag::decodeModel(*object)) known_.push_back({object, std::move(*spec)});
    std::stable_sort(known_.begin(), known_.end(), [](const Known& a, const Known& b) { return config::olderObject(*a.object, *b.object); });
    if (known_.empty()) return;
    std::unordered_map<std::string, std::vector<config::ObjectKey>> attached;
    for (const auto& attachment : ag::modelAttachments(context.objects))
        if (attachment.accepted) attached[listenerKey(attachment.owner, attachment.listener)].push_back(attachment.route);
    for (const auto& [listener, keys] : attached)
        for (const auto& known : known_)
            if (std::find(keys.begin(), keys.end(), known.object->key) != keys.end()) byListener_[listener].push_back(&known);
}

const ModelTranslator::Known* ModelTranslator::find(const config::ObjectKey& key) const {
    for (const auto& known : known_)
        if (known.object->key == key) return &known;
    return nullptr;
}

void ModelTranslator::fill(Listener& listener, const config::GatewaySpec& gateway, const BackendSite& site) {
    const auto attached = byListener_.find(listenerKey(listener.gateway, listener.name));
    if (attached == byListener_.end()) return;
    const Place place{listener, gateway, site};
    ModelTable::Parts parts;
    for (const auto* known : attached->second)
        if (!known->spec.isVirtual()) addModel(*known, place, parts);
    for (const auto* known : attached->second)
        if (known->spec.isVirtual()) addVirtual(*known, place, parts);
    parts.entry = entryOf(place);
    auto table = std::make_shared<const ModelTable>(std::move(parts));
    for (auto& rule : table->rules()) rules_.push_back(std::move(rule));
    listener.models = std::move(table);
}

void ModelTranslator::finish(Rule& rule, const Place& place, const config::ObjectKey& route, const Known* served) {
    rule.llm = true;
    rule.counters = context_.runtime.counters.rule(rule.id);
    const RuleSite site{route, {}, place.gateway.key, place.listener.name};
    const auto agents = agents_.forRule(site, place.listener.gateway);
    if (served != nullptr) {
        config::BackendRef ref;
        ref.group = config::kAgentgatewayGroup;
        ref.kind = ag::kModelKind;
        ref.ns = route.ns;
        ref.name = route.name;
        ref.at = config::FieldPath().key("spec");
        auto backend = backends_.resolve(*served->object, rule.id, ref, place.site, agents);
        backend.counters = context_.runtime.counters.backend(backend.id);
        if (served->spec.requestHeaders) backend.requestHeaders = compileHeaders(*served->spec.requestHeaders);
        if (served->spec.responseHeaders) backend.responseHeaders = compileHeaders(*served->spec.responseHeaders);
        rule.totalWeight = backend.weight;
        rule.backends.push_back(std::move(backend));
    }
    auto effect = policies_.merge(policies_.attached(site, {}), true, rule.id);
    rule.llmPolicy = std::move(effect.llm);
    rule.access = std::move(effect.access);
    rule.rateLimits = std::move(effect.limits);
    applyExtras(rule.chain, effect);
    rule.provenance = std::move(effect.provenance);
    if (rule.broken.empty()) rule.broken = std::move(effect.broken);
    agentRules_.finish(rule, agents, {});
}

Candidate ModelTranslator::candidateOf(const Known& known, const Place& place, bool served) {
    const auto& key = known.object->key;
    auto rule = std::make_shared<Rule>();
    rule->id = fmt::format("{}/{}/{}@{}", key.kind, key.ns, key.name, placeText(place.listener));
    rule->displayName = fmt::format("model {}", known.spec.name);
    rule->route = key;
    rule->where = known.object->locate(config::FieldPath().key("spec"));
    rule->broken = ag::problemOf(context_.objects, known.spec);
    finish(*rule, place, key, served && rule->broken.empty() ? &known : nullptr);
    Candidate out;
    out.match.text = fmt::format("model {}", known.spec.name);
    out.rule = std::move(rule);
    return out;
}

Candidate ModelTranslator::entryOf(const Place& place) {
    auto rule = std::make_shared<Rule>();
    rule->id = fmt::format("{}@{}", ag::kModelKind, placeText(place.listener));
    rule->displayName = "models";
    rule->route = {config::kAgentgatewayGroup, ag::kModelKind, place.listener.gateway.ns, "*"};
    finish(*rule, place, rule->route, nullptr);
    Candidate out;
    out.match.text = "a path of an LLM API";
    out.rule = std::move(rule);
    return out;
}

void ModelTranslator::authorize(const Known& known, ModelTable::Model& model, std::string& broken) {
    if (!known.spec.authorization) return;
    using Action = ag::Authorization::Action;
    ModelTable::Authorization rules;
    const auto action = known.spec.authorization->action;
    rules.action = action == Action::Deny ? ModelTable::Authorization::Action::Deny
                   : action == Action::Require ? ModelTable::Authorization::Action::Require
                                               : ModelTable::Authorization::Action::Allow;
    for (const auto& expression : known.spec.authorization->matchExpressions) {
        auto program = text::cel::Program::compile(expression);
        if (program) rules.expressions.push_back(std::move(*program));
        else broken = fmt::format("an expression of {} cannot be read: {}", known.object->key.display(), program.error().message);
    }
    model.authorization = std::move(rules);
}

void ModelTranslator::addModel(const Known& known, const Place& place, ModelTable::Parts& parts) {
    const auto same = std::find_if(parts.models.begin(), parts.models.end(), [&](const ModelTable::Model& other) { return other.name == known.spec.name; });
    if (same != parts.models.end())
        context_.report(Severity::Warning, codes::kModelTwice, *known.object, config::FieldPath().key("spec"),
                        fmt::format("{} has the name {} on listener {} already and goes before.", same->object.display(), known.spec.name, place.listener.name));
    ModelTable::Model model;
    model.name = known.spec.name;
    model.object = known.object->key;
    model.internal = known.spec.internal;
    model.owner = known.spec.target.provider;
    model.candidate = candidateOf(known, place, true);
    std::string broken;
    authorize(known, model, broken);
    if (!broken.empty()) {
        auto rule = std::make_shared<Rule>(*model.candidate.rule);
        rule->broken = std::move(broken);
        model.candidate.rule = std::move(rule);
    }
    parts.models.push_back(std::move(model));
}

void ModelTranslator::addVirtual(const Known& known, const Place& place, ModelTable::Parts& parts) {
    using Kind = ModelTable::VirtualModel::Kind;
    ModelTable::VirtualModel out;
    out.name = known.spec.name;
    out.object = known.object->key;
    out.kind = known.spec.kind == ag::ModelSpec::Virtual::Failover ? Kind::Failover : known.spec.kind == ag::ModelSpec::Virtual::Conditional ? Kind::Conditional : Kind::Weighted;
    out.broken = ag::problemOf(context_.objects, known.spec);
    for (const auto& target : known.spec.targets) {
        if (!out.broken.empty()) break;
        const auto* model = find({config::kAgentgatewayGroup, ag::kModelKind, known.object->key.ns, target.name});
        const auto served = std::find_if(parts.models.begin(), parts.models.end(), [&](const ModelTable::Model& other) { return model != nullptr && other.object == model->object->key; });
        if (served == parts.models.end()) {
            out.broken = fmt::format("{} is not attached to listener {}", target.name, place.listener.name);
            context_.report(Severity::Error, codes::kModelTwice, *known.object, target.at.key("modelRef"),
                            fmt::format("AgentgatewayModel {} is not attached to listener {}, so requests for {} answer 500 there.", target.name, place.listener.name, out.name));
            break;
        }
        ModelTable::Target made;
        made.model = static_cast<std::size_t>(served - parts.models.begin());
        made.asked = ag::modelAskedFor(target, model->spec);
        made.weight = target.weight;
        if (!target.when.empty())
            if (auto program = text::cel::Program::compile(target.when)) made.when = std::move(*program);
        out.targets.push_back(std::move(made));
    }
    out.candidate = candidateOf(known, place, out.kind == Kind::Failover);
    if (!out.broken.empty() && out.candidate.rule->broken.empty()) {
        auto rule = std::make_shared<Rule>(*out.candidate.rule);
        rule->broken = out.broken;
        out.candidate.rule = std::move(rule);
    }
    parts.virtualModels.push_back(std::move(out));
}

}  // namespace gatehouse::route
