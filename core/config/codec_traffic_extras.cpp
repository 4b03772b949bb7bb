#include "config/traffic_extras.h"

#include "config/codec_parts.h"
#include "config/fields.h"
#include "config/formats.h"

#include <algorithm>

namespace gatehouse::config {
namespace {

int percentOf(const Node* node, std::string_view name, int otherwise) {
    return static_cast<int>(std::clamp<std::int64_t>(intOf(node, name, otherwise), 0, 100));
}

const Node* part(const Object& policy, std::string_view name) {
    const auto spec = specOf(policy);
    return spec ? memberOf(*spec, name) : nullptr;
}

}  // namespace

std::optional<CsrfSpec> decodeCsrf(const Object& policy) {
    const auto* node = part(policy, "csrf");
    if (node == nullptr) return std::nullopt;
    CsrfSpec out;
    out.at = FieldPath().key("spec").key("csrf");
    const auto& items = itemsOf(node, "additionalOrigins");
    for (std::size_t i = 0; i < items.size(); ++i)
        out.matches.push_back({textOf(&items[i], "exact"), textOf(&items[i], "prefix"), textOf(&items[i], "suffix"), textOf(&items[i], "contains"),
                               textOf(&items[i], "safeRegex"), boolOf(&items[i], "ignoreCase", false), out.at.key("additionalOrigins").index(i)});
    // Shadowed alone: nothing is enforced.
    out.enabled = percentOf(node, "percentageEnabled", memberOf(node, "percentageShadowed") != nullptr ? 0 : 100);
    out.shadowed = percentOf(node, "percentageShadowed", 0);
    return out;
}

std::optional<FaultSpec> decodeFaults(const Object& policy) {
    const auto* node = part(policy, "faultInjection");
    if (node == nullptr) return std::nullopt;
    FaultSpec out;
    out.at = FieldPath().key("spec").key("faultInjection");
    out.disable = memberOf(node, "disable") != nullptr;
    if (const auto* delay = memberOf(node, "delay")) {
        out.delay = parseDuration(textOf(delay, "fixedDelay"));
        out.delayPercent = percentOf(delay, "percentage", 100);
    }
    if (const auto* abort = memberOf(node, "abort")) {
        out.abortStatus = static_cast<int>(intOf(abort, "httpStatus", 0));
        out.grpcStatus = static_cast<int>(intOf(abort, "grpcStatus", -1));
        out.abortPercent = percentOf(abort, "percentage", 100);
    }
    if (const auto* rate = memberOf(node, "responseRateLimit")) {
        out.kilobits = std::max<std::int64_t>(intOf(rate, "kbitsPerSecond", 0), 0);
        out.ratePercent = percentOf(rate, "percentage", 100);
    }
    out.maxActive = intOf(node, "maxActiveFaults", -1);
    return out;
}

namespace agentgateway {

CsrfSpec decodeCsrf(const text::yaml::Node& node, FieldPath at) {
    CsrfSpec out;
    out.fetchMetadata = true;
    out.origins = textsOf(&node, "additionalOrigins");
    out.at = std::move(at);
    return out;
}

FaultSpec decodeDelay(const text::yaml::Node& node, FieldPath at) {
    FaultSpec out;
    const auto text = textOf(&node, "duration");
    out.delay = parseDuration(text);
    if (!out.delay) out.delayExpression = text;
    out.at = std::move(at);
    return out;
}

}  // namespace agentgateway

}  // namespace gatehouse::config
