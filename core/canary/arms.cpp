#include "canary/arms.h"

#include "config/agentgateway_model.h"
#include "config/gateway_api.h"
#include "route/sticky_split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gatehouse::canary {
namespace {

using config::Object;

std::string ruleName(const Object& object, const config::RouteRule& rule, std::size_t index) {
    return object.key.name + " · " + (rule.name.empty() ? "rule " + std::to_string(index + 1) : rule.name);
}

/// "Service default/chat", as request records name a backend.
std::string backendName(const config::BackendRef& ref) { return fmt::format("{} {}/{}", ref.kind, ref.ns, ref.name); }

void addWeighted(const Object& object, const config::HttpRouteSpec& route, std::vector<CanaryArms>& out) {
    const auto sticky = route::stickySplitText(object);
    for (std::size_t index = 0; index < route.rules.size(); ++index) {
        const auto& rule = route.rules[index];
        if (rule.backendRefs.size() < 2) continue;
        CanaryArms split;
        split.object = object.key;
        split.ruleIndex = index;
        split.rule = ruleName(object, rule, index);
        if (sticky) {
            split.assignment = Assignment::Sticky;
            split.key = *sticky;
        }
        for (const auto& ref : rule.backendRefs) split.arms.push_back({backendName(ref), ref.name, ref.weight, ref.at});
        out.push_back(std::move(split));
    }
}

/// What tells a match from another of the same path: "header x-canary=yes, query v=2"; empty: nothing.
std::string conditionsOf(const config::RouteMatch& match) {
    std::vector<std::string> parts;
    for (const auto& header : match.headers) parts.push_back(fmt::format("header {}={}", header.name, header.value));
    for (const auto& parameter : match.queryParams) parts.push_back(fmt::format("query {}={}", parameter.name, parameter.value));
    return fmt::format("{}", fmt::join(parts, ", "));
}

/// Path and method of a match: rules that share one are arms of a test.
std::string placeOf(const config::RouteMatch& match) {
    return fmt::format("{} {} {}", match.method, static_cast<int>(match.path.type), match.path.value);
}

void addMatches(const Object& object, const config::HttpRouteSpec& route, std::vector<CanaryArms>& out) {
    std::vector<bool> taken(route.rules.size(), false);
    for (std::size_t first = 0; first < route.rules.size(); ++first) {
        if (taken[first] || route.rules[first].matches.empty() || route.rules[first].backendRefs.empty()) continue;
        CanaryArms split;
        bool conditions = false;
        for (std::size_t i = first; i < route.rules.size(); ++i) {
            const auto& rule = route.rules[i];
            if (taken[i] || rule.matches.empty() || rule.backendRefs.empty() || placeOf(rule.matches[0]) != placeOf(route.rules[first].matches[0])) continue;
            taken[i] = true;
            const auto text = conditionsOf(rule.matches[0]);
            conditions = conditions || !text.empty();
            split.arms.push_back({ruleName(object, rule, i), text.empty() ? "all others" : text, 1, rule.at});
        }
        if (split.arms.size() < 2 || !conditions) continue;
        // Who names nothing is the usual case: the arm that others are compared with.
        std::stable_partition(split.arms.begin(), split.arms.end(), [](const Arm& arm) { return arm.label == "all others"; });
        split.source = ArmSource::RouteMatches;
        split.assignment = Assignment::ByClient;
        split.object = object.key;
        split.ruleIndex = first;
        out.push_back(std::move(split));
    }
}

std::string textAt(const text::yaml::Node& node, std::string_view key) {
    const auto* found = node.find(key);
    return found && found->kind == text::yaml::NodeKind::Scalar ? found->value : std::string();
}

void addRewrites(const Object& object, std::vector<CanaryArms>& out) {
    const auto rulesPath = config::FieldPath{}.key("spec").key("rules");
    const auto* rules = object.root ? object.root->at(rulesPath) : nullptr;
    if (!rules || rules->kind != text::yaml::NodeKind::Sequence) return;
    for (std::size_t index = 0; index < rules->items.size(); ++index) {
        const auto* targets = rules->items[index].find("targets");
        if (!targets || targets->kind != text::yaml::NodeKind::Sequence || targets->items.size() < 2) continue;
        CanaryArms split;
        split.source = ArmSource::ModelRewrite;
        split.object = object.key;
        split.ruleIndex = index;
        split.rule = fmt::format("{} · rule {}", object.key.name, index + 1);
        // Without weights the draw is even; where only some have one, the others get nothing.
        const bool weighted = std::any_of(targets->items.begin(), targets->items.end(), [](const auto& target) { return target.find("weight") != nullptr; });
        for (std::size_t i = 0; i < targets->items.size(); ++i) {
            const auto model = textAt(targets->items[i], "modelRewrite");
            const auto* weight = targets->items[i].find("weight");
            const auto value = weight ? weight->asInt().value_or(1) : weighted ? 0 : 1;
            split.arms.push_back({model, model, static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, 1'000'000)),
                                  rulesPath.index(index).key("targets").index(i)});
        }
        out.push_back(std::move(split));
    }
}

void addVirtual(const Object& object, const config::ObjectSet& objects, std::vector<CanaryArms>& out) {
    namespace ag = config::agentgateway;
    const auto model = ag::decodeModel(object);
    if (!model || model->kind != ag::ModelSpec::Virtual::Weighted || model->targets.size() < 2) return;
    CanaryArms split;
    split.source = ArmSource::VirtualModel;
    split.object = object.key;
    split.rule = model->name;
    for (const auto& target : model->targets) {
        const auto* known = ag::modelOf(objects, *model, target);
        split.arms.push_back({known ? known->key.display() : fmt::format("{} {}/{}", ag::kModelKind, object.key.ns, target.name), target.name, target.weight, target.at});
    }
    out.push_back(std::move(split));
}

}  // namespace

std::string CanaryArms::id() const { return fmt::format("{}#{}{}", object.id(), ruleIndex, source == ArmSource::RouteMatches ? "m" : ""); }

std::vector<std::uint32_t> CanaryArms::weights() const {
    std::vector<std::uint32_t> out;
    for (const auto& arm : arms) out.push_back(arm.weight);
    return out;
}

std::vector<double> CanaryArms::shares() const {
    std::vector<double> out;
    if (!weighted()) return out;
    double total = 0;
    for (const auto& arm : arms) total += arm.weight;
    if (total <= 0) return out;
    for (const auto& arm : arms) out.push_back(arm.weight / total);
    return out;
}

std::vector<CanaryArms> canaryArms(const config::ObjectSet& objects) {
    std::vector<CanaryArms> out;
    for (const auto& object : objects.objects) {
        if (object.key.kind == "HTTPRoute") {
            const auto route = config::decodeHttpRoute(object);
            if (!route) continue;
            addWeighted(object, *route, out);
            addMatches(object, *route, out);
        } else if (object.key.kind == "InferenceModelRewrite") {
            addRewrites(object, out);
        } else if (object.key.kind == config::agentgateway::kModelKind) {
            addVirtual(object, objects, out);
        }
    }
    return out;
}

std::vector<std::uint32_t> weightsWith(const std::vector<std::uint32_t>& weights, std::size_t canary, int percent) {
    std::vector<std::uint32_t> out(weights.size(), 0);
    if (canary >= weights.size()) return weights;
    const auto share = static_cast<std::uint32_t>(std::clamp(percent, 0, 100));
    out[canary] = share;
    double others = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) others += i == canary ? 0 : weights[i];
    std::uint32_t given = share;
    std::size_t largest = canary == 0 ? 1 : 0;
    for (std::size_t i = 0; i < weights.size() && others > 0; ++i) {
        if (i == canary) continue;
        out[i] = static_cast<std::uint32_t>(std::floor((100 - share) * (weights[i] / others)));
        given += out[i];
        if (weights[i] > weights[largest]) largest = i;
    }
    if (largest < out.size()) out[largest] += 100 - given;
    return out;
}

Result<config::Edit> weightsEdit(const config::Workspace& workspace, const CanaryArms& arms, const std::vector<std::uint32_t>& weights,
                                 const std::string& name) {
    if (!arms.weighted() || weights.size() != arms.arms.size()) return fail("canary-arms", "These arms have no weights that could be set.");
    const auto now = canaryArms(*workspace.objects());
    const auto found = std::find_if(now.begin(), now.end(), [&](const CanaryArms& split) { return split.id() == arms.id(); });
    const auto same = [](const Arm& a, const Arm& b) { return a.name == b.name; };
    if (found == now.end() || !std::equal(found->arms.begin(), found->arms.end(), arms.arms.begin(), arms.arms.end(), same))
        return fail("canary-arms", "The workspace no longer has these arms.");
    std::vector<config::Workspace::Step> steps;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (found->arms[i].weight == weights[i]) continue;
        steps.push_back([key = arms.object, path = found->arms[i].at.key("weight"), value = std::to_string(weights[i])](const config::Workspace& at) {
            return at.setField(key, path, value, text::yaml::Type::Integer);
        });
    }
    return workspace.combine(name, steps);
}

}  // namespace gatehouse::canary
