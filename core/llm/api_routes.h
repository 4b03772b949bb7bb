// ApiRoutes: which API the end of a path names, where configuration says so (AgentgatewayPolicy backend.ai.routes). The longest end
// that fits counts, then "*"; of paths that none of them names the path itself tells.
// Thread: immutable, shared by snapshots.
#pragma once

#include "base/result.h"
#include "llm/client_api.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

class ApiRoutes {
  public:
    /// Ends of paths and names as AgentgatewayPolicy has them. Error "api-route" names what is not known.
    static Result<std::shared_ptr<const ApiRoutes>> make(const std::vector<std::pair<std::string, std::string>>& routes);

    /// What the request speaks. Nothing: no end fits, or the one that does leaves it to the path.
    std::optional<ClientCall> callOf(std::string_view method, std::string_view path, std::string_view query) const;

  private:
    struct Row {
        std::string suffix;
        std::string_view type;
    };
    std::vector<Row> rows_;  ///< Longest first; "*" last.
};

/// By `routes` where they say so (they may be null), else by the path.
ClientCall clientCallBy(const ApiRoutes* routes, std::string_view method, std::string_view path, std::string_view query,
                        std::string_view userAgent);

}  // namespace gatehouse::llm
