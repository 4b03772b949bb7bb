// Parts of the decoders of agentgateway's kinds. Private to config/. Thread: pure functions on immutable trees.
#pragma once

#include "config/agentgateway.h"
#include "config/codec_parts.h"
#include "config/fields.h"

namespace gatehouse::config::agentgateway {

std::optional<Millis> timeOf(const Node* node, std::string_view name);
SecretRef secretRef(const Node* node, FieldPath at);
/// The member `location` of `parent`.
std::optional<Location> location(const Node* parent, const FieldPath& parentAt);
BackendAuth decodeAuth(const Node& node, FieldPath at);
BackendTls decodeTls(const Node& node, const std::string& ns, FieldPath at);
BackendHttp decodeHttp(const Node& node, FieldPath at);
Authorization decodeAuthorization(const Node& node, FieldPath at);
AiPolicy decodeAi(const Node& node, const std::string& ns, const FieldPath& at);

}  // namespace gatehouse::config::agentgateway
