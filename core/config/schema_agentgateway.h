// Parts of the tables of agentgateway's kinds that backends and policies share. Private to config/. Thread: used once, at first
// look.
#pragma once

#include "config/schema_build.h"

namespace gatehouse::config::table {

/// backend of a policy, and `policies` of a backend or of one of its providers.
FieldSpec connectionPolicy(std::string name, std::string help);
/// backend.ai
FieldSpec aiSettings();
/// AgentgatewayPolicy.spec.traffic
FieldSpec trafficSettings();

KindSchema agentgatewayModelKind();

FieldSpec agentSecretRef(std::string name, std::string help, bool withKey);
FieldSpec agentLocation(bool expressions);
FieldSpec agentBackendRef(std::string help);
/// `auth` with these members alone.
FieldSpec agentAuth(std::vector<std::string> members);

}  // namespace gatehouse::config::table
