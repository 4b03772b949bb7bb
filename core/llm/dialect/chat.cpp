#include "llm/dialect/chat.h"

#include "base/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
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

bool writeOpaqueTool(Tool& tool, Family family, Json& tools) {
    if (tool.kind != Tool::Kind::Opaque) return false;
    if (tool.family != family) return true;
    tool.taken = true;
    tools.push_back(tool.opaque);
    return true;
}

bool isBarred(const Given<ToolChoice>& choice, const Tool& tool) {
    if (!choice || choice->allowed.empty()) return false;
    return std::find(choice->allowed.begin(), choice->allowed.end(), tool.name) == choice->allowed.end();
}

void takeDefaults(ChatRequest& r) {
    const auto forget = [](auto& given, bool isDefault) {
        if (isDefault) given = {};
    };
    forget(r.n, r.n && *r.n == 1);
    forget(r.logprobs, r.logprobs && !*r.logprobs);
    forget(r.topLogprobs, r.topLogprobs && *r.topLogprobs == 0);
    forget(r.echo, r.echo && !*r.echo);
    forget(r.stream, r.stream && !*r.stream);
    forget(r.includeUsage, r.includeUsage && !*r.includeUsage);
    forget(r.frequencyPenalty, r.frequencyPenalty && *r.frequencyPenalty == 0);
    forget(r.presencePenalty, r.presencePenalty && *r.presencePenalty == 0);
    forget(r.repetitionPenalty, r.repetitionPenalty && *r.repetitionPenalty == 1);
    forget(r.modalities, r.modalities && *r.modalities == std::vector<std::string>{"text"});
    forget(r.outputFormat, r.outputFormat && r.outputFormat->kind == OutputFormat::Kind::Text);
    forget(r.logitBias, r.logitBias && r.logitBias->empty());
    forget(r.metadata, r.metadata && r.metadata->empty());
    forget(r.stop, r.stop && r.stop->empty());
    forget(r.parallelToolCalls, r.parallelToolCalls && (*r.parallelToolCalls || r.tools.empty()));
    const auto mode = r.toolChoice ? r.toolChoice->mode : ToolChoice::Mode::Required;
    forget(r.toolChoice, r.tools.empty() && (mode == ToolChoice::Mode::Auto || mode == ToolChoice::Mode::None));
    // Some store where nothing is said: the word stays for them.
    if (r.store && !*r.store) r.store.taken = true;
}

std::int64_t budgetOfEffort(std::string_view effort) {
    if (effort == "minimal") return 1024;
    if (effort == "low") return 2048;
    if (effort == "medium") return 8192;
    if (effort == "high") return 16384;
    return effort == "max" ? 63999 : 32768;
}

std::string_view effortOfBudget(std::int64_t tokens) {
    if (tokens <= 4096) return "low";
    if (tokens <= 12288) return "medium";
    return tokens <= 24576 ? "high" : "xhigh";
}

std::string safeCallId(std::string_view id, std::size_t most) {
    std::string safe;
    for (const char c : id) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        safe += fits ? c : '_';
    }
    if (safe == id && !id.empty() && id.size() <= most) return safe;
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a: the same on every machine.
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    const auto tail = fmt::format("_{:016x}", hash);
    // Too short for both (Mistral's nine): the hash alone.
    if (most <= tail.size()) return tail.substr(1, most);
    return safe.substr(0, most - tail.size()) + tail;
}

std::string madeCallId(std::string_view scope, int call, std::string_view name) {
    // The characters of the middle make safeCallId() hash all of it.
    const auto hashed = safeCallId(fmt::format("{}/{}/{}", scope, call, name), 17);
    return fmt::format("call_{}", hashed);
}

std::string audioMediaType(std::string_view format) { return fmt::format("audio/{}", format == "mp3" ? "mpeg" : format); }

std::string audioFormat(std::string_view mediaType) {
    if (mediaType.starts_with("audio/")) mediaType.remove_prefix(6);
    if (mediaType.starts_with("x-")) mediaType.remove_prefix(2);
    return mediaType == "mpeg" ? "mp3" : std::string(mediaType);
}

namespace {
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string decodeBase64(std::string_view data) {
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : data) {
        if (c == '\r' || c == '\n') continue;
        const auto value = kBase64.find(c == '-' ? '+' : c == '_' ? '/' : c);
        if (value == std::string_view::npos) break;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xFF);
    }
    return bytes;
}

std::size_t characters(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::int64_t secondsNow() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t secondsOf(std::string_view text) {
    int parts[6] = {0, 0, 0, 0, 0, 0};
    constexpr std::array<std::size_t, 6> kAt = {0, 5, 8, 11, 14, 17};
    if (text.size() < 20) return 0;
    for (std::size_t i = 0; i < 6; ++i) {
        const auto digits = text.substr(kAt[i], i == 0 ? 4 : 2);
        if (std::from_chars(digits.data(), digits.data() + digits.size(), parts[i]).ptr != digits.data() + digits.size()) return 0;
    }
    using namespace std::chrono;
    const auto day = year_month_day(year(parts[0]), month(static_cast<unsigned>(parts[1])), std::chrono::day(static_cast<unsigned>(parts[2])));
    if (!day.ok()) return 0;
    auto seconds = static_cast<std::int64_t>(sys_days(day).time_since_epoch().count()) * 86400 + parts[3] * 3600 + parts[4] * 60 + parts[5];
    // "+02:00" after the fraction of a second.
    const auto zone = text.find_first_of("+-Zz", 19);
    if (zone != std::string_view::npos && text.size() >= zone + 6 && text[zone] != 'Z' && text[zone] != 'z') {
        int hours = 0;
        int minutes = 0;
        std::from_chars(text.data() + zone + 1, text.data() + zone + 3, hours);
        std::from_chars(text.data() + zone + 4, text.data() + zone + 6, minutes);
        seconds -= (text[zone] == '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
    }
    return seconds;
}

std::string rfc3339Of(std::int64_t seconds) { return base::formatRfc3339(base::WallTime(std::chrono::seconds(seconds))); }

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

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string joinText(const std::vector<Part>& parts) {
    std::string text;
    for (const auto& part : parts)
        if (part.kind == Part::Kind::Text) text += part.text;
    return text;
}

}  // namespace gatehouse::llm
