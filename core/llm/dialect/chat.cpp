#include "llm/dialect/chat.h"

#include <fmt/format.h>

#include <unordered_map>

namespace gatehouse::llm {
namespace {

std::string at(const std::string& path, std::string_view key) { return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key); }

void reportExtras(const Extras& extras, std::string_view target, Losses& losses) {
    if (extras.taken) return;
    for (auto member = extras.members.begin(); member != extras.members.end(); ++member)
        dropped(losses, at(extras.path, member.key()), fmt::format("{} has no such field.", target));
}

std::string_view kindWords(Part::Kind kind) {
    switch (kind) {
    case Part::Kind::Text: return "text here";
    case Part::Kind::Image: return "images here";
    case Part::Kind::Audio: return "audio here";
    case Part::Kind::Video: return "video here";
    case Part::Kind::Document: return "documents here";
    case Part::Kind::ToolCall: return "tool calls here";
    case Part::Kind::ToolResult: return "tool results here";
    case Part::Kind::Thinking:
    case Part::Kind::RedactedThinking: return "place for the model's thinking here";
    case Part::Kind::Refusal: return "refusals here";
    case Part::Kind::Opaque: return "such content";
    }
    return "such content";
}

void reportPart(const Part& part, std::string_view target, Losses& losses) {
    if (!part.taken) {
        dropped(losses, part.path, fmt::format("{} takes no {}.", target, kindWords(part.kind)));
        return;
    }
    reportExtras(part.extras, target, losses);
    for (const auto& inner : part.content) reportPart(inner, target, losses);
}

/// Every field that may be given, once: who adds one to ChatRequest adds it here.
template <class Visit>
void eachGiven(const ChatRequest& r, Visit visit) {
    visit(r.model), visit(r.stream), visit(r.toolChoice), visit(r.parallelToolCalls), visit(r.outputFormat), visit(r.reasoning);
    visit(r.maxTokens), visit(r.temperature), visit(r.topP), visit(r.topK), visit(r.minP), visit(r.frequencyPenalty);
    visit(r.presencePenalty), visit(r.repetitionPenalty), visit(r.stop), visit(r.seed), visit(r.n), visit(r.logprobs);
    visit(r.topLogprobs), visit(r.logitBias), visit(r.user), visit(r.metadata), visit(r.serviceTier), visit(r.includeUsage);
    visit(r.safetySettings), visit(r.modalities), visit(r.audioOutput), visit(r.verbosity), visit(r.promptCacheKey), visit(r.store);
    visit(r.previousResponseId), visit(r.keepAlive), visit(r.suffix), visit(r.echo), visit(r.cache);
}

}  // namespace

void dropped(Losses& losses, std::string path, std::string reason) { losses.push_back({Loss::Kind::Dropped, std::move(path), std::move(reason)}); }
void defaulted(Losses& losses, std::string path, std::string reason) { losses.push_back({Loss::Kind::Defaulted, std::move(path), std::move(reason)}); }
void coerced(Losses& losses, std::string path, std::string reason) { losses.push_back({Loss::Kind::Coerced, std::move(path), std::move(reason)}); }

void nameToolResults(ChatRequest& request) {
    std::unordered_map<std::string, std::string> names;
    for (auto& message : request.messages)
        for (auto& part : message.parts) {
            if (part.kind == Part::Kind::ToolCall) names[part.callId] = part.name;
            if (part.kind != Part::Kind::ToolResult || !part.name.empty()) continue;
            if (const auto found = names.find(part.callId); found != names.end()) part.name = found->second;
        }
}

void reportUntaken(const ChatRequest& request, std::string_view target, Losses& losses) {
    eachGiven(request, [&](const auto& given) {
        if (given && !given.taken) dropped(losses, given.path, fmt::format("{} has no such setting.", target));
    });
    for (const auto& tool : request.tools) {
        if (tool.taken) reportExtras(tool.extras, target, losses);
        else dropped(losses, tool.path, fmt::format("{} has no such tool.", target));
    }
    for (const auto& message : request.messages) {
        for (const auto& part : message.parts) reportPart(part, target, losses);
        reportExtras(message.extras, target, losses);
    }
    reportExtras(request.extras, target, losses);
}

void reportUntaken(const ChatAnswer& answer, std::string_view target, Losses& losses) {
    for (const auto& choice : answer.choices) {
        for (const auto& part : choice.parts) reportPart(part, target, losses);
        reportExtras(choice.messageExtras, target, losses);
        reportExtras(choice.extras, target, losses);
    }
    reportExtras(answer.extras, target, losses);
}

bool restore(Extras& extras, Family family, Json& into) {
    if (extras.family != family) return extras.empty();
    extras.taken = true;
    for (auto member = extras.members.begin(); member != extras.members.end(); ++member)
        if (!into.contains(member.key())) into[member.key()] = member.value();
    return true;
}

bool splitDataUrl(std::string_view url, std::string& mediaType, std::string& data) {
    if (!url.starts_with("data:")) return false;
    const auto comma = url.find(',');
    if (comma == std::string_view::npos) return false;
    auto head = url.substr(5, comma - 5);
    if (!head.ends_with(";base64")) return false;
    head.remove_suffix(7);
    mediaType = head.substr(0, head.find(';'));
    data = url.substr(comma + 1);
    return true;
}

std::string dataUrl(std::string_view mediaType, std::string_view data) { return fmt::format("data:{};base64,{}", mediaType, data); }

std::string joinText(const std::vector<Part>& parts) {
    std::string text;
    for (const auto& part : parts)
        if (part.kind == Part::Kind::Text) text += part.text;
    return text;
}

}  // namespace gatehouse::llm
