// What providers say in place of an answer, beside the status: that a prompt is too long for the model, or, with status 200, that a
// stream failed before it began. Thread: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::llm {

/// Statuses that providers tell a prompt that is too long with.
bool mayBeTooLong(int status);
/// The body of such an answer speaks of the model's context window: another model may take the prompt.
bool saysTooLong(std::string_view body);

struct FirstEvent {
    enum class Verdict { None, Good, Failed };
    Verdict verdict = Verdict::None;
    std::string reason;  ///< Failed: a sentence.
};
/// The first event of a stream, of the bytes that came so far: comments and pings are none; one that is an error or no JSON has
/// failed. Framings other than server-sent events: any byte is good.
FirstEvent judgeFirstEvent(std::string_view bytes, std::string_view contentType);

}  // namespace gatehouse::llm
