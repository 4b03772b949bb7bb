#include "route/translate_extras.h"

#include "config/formats.h"
#include "config/policies.h"
#include "route/diagnostic_codes.h"
#include "route/translate_policies.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {

std::shared_ptr<const filter::Csrf> compileCsrfOf(TranslateContext& context, const config::Object& policy, const config::CsrfSpec& spec, std::string& broken) {
    auto compiled = filter::compileCsrf(spec, policy.key.display());
    if (compiled) return *compiled;
    if (broken.empty()) broken = fmt::format("csrf of {} cannot be run: {}", policy.key.display(), compiled.error().message);
    context.reportBroken(codes::kPolicyInvalid, policy, spec.at, compiled.error().message, "Rules under this policy answer 500 rather than go unguarded.");
    return nullptr;
}

std::shared_ptr<const filter::Fault> compileFaultOf(TranslateContext& context, const config::Object& policy, const config::FaultSpec& spec) {
    if (spec.disable) return nullptr;
    auto compiled = filter::compileFault(spec, policy.key.display());
    if (compiled) return *compiled;
    context.report(config::Severity::Error, codes::kPolicyInvalid, policy, spec.at, compiled.error().message + " No fault is made.");
    return nullptr;
}

std::chrono::milliseconds cacheTimeOf(TranslateContext& context, const config::Object& route) {
    constexpr std::chrono::hours kLongest{24};
    const auto found = route.annotations.find(config::kResponseCacheAnnotation);
    if (found == route.annotations.end()) return {};
    const auto time = config::parseDuration(found->second);
    if (time && time->count() >= 0 && *time <= kLongest) return *time;
    context.report(config::Severity::Warning, codes::kProviderAnnotation, route,
                   config::FieldPath{}.key("metadata").key("annotations").key(config::kResponseCacheAnnotation),
                   fmt::format("\"{}\" is no time of at most 24h; answers are not kept.", found->second));
    return {};
}

void addCsrf(filter::Chain& chain, std::shared_ptr<const filter::Csrf> csrf) {
    if (!csrf) return;
    auto at = chain.order.begin();
    while (at != chain.order.end() && (at->what == filter::FilterStep::Cors || at->what == filter::FilterStep::Fault)) ++at;
    chain.order.insert(at, {filter::FilterStep::Csrf, static_cast<std::uint8_t>(chain.csrfs.size())});
    chain.description.emplace_back("Csrf", fmt::format("{} refuses what comes from other sites", csrf->by));
    chain.csrfs.push_back(std::move(csrf));
}

void addFault(filter::Chain& chain, std::shared_ptr<const filter::Fault> fault, bool first) {
    if (!fault) return;
    const auto at = first ? chain.order.begin() : chain.order.end();
    chain.order.insert(at, {filter::FilterStep::Fault, static_cast<std::uint8_t>(chain.faults.size())});
    chain.description.emplace_back("Fault", fmt::format("{}: {}", fault->by, filter::faultText(*fault)));
    chain.faults.push_back(std::move(fault));
}

void applyExtras(filter::Chain& chain, PolicyEffect& effect) {
    addCsrf(chain, std::move(effect.csrf));
    addFault(chain, std::move(effect.fault), true);
}

}  // namespace gatehouse::route
