#include "llm/cloud_guards.h"

#include "http/characters.h"
#include "llm/dialect/json.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace gatehouse::llm {
namespace {

ServiceVerdict failed(std::string why) {
    ServiceVerdict verdict;
    verdict.detail = std::move(why);
    return verdict;
}

const Json* member(const Json* object, std::string_view name) {
    if (object == nullptr || !object->is_object()) return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &*found;
}

std::string_view textOf(const Json* object, std::string_view name) {
    const auto* value = member(object, name);
    return value != nullptr && value->is_string() ? std::string_view(value->get_ref<const std::string&>()) : std::string_view{};
}

std::string segment(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (http::hasClass(c, http::kUnreserved)) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

/// What a guard found, by names alone: what stood in the text is in no record.
class Names {
  public:
    void add(std::string_view name) {
        if (name.empty() || text_.find(name) != std::string::npos) return;
        text_ += text_.empty() ? "" : ", ";
        text_ += name;
    }
    std::string said(const char* how) const { return text_.empty() ? std::string() : fmt::format("{}: {}", how, text_); }

  private:
    std::string text_;
};

/// Lists of an assessment, the member that names an item, and what a nameless one is called.
struct AssessmentList {
    std::string_view policy, list, name, otherwise;
};
constexpr std::array<AssessmentList, 7> kAssessments{{
    {"topicPolicy", "topics", "name", "topic"},
    {"contentPolicy", "filters", "type", "content"},
    {"wordPolicy", "customWords", "", "word"},
    {"wordPolicy", "managedWordLists", "type", "word"},
    {"sensitiveInformationPolicy", "piiEntities", "type", "sensitive information"},
    {"sensitiveInformationPolicy", "regexes", "name", "pattern"},
    {"contextualGroundingPolicy", "filters", "type", "grounding"},
}};

struct Assessed {
    Names blocked, masked;
    bool blocks = false, masks = false;
};

Assessed readAssessments(const Json* assessments) {
    Assessed out;
    if (assessments == nullptr || !assessments->is_array()) return out;
    for (const auto& assessment : *assessments)
        for (const auto& row : kAssessments) {
            const auto* list = member(member(&assessment, row.policy), row.list);
            if (list == nullptr || !list->is_array()) continue;
            for (const auto& item : *list) {
                const auto action = textOf(&item, "action");
                const auto name = textOf(&item, row.name).empty() ? row.otherwise : textOf(&item, row.name);
                if (action == "BLOCKED") out.blocks = true, out.blocked.add(name);
                if (action == "ANONYMIZED") out.masks = true, out.masked.add(name);
            }
        }
    return out;
}

bool matches(const Json* result) { return textOf(result, "matchState") == "MATCH_FOUND"; }

/// One filter of Model Armor: {"raiFilterResult":{...}}, {"sdpFilterResult":{"inspectResult":...|"deidentifyResult":...}}.
struct ArmorFindings {
    Names refused, masked;
    bool refuses = false, masks = false;
    std::string text;
};

void readArmorFilter(std::string_view name, const Json& filter, ArmorFindings& out) {
    if (!filter.is_object()) return;
    for (const auto& [kind, result] : filter.items()) {
        const auto* deidentified = member(&result, "deidentifyResult");
        if (kind != "sdpFilterResult" || !matches(deidentified)) {
            if (!matches(&result) && !matches(member(&result, "inspectResult"))) continue;
            out.refuses = true;
            out.refused.add(name);
            continue;
        }
        const auto* text = member(member(deidentified, "data"), "text");
        if (text == nullptr || !text->is_string()) {
            out.refuses = true;  // It found something, and does not show what is left.
            out.refused.add(name);
            continue;
        }
        out.masks = true;
        out.text = text->get<std::string>();
        if (const auto* types = member(deidentified, "infoTypes"); types != nullptr && types->is_array())
            for (const auto& type : *types)
                if (type.is_string()) out.masked.add(type.get_ref<const std::string&>());
    }
}

/// A map by the filters' names, or a list of such maps as older answers have it.
ArmorFindings readArmorFilters(const Json* results) {
    ArmorFindings out;
    if (results == nullptr) return out;
    if (results->is_object())
        for (const auto& [name, filter] : results->items()) readArmorFilter(name, filter, out);
    if (results->is_array())
        for (const auto& filter : *results) {
            if (!filter.is_object()) continue;
            for (const auto& [name, result] : filter.items()) {
                if (name.ends_with("Result")) readArmorFilter(name, Json{{name, result}}, out);
                else readArmorFilter(name, result, out);
            }
        }
    return out;
}

}  // namespace

std::string bedrockGuardrailPath(std::string_view identifier, std::string_view version) {
    return fmt::format("/guardrail/{}/version/{}/apply", segment(identifier), segment(version));
}

std::string modelArmorPath(std::string_view project, std::string_view location, std::string_view templateId, bool answer) {
    return fmt::format("/v1/projects/{}/locations/{}/templates/{}:{}", segment(project), segment(location), segment(templateId),
                       answer ? "sanitizeModelResponse" : "sanitizeUserPrompt");
}

std::string modelArmorHost(std::string_view location) { return fmt::format("modelarmor.{}.rep.googleapis.com", location); }

bool isCloudGuard(GuardKind kind) { return kind == GuardKind::Bedrock || kind == GuardKind::ModelArmor; }

std::size_t textsPerQuestion(GuardKind kind) { return kind == GuardKind::ModelArmor ? 1 : static_cast<std::size_t>(-1); }

std::string cloudQuestion(GuardKind kind, bool answer, const std::vector<GuardText>& texts) {
    if (kind == GuardKind::ModelArmor) {
        const auto& text = texts.empty() ? std::string() : texts.front().content;
        return dump(Json{{answer ? "modelResponseData" : "userPromptData", {{"text", text}}}});
    }
    Json content = Json::array();
    for (const auto& text : texts) content.push_back(Json{{"text", {{"text", text.content}}}});
    return dump(Json{{"source", answer ? "OUTPUT" : "INPUT"}, {"content", std::move(content)}});
}

ServiceVerdict readBedrockGuardrail(std::string_view body, std::size_t asked) {
    const auto json = Json::parse(body, nullptr, false);
    const auto action = textOf(&json, "action");
    ServiceVerdict verdict;
    if (action == "NONE") {
        verdict.outcome = GuardOutcome::Passed;
        return verdict;
    }
    if (action != "GUARDRAIL_INTERVENED") return failed("The guardrail's answer names no action that is known.");
    const auto assessed = readAssessments(member(&json, "assessments"));
    // What is not said to be a mask alone is a refusal: a guardrail may learn new policies.
    if (assessed.blocks || !assessed.masks) {
        verdict.outcome = GuardOutcome::Rejected;
        verdict.detail = assessed.blocked.said("blocked");
        return verdict;
    }
    const auto* outputs = member(&json, "outputs");
    const auto count = outputs != nullptr && outputs->is_array() ? outputs->size() : 0;
    if (count != asked) return failed(fmt::format("The guardrail was asked about {} texts and masked {}.", asked, count));
    for (const auto& output : *outputs) {
        const auto* text = member(&output, "text");
        if (text == nullptr || !text->is_string()) return failed("The guardrail's mask holds an output without a text.");
        verdict.texts.push_back(text->get<std::string>());
    }
    verdict.outcome = GuardOutcome::Masked;
    verdict.detail = assessed.masked.said("masked");
    return verdict;
}

ServiceVerdict readModelArmor(std::string_view body) {
    const auto json = Json::parse(body, nullptr, false);
    const auto* result = member(&json, "sanitizationResult");
    const auto state = textOf(result, "filterMatchState");
    const auto ran = textOf(result, "invocationResult");
    if (state != "MATCH_FOUND" && state != "NO_MATCH_FOUND") return failed("Model Armor's answer says neither that it found something nor that it did not.");
    const auto found = readArmorFilters(member(result, "filterResults"));
    ServiceVerdict verdict;
    if (state == "MATCH_FOUND" && (found.refuses || !found.masks)) {
        verdict.outcome = GuardOutcome::Rejected;
        verdict.detail = found.refused.said("matched");
        return verdict;
    }
    if (ran != "SUCCESS") return failed("Model Armor could not run all of its filters.");
    verdict.outcome = state == "MATCH_FOUND" ? GuardOutcome::Masked : GuardOutcome::Passed;
    if (verdict.outcome == GuardOutcome::Masked) {
        verdict.texts.push_back(found.text);
        verdict.detail = found.masked.said("masked");
    }
    return verdict;
}

}  // namespace gatehouse::llm
