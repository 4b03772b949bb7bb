// The request of `gatehouse explain`, read from options or from HTTP text. Thread: pure but for reading the named file.
#pragma once

#include "app/command_line.h"
#include "route/explain.h"

namespace gatehouse::app {

struct ExplainArguments {
    std::vector<std::string> paths;  ///< The workspace.
    route::ExplainRequest request;
};

/// Errors: "usage" for options that do not fit together, "unreadable" for a file.
Result<ExplainArguments> explainRequest(const Arguments& arguments);

/// "POST /v1/chat/completions HTTP/1.1", header lines, an empty line, the body. The target may be a URL; a path takes its
/// host from the Host header. Error "usage" with the line at fault.
Result<route::ExplainRequest> parseRequestText(std::string_view text);

}  // namespace gatehouse::app
