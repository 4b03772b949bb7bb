// Reasoning of another provider in a conversation by OpenAI's responses: items whose encrypted_content is a wrapping of ours
// ("gatehouse:anthropic:..."), from an earlier turn that another provider answered. OpenAI could not read it and refuses the request.
// Thread: pure function.
#pragma once

#include "base/buffer.h"
#include "llm/translate.h"

namespace gatehouse::llm {

/// Takes such items out of `input` and tells each in `losses`; the order of all fields stays. A body that holds none, or that is no JSON,
/// stays byte for byte.
void dropForeignReasoning(base::Buffer& body, Losses& losses);

}  // namespace gatehouse::llm
