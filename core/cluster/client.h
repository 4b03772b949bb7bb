// Client: one cluster as one context sees it. Reads at any time; changes nothing until it is unlocked. Values of Secrets are read for
// one that is asked for by name, and nowhere else: lists of them bring metadata alone.
// Source: Kubernetes API concepts; server-side apply (documentation "API Reference").
// Thread: everything from any, but calls block and must not be made on the transport's thread. Lifetime: outlives its Mirrors.
#pragma once

#include "cluster/resource.h"
#include "cluster/transport.h"
#include "secret/secret.h"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::cluster {

inline constexpr char kFieldManager[] = "gatehouse";

struct ClientOptions {
    ExecConsent consent;  ///< Null: no program runs.
    ExecOptions exec;
};

struct ListOptions {
    std::string labelSelector, fieldSelector;
    std::size_t pageSize = 500;
    std::size_t mostObjects = 50'000;  ///< Error "cluster-too-large" beyond.
};

struct ObjectList {
    std::vector<LiveObject> objects;
    std::string resourceVersion;  ///< What a watch goes on from.
};

struct AccessQuestion {
    std::string verb;
    std::string group, resource, subresource, ns, name;
};
struct Access {
    bool allowed = false;
    std::string reason;  ///< Of the cluster's; often empty.
};

struct ApplyOptions {
    bool dryRun = false;
    bool force = false;  ///< Takes fields over that others own.
};
enum class ApplyOutcome { Created, Changed, Unchanged, Conflict, Refused };
struct ApplyAnswer {
    ApplyOutcome outcome = ApplyOutcome::Refused;
    std::optional<LiveObject> before, after;
    ApiStatus status;                      ///< Of Conflict and Refused.
    std::vector<FieldConflict> conflicts;  ///< Of Conflict.
    std::vector<std::string> warnings;     ///< Of the server.
};

class Client {
  public:
    Client(Target target, ClientOptions options);

    const Target& target() const { return transport_.target(); }
    Transport& transport() { return transport_; }

    bool locked() const { return locked_.load(); }
    void unlock() { locked_.store(false); }
    void lock() { locked_.store(true); }

    /// A GET's body. Answers 429 and 503 are waited for, as long as they ask, three times.
    Result<HttpAnswer> read(const std::string& path, const std::string& accept = "application/json");
    /// All pages, of one moment: a `continue` that expired begins anew.
    Result<ObjectList> list(const ResourceType& type, const std::string& ns, const ListOptions& options = {});
    Result<LiveObject> get(const ResourceType& type, const std::string& ns, const std::string& name);
    /// The values of one Secret, for its caller alone: nothing keeps them.
    Result<std::map<std::string, secret::SecretValue>> readSecret(const std::string& ns, const std::string& name);
    /// SelfSubjectAccessReview.
    Result<Access> mayI(const AccessQuestion& question);
    /// What a pod answers, through the API server: `port` 0 is its first.
    Result<HttpAnswer> podProxy(const std::string& ns, const std::string& pod, unsigned port, const std::string& path, bool tls = false);

    /// Server-side apply as field manager "gatehouse", with strict validation. `json` is the object with the fields to own. An error
    /// means that nobody knows what became of it ("cluster-unreachable", …); "locked" that it was not sent. A dry run is always sent.
    Result<ApplyAnswer> apply(const ResourceType& type, const std::string& ns, const std::string& name, const std::string& json, const ApplyOptions& options);
    Result<void> remove(const ResourceType& type, const std::string& ns, const std::string& name);

  private:
    Result<HttpAnswer> change(HttpRequest request, std::string_view what);

    Transport transport_;
    std::atomic<bool> locked_{true};
};

/// What to ask for: metadata alone of Secrets.
std::string acceptFor(const ResourceType& type, bool list);

}  // namespace gatehouse::cluster
