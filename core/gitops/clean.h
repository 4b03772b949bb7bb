// From an object as written to the tree that is exported: aliases expanded, server-set and local metadata gone, keys in the
// order apiVersion, kind, metadata, spec and, inside, in the order of the kind's table. Thread: pure function.
#pragma once

#include "config/object.h"
#include "config/schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gitops {

struct CleanObject {
    text::yaml::Node root;
    std::vector<std::string> unknownFields;  ///< Paths without a row in the kind's table; kept, after those that have one.
};

struct CleanOptions {
    bool keepOwn = false;  ///< Annotations and labels of Gatehouse stay, for who reads them back.
};
/// Error "export-tree" where the object cannot be written without anchors (merge keys, unknown or too many aliases).
Result<CleanObject> clean(const config::Object& object, const CleanOptions& options = {});

/// Takes out of a cleaned tree what a cluster writes into the spec itself: addresses of a Service, finalizers of a Namespace.
void dropServerSet(const config::ObjectKey& key, text::yaml::Node& root);

// Trees built by hand.
text::yaml::Node scalarNode(std::string value);
text::yaml::Node mappingNode();
void addEntry(text::yaml::Node& mapping, std::string key, text::yaml::Node value);
/// Null where the mapping has none of that name.
text::yaml::Node* member(text::yaml::Node& mapping, std::string_view name);

}  // namespace gatehouse::gitops
