#include "llm/guard_coverage.h"

#include "llm/policy.h"

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr std::string_view kMark = "gatehousemark";

/// A text with the mark in one place alone.
SampleTexts marked(CoverageColumn column) {
    SampleTexts texts{"words", "words", "words", "words"};
    switch (column) {
        case CoverageColumn::System: texts.system = kMark; break;
        case CoverageColumn::ToolInput:
        case CoverageColumn::AnswerTools:
        case CoverageColumn::StreamTools: texts.input = kMark; break;
        case CoverageColumn::ToolOutput: texts.output = kMark; break;
        default: texts.text = kMark;
    }
    return texts;
}

bool ofAnswers(CoverageColumn column) { return column >= CoverageColumn::Answer; }
bool ofStreams(CoverageColumn column) { return column >= CoverageColumn::Stream; }

const char* placeOf(CoverageColumn column) {
    switch (column) {
        case CoverageColumn::System: return "{system}";
        case CoverageColumn::ToolInput:
        case CoverageColumn::AnswerTools:
        case CoverageColumn::StreamTools: return "{input}";
        case CoverageColumn::ToolOutput: return "{output}";
        default: return "{text}";
    }
}

const char* patternOf(const SampleBody& sample, CoverageColumn column) {
    const char* pattern = ofStreams(column) ? sample.events : ofAnswers(column) ? sample.fullAnswer : sample.full;
    return pattern != nullptr && std::string_view(pattern).find(placeOf(column)) != std::string_view::npos ? pattern : nullptr;
}

/// Does a guard of these scopes see the mark in a body that came whole?
bool seesInBody(const std::string& text, bool answer, ScopeSet scopes) {
    base::Buffer body(text);
    const auto texts = answer ? answerTexts(body) : requestTexts(body);
    if (!texts) return false;
    const auto contents = readTexts(body, textsInScope(*texts, scopes));
    return std::any_of(contents.begin(), contents.end(), [](const std::string& each) { return each.find(kMark) != std::string::npos; });
}

class Looking final : public TextFilter {
  public:
    explicit Looking(bool& seen) : seen_(seen) {}
    void push(std::string_view text, std::string& out) override {
        seen_ = seen_ || text.find(kMark) != std::string_view::npos;
        out += text;
    }
    void flush(std::string&) override {}

  private:
    bool& seen_;
};

bool seesInStream(const std::string& stream, StreamGuard::Framing framing, ScopeSet scopes) {
    bool seen = false, other = false;
    StreamGuard guard(
        [&](std::string_view channel, TextScope scope, bool) -> std::unique_ptr<TextFilter> {
            return std::make_unique<Looking>(scopes.looksAt(channel, scope) ? seen : other);
        },
        framing);
    std::string out;
    guard.feed(stream, out);
    guard.finish(out);
    return seen;
}

CoverageCell cellOf(const SampleBody& sample, CoverageColumn column, const std::vector<Guard>& guards) {
    CoverageCell cell;
    const auto* pattern = patternOf(sample, column);
    // Forms of several parts are no JSON: a rule with guards of requests refuses them.
    if (sample.full == nullptr && column == CoverageColumn::Prompt) {
        cell.state = guards.empty() ? Coverage::NotInspected : Coverage::Refused;
        return cell;
    }
    if (pattern == nullptr) return cell;
    const auto texts = marked(column);
    const auto body = ofStreams(column) ? filledStream(sample, texts) : filled(pattern, texts);
    cell.state = Coverage::NotInspected;
    for (const auto& guard : guards) {
        const bool sees = ofStreams(column) ? guard.streams && seesInStream(body, sample.framing, guard.scopes)
                                            : seesInBody(body, ofAnswers(column), guard.scopes);
        (sees ? cell.guards : cell.passedBy).push_back(guard.name);
        if (sees) cell.state = Coverage::Inspected;
    }
    return cell;
}

}  // namespace

std::vector<Guard> guardsOf(const LlmPolicy& policy, bool answers) {
    std::vector<Guard> out;
    if (policy.guards) out = answers ? policy.guards->answers : policy.guards->requests;
    if (const auto& plain = answers ? policy.responseGuard : policy.requestGuard) {
        Guard guard;
        guard.name = answers ? "ai.promptGuard.response.regex" : "ai.promptGuard.request.regex";
        guard.regex = plain;
        guard.rejectMessage = policy.rejectMessage;
        guard.rejectStatus = policy.rejectStatus;
        out.push_back(std::move(guard));
    }
    return out;
}

std::vector<CoverageRow> guardCoverage(const LlmPolicy& policy) {
    const auto requests = guardsOf(policy, false), answers = guardsOf(policy, true);
    std::vector<CoverageRow> rows;
    for (const auto& sample : sampleBodies()) {
        CoverageRow row;
        row.path = sample.path;
        row.dialect = sample.dialect != nullptr ? sample.dialect : "";
        row.note = sample.note != nullptr ? sample.note : "";
        for (std::size_t i = 0; i < kCoverageColumns; ++i) {
            const auto column = static_cast<CoverageColumn>(i);
            row.cells[i] = cellOf(sample, column, ofAnswers(column) ? answers : requests);
        }
        rows.push_back(std::move(row));
    }
    CoverageRow realtime;
    realtime.path = "/v1/realtime";
    realtime.note = "frames of a WebSocket pass as they come";
    for (const auto column : {CoverageColumn::Prompt, CoverageColumn::Stream})
        realtime.cells[static_cast<std::size_t>(column)].state = Coverage::NotInspected;
    rows.push_back(std::move(realtime));
    return rows;
}

}  // namespace gatehouse::llm
