#include "llm/guard_chain.h"

#include "llm/policy.h"
#include "llm/text_masker.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace gatehouse::llm {
namespace {

/// Of one request; the counts go on beyond.
constexpr std::size_t kMostHits = 200;
/// Of what a service says, before it goes into a record.
constexpr std::size_t kMostDetail = 300;
constexpr int kUnchecked = 503;

/// What differs between two texts: a span of the first, at characters' borders, and what stands there in the second.
GuardHit changeBetween(GuardKind kind, const GuardText& was, const std::string& is) {
    const auto& from = was.content;
    std::size_t front = 0;
    while (front < from.size() && front < is.size() && from[front] == is[front]) ++front;
    while (front > 0 && ((front < from.size() && continues(from[front])) || (front < is.size() && continues(is[front])))) --front;
    std::size_t back = 0;
    while (back < from.size() - front && back < is.size() - front && from[from.size() - 1 - back] == is[is.size() - 1 - back]) ++back;
    while (back > 0 && continues(from[from.size() - back])) --back;
    GuardHit hit;
    hit.rule = guardKindName(kind);
    hit.messageIndex = was.message;
    hit.scope = was.scope;
    hit.begin = front;
    hit.end = from.size() - back;
    hit.replacement = is.substr(front, is.size() - back - front);
    return hit;
}

void refuse(GuardReport& report, bool failed, int status, std::string message) {
    report.rejected = true;
    report.failed = failed;
    report.status = status;
    report.message = std::move(message);
}

void addHits(GuardFinding& finding, std::vector<GuardHit> hits) {
    for (auto& hit : hits)
        if (finding.hits.size() < kMostHits) finding.hits.push_back(std::move(hit));
}

/// A finding tells the gravest of what came of its guard: passing once does not undo a mask before.
void note(GuardFinding& finding, GuardOutcome outcome) {
    const auto rank = [](GuardOutcome each) {
        switch (each) {
            case GuardOutcome::NotRun: return 0;
            case GuardOutcome::Passed: return 1;
            case GuardOutcome::Masked: return 2;
            case GuardOutcome::FailedOpen: return 3;
            case GuardOutcome::Failed: return 4;
            case GuardOutcome::Rejected: return 5;
        }
        return 0;
    };
    if (rank(outcome) > rank(finding.outcome)) finding.outcome = outcome;
}

}  // namespace

std::string_view guardKindName(GuardKind kind) {
    switch (kind) {
        case GuardKind::Regex: return "regex";
        case GuardKind::Webhook: return "webhook";
        case GuardKind::Bedrock: return "bedrock_guardrails";
        case GuardKind::ModelArmor: return "model_armor";
        default: return "moderation";
    }
}

std::string_view guardOutcomeName(GuardOutcome outcome) {
    switch (outcome) {
        case GuardOutcome::Passed: return "passed";
        case GuardOutcome::Masked: return "masked";
        case GuardOutcome::Rejected: return "rejected";
        case GuardOutcome::Failed: return "failed";
        case GuardOutcome::FailedOpen: return "failed_open";
        default: return "not_run";
    }
}

bool GuardChain::guardsAnswers(bool stream) const {
    return std::any_of(answers.begin(), answers.end(), [&](const Guard& guard) { return !stream || guard.streams; });
}

std::uint64_t GuardReport::unscanned() const {
    std::uint64_t bytes = 0;
    for (const auto& finding : findings) bytes += finding.unscanned;
    return bytes;
}

GuardFinding& GuardReport::of(const Guard& guard, bool answer) {
    for (auto& known : findings)
        if (known.answer == answer && known.kind == guard.kind && known.guard == guard.name) return known;
    GuardFinding made;
    made.guard = guard.name;
    made.kind = guard.kind;
    made.answer = answer;
    if (guard.service) made.service = guard.service->name;
    findings.push_back(std::move(made));
    return findings.back();
}

std::string findingText(const GuardFinding& finding) {
    std::string rules;
    for (const auto& hit : finding.hits)
        if (rules.find(hit.rule) == std::string::npos) rules += (rules.empty() ? "" : ", ") + hit.rule;
    std::string outcome;
    switch (finding.outcome) {
        case GuardOutcome::Passed: outcome = "passed"; break;
        case GuardOutcome::Masked: outcome = "masked"; break;
        case GuardOutcome::Rejected: outcome = "refused"; break;
        case GuardOutcome::Failed: outcome = "could not say, so nothing passed"; break;
        case GuardOutcome::FailedOpen: outcome = "could not say, and it passed unscanned"; break;
        case GuardOutcome::NotRun: outcome = "not asked"; break;
    }
    if (finding.kind == GuardKind::Regex) {
        if (finding.outcome == GuardOutcome::NotRun) return fmt::format("streams pass it: {} bytes were not looked at", finding.unscanned);
        if (finding.hits.empty()) return "no pattern hit";
        const char* plural = finding.hits.size() == 1 ? "" : "s";
        return finding.answer ? fmt::format("{} hit{} of {} in the answer: {}", finding.hits.size(), plural, rules, outcome)
                              : fmt::format("{} hit{} of {} in the prompt: {}", finding.hits.size(), plural, rules, outcome);
    }
    if (finding.calls == 0)
        return finding.unscanned > 0 ? fmt::format("streams pass it: {} bytes were not looked at", finding.unscanned) : outcome;
    auto text = fmt::format("{} was asked {} time{} in {:.1f} ms about {} text{}: {}", finding.service, finding.calls, finding.calls == 1 ? "" : "s",
                            static_cast<double>(finding.micros) * 1e-3, finding.texts, finding.texts == 1 ? "" : "s", outcome);
    if (finding.unscanned > 0) text += fmt::format("; {} bytes passed unscanned", finding.unscanned);
    if (!finding.detail.empty()) text += "; " + finding.detail;
    return text;
}

BodyTexts textsInScope(const BodyTexts& texts, ScopeSet scopes) {
    BodyTexts out;
    out.echoes = texts.echoes;
    std::copy_if(texts.texts.begin(), texts.texts.end(), std::back_inserter(out.texts), [&](const BodyText& text) { return scopes.has(text.scope); });
    return out;
}

TextFilters scopedMaskers(const RegexGuard& guard, ScopeSet scopes) {
    return [&guard, scopes](std::string_view channel, TextScope scope, bool jsonText) -> std::unique_ptr<TextFilter> {
        if (scopes.looksAt(channel, scope)) return std::make_unique<DeepMasker>(guard, jsonText);
        return std::make_unique<PassOn>();
    };
}

void noteStreamGuard(GuardFinding& finding, const Guard& guard, GuardVerdict verdict, std::uint64_t bytes) {
    finding.bytes += bytes;
    const bool rejects = guard.regex && guard.regex->action() == RegexGuard::Action::Reject;
    note(finding, verdict.hits.empty() ? GuardOutcome::Passed : rejects ? GuardOutcome::Rejected : GuardOutcome::Masked);
    addHits(finding, std::move(verdict.hits));
}

void noteMasked(GuardFinding& finding, std::vector<GuardHit> hits) {
    note(finding, GuardOutcome::Masked);
    addHits(finding, std::move(hits));
}

Result<bool> runRegexGuard(base::Buffer& body, const Guard& guard, bool answer, GuardReport& report) {
    const auto all = answer ? answerTexts(body) : requestTexts(body);
    if (!all) return tl::unexpected(all.error());
    const auto texts = textsInScope(*all, guard.scopes);
    auto& finding = report.of(guard, answer);
    finding.texts += texts.texts.size();
    for (const auto& text : texts.texts) finding.bytes += text.raw.size();
    auto verdict = guardTexts(body, texts, *guard.regex);
    note(finding, verdict.rejected ? GuardOutcome::Rejected : verdict.masked ? GuardOutcome::Masked : GuardOutcome::Passed);
    addHits(finding, std::move(verdict.hits));
    if (!verdict.rejected) return true;
    refuse(report, false, guard.rejectStatus, guard.rejectMessage);
    return false;
}

std::vector<GuardText> guardTextsOf(const base::Buffer& body, const BodyTexts& texts, const Guard& guard) {
    const auto scoped = textsInScope(texts, guard.scopes);
    auto contents = readTexts(body, scoped);
    std::vector<GuardText> out;
    for (const auto& text : scoped.texts) {
        if (text.form != BodyText::Form::String) continue;
        out.push_back({std::string(text.role), std::move(contents[out.size()]), text.scope, text.message});
    }
    return out;
}

void replaceGuarded(base::Buffer& body, const BodyTexts& texts, const Guard& guard, const std::vector<std::string>& with) {
    replaceTexts(body, textsInScope(texts, guard.scopes), with);
}

bool settleGuard(const Guard& guard, bool answer, const std::vector<GuardText>& asked, ServiceVerdict& verdict, std::int64_t micros,
                 GuardReport& report) {
    auto& finding = report.of(guard, answer);
    ++finding.calls;
    finding.micros += micros;
    finding.texts += asked.size();
    std::uint64_t bytes = 0;
    for (const auto& text : asked) bytes += text.content.size();
    finding.bytes += bytes;
    if (!verdict.detail.empty()) finding.detail = verdict.detail.substr(0, kMostDetail);
    if (verdict.outcome == GuardOutcome::Failed && guard.failOpen) {
        verdict.outcome = GuardOutcome::FailedOpen;
        finding.unscanned += bytes;
    }
    if (verdict.outcome == GuardOutcome::Masked) {
        std::vector<GuardHit> hits;
        for (std::size_t i = 0; i < asked.size() && i < verdict.texts.size(); ++i)
            if (verdict.texts[i] != asked[i].content) hits.push_back(changeBetween(guard.kind, asked[i], verdict.texts[i]));
        if (hits.empty()) verdict.outcome = GuardOutcome::Passed;
        addHits(finding, std::move(hits));
    }
    note(finding, verdict.outcome);
    if (verdict.outcome == GuardOutcome::Rejected)
        refuse(report, false, verdict.status != 0 ? verdict.status : guard.rejectStatus, verdict.message.empty() ? guard.rejectMessage : verdict.message);
    // Not the text's fault: the client may try again.
    if (verdict.outcome == GuardOutcome::Failed) refuse(report, true, kUnchecked, "A guard of this route could not check the text.");
    return !report.rejected;
}

}  // namespace gatehouse::llm
