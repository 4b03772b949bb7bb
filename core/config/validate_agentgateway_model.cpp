// What is wrong with an AgentgatewayModel, and its conditions. Source of the rules: the validations in the published definition.
#include "config/agentgateway_model.h"
#include "config/fields.h"
#include "config/findings.h"
#include "config/status_policies.h"
#include "config/validate_agentgateway.h"
#include "text/cel.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::config::agentgateway {
namespace {

bool isModelPattern(std::string_view name) {
    const auto star = name.find('*');
    if (star == std::string_view::npos) return true;
    return name.find('*', star + 1) == std::string_view::npos && (star == 0 || star + 1 == name.size());
}

void checkExpression(Rules& rules, const std::string& expression, const FieldPath& at) {
    if (expression.empty()) return;
    if (const auto program = text::cel::Program::compile(expression); !program)
        rules.findings().error(codes::kCelExpression, rules.object(), at, fmt::format("The expression cannot be read: {}", program.error().message));
}

/// Settings of one provider stand where it is named, and nowhere else.
void checkBlocks(Rules& rules, const ModelSpec& spec) {
    const auto at = FieldPath().key("spec");
    constexpr std::pair<const char*, const char*> kBlocks[] = {{"azure", "Azure"}, {"vertexai", "VertexAI"}, {"bedrock", "Bedrock"}, {"custom", "Custom"}};
    for (const auto& [block, word] : kBlocks) {
        const bool there = rules.node(at.key(block)) != nullptr;
        if (there && spec.provider != word) rules.error(at.key(block), fmt::format("{} belongs to provider {} alone.", block, word));
        if (!there && spec.provider == word) rules.error(at.key("provider"), fmt::format("Provider {} needs {}.", word, block));
    }
    if (spec.target.resourceType == "Foundry" && spec.target.projectName.empty()) rules.error(at.key("azure"), "Foundry needs projectName.");
    if (spec.provider == "Ollama" && spec.baseUrl.empty()) rules.error(at.key("provider"), "Ollama needs baseURL.");
    if (spec.provider.empty() && !spec.baseUrl.empty()) rules.error(at.key("baseURL"), "baseURL needs provider.");
    if (!spec.provider.empty() && !spec.baseUrl.empty() && spec.target.override.host.empty())
        rules.error(at.key("baseURL"), "baseURL is an absolute http or https URL without query, fragment or user.");
    const auto& host = spec.target.override.host;
    if (host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host.starts_with("169.254.") || host == "::1")
        rules.findings().warn(codes::kAgentgateway, rules.object(), at.key("baseURL"),
                              "This address is one of the machine itself: it is served here, but agentgateway refuses it in a cluster.");
    if (spec.provider == "Custom" && !spec.target.backend && spec.target.override.host.empty())
        rules.error(at.key("custom"), "A server of your own needs backendRef or baseURL.");
}

void checkVirtual(Rules& rules, const ModelSpec& spec) {
    const auto at = FieldPath().key("spec");
    if (spec.internal) rules.error(at.key("visibility"), "A virtual model is public.");
    if (spec.isPattern()) rules.error(at.key("match").key("model"), "A virtual model has an exact name.");
    if (rules.node(at.key("policies")) != nullptr) rules.error(at.key("policies"), "A virtual model has no policies; its targets have them.");
    for (std::size_t i = 0; i < spec.targets.size(); ++i) {
        const auto& target = spec.targets[i];
        const auto* object = modelOf(rules.findings().set, spec, target);
        if (object == nullptr) {
            rules.findings().error(codes::kModelTarget, rules.object(), target.at.key("modelRef").key("name"),
                                   fmt::format("AgentgatewayModel {}/{} does not exist in this workspace; create it or correct the reference.", spec.key.ns, target.name));
            continue;
        }
        const auto known = decodeModel(*object);
        if (known && known->isVirtual())
            rules.findings().error(codes::kModelTarget, rules.object(), target.at.key("modelRef").key("name"), fmt::format("{} is virtual itself.", target.name));
        else if (known && modelAskedFor(target, *known).empty())
            rules.error(target.at.key("modelRef"), fmt::format("{} is known by a pattern, so model says what it is asked for.", target.name));
        if (spec.kind != ModelSpec::Virtual::Conditional) continue;
        checkExpression(rules, target.when, target.at.key("when"));
        if (target.when.empty() && i + 1 < spec.targets.size()) rules.error(target.at, "Only the last target may do without when.");
    }
}

/// A model that no listener of a parent takes is served nowhere there.
void checkParent(Findings& findings, const Object& object, const ModelSpec& spec, std::size_t index) {
    const Attachment* worst = nullptr;
    for (const auto& attachment : findings.modelAttachments()) {
        if (attachment.route != object.key || attachment.parentIndex != index) continue;
        if (attachment.accepted) return;
        if (worst == nullptr) worst = &attachment;
    }
    if (worst == nullptr) return;
    const bool missing = worst->reason == "NoMatchingParent" && findings.set.find(worst->owner) == nullptr;
    const auto& at = spec.parentRefs[index].path;
    findings.error(missing                                ? codes::kParentMissing
                   : worst->reason == "NoMatchingParent" ? codes::kParentSection
                                                          : codes::kNotAllowed,
                   object, missing ? at.key("name") : at, worst->message);
}

}  // namespace

std::string problemOf(const ObjectSet& set, const ModelSpec& model) {
    if (!isModelPattern(model.name)) return "match.model is a name, *, gpt-* or *-latest.";
    if (!model.isVirtual()) return model.target.provider.empty() ? "spec names neither a provider nor a virtual model that is known." : "";
    if (model.targets.empty()) return "The virtual model has no targets.";
    for (const auto& target : model.targets) {
        const auto* object = modelOf(set, model, target);
        if (object == nullptr) return fmt::format("AgentgatewayModel {}/{} does not exist.", model.key.ns, target.name);
        const auto known = decodeModel(*object);
        if (!known || known->isVirtual()) return fmt::format("{} cannot be a target.", target.name);
        if (modelAskedFor(target, *known).empty()) return fmt::format("{} is known by a pattern, and no model is named.", target.name);
        if (!target.when.empty())
            if (const auto program = text::cel::Program::compile(target.when); !program) return fmt::format("when: {}", program.error().message);
    }
    return {};
}

void agentgatewayModelStatus(const ObjectSet& set, const std::vector<Attachment>& all, const Object& object, ObjectStatus& status) {
    const auto spec = decodeModel(object);
    const auto problem = spec ? problemOf(set, *spec) : spec.error().message;
    for (std::size_t i = 0; spec && i < spec->parentRefs.size(); ++i) {
        // One listener that takes it is enough.
        const Attachment* best = nullptr;
        for (const auto& attachment : all)
            if (attachment.route == object.key && attachment.parentIndex == i && (best == nullptr || (attachment.accepted && !best->accepted))) best = &attachment;
        if (best == nullptr) continue;
        ParentStatus parent;
        parent.ref = best->owner;
        parent.parent = best->owner.display();
        const bool accepted = best->accepted && problem.empty();
        parent.conditions.push_back({"Accepted", accepted, problem.empty() ? best->reason : "Invalid", problem.empty() ? best->message : problem});
        status.parents.push_back(std::move(parent));
    }
    if (status.parents.empty()) addValidity(problem, status);
}

void validateModel(Findings& findings, const Object& object) {
    const auto spec = decodeModel(object);
    if (!spec) return;
    Rules rules(findings, object);
    const auto at = FieldPath().key("spec");
    if (!isModelPattern(spec->name)) rules.error(at.key("match").key("model"), "A pattern is *, gpt-* or *-latest.");
    if (spec->isVirtual()) checkVirtual(rules, *spec);
    else checkBlocks(rules, *spec);
    if (spec->target.policies) {
        checkConnection(rules, *spec->target.policies);
        if (const auto& ai = spec->target.policies->ai) {
            for (const auto* list : {&ai->transformations, &ai->finalTransformations})
                for (const auto& each : *list) checkExpression(rules, each.expression, each.at.key("expression"));
        }
    }
    if (spec->authorization)
        for (std::size_t i = 0; i < spec->authorization->matchExpressions.size(); ++i)
            checkExpression(rules, spec->authorization->matchExpressions[i], spec->authorization->at.key("policy").key("matchExpressions").index(i));
    for (std::size_t i = 0; i < spec->parentRefs.size(); ++i) checkParent(findings, object, *spec, i);
}

}  // namespace gatehouse::config::agentgateway
