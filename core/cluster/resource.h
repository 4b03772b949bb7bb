// What a cluster serves and holds, as values: kinds with their paths, objects as the server wrote them, and what it says of a failure.
// Thread: values.
#pragma once

#include "base/result.h"
#include "config/object.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::cluster {

/// A kind in one version, as discovery tells it.
struct ResourceType {
    std::string group;    ///< Empty for the core group.
    std::string version;  ///< "v1"
    std::string plural;   ///< "httproutes"
    std::string kind;
    bool namespaced = true;
    std::vector<std::string> verbs;

    std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
    bool can(std::string_view verb) const;
    bool isSecret() const { return group.empty() && plural == "secrets"; }
    /// "/apis/GROUP/VERSION/namespaces/NS/PLURAL/NAME"; an empty `ns` is all namespaces, an empty name the collection.
    std::string path(std::string_view ns, std::string_view name = {}) const;
};

/// One object as the server sent it, but for metadata.managedFields. Of a Secret the metadata alone.
struct LiveObject {
    config::ObjectKey key;
    std::string apiVersion;
    std::string uid, resourceVersion;
    std::shared_ptr<const std::string> json;
};

/// A Status of the API server (meta/v1).
struct ApiStatus {
    struct Cause {
        std::string reason, field, message;
    };
    int code = 0;
    std::string reason, message;
    std::vector<Cause> causes;
    std::chrono::seconds retryAfter{0};

    /// The error that goes with its code: "cluster-unauthorized", "-forbidden", "-not-found", "-conflict", "-expired", "-invalid", "-busy", "-error".
    Error error(std::string_view what) const;
};

/// A field that somebody else owns (server-side apply).
struct FieldConflict {
    std::string field;  ///< ".spec.rules"
    std::string owner;  ///< The other field manager; empty where the server does not say.
};
std::vector<FieldConflict> conflictsOf(const ApiStatus& status);

/// Of an answer's body; `code` where that is no Status.
ApiStatus readStatus(int code, std::string_view body, std::chrono::seconds retryAfter = {});

/// Error "json" where it is no object of a cluster. `type` supplies what items of a list leave out.
Result<LiveObject> readLiveObject(std::string_view json, const ResourceType& type);

/// Texts for a workspace: every object as YAML, one document each. Server-set fields are still in it.
std::string yamlText(const std::vector<LiveObject>& objects);

/// Equal in everything but status and what a server sets with each write.
bool sameContent(const LiveObject& left, const LiveObject& right);

/// Escapes all but unreserved characters (RFC 3986).
std::string escapedQuery(std::string_view text);

}  // namespace gatehouse::cluster
