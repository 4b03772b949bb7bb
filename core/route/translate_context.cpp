#include "route/translate_context.h"

#include "config/diagnostic_codes.h"

namespace gatehouse::route {
namespace {

template <class Map>
const typename Map::mapped_type& valueOrEmpty(const Map& map, const std::string& key) {
    static const typename Map::mapped_type kEmpty;
    const auto found = map.find(key);
    return found == map.end() ? kEmpty : found->second;
}

}  // namespace

bool pathWithin(std::string_view path, std::string_view prefix) {
    if (!path.starts_with(prefix)) return false;
    return path.size() == prefix.size() || prefix.empty() || path[prefix.size()] == '.' || path[prefix.size()] == '[';
}

std::string rulePath(std::size_t index) { return "spec.rules[" + std::to_string(index) + "]"; }

std::string TranslateContext::nameKey(std::string_view a, std::string_view b, std::string_view c) {
    std::string key;
    key.reserve(a.size() + b.size() + c.size() + 2);
    key.append(a).append("/").append(b).append("/").append(c);
    return key;
}

TranslateContext::TranslateContext(const config::ObjectSet& set, Runtime& run, std::vector<config::Diagnostic>& findings)
    : objects(set), runtime(run), findings_(findings) {
    for (const auto& object : objects.objects) {
        if (!object.schema) continue;  // a kind of another project may share a name with one of ours
        // The first of two objects with one name counts; validation reports the second.
        byName_.emplace(nameKey(object.key.kind, object.key.ns, object.key.name), &object);
        byKind_[object.key.kind].push_back(&object);
        if (object.key.kind == "EndpointSlice" && object.key.group == "discovery.k8s.io") {
            if (auto slice = config::decodeEndpointSlice(object))
                slices_[nameKey(object.key.ns, slice->serviceName)].push_back(std::move(*slice));
        } else if (object.key.kind == "Pod" && object.key.group.empty()) {
            if (auto pod = config::decodePod(object)) pods_[object.key.ns].push_back({std::move(*pod), &object});
        }
    }
    for (std::size_t i = 0; i < findings_.size(); ++i) {
        const auto& finding = findings_[i];
        const auto id = finding.object.id();
        if (finding.severity == config::Severity::Error) errors_[id].push_back(i);
        const auto [place, isNew] = told_.try_emplace({id, finding.fieldPath}, i);
        if (!isNew && findings_[place->second].severity < finding.severity) place->second = i;
    }
}

const config::Object* TranslateContext::find(std::string_view kind, std::string_view ns, std::string_view name) const {
    const auto found = byName_.find(nameKey(kind, ns, name));
    return found == byName_.end() ? nullptr : found->second;
}

const std::vector<const config::Object*>& TranslateContext::ofKind(const std::string& kind) const {
    return valueOrEmpty(byKind_, kind);
}

const std::vector<config::EndpointSliceSpec>& TranslateContext::slicesOf(std::string_view ns,
                                                                         std::string_view service) const {
    return valueOrEmpty(slices_, nameKey(ns, service));
}

const std::vector<TranslateContext::PodEntry>& TranslateContext::podsIn(std::string_view ns) const {
    return valueOrEmpty(pods_, std::string(ns));
}

void TranslateContext::report(config::Severity severity, const char* code, const config::Object& object,
                              const config::FieldPath& path, std::string message) {
    const auto pathText = path.toString();
    const auto [place, isNew] = told_.try_emplace({object.key.id(), pathText}, findings_.size());
    if (!isNew && findings_[place->second].severity >= severity) return;
    config::Diagnostic finding;
    finding.severity = severity;
    finding.code = code;
    finding.object = object.key;
    finding.fieldPath = pathText;
    finding.where = object.locate(path);
    finding.message = std::move(message);
    if (isNew)
        findings_.push_back(std::move(finding));
    else
        findings_[place->second] = std::move(finding);  // one thing to mend, told once and as gravely as it is
}

void TranslateContext::reportBroken(const char* code, const config::Object& object, const config::FieldPath& path,
                                    const std::string& reason, const std::string& consequence) {
    const auto pathText = path.toString();
    const auto id = object.key.id();
    config::Diagnostic* notRun = nullptr;
    for (auto entry = told_.lower_bound({id, pathText}); entry != told_.end() && entry->first.first == id &&
                                                         entry->first.second.starts_with(pathText);
         ++entry) {
        auto& finding = findings_[entry->second];
        if (!pathWithin(finding.fieldPath, pathText)) continue;
        if (finding.severity == config::Severity::Error) {
            if (finding.message.find(consequence) == std::string::npos) finding.message += ' ' + consequence;
            return;
        }
        if (finding.code == config::codes::kNotRun) notRun = &finding;
    }
    if (notRun) {  // A warning that it has no effect would be too little.
        notRun->severity = config::Severity::Error;
        notRun->code = code;
        notRun->message = reason + ' ' + consequence;
        return;
    }
    report(config::Severity::Error, code, object, path, reason + ' ' + consequence);
}

const config::Diagnostic* TranslateContext::errorWithin(const config::ObjectKey& object, const std::string& path,
                                                        std::string_view except) const {
    const auto found = errors_.find(object.id());
    if (found == errors_.end()) return nullptr;
    for (const auto position : found->second) {
        const auto& finding = findings_[position];
        if (!pathWithin(finding.fieldPath, path)) continue;
        // A copy that has nowhere to go breaks no request.
        if (finding.fieldPath.find(".requestMirror.backendRef") != std::string::npos) continue;
        if (!except.empty() && finding.fieldPath.size() > except.size() && pathWithin(finding.fieldPath, except)) continue;
        return &finding;
    }
    return nullptr;
}

}  // namespace gatehouse::route
