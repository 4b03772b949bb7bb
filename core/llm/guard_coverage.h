// What each guard of a policy truly looks at: every API, direction and kind of text is tried with the code that serves requests, on
// bodies with a mark in that place. Thread: pure functions.
#pragma once

#include "llm/guard_chain.h"
#include "llm/sample_bodies.h"

#include <string>
#include <vector>

namespace gatehouse::llm {

enum class Coverage : std::uint8_t {
    Inspected,
    NotInspected,
    Refused,   ///< A body that guards cannot read does not pass at all.
    None,      ///< The API has no such text.
};

struct CoverageCell {
    Coverage state = Coverage::None;
    std::vector<std::string> guards;   ///< Names of those that look.
    std::vector<std::string> passedBy; ///< Of those that do not, though they look at this direction.
};

/// Columns of the map.
enum class CoverageColumn : std::uint8_t { System, Prompt, ToolInput, ToolOutput, Answer, AnswerTools, Stream, StreamTools };
inline constexpr std::size_t kCoverageColumns = 8;

struct CoverageRow {
    std::string path;
    std::string dialect;  ///< Empty: the body passes as it is.
    std::string note;     ///< Why the answer holds no text.
    CoverageCell cells[kCoverageColumns];
};
/// One row for each API that clients may speak, and one for WebSocket, which no guard looks at.
std::vector<CoverageRow> guardCoverage(const LlmPolicy& policy);

/// All guards of one direction in the order in which they look; those that stand by themselves included.
std::vector<Guard> guardsOf(const LlmPolicy& policy, bool answers);

}  // namespace gatehouse::llm
