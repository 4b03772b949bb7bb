#include "route/model_table.h"

#include "llm/body_rewrites.h"
#include "llm/client_api.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

constexpr std::string_view kStage = "model";

void tell(ModelTable::Choice& out, StepOutcome outcome, std::string subject, std::string detail, const config::ObjectKey& origin) {
    out.steps.push_back({std::string(kStage), outcome, std::move(subject), std::move(detail), origin, {}});
}

void refuse(ModelTable::Choice& out, int status, const char* code, std::string sentence) {
    out.candidate = nullptr;
    out.status = status;
    out.code = code;
    out.sentence = std::move(sentence);
}

/// Its authorization does not let the request pass.
void deny(ModelTable::Choice& out, const config::ObjectKey& model) {
    refuse(out, 403, "model-denied", "This model may not be asked for.");
    tell(out, StepOutcome::Rejected, model.display(), "its authorization does not let this request pass", model);
}

/// Exact before patterns, longer before shorter; others stay in their order.
bool precedes(const ModelTable::Model& a, const ModelTable::Model& b) {
    const bool patternA = a.name.find('*') != std::string::npos, patternB = b.name.find('*') != std::string::npos;
    if (patternA != patternB) return patternB;
    return patternA && a.name.size() > b.name.size();
}

}  // namespace

std::string_view kindName(ModelTable::VirtualModel::Kind kind) {
    using Kind = ModelTable::VirtualModel::Kind;
    return kind == Kind::Weighted ? "weighted" : kind == Kind::Failover ? "failover" : "conditional";
}

ModelTable::ModelTable(Parts parts) : parts_(std::move(parts)) {
    // Targets name their models by place: those are moved with them.
    std::vector<std::size_t> order(parts_.models.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return precedes(parts_.models[a], parts_.models[b]); });
    std::vector<std::size_t> places(order.size());
    std::vector<Model> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
        places[order[i]] = i;
        sorted.push_back(std::move(parts_.models[order[i]]));
    }
    parts_.models = std::move(sorted);
    for (auto& model : parts_.virtualModels) {
        model.totalWeight = 0;
        for (auto& target : model.targets) {
            target.model = places[target.model];
            model.totalWeight += target.weight;
        }
    }
}

const Candidate* ModelTable::serves(const http::RequestHead& request) const {
    // A preflight belongs to what it asks for, where the entry has CORS.
    if (request.method == "OPTIONS") {
        const auto wanted = request.headers.get("access-control-request-method");
        if (!wanted || !parts_.entry.rule->chain.cors) return nullptr;
        return llm::clientCallOf(*wanted, request.path, {}).api != llm::ClientApi::None ? &parts_.entry : nullptr;
    }
    const auto call = llm::clientCallOf(request.method, request.path, request.hasQuery ? request.query : std::string_view{});
    return call.api != llm::ClientApi::None ? &parts_.entry : nullptr;
}

bool ModelTable::admits(const Model& model, const text::cel::Activation& names) {
    if (!model.authorization) return true;
    using Action = Authorization::Action;
    const auto& rules = *model.authorization;
    // What cannot be told is neither: it allows nothing, and denies where denying was asked for.
    const auto holds = [&](const auto& program) { return program->test(names).value_or(rules.action == Action::Deny); };
    const auto& all = rules.expressions;
    if (rules.action == Action::Deny) return std::none_of(all.begin(), all.end(), holds);
    if (rules.action == Action::Require) return std::all_of(all.begin(), all.end(), holds);
    return std::any_of(all.begin(), all.end(), holds);
}

ModelTable::Choice ModelTable::choose(std::string_view model, const text::cel::Activation& names, double draw) const {
    Choice out;
    if (model.empty()) {
        refuse(out, 400, "missing-model", "The request names no model.");
        tell(out, StepOutcome::Failed, "no model", "the request names none, so nobody can be asked", {});
        return out;
    }
    for (const auto& known : parts_.virtualModels) {
        if (known.name != model) continue;
        chooseTarget(known, names, draw, out);
        return out;
    }
    const Model* refused = nullptr;
    const Model* hidden = nullptr;
    for (const auto& known : parts_.models) {
        if (!llm::modelMatches(known.name, model)) continue;
        if (known.internal) {
            if (hidden == nullptr) hidden = &known;
            continue;
        }
        if (!admits(known, names)) {
            if (refused == nullptr) refused = &known;
            continue;
        }
        out.candidate = &known.candidate;
        tell(out, StepOutcome::Chosen, known.object.display(), known.name == model ? "the name that the client asks for" : fmt::format("{} fits {}", known.name, model), known.object);
        return out;
    }
    if (refused != nullptr) {
        deny(out, refused->object);
        return out;
    }
    refuse(out, 404, "model-not-found", fmt::format("There is no model named {} here.", model.substr(0, 200)));
    if (hidden != nullptr) tell(out, StepOutcome::Rejected, hidden->object.display(), "it is internal: only virtual models may name it", hidden->object);
    else tell(out, StepOutcome::Rejected, std::string(model.substr(0, 200)), "no model of this listener has that name", {});
    return out;
}

void ModelTable::chooseTarget(const VirtualModel& from, const text::cel::Activation& names, double drawn, Choice& out) const {
    if (!from.broken.empty()) {
        out.candidate = &from.candidate;
        tell(out, StepOutcome::Failed, from.object.display(), from.broken, from.object);
        return;
    }
    if (from.kind == VirtualModel::Kind::Failover) {
        // Whichever of them answers, the client may ask for it.
        for (const auto& target : from.targets) {
            const auto& model = parts_.models[target.model];
            if (admits(model, names)) continue;
            return deny(out, model.object);
        }
        out.candidate = &from.candidate;
        tell(out, StepOutcome::Chosen, from.object.display(), "virtual, failover: its models are asked by priority", from.object);
        return;
    }
    const auto* target = from.kind == VirtualModel::Kind::Weighted ? draw(from, drawn, out) : firstTrue(from, names, out);
    if (target == nullptr) {
        refuse(out, 400, "no-matching-target", fmt::format("No condition of the virtual model {} fits this request.", from.name));
        return;
    }
    const auto& model = parts_.models[target->model];
    if (!admits(model, names)) return deny(out, model.object);
    out.candidate = &model.candidate;
    out.asked = target->asked;
}

const ModelTable::Target* ModelTable::draw(const VirtualModel& from, double drawn, Choice& out) const {
    if (from.totalWeight == 0) return nullptr;
    auto ticket = std::min<std::uint64_t>(static_cast<std::uint64_t>(drawn * static_cast<double>(from.totalWeight)), from.totalWeight - 1);
    const Target* chosen = nullptr;
    for (const auto& target : from.targets) {
        if (chosen == nullptr && ticket < target.weight) chosen = &target;
        else if (chosen == nullptr) ticket -= target.weight;
    }
    for (const auto& target : from.targets)
        tell(out, &target == chosen ? StepOutcome::Chosen : StepOutcome::Info, parts_.models[target.model].object.display(),
             fmt::format("virtual {}, weight {} of {}{}", from.name, target.weight, from.totalWeight,
                         &target == chosen ? fmt::format(": drawn by {:.4f}, asked for {}", drawn, target.asked) : std::string()),
             from.object);
    return chosen;
}

const ModelTable::Target* ModelTable::firstTrue(const VirtualModel& from, const text::cel::Activation& names, Choice& out) const {
    for (const auto& target : from.targets) {
        const auto& model = parts_.models[target.model];
        if (!target.when) {
            tell(out, StepOutcome::Chosen, model.object.display(), fmt::format("virtual {}: nothing before it fits, asked for {}", from.name, target.asked), from.object);
            return &target;
        }
        const auto holds = target.when->test(names);
        const bool yes = holds.value_or(false);
        tell(out, yes ? StepOutcome::Chosen : holds ? StepOutcome::Rejected : StepOutcome::Failed, model.object.display(),
             yes     ? fmt::format("virtual {}: {} is true, asked for {}", from.name, target.when->text(), target.asked)
             : holds ? fmt::format("virtual {}: {} is false", from.name, target.when->text())
                     : fmt::format("virtual {}: {} cannot be told, so it does not count: {}", from.name, target.when->text(), holds.error().message),
             from.object);
        if (yes) return &target;
    }
    return nullptr;
}

std::vector<ModelTable::Listed> ModelTable::listed(const text::cel::Activation& names) const {
    std::vector<Listed> out;
    const auto add = [&](std::string_view id, std::string_view owner) {
        if (std::none_of(out.begin(), out.end(), [&](const Listed& known) { return known.id == id; })) out.push_back({id, owner});
    };
    for (const auto& model : parts_.models)
        if (!model.internal && admits(model, names)) add(model.name, model.owner);
    for (const auto& model : parts_.virtualModels) add(model.name, "gatehouse");
    std::sort(out.begin(), out.end(), [](const Listed& a, const Listed& b) { return a.id < b.id; });
    return out;
}

bool ModelTable::knows(std::string_view model) const {
    return std::any_of(parts_.virtualModels.begin(), parts_.virtualModels.end(), [&](const VirtualModel& known) { return known.name == model; }) ||
           std::any_of(parts_.models.begin(), parts_.models.end(), [&](const Model& known) { return !known.internal && llm::modelMatches(known.name, model); });
}

std::vector<std::shared_ptr<const Rule>> ModelTable::rules() const {
    std::vector<std::shared_ptr<const Rule>> out;
    for (const auto& model : parts_.models) out.push_back(model.candidate.rule);
    for (const auto& model : parts_.virtualModels)
        if (model.candidate.rule) out.push_back(model.candidate.rule);
    return out;
}

}  // namespace gatehouse::route
