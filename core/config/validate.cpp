#include "config/validate.h"

#include "config/fields.h"
#include "config/findings.h"
#include "config/memo.h"
#include "config/schema.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace gatehouse::config {
namespace {

using Check = void (*)(Findings&, const Object&);
struct KindChecks {
    const char* kind;
    Check check;
};
constexpr KindChecks kChecks[] = {
    {"Gateway", validateGateway},    {"Backend", validateBackend}, {"TrafficPolicy", validateTrafficPolicy},
    {"InferencePool", validatePool}, {"Service", validateService}, {"Pod", validatePod},
    {"Secret", validateSecret},
};

void walkNotRun(const FieldSpec& spec, const Node& node, const FieldPath& path, std::vector<NotRunField>& out) {
    if (node.isNull()) return;
    if (!spec.notRun.empty()) {
        out.push_back({path, fmt::format("{} is not run by this version: {}.", spec.name, spec.notRun)});
        return;
    }
    if (spec.type == FieldType::Object && node.kind == NodeKind::Mapping) {
        for (const auto& entry : node.entries) {
            const auto* member = spec.member(entry.key.value);
            if (member == nullptr || (member->notRun.empty() && member->fields.empty())) continue;
            walkNotRun(*member, entry.value, path.key(member->name), out);
        }
    } else if (spec.type == FieldType::List && node.kind == NodeKind::Sequence && spec.element() != nullptr &&
               !spec.element()->fields.empty()) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            walkNotRun(*spec.element(), node.items[i], path.index(i), out);
        }
    }
}

}  // namespace

void validateNotRun(Findings& findings, const Object& object) {
    std::vector<NotRunField> own;
    if (object.memo)
        std::call_once(object.memo->notRunOnce,
                       [&] { walkNotRun(object.schema->root, *object.root, FieldPath(), object.memo->notRun); });
    else
        walkNotRun(object.schema->root, *object.root, FieldPath(), own);
    for (const auto& field : object.memo ? object.memo->notRun : own)
        findings.warn(codes::kNotRun, object, field.path, field.message);
}

std::vector<Diagnostic> validate(const ObjectSet& set) {
    Findings findings(set);
    findings.list = set.diagnostics;
    std::map<std::string_view, Check> checks;
    for (const auto& row : kChecks) checks.emplace(row.kind, row.check);
    // Routes first: they tell which Services need endpoints.
    for (const auto* object : set.ofKind("HTTPRoute"))
        if (object->schema != nullptr && object->root) validateRoute(findings, *object);
    for (const auto& object : set.objects) {
        if (object.schema == nullptr || !object.root) continue;
        if (const auto found = checks.find(object.key.kind); found != checks.end()) found->second(findings, object);
        validateNotRun(findings, object);
    }
    validateAttachments(findings);
    validateUnused(findings);
    std::stable_sort(findings.list.begin(), findings.list.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.where.file, a.where.line, a.where.column, a.code) <
               std::tie(b.where.file, b.where.line, b.where.column, b.code);
    });
    return std::move(findings.list);
}

}  // namespace gatehouse::config
