#include "cluster/discovery.h"

#include "cluster/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::cluster {
namespace {

constexpr char kAggregated[] =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

std::vector<std::string> wordsOf(const Json& list) {
    std::vector<std::string> out;
    for (const auto& each : list)
        if (each.is_string()) out.push_back(each.get<std::string>());
    return out;
}

Result<Json> readJson(Client& client, const std::string& path, const std::string& accept, std::string_view what) {
    const auto answer = client.read(path, accept);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status != 200) return tl::unexpected(readStatus(answer->status, answer->body, answer->retryAfter).error(what));
    auto json = parseJson(answer->body);
    if (!json) return fail("cluster-error", fmt::format("{}: the answer is no JSON; is this an API server?", what));
    return json;
}

/// APIGroupDiscoveryList: resources of every version, responseKind names the kind.
void takeAggregated(const Json& list, Discovery& out) {
    for (const auto& group : memberOf(list, "items")) {
        const auto name = textOf(memberOf(group, "metadata"), "name");
        for (const auto& version : memberOf(group, "versions")) {
            const auto number = textOf(version, "version");
            if (textOf(version, "freshness") == "Stale")
                out.problems.push_back(fmt::format("{}/{} does not answer; its kinds are those that were there before.", name, number));
            for (const auto& each : memberOf(version, "resources")) {
                const auto& kind = memberOf(each, "responseKind");
                out.types.push_back({name, number, textOf(each, "resource"), textOf(kind, "kind"), textOf(each, "scope") != "Cluster", wordsOf(memberOf(each, "verbs"))});
            }
        }
    }
}

/// APIResourceList of one version.
void takeResources(const Json& list, const std::string& group, const std::string& version, Discovery& out) {
    for (const auto& each : memberOf(list, "resources")) {
        const auto plural = textOf(each, "name");
        if (plural.find('/') != std::string::npos) continue;
        out.types.push_back({group, version, plural, textOf(each, "kind"), flagOf(each, "namespaced"), wordsOf(memberOf(each, "verbs"))});
    }
}

void takeVersion(Client& client, const std::string& group, const std::string& version, Discovery& out) {
    const auto path = group.empty() ? "/api/" + version : fmt::format("/apis/{}/{}", group, version);
    const auto list = readJson(client, path, "application/json", "Discovery");
    // A dead extension server must not hide what the others serve.
    if (!list) out.problems.push_back(fmt::format("{}/{} does not tell its kinds: {}", group, version, list.error().message));
    else takeResources(*list, group, version, out);
}

void takeGroups(Client& client, const Json& list, Discovery& out) {
    for (const auto& group : memberOf(list, "groups")) {
        const auto name = textOf(group, "name"), preferred = textOf(memberOf(group, "preferredVersion"), "version");
        if (!preferred.empty()) takeVersion(client, name, preferred, out);
        for (const auto& version : memberOf(group, "versions"))
            if (const auto number = textOf(version, "version"); number != preferred) takeVersion(client, name, number, out);
    }
}

}  // namespace

const ResourceType* Discovery::find(std::string_view group, std::string_view kind, std::string_view version) const {
    const auto found = std::find_if(types.begin(), types.end(), [&](const ResourceType& type) { return type.group == group && type.kind == kind && type.version == version; });
    return found == types.end() ? nullptr : &*found;
}

const ResourceType* Discovery::find(std::string_view group, std::string_view kind, std::span<const std::string> versions) const {
    for (const auto& version : versions)
        if (const auto* type = find(group, kind, version)) return type;
    const auto found = std::find_if(types.begin(), types.end(), [&](const ResourceType& type) { return type.group == group && type.kind == kind; });
    return found == types.end() ? nullptr : &*found;
}

Result<Discovery> discover(Client& client) {
    Discovery out;
    const auto version = readJson(client, "/version", "application/json", "The cluster's version cannot be read");
    if (!version) return tl::unexpected(version.error());
    out.serverVersion = textOf(*version, "gitVersion");
    const auto core = readJson(client, "/api", kAggregated, "Discovery");
    if (!core) return tl::unexpected(core.error());
    if (textOf(*core, "kind") == "APIGroupDiscoveryList") {
        takeAggregated(*core, out);
        out.aggregated = true;
    } else {
        for (const auto& each : wordsOf(memberOf(*core, "versions"))) takeVersion(client, "", each, out);
    }
    const auto groups = readJson(client, "/apis", kAggregated, "Discovery");
    if (!groups) return tl::unexpected(groups.error());
    if (textOf(*groups, "kind") == "APIGroupDiscoveryList") takeAggregated(*groups, out);
    else takeGroups(client, *groups, out);
    return out;
}

}  // namespace gatehouse::cluster
