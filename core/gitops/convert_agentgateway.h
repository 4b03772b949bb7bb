// kgateway's AI objects (dialect A: Backend of type AI or Static, TrafficPolicy.ai) as agentgateway's own kinds (dialect B), and the
// reasons why those of agentgateway cannot be written for kgateway. Converted where it means the same; where agentgateway does
// something else with it a note says so, and what it cannot say is refused with the reason.
// Thread: pure functions.
#pragma once

#include "config/object.h"
#include "gitops/export.h"

#include <string>
#include <vector>

namespace gatehouse::gitops {

struct AgentgatewayConversion {
    struct Note {
        ExportNote::Kind kind = ExportNote::Kind::Changed;
        std::string path;  ///< In the object as it was.
        std::string message;
    };
    bool converted = false;  ///< `root` and `key` are of the other kind now.
    std::vector<Note> notes;
};

/// Is it one of the kinds that have a twin there?
bool hasAgentgatewayTwin(const config::ObjectKey& key);
/// Rewrites `root`, a cleaned tree, and `key`. References of any kind of object to kgateway's Backends are rewritten, too.
AgentgatewayConversion convertToAgentgateway(const config::ObjectSet& objects, const config::Object& object, text::yaml::Node& root,
                                             config::ObjectKey& key);

/// An object of agentgateway's kinds under `target`, a target of kgateway: every part of it, and what kgateway has for it or lacks.
std::vector<AgentgatewayConversion::Note> refuseAgentgateway(const config::Object& object, const std::string& target);

}  // namespace gatehouse::gitops
