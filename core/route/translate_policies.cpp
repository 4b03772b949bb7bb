#include "route/translate_policies.h"

#include "llm/guard.h"
#include "llm/policy.h"
#include "llm/text_masker.h"
#include "route/diagnostic_codes.h"
#include "route/translate_extras.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace gatehouse::route {
namespace {

/// Top-level fields of TrafficPolicy 2.4: the merge units. The first rows are those that are run.
constexpr std::array kFields = std::to_array<MergeField>({
    {"ai", true, true},
    {"apiKeyAuth", true, true}, {"basicAuth", true, true}, {"jwtAuth", true, true}, {"rbac", true, true}, {"rateLimit", false, true},
    {"csrf", true, true}, {"faultInjection", false, true},
    {"acl", true}, {"oauth2", true},
    {"extAuth", true},
    {"extProc"}, {"cors"}, {"headerModifiers"}, {"transformation"}, {"timeouts"}, {"retry"}, {"buffer"},
    {"autoHostRewrite"}, {"urlRewrite"}, {"compression"}, {"internalRedirect"}, {"statPrefix"},
    {"tracing"}, {"requestMirror"}, {"hashPolicies"},
});
constexpr std::size_t kAi = 0, kApiKeys = 1, kPasswords = 2, kTokens = 3, kRbac = 4, kRate = 5, kCsrf = 6, kFault = 7;

/// Parts of `ai` whose origin is shown one by one.
constexpr std::string_view kAiParts[][4] = {
    {"ai", "promptGuard", "request", ""},
    {"ai", "promptGuard", "response", ""},
    {"ai", "promptEnrichment", "", ""},
    {"ai", "defaults", "", ""},
};

config::FieldPath specPath(const std::string_view (&parts)[4]) {
    auto path = config::FieldPath{}.key("spec");
    for (const auto part : parts)
        if (!part.empty()) path = path.key(part);
    return path;
}

std::string fieldName(const std::string_view (&parts)[4]) {
    std::string name;
    for (const auto part : parts) {
        if (part.empty()) continue;
        if (!name.empty()) name += '.';
        name += part;
    }
    return name;
}

bool present(const config::Object& object, const config::FieldPath& path) {
    return object.root && object.root->at(path) != nullptr;
}

bool disabled(const config::Object& object, std::string_view field) {
    return present(object, config::FieldPath{}.key("spec").key(field).key("disable"));
}

std::vector<llm::Message> messages(const std::vector<config::PromptMessage>& from) {
    std::vector<llm::Message> to;
    for (const auto& message : from) {
        auto role = message.role;
        std::transform(role.begin(), role.end(), role.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        to.push_back({std::move(role), message.content});
    }
    return to;
}

/// One entry per part of `ai` that the object writes, in place of the one for the whole field.
void expandAi(const config::Object& object, const Provenance& whole, std::vector<Provenance>& out) {
    for (const auto& parts : kAiParts) {
        const auto path = specPath(parts);
        if (!present(object, path)) continue;
        auto entry = whole;
        entry.field = fieldName(parts);
        entry.where = object.locate(path);
        out.push_back(std::move(entry));
    }
}

}  // namespace

PolicyCompiler::PolicyCompiler(TranslateContext& context, BackendResolver& backends) : context_(context), guards_(context, backends), access_(context, backends) {
    for (const auto* object : context.ofKind("TrafficPolicy"))
        if (object->key.group == "gateway.kgateway.dev") add(*object);
}

void PolicyCompiler::add(const config::Object& object) {
    const auto spec = config::decodeTrafficPolicy(object);
    if (!spec) {
        // Without its targets it is not known whom it guards; validation has told what is wrong.
        context_.report(config::Severity::Error, codes::kPolicyInvalid, object, config::FieldPath{}.key("spec"),
                        spec.error().message + " The policy is left out.");
        return;
    }
    attachments_.add(context_, object, spec->targets);
    compiled_.emplace(&object, compile(object, *spec));
    reportFields(object);
}

void PolicyCompiler::reportFields(const config::Object& object) {
    for (const auto& field : kFields) {
        if (field.run || !hasField(object, field.name)) continue;
        const bool closes = field.guardsAccess && !disabled(object, field.name);
        context_.report(closes ? config::Severity::Error : config::Severity::Warning, codes::kPolicyFieldNotRun, object,
                        config::FieldPath{}.key("spec").key(field.name),
                        closes ? fmt::format("{} is not run yet, and rules under it answer 500 rather than go unguarded.",
                                             field.name)
                               : fmt::format("{} is not run yet; traffic passes as if it were not there.", field.name));
    }
}

/// Null: none, or it does not compile; `broken` says so.
std::shared_ptr<const llm::RegexGuard> PolicyCompiler::compileGuard(const config::Object& object,
                                                                    const std::optional<config::RegexGuardSpec>& guard, bool answers,
                                                                    std::string& broken) {
    const auto path = config::FieldPath{}.key("spec").key("ai").key("promptGuard").key(answers ? "response" : "request").key("regex");
    const auto built = regexGuardOf(guard, answers);
    if (!built) {
        broken = fmt::format("the guard of {} does not compile: {}", object.key.display(), built.error().message);
        context_.reportBroken(codes::kPolicyInvalid, object, path, built.error().message,
                              "Rules under this policy answer 500 rather than go unguarded.");
        return nullptr;
    }
    if (!*built || !answers) return *built;
    for (const auto& name : (*built)->longerThan(llm::TextMasker::kWindow))
        context_.report(config::Severity::Warning, codes::kGuardWindow, object, path,
                        fmt::format("The pattern {} can match more than {} bytes; in streams a longer match gets through in part. Bound its "
                                    "repetitions.", name, llm::TextMasker::kWindow));
    return *built;
}

PolicyCompiler::Compiled PolicyCompiler::compile(const config::Object& object, const config::TrafficPolicySpec& spec) {
    Compiled compiled;
    if (!spec.ai) {
        if (hasField(object, "ai")) compiled.broken = fmt::format("the ai part of {} cannot be read", object.key.display());
        return compiled;
    }
    if (const auto* error = context_.errorWithin(object.key, "spec.ai.promptGuard"); error && compiled.broken.empty())
        compiled.broken = fmt::format("the guard of {} is invalid: {}", object.key.display(), error->message);

    auto policy = std::make_shared<llm::LlmPolicy>();
    policy->rejectMessage = spec.ai->reject.message;
    policy->rejectStatus = spec.ai->reject.statusCode;
    policy->enrichment = {messages(spec.ai->prepend), messages(spec.ai->append)};
    for (const auto& field : spec.ai->defaults)
        policy->defaults.push_back({field.field, llm::defaultValue(field.value), field.overrides});
    policy->requestGuard = compileGuard(object, spec.ai->requestGuard, false, compiled.broken);
    policy->responseGuard = compileGuard(object, spec.ai->responseGuard, true, compiled.broken);
    policy->guards = guards_.ofTrafficPolicy(object, *spec.ai, policy->requestGuard, policy->responseGuard, compiled.broken);
    if (policy->guards) policy->requestGuard = policy->responseGuard = nullptr;  // They stand in the chain.
    compiled.llm = std::move(policy);
    return compiled;
}

std::vector<Attached> PolicyCompiler::attached(const RuleSite& site,
                                               const std::vector<const config::Object*>& extensions) const {
    return attachments_.forRule(context_, site, extensions);
}

PolicyEffect PolicyCompiler::merge(const std::vector<Attached>& attached, bool hasLlmBackend, std::string_view ruleId) {
    PolicyEffect effect;
    if (attached.empty()) return effect;
    auto merged = mergePolicies(attached, kFields);

    bool aiReaches = false;
    if (const auto* winner = merged.winners[kAi]) {
        effect.asksForLlm = std::any_of(attached.begin(), attached.end(), [](const Attached& candidate) {
            return candidate.level <= AttachLevel::Route && hasField(*candidate.object, "ai");
        });
        aiReaches = hasLlmBackend || effect.asksForLlm;
        const auto compiled = compiled_.find(winner->object);
        if (aiReaches && compiled == compiled_.end())
            effect.broken = fmt::format("{} cannot be read", winner->object->key.display());
        else if (aiReaches && !compiled->second.broken.empty())
            effect.broken = compiled->second.broken;
        else if (aiReaches)
            effect.llm = compiled->second.llm;
    }
    auto callers = access_.of({merged.winners[kApiKeys], merged.winners[kPasswords], merged.winners[kTokens], merged.winners[kRbac],
                               merged.winners[kRate]}, ruleId);
    effect.access = std::move(callers.access);
    effect.limits = std::move(callers.limits);
    if (effect.broken.empty()) effect.broken = std::move(callers.broken);
    if (const auto* winner = merged.winners[kCsrf])
        if (const auto spec = config::decodeCsrf(*winner->object)) effect.csrf = compileCsrfOf(context_, *winner->object, *spec, effect.broken);
    if (const auto* winner = merged.winners[kFault])
        if (const auto spec = config::decodeFaults(*winner->object)) effect.fault = compileFaultOf(context_, *winner->object, *spec);
    for (std::size_t i = 0; i < kFields.size(); ++i) {
        const auto* winner = merged.winners[i];
        if (!winner || kFields[i].run || !kFields[i].guardsAccess || disabled(*winner->object, kFields[i].name)) continue;
        if (effect.broken.empty())
            effect.broken = fmt::format("{} asks for {}, which is not run yet", winner->object->key.display(), kFields[i].name);
    }

    for (auto& entry : merged.provenance) {
        if (entry.field != kFields[kAi].name) {
            const auto row = std::find_if(kFields.begin(), kFields.end(),
                                          [&](const MergeField& field) { return field.name == entry.field; });
            if (entry.effective && !row->run) {
                entry.effective = false;
                entry.reason += ", but the field is not run yet";
            }
            effect.provenance.push_back(std::move(entry));
            continue;
        }
        if (entry.effective && !aiReaches) {
            entry.effective = false;
            entry.reason += ", but this rule talks to no model";
        }
        if (const auto* object = context_.objects.find(entry.origin)) expandAi(*object, entry, effect.provenance);
    }
    return effect;
}

}  // namespace gatehouse::route
