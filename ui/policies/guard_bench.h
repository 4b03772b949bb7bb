// GuardBench: a file of texts through the guards of a policy, and how that compares with what was expected of them. Thread: pure functions.
#pragma once

#include "llm/plan.h"
#include "policies/prompt_trial.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::ui {

enum class BenchVerdict { Passed, Masked, Rejected };

struct BenchLine {
    std::size_t line = 0;          ///< In the file, from 1.
    std::string text;
    bool answer = false;
    /// "pass", "hit" (masked or rejected), "mask" or "reject"; empty: nothing was expected.
    std::string expected;
};
struct BenchFile {
    std::vector<BenchLine> lines;
    std::vector<std::string> problems;  ///< One sentence for each line that cannot be used, with its number.
};
/// One text per line; or JSON Lines: {"text": "...", "expect": "pass|hit|mask|reject", "direction": "request|response"}, also with "prompt" or
/// "content" in place of "text". Empty lines count for nothing.
BenchFile readBenchFile(const std::string& bytes);

struct BenchResult {
    BenchLine line;
    BenchVerdict verdict = BenchVerdict::Passed;
    std::vector<llm::GuardHit> hits;  ///< Byte spans in the text.
    enum class Judgement { None, Right, Miss, FalsePositive, Other } judgement = Judgement::None;  ///< Other: masked for rejected or the other way round.
};
struct BenchTotals {
    std::size_t texts = 0, hits = 0, expected = 0, right = 0, misses = 0, falsePositives = 0, others = 0;
};
struct BenchRun {
    std::vector<BenchResult> results;
    BenchTotals totals;
    std::vector<std::string> notAsked;  ///< Guards whose service would be asked.
};
BenchRun runBench(const llm::LlmPolicy& policy, const std::vector<BenchLine>& lines);

/// "SSN 3-14, EMAIL 20-35": bytes in the text.
std::string spansText(const std::vector<llm::GuardHit>& hits);
/// RFC 4180, a header line, LF: line, direction, verdict, expected, judgement, spans, text.
std::string benchCsv(const BenchRun& run);
const char* verdictWord(BenchVerdict verdict);                    ///< "passed", "masked", "rejected"
const char* judgementWord(BenchResult::Judgement judgement);      ///< "", "right", "miss", "false positive", "other"

}  // namespace gatehouse::ui
