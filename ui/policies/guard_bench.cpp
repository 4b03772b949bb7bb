#include "policies/guard_bench.h"

#include "telemetry/usage_totals.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using Json = nlohmann::ordered_json;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(GuardBench)
};

std::string textOf(const Json& object, std::initializer_list<const char*> names) {
    for (const auto* name : names)
        if (const auto found = object.find(name); found != object.end() && found->is_string()) return found->get<std::string>();
    return {};
}

/// Empty: it can be used.
QString readJsonLine(const std::string& text, BenchLine& line) {
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return Words::tr("it begins as JSON and is none");
    line.text = textOf(json, {"text", "prompt", "content"});
    if (line.text.empty()) return Words::tr("it has no \"text\"");
    line.expected = textOf(json, {"expect", "expected", "verdict"});
    const auto direction = textOf(json, {"direction"});
    if (!direction.empty() && direction != "request" && direction != "response") return Words::tr("\"direction\" is neither request nor response");
    line.answer = direction == "response";
    static const std::vector<std::string> kKnown = {"", "pass", "hit", "mask", "reject"};
    if (std::find(kKnown.begin(), kKnown.end(), line.expected) == kKnown.end()) return Words::tr("\"expect\" is none of pass, hit, mask and reject");
    return {};
}

BenchResult::Judgement judge(const std::string& expected, BenchVerdict verdict) {
    using J = BenchResult::Judgement;
    if (expected.empty()) return J::None;
    const bool found = verdict != BenchVerdict::Passed;
    if (expected == "pass") return found ? J::FalsePositive : J::Right;
    if (!found) return J::Miss;
    if (expected == "hit") return J::Right;
    return (expected == "mask") == (verdict == BenchVerdict::Masked) ? J::Right : J::Other;
}

}  // namespace

BenchFile readBenchFile(const std::string& bytes) {
    BenchFile file;
    std::size_t number = 0;
    for (std::size_t at = 0; at <= bytes.size();) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        auto text = bytes.substr(at, end - at);
        at = end + 1;
        ++number;
        if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        if (!text.empty() && text.back() == '\r') text.pop_back();
        if (text.find_first_not_of(" \t") == std::string::npos) continue;
        BenchLine line;
        line.line = number;
        if (text[text.find_first_not_of(" \t")] != '{') {
            line.text = std::move(text);
        } else if (const auto problem = readJsonLine(text, line); !problem.isEmpty()) {
            file.problems.push_back(Words::tr("Line %1 is left out: %2.").arg(number).arg(problem).toStdString());
            continue;
        }
        file.lines.push_back(std::move(line));
    }
    return file;
}

BenchRun runBench(const llm::LlmPolicy& policy, const std::vector<BenchLine>& lines) {
    BenchRun run;
    auto& totals = run.totals;
    for (const auto& line : lines) {
        auto judged = judgeText(policy, line.answer, line.text);
        BenchResult result;
        result.line = line;
        result.verdict = judged.rejected ? BenchVerdict::Rejected : judged.hits.empty() ? BenchVerdict::Passed : BenchVerdict::Masked;
        result.hits = std::move(judged.hits);
        result.judgement = judge(line.expected, result.verdict);
        for (auto& name : judged.notAsked)
            if (std::find(run.notAsked.begin(), run.notAsked.end(), name) == run.notAsked.end()) run.notAsked.push_back(std::move(name));
        ++totals.texts;
        totals.hits += result.verdict != BenchVerdict::Passed ? 1 : 0;
        totals.expected += line.expected.empty() ? 0 : 1;
        totals.right += result.judgement == BenchResult::Judgement::Right ? 1 : 0;
        totals.misses += result.judgement == BenchResult::Judgement::Miss ? 1 : 0;
        totals.falsePositives += result.judgement == BenchResult::Judgement::FalsePositive ? 1 : 0;
        totals.others += result.judgement == BenchResult::Judgement::Other ? 1 : 0;
        run.results.push_back(std::move(result));
    }
    return run;
}

std::string spansText(const std::vector<llm::GuardHit>& hits) {
    std::string out;
    for (const auto& hit : hits)
        out += (out.empty() ? "" : ", ") + hit.rule + " " + std::to_string(hit.begin) + "-" + std::to_string(hit.end);
    return out;
}

const char* verdictWord(BenchVerdict verdict) {
    switch (verdict) {
        case BenchVerdict::Passed: return QT_TRANSLATE_NOOP("GuardBench", "passed");
        case BenchVerdict::Masked: return QT_TRANSLATE_NOOP("GuardBench", "masked");
        default: return QT_TRANSLATE_NOOP("GuardBench", "rejected");
    }
}

const char* judgementWord(BenchResult::Judgement judgement) {
    switch (judgement) {
        case BenchResult::Judgement::Right: return QT_TRANSLATE_NOOP("GuardBench", "right");
        case BenchResult::Judgement::Miss: return QT_TRANSLATE_NOOP("GuardBench", "miss");
        case BenchResult::Judgement::FalsePositive: return QT_TRANSLATE_NOOP("GuardBench", "false positive");
        case BenchResult::Judgement::Other: return QT_TRANSLATE_NOOP("GuardBench", "other action");
        default: return "";
    }
}

std::string benchCsv(const BenchRun& run) {
    std::string out = "line,direction,verdict,expected,judgement,spans,text\n";
    for (const auto& result : run.results)
        out += std::to_string(result.line.line) + ',' + (result.line.answer ? "response" : "request") + ',' + verdictWord(result.verdict) + ',' +
               result.line.expected + ',' + judgementWord(result.judgement) + ',' + telemetry::csvField(spansText(result.hits)) + ',' + telemetry::csvField(result.line.text) + '\n';
    return out;
}

}  // namespace gatehouse::ui
