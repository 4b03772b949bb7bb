#include "config/validate.h"

#include "config/agentgateway_model.h"
#include "config/fields.h"
#include "config/findings.h"
#include "config/memo.h"
#include "config/schema.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace gatehouse::config {
namespace {

using Check = void (*)(Findings&, const Object&);
struct KindChecks {
    const char* kind;
    Check check;
};
constexpr KindChecks kChecks[] = {
    {"Gateway", validateGateway},
    {"ListenerSet", validateListenerSet},
    {"BackendTLSPolicy", validateBackendTls},
    {"Backend", validateBackend},
    {"TrafficPolicy", validateTrafficPolicy},
    {"GatewayExtension", validateGatewayExtension},
    {"BackendConfigPolicy", validateBackendConfigPolicy},
    {"AgentgatewayBackend", validateAgentgatewayBackend},
    {"AgentgatewayPolicy", validateAgentgatewayPolicy},
    {"AgentgatewayModel", agentgateway::validateModel},
    {"ListenerPolicy", validateListenerPolicy},
    {"HTTPListenerPolicy", validateListenerPolicy},
    {"InferencePool", validatePool},
    {"InferenceObjective", validateInferenceObjective},
    {"InferenceModelRewrite", validateInferenceModelRewrite},
    {"InferenceModel", validateInferenceModel},
    {"Service", validateService},
    {"Pod", validatePod},
    {"Secret", validateSecret},
};

/// The way to a node as a chain on the stack: a path is only written out for what is reported.
struct Way {
    const Way* up = nullptr;
    std::string_view key;
    std::size_t index = 0;

    FieldPath path() const {
        if (up == nullptr) return {};
        return key.empty() ? up->path().index(index) : up->path().key(key);
    }
};

void walkNotRun(const FieldSpec& spec, const Node& node, const Way& way, std::vector<NotRunField>& out) {
    if (node.isNull()) return;
    if (!spec.notRun.empty()) {
        out.push_back({way.path(), fmt::format("{} is not run by this version: {}.", spec.name, spec.notRun)});
        return;
    }
    if (spec.type == FieldType::Object && node.kind == NodeKind::Mapping) {
        for (const auto& entry : node.entries) {
            const auto* member = spec.member(entry.key.value);
            if (member == nullptr || (member->notRun.empty() && member->fields.empty())) continue;
            walkNotRun(*member, entry.value, Way{&way, member->name}, out);
        }
    } else if (spec.type == FieldType::List && node.kind == NodeKind::Sequence && spec.element() != nullptr &&
               !spec.element()->fields.empty()) {
        for (std::size_t i = 0; i < node.items.size(); ++i) walkNotRun(*spec.element(), node.items[i], Way{&way, {}, i}, out);
    }
}

/// One thing to mend is told once: what reading found wrong with a field explains what a rule about it would say too.
void dropRepeats(std::vector<Diagnostic>& findings, std::size_t fromReading) {
    using Field = std::tuple<std::string, std::size_t, std::string, std::string>;
    const auto fieldOf = [](const Diagnostic& finding) {
        return Field(finding.where.file, finding.where.document, finding.object.id(), finding.fieldPath);
    };
    std::set<Field> wrong;
    for (std::size_t i = 0; i < fromReading; ++i)
        if (findings[i].severity == Severity::Error) wrong.insert(fieldOf(findings[i]));
    if (wrong.empty()) return;
    const auto repeats = [&](const Diagnostic& finding) {
        auto field = fieldOf(finding);
        if (wrong.contains(field)) return true;
        // What a list lacks as a whole, when the list itself could not be read.
        if (finding.code != codes::kNoBackends && finding.code != codes::kWeightsZero) return false;
        auto& list = std::get<3>(field);
        if (finding.code == codes::kNoBackends) list += ".backendRefs";
        const auto next = wrong.lower_bound(field);
        if (next == wrong.end() || !std::get<3>(*next).starts_with(list)) return false;
        return std::get<0>(*next) == std::get<0>(field) && std::get<1>(*next) == std::get<1>(field) &&
               std::get<2>(*next) == std::get<2>(field);
    };
    findings.erase(std::remove_if(findings.begin() + static_cast<std::ptrdiff_t>(fromReading), findings.end(), repeats),
                   findings.end());
}

/// Of a field that is not run, its members are not told one by one.
void dropNotRunMembers(std::vector<Diagnostic>& findings) {
    std::set<std::pair<std::string, std::string>> notRun;
    for (const auto& finding : findings)
        if (finding.code == codes::kNotRun) notRun.emplace(finding.object.id(), finding.fieldPath);
    std::erase_if(findings, [&](const Diagnostic& finding) {
        if (finding.code != codes::kNotRun) return false;
        const auto id = finding.object.id();
        for (auto end = finding.fieldPath.find_last_of(".["); end != std::string::npos && end > 0;
             end = finding.fieldPath.find_last_of(".[", end - 1))
            if (notRun.contains({id, finding.fieldPath.substr(0, end)})) return true;
        return false;
    });
}

}  // namespace

void validateNotRun(Findings& findings, const Object& object) {
    std::vector<NotRunField> own;
    if (object.memo)
        std::call_once(object.memo->notRunOnce,
                       [&] { walkNotRun(object.schema->root, *object.root, Way{}, object.memo->notRun); });
    else
        walkNotRun(object.schema->root, *object.root, Way{}, own);
    for (const auto& field : object.memo ? object.memo->notRun : own)
        findings.warn(codes::kNotRun, object, field.path, field.message);
}

std::vector<Diagnostic> validate(const ObjectSet& set) {
    Findings findings(set);
    findings.list = set.diagnostics;
    std::map<std::string_view, Check> checks;
    for (const auto& row : kChecks) checks.emplace(row.kind, row.check);
    // Routes first: they tell which Services need endpoints.
    for (const auto* kind : {"HTTPRoute", "GRPCRoute", "TLSRoute"})
        for (const auto* object : set.ofKind(kind))
            if (object->schema != nullptr && object->root) validateRoute(findings, *object);
    for (const auto& object : set.objects) {
        if (object.schema == nullptr || !object.root) continue;
        if (const auto found = checks.find(object.key.kind); found != checks.end()) found->second(findings, object);
        validateNotRun(findings, object);
    }
    validateAttachments(findings);
    validateUnused(findings);
    dropRepeats(findings.list, set.diagnostics.size());
    dropNotRunMembers(findings.list);
    std::stable_sort(findings.list.begin(), findings.list.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.where.file, a.where.line, a.where.column, a.code) <
               std::tie(b.where.file, b.where.line, b.where.column, b.code);
    });
    return std::move(findings.list);
}

}  // namespace gatehouse::config
