#include "gitops/pull.h"

#include "config/disk.h"
#include "config/relations.h"
#include "config/schema.h"
#include "config/workspace.h"
#include "gitops/clean.h"
#include "gitops/kustomization.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::gitops {
namespace {

namespace fs = std::filesystem;
using cluster::LiveObject;
using cluster::ResourceType;
using config::Object;
using config::ObjectKey;
using text::yaml::Node;
using text::yaml::NodeKind;

/// Of the core group only what is referred to is taken: a cluster is full of others' Services.
bool isReferredKind(const config::KindSchema& schema) { return schema.group.empty(); }

bool isPulled(const config::KindSchema& schema) {
    return schema.exportable && schema.kind != "EndpointPickerConfig" && !(schema.group.empty() && schema.kind == "Secret");
}

std::string scalar(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    return node != nullptr && node->kind == NodeKind::Scalar && !node->isNull() ? node->value : std::string();
}

/// Services and ConfigMaps that an object names. A backend without a kind is a Service.
void collectReferences(const Node& node, const std::string& ns, std::string_view member, std::set<ObjectKey>& out) {
    if (const auto name = scalar(node, "name"); node.kind == NodeKind::Mapping && !name.empty()) {
        auto kind = scalar(node, "kind");
        if (kind.empty() && (member == "backendRefs" || member == "backendRef")) kind = "Service";
        const auto where = scalar(node, "namespace");
        if (scalar(node, "group").empty() && (kind == "Service" || kind == "ConfigMap")) out.insert({"", kind, where.empty() ? ns : where, name});
    }
    for (const auto& entry : node.entries) collectReferences(entry.value, ns, entry.key.value, out);
    for (const auto& item : node.items) collectReferences(item, ns, member, out);
}

/// A controller made it, and makes it again.
bool isMade(const Object& object) {
    const Node* metadata = object.root->find("metadata");
    const Node* owners = metadata != nullptr ? metadata->find("ownerReferences") : nullptr;
    return owners != nullptr && std::any_of(owners->items.begin(), owners->items.end(), [](const Node& owner) { return scalar(owner, "controller") == "true"; });
}

class Puller {
  public:
    Puller(cluster::Client& client, const cluster::Discovery& discovery, const PullOptions& options) : client_(client), discovery_(discovery), options_(options) {}

    Result<Pulled> run() {
        std::vector<LiveObject> declared;
        for (const auto& schema : config::kinds()) {
            if (!isPulled(schema) || isReferredKind(schema)) continue;
            if (auto taken = takeKind(schema, declared); !taken) return tl::unexpected(taken.error());
        }
        const auto first = objectsOf(declared);
        std::set<ObjectKey> wanted;
        std::set<std::string> namespaces, classes, made;
        for (const auto& object : first->objects) {
            if (isMade(object)) {
                pulled_.foreign.push_back(object.key);
                made.insert(object.key.id());
                continue;
            }
            collectReferences(*object.root, object.key.ns, "", wanted);
            if (!object.key.ns.empty()) namespaces.insert(object.key.ns);
            if (object.key.kind == "Gateway")
                if (const Node* spec = object.root->find("spec")) classes.insert(scalar(*spec, "gatewayClassName"));
        }
        for (const auto& ns : namespaces) wanted.insert({"", "Namespace", "", ns});
        std::erase_if(declared, [&](const LiveObject& object) {
            // Of one namespace, only the classes that its Gateways name.
            return made.contains(object.key.id()) || (!options_.ns.empty() && object.key.kind == "GatewayClass" && !classes.contains(object.key.name));
        });
        auto referred = takeReferred(wanted);
        if (!referred) return tl::unexpected(referred.error());
        declared.insert(declared.end(), std::make_move_iterator(referred->begin()), std::make_move_iterator(referred->end()));
        pulled_.objects = objectsOf(declared);
        return std::move(pulled_);
    }

  private:
    /// Errors are those that leave no sense in going on.
    Result<void> takeKind(const config::KindSchema& schema, std::vector<LiveObject>& into) {
        const auto* type = discovery_.find(schema.group, schema.kind, schema.versions);
        if (type == nullptr) return {};
        if (std::find(schema.versions.begin(), schema.versions.end(), type->version) == schema.versions.end())
            pulled_.notes.push_back(fmt::format("The cluster serves {} as {} and not in a version that Gatehouse knows ({}); it is taken as it is.", schema.kind,
                                                type->apiVersion(), fmt::join(schema.versions, ", ")));
        auto list = client_.list(*type, type->namespaced ? options_.ns : std::string());
        if (!list) return cannot(schema, list.error());
        into.insert(into.end(), std::make_move_iterator(list->objects.begin()), std::make_move_iterator(list->objects.end()));
        return {};
    }

    Result<void> cannot(const config::KindSchema& schema, const Error& error) {
        if (error.code != "cluster-forbidden") return tl::unexpected(error);
        pulled_.unread.push_back({schema.group, schema.kind, error});
        return {};
    }

    Result<std::vector<LiveObject>> takeReferred(const std::set<ObjectKey>& wanted) {
        std::vector<LiveObject> out;
        for (const auto& schema : config::kinds()) {
            if (!isPulled(schema) || !isReferredKind(schema)) continue;
            std::vector<ObjectKey> keys;
            for (const auto& key : wanted)
                if (key.kind == schema.kind && (options_.ns.empty() || key.ns.empty() || key.ns == options_.ns)) keys.push_back(key);
            if (keys.empty()) continue;
            auto live = readByName(client_, discovery_, keys);
            if (!live) {
                if (auto told = cannot(schema, live.error()); !told) return tl::unexpected(told.error());
                continue;
            }
            out.insert(out.end(), std::make_move_iterator(live->begin()), std::make_move_iterator(live->end()));
        }
        return out;
    }

    cluster::Client& client_;
    const cluster::Discovery& discovery_;
    const PullOptions& options_;
    Pulled pulled_;
};

/// Files of an earlier pull whose kinds could not be read now.
Result<void> keepEarlier(const Pulled& pulled, const fs::path& directory, std::vector<ExportFile>& files) {
    const auto listed = config::disk::readFile(directory / kKustomizationFile);
    const auto earlier = listed ? exportedResources(**listed) : std::nullopt;
    for (const auto& path : earlier.value_or(std::vector<std::string>{})) {
        const auto name = fs::path(path).filename().string();
        const bool unread = std::any_of(pulled.unread.begin(), pulled.unread.end(), [&](const auto& each) {
            const auto start = objectPath({each.group, each.kind, "", "x"}, false), grouped = objectPath({each.group, each.kind, "", "x"}, true);
            const auto prefix = [](const std::string& text) { return fs::path(text.substr(0, text.size() - 6)).filename().string(); };
            return name.starts_with(prefix(start)) || name.starts_with(prefix(grouped));
        });
        const bool there = std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
        if (!unread || there) continue;
        auto text = config::disk::readFile(directory / path);
        if (!text) return fail("pull", fmt::format("{}: {}", (directory / path).string(), text.error().message));
        files.push_back({path, **text, {}});
    }
    return {};
}

}  // namespace

Result<Pulled> pullObjects(cluster::Client& client, const cluster::Discovery& discovery, const PullOptions& options) { return Puller(client, discovery, options).run(); }

Result<std::vector<LiveObject>> readByName(cluster::Client& client, const cluster::Discovery& discovery, const std::vector<ObjectKey>& keys) {
    // One list is cheaper than many questions; one question is cheaper than a list.
    constexpr std::size_t kFew = 4;
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<const ObjectKey*>> groups;
    for (const auto& key : keys)
        if (!(key.group.empty() && key.kind == "Secret")) groups[{key.group, key.kind, key.ns}].push_back(&key);
    std::vector<LiveObject> out;
    for (const auto& [place, wanted] : groups) {
        const auto& [group, kind, ns] = place;
        const auto* schema = config::findKind(group, kind);
        const auto* type = discovery.find(group, kind, schema != nullptr ? std::span<const std::string>(schema->versions) : std::span<const std::string>());
        if (type == nullptr) continue;
        if (wanted.size() <= kFew) {
            for (const auto* key : wanted) {
                auto object = client.get(*type, ns, key->name);
                if (object) out.push_back(std::move(*object));
                else if (object.error().code != "cluster-not-found") return tl::unexpected(object.error());
            }
            continue;
        }
        auto list = client.list(*type, ns);
        if (!list) return tl::unexpected(list.error());
        for (auto& object : list->objects)
            if (std::any_of(wanted.begin(), wanted.end(), [&](const auto* key) { return key->name == object.key.name; })) out.push_back(std::move(object));
    }
    return out;
}

std::shared_ptr<const config::ObjectSet> objectsOf(const std::vector<LiveObject>& live) { return config::readObjects({{"cluster", cluster::yamlText(live)}}); }

Result<ExportResult> pulledFiles(const Pulled& pulled, const fs::path& directory) {
    ExportResult result;
    std::map<std::string, std::set<std::string>> groups;
    for (const auto& object : pulled.objects->objects) groups[objectPath(object.key, false)].insert(object.key.group);
    for (const auto& object : pulled.objects->objects) {
        if (!isFileName(object.key.name) || (!object.key.ns.empty() && !isFileName(object.key.ns)))
            return fail("pull", fmt::format("{}: this name is no file name and no Kubernetes name.", object.key.display()));
        auto cleaned = clean(object, {.keepOwn = true});
        if (!cleaned) return fail("pull", fmt::format("{}: {}", object.key.display(), cleaned.error().message));
        dropServerSet(object.key, cleaned->root);
        result.files.push_back({objectPath(object.key, groups[objectPath(object.key, false)].size() > 1), text::yaml::writeNode(cleaned->root), object.key});
    }
    if (auto kept = keepEarlier(pulled, directory, result.files); !kept) return tl::unexpected(kept.error());
    std::set<std::string> paths;
    for (const auto& file : result.files)
        if (!paths.insert(file.path).second) return fail("pull", fmt::format("Two objects would be written to {}.", file.path));
    result.files.push_back({std::string(kKustomizationFile), kustomization({paths.begin(), paths.end()}), {}});
    std::sort(result.files.begin(), result.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return result;
}

}  // namespace gatehouse::gitops
