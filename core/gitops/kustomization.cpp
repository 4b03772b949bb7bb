#include "gitops/kustomization.h"

#include "gitops/clean.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace gatehouse::gitops {

namespace {

constexpr std::string_view kMark = "# Written by gatehouse export, which replaces and removes the files listed here.\n";

constexpr std::string_view kClusterFolder = "cluster";

bool staysBelow(const std::filesystem::path& path) {
    if (path.empty() || path.is_absolute()) return false;
    for (const auto& part : path) {
        if (part == "..") return false;
    }
    return true;
}

}  // namespace

std::string objectPath(const config::ObjectKey& key, bool withGroup) {
    std::string kind = key.kind;
    for (char& c : kind) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return fmt::format("{}/{}{}-{}.yaml", key.ns.empty() ? kClusterFolder : std::string_view(key.ns), kind,
                       withGroup ? "." + (key.group.empty() ? "core" : key.group) : "", key.name);
}

bool isFileName(std::string_view text) {
    if (text.empty() || text.size() > 253 || text.front() == '.' || text.front() == '-') return false;
    return text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

std::string kustomization(const std::vector<std::string>& resources, const std::vector<GeneratedConfigMap>& generated) {
    using text::yaml::Node;
    Node root = mappingNode();
    addEntry(root, "apiVersion", scalarNode("kustomize.config.k8s.io/v1beta1"));
    addEntry(root, "kind", scalarNode("Kustomization"));
    Node list;
    list.kind = text::yaml::NodeKind::Sequence;
    for (const auto& resource : resources) list.items.push_back(scalarNode(resource));
    addEntry(root, "resources", std::move(list));
    Node maps;
    maps.kind = text::yaml::NodeKind::Sequence;
    for (const auto& one : generated) {
        Node map = mappingNode(), files, options = mappingNode();
        files.kind = text::yaml::NodeKind::Sequence;
        files.items.push_back(scalarNode(one.path));
        addEntry(map, "name", scalarNode(one.name));
        if (!one.ns.empty()) addEntry(map, "namespace", scalarNode(one.ns));
        addEntry(map, "files", std::move(files));
        // Whoever mounts it names it.
        addEntry(options, "disableNameSuffixHash", scalarNode("true"));
        addEntry(map, "options", std::move(options));
        maps.items.push_back(std::move(map));
    }
    if (!maps.items.empty()) addEntry(root, "configMapGenerator", std::move(maps));
    return std::string(kMark) + text::yaml::writeNode(root);
}

std::optional<std::vector<std::string>> exportedResources(std::string_view text) {
    if (!text.starts_with(kMark)) return std::nullopt;
    const auto documents = text::yaml::parse(text);
    if (!documents || documents->empty()) return std::nullopt;
    std::vector<std::string> resources;
    if (const auto* list = documents->front().root.find("resources")) {
        for (const auto& item : list->items) {
            if (staysBelow(item.value)) resources.push_back(item.value);
        }
    }
    if (const auto* maps = documents->front().root.find("configMapGenerator")) {
        for (const auto& map : maps->items)
            if (const auto* files = map.find("files"))
                for (const auto& item : files->items)
                    if (staysBelow(item.value)) resources.push_back(item.value);
    }
    return resources;
}

}  // namespace gatehouse::gitops
