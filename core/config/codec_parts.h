// Parts that several decoders of the Gateway API share. Private to config/. Thread: pure functions on immutable trees.
#pragma once

#include "config/fields.h"
#include "config/gateway_api.h"
#include "config/schema.h"

namespace gatehouse::config::codec {

inline constexpr char kGroup[] = "gateway.networking.k8s.io";

/// `ns` stands for an absent namespace.
ObjectRef reference(const Node& node, std::string_view group, std::string_view kind, const std::string& ns);
std::vector<ObjectRef> references(const Node* parent, std::string_view list, std::string_view group,
                                  std::string_view kind, const std::string& ns);
LabelSelector labelSelector(const Node* node);
std::vector<ParentRef> parentRefs(const Node* spec, const std::string& ns);
std::vector<std::string> hostnames(const Node* spec);

/// `node` may be null: a reference to nothing.
TargetRef target(const Node* node, const std::string& ns, FieldPath at);
Cors cors(const Node* node);
HeaderModifier headerModifier(const Node* node);
std::vector<FilterSpec> filters(const Node& node, const std::string& ns, const FieldPath& at);
std::vector<BackendRef> backendRefs(const Node& rule, const std::string& ns, const FieldPath& at);
/// One condition on a header or query parameter.
ValueMatch valueMatch(const Node& item);
/// Conditions on headers or query parameters; of repeated names the first counts.
std::vector<ValueMatch> valueMatches(const Node& node, std::string_view name, bool ignoreCase);
std::optional<SessionPersistence> session(const Node& rule);
/// Paths of set fields whose rows of the table say that this version does not run them.
void collectNotRun(const FieldSpec& spec, const Node& node, const FieldPath& at, std::vector<std::string>& out);

}  // namespace gatehouse::config::codec
