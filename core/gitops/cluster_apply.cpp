#include "gitops/cluster_apply.h"

#include "config/agentgateway.h"
#include "gitops/clean.h"
#include "gitops/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace gatehouse::gitops {
namespace {

using cluster::ApplyOutcome;
using config::Object;

/// What others refer to comes first.
int rankOf(const config::ObjectKey& key) {
    static constexpr std::string_view kOrder[] = {"Namespace", "ConfigMap", "Service", "GatewayClass", "Gateway", "ListenerSet", "ReferenceGrant"};
    const auto found = std::find(std::begin(kOrder), std::end(kOrder), key.kind);
    const int last = static_cast<int>(std::size(kOrder));
    const bool route = key.kind.ends_with("Route");
    return found != std::end(kOrder) ? static_cast<int>(found - std::begin(kOrder)) : last + (route ? 1 : 0);
}

struct Item {
    const Object* object = nullptr;
    const cluster::ResourceType* type = nullptr;
    std::string json;
    std::size_t result = 0;
};

class Applier {
  public:
    Applier(cluster::Client& client, const cluster::Discovery& discovery, const ApplySetOptions& options, const std::function<void(const AppliedObject&)>& told)
        : client_(client), discovery_(discovery), options_(options), told_(told) {}

    Result<ApplySetResult> run(const config::ObjectSet& objects) {
        plan(objects);
        if (stopped_) return finish();
        if (auto asked = askAccess(); !asked) return tl::unexpected(asked.error());
        if (stopped_) return finish();
        if (auto tried = tryAll(); !tried) return tl::unexpected(tried.error());
        if (!stopped_ && !options_.dryRun) applyAll();
        return finish();
    }

  private:
    AppliedObject& resultOf(const Item& item) { return result_.objects[item.result]; }

    void refuse(const Item& item, Applied outcome, std::string why) {
        resultOf(item).outcome = outcome;
        resultOf(item).why = std::move(why);
        stopped_ = true;
    }

    Result<ApplySetResult> finish() {
        if (told_)
            for (const auto& each : result_.objects) told_(each);
        std::move(leftOut_.begin(), leftOut_.end(), std::back_inserter(result_.objects));
        return std::move(result_);
    }

    static std::string whyLeftOut(const Object& object) {
        if (object.key.group.empty() && object.key.kind == "Secret") return "Secrets are not applied: make it in the cluster.";
        if (object.schema != nullptr && !object.schema->exportable) return fmt::format("The cluster makes each {} itself.", object.key.kind);
        if (object.key.kind == "EndpointPickerConfig") return "It is a file of the endpoint picker, no object of a cluster.";
        return {};
    }

    void plan(const config::ObjectSet& objects) {
        std::vector<const Object*> ordered;
        for (const auto& object : objects.objects) {
            if (object.key.group == "kustomize.config.k8s.io") continue;  // A list of files.
            if (auto why = whyLeftOut(object); !why.empty()) leftOut_.push_back({object.key, Applied::LeftOut, std::move(why), {}, {}, {}});
            else ordered.push_back(&object);
        }
        std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return std::pair(rankOf(a->key), a->key) < std::pair(rankOf(b->key), b->key); });
        for (const auto* object : ordered) {
            Item item{object, nullptr, {}, result_.objects.size()};
            result_.objects.push_back({object->key, Applied::NotTried, {}, {}, {}, {}});
            if (object->key.kind == "Namespace" && object->key.group.empty()) ownNamespaces_.insert(object->key.name);
            prepare(item);
            items_.push_back(std::move(item));
        }
    }

    void prepare(Item& item) {
        const auto& key = item.object->key;
        const auto slash = item.object->apiVersion.rfind('/');
        const auto version = slash == std::string::npos ? item.object->apiVersion : item.object->apiVersion.substr(slash + 1);
        item.type = discovery_.find(key.group, key.kind, version);
        if (item.type == nullptr) {
            const auto* other = discovery_.find(key.group, key.kind);
            return refuse(item, Applied::Refused,
                          other == nullptr ? fmt::format("The cluster has no kind {} of {}.", key.kind, item.object->apiVersion)
                                           : fmt::format("The cluster serves {} as {}, not as {}.", key.kind, other->apiVersion(), item.object->apiVersion));
        }
        auto cleaned = clean(*item.object, {.keepOwn = true});
        if (!cleaned) return refuse(item, Applied::Refused, cleaned.error().message);
        item.json = config::agentgateway::jsonOf(cleaned->root);
    }

    std::string namespaceOf(const Item& item) const { return item.type->namespaced ? item.object->key.ns : std::string(); }

    /// One question per kind and namespace.
    Result<void> askAccess() {
        std::map<std::pair<std::string, std::string>, cluster::Access> known;
        for (const auto& item : items_) {
            const auto ns = namespaceOf(item);
            const auto place = std::pair(item.type->group + "/" + item.type->plural, ns);
            if (!known.contains(place)) {
                const auto access = client_.mayI({"patch", item.type->group, item.type->plural, "", ns, ""});
                if (!access) return tl::unexpected(access.error());
                known[place] = *access;
            }
            const auto& access = known[place];
            if (access.allowed) continue;
            refuse(item, Applied::Refused,
                   fmt::format("Context \"{}\" may not patch {}{}{}{}.", client_.target().context, item.type->plural, ns.empty() ? "" : " in namespace " + ns,
                               access.reason.empty() ? "" : ": ", access.reason));
        }
        return {};
    }

    /// Nothing is written before all of it would be taken.
    Result<void> tryAll() {
        for (const auto& item : items_) {
            auto answer = client_.apply(*item.type, namespaceOf(item), item.object->key.name, item.json, {true, options_.force});
            if (!answer) return tl::unexpected(answer.error());
            // What its own namespace keeps from being tried is tried for real.
            const bool early = answer->outcome == ApplyOutcome::Refused && answer->status.code == 404 && ownNamespaces_.contains(namespaceOf(item));
            if (early) resultOf(item).outcome = Applied::WouldCreate;
            else take(item, *answer, true);
        }
        return {};
    }

    /// What is as wished already, too: it may be owned by others, and is shared from then on.
    void applyAll() {
        for (const auto& item : items_) {
            if (stopped_) {
                resultOf(item) = {item.object->key, Applied::NotTried, {}, {}, {}, {}};
                continue;
            }
            auto answer = client_.apply(*item.type, namespaceOf(item), item.object->key.name, item.json, {false, options_.force});
            if (!answer) {
                const bool sent = answer.error().code != "locked";
                resultOf(item) = {item.object->key, sent ? Applied::Unknown : Applied::Refused, answer.error().message, {}, {}, {}};
                result_.wrote = result_.wrote || sent;
                stopped_ = true;
                continue;
            }
            take(item, *answer, false);
        }
    }

    void take(const Item& item, const cluster::ApplyAnswer& answer, bool dry) {
        auto& result = resultOf(item);
        result = {item.object->key, Applied::Unchanged, {}, answer.conflicts, {}, answer.warnings};
        switch (answer.outcome) {
            case ApplyOutcome::Created: result.outcome = dry ? Applied::WouldCreate : Applied::Created; break;
            case ApplyOutcome::Changed: result.outcome = dry ? Applied::WouldChange : Applied::Changed; break;
            case ApplyOutcome::Unchanged: break;
            case ApplyOutcome::Conflict: refuse(item, Applied::Conflict, "Other field managers own what would change."); break;
            case ApplyOutcome::Refused: refuse(item, Applied::Refused, answer.status.error(item.object->key.display()).message); break;
        }
        if (answer.outcome == ApplyOutcome::Changed && answer.before && answer.after) {
            const auto before = objectsOf({*answer.before}), after = objectsOf({*answer.after});
            if (before->objects.size() == 1 && after->objects.size() == 1) result.fields = diffFields(before->objects[0], after->objects[0]);
        }
        result_.wrote = result_.wrote || result.outcome == Applied::Created || result.outcome == Applied::Changed;
    }

    cluster::Client& client_;
    const cluster::Discovery& discovery_;
    const ApplySetOptions& options_;
    const std::function<void(const AppliedObject&)>& told_;
    std::vector<Item> items_;
    std::set<std::string> ownNamespaces_;
    std::vector<AppliedObject> leftOut_;
    ApplySetResult result_;
    bool stopped_ = false;
};

}  // namespace

const char* appliedName(Applied outcome) {
    switch (outcome) {
        case Applied::Created: return "created";
        case Applied::Changed: return "changed";
        case Applied::Unchanged: return "unchanged";
        case Applied::WouldCreate: return "would-create";
        case Applied::WouldChange: return "would-change";
        case Applied::Conflict: return "conflict";
        case Applied::Refused: return "refused";
        case Applied::LeftOut: return "left-out";
        case Applied::NotTried: return "not-tried";
        case Applied::Unknown: return "unknown";
    }
    return "";
}

bool ApplySetResult::complete() const {
    return std::none_of(objects.begin(), objects.end(), [](const AppliedObject& each) {
        return each.outcome == Applied::Conflict || each.outcome == Applied::Refused || each.outcome == Applied::NotTried || each.outcome == Applied::Unknown;
    });
}

std::size_t ApplySetResult::count(Applied outcome) const {
    return static_cast<std::size_t>(std::count_if(objects.begin(), objects.end(), [&](const AppliedObject& each) { return each.outcome == outcome; }));
}

std::shared_ptr<const config::ObjectSet> placedIn(const config::ObjectSet& objects, const std::string& ns) {
    auto out = std::make_shared<config::ObjectSet>();
    out->objects = objects.objects;
    out->diagnostics = objects.diagnostics;
    for (auto& object : out->objects) {
        const auto* metadata = object.root->find("metadata");
        const auto* written = metadata != nullptr ? metadata->find("namespace") : nullptr;
        if (!object.key.ns.empty() && (written == nullptr || written->isNull())) object.key.ns = ns;
    }
    out->buildIndex();
    return out;
}

Result<ApplySetResult> applySet(cluster::Client& client, const cluster::Discovery& discovery, const config::ObjectSet& objects, const ApplySetOptions& options,
                                const std::function<void(const AppliedObject&)>& told) {
    const auto placed = placedIn(objects, options.ns.empty() ? client.target().ns : options.ns);
    return Applier(client, discovery, options, told).run(*placed);
}

}  // namespace gatehouse::gitops
