// Requests that ask for a count of tokens, before a provider gets them: policies must find the texts where they look for them, and
// settings of an answer that policies filled in must not reach an API that refuses them. Thread: pure functions.
#pragma once

#include "base/buffer.h"
#include "llm/client_api.h"

#include <string_view>

namespace gatehouse::llm {

/// Takes Gemini's generateContentRequest off what is inside it, which then stands in the body itself. Other calls are left alone.
/// Errors: as reading the body.
Result<void> openEnvelope(const ClientCall& call, base::Buffer& body);

/// In whose words policies change the body of this call: for counts those of the chat that is counted.
std::string_view policyDialect(const ClientCall& call);

/// A body that goes on in its own dialect: without settings that say how an answer is made; Gemini's in its envelope again, where
/// more than contents is counted, with the model that is asked for.
Result<void> trimCountRequest(const Dialect& dialect, std::string_view model, base::Buffer& body);

}  // namespace gatehouse::llm
