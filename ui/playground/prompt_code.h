// PromptCode: a prompt as a program that sends it: curl, Python (requests) and JavaScript (fetch). What is copied holds what the lane
// would send, and no secret that the person did not type into a lane's header fields; those stand by name, with a place to fill in.
// Pure functions. Thread: any.
#pragma once

#include "lab/prompt_client.h"

#include <QString>

namespace gatehouse::ui {

enum class CodeLanguage { Curl, Python, JavaScript };

QString promptCode(CodeLanguage language, const lab::PromptRequest& request, const lab::PromptTarget& target, bool stream);

}  // namespace gatehouse::ui
