#include "cluster/kubeconfig.h"

#include "cluster/kubeconfig_entry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

namespace gatehouse::cluster {

namespace fs = std::filesystem;
using text::yaml::Node;
using text::yaml::NodeKind;

struct Kubeconfig::State {
    std::vector<std::string> files;
    std::vector<Entry> clusters, users, contexts;
    std::string current;

    static const Entry* find(const std::vector<Entry>& list, std::string_view name) {
        const auto found = std::find_if(list.begin(), list.end(), [&](const Entry& entry) { return entry.name == name; });
        return found == list.end() ? nullptr : &*found;
    }

    /// The first file that names an entry supplies the whole of it.
    Result<void> takeList(const fs::path& file, const Node& root, const char* list, const char* member, std::vector<Entry>& into) {
        const Node* items = root.find(list);
        if (items == nullptr || items->isNull()) return {};
        if (items->kind != NodeKind::Sequence) return fail("kubeconfig", fmt::format("{}: {} is no list.", file.string(), list));
        for (std::size_t i = 0; i < items->items.size(); ++i) {
            const auto& item = items->items[i];
            const Node* name = item.find("name");
            if (name == nullptr || name->kind != NodeKind::Scalar || name->isNull())
                return fail("kubeconfig", fmt::format("{}: {}[{}] has no name.", file.string(), list, i));
            Entry entry{name->value, file, list, member, {}};
            if (const Node* body = item.find(member); body != nullptr && !body->isNull()) {
                if (body->kind != NodeKind::Mapping)
                    return fail("kubeconfig", fmt::format("{}: {}[\"{}\"].{} is no mapping.", file.string(), list, entry.name, member));
                entry.body = *body;
            }
            if (find(into, entry.name) == nullptr) into.push_back(std::move(entry));
        }
        return {};
    }

    Result<void> takeFile(const fs::path& file) {
        const auto text = secret::resolve("file:" + file.string(), {});
        if (!text) return fail("kubeconfig", fmt::format("{} cannot be read.", file.string()));
        auto documents = text::yaml::parse(text->reveal());
        if (!documents)
            return fail("kubeconfig", fmt::format("{}:{}:{}: {}", file.string(), documents.error().where.line, documents.error().where.column,
                                                  documents.error().message));
        files.push_back(file.string());
        if (documents->empty() || documents->front().root.isNull()) return {};
        auto root = text::yaml::expandAliases(documents->front().root);
        if (!root) return fail("kubeconfig", fmt::format("{}: {}", file.string(), root.error().message));
        if (root->kind != NodeKind::Mapping) return fail("kubeconfig", fmt::format("{} is no kubeconfig: it holds no mapping.", file.string()));
        const Node* kind = root->find("kind");
        if (kind != nullptr && !kind->isNull() && kind->value != "Config")
            return fail("kubeconfig", fmt::format("{} is no kubeconfig: its kind is {}.", file.string(), kind->value));
        if (const Node* name = root->find("current-context"); current.empty() && name != nullptr && name->kind == NodeKind::Scalar && !name->isNull())
            current = name->value;
        if (auto taken = takeList(file, *root, "clusters", "cluster", clusters); !taken) return taken;
        if (auto taken = takeList(file, *root, "users", "user", users); !taken) return taken;
        return takeList(file, *root, "contexts", "context", contexts);
    }
};

Kubeconfig::Kubeconfig(std::unique_ptr<State> state) : state_(std::move(state)) {}
Kubeconfig::~Kubeconfig() = default;
Kubeconfig::Kubeconfig(Kubeconfig&&) noexcept = default;
Kubeconfig& Kubeconfig::operator=(Kubeconfig&&) noexcept = default;

Result<Kubeconfig> Kubeconfig::loadFiles(const std::vector<fs::path>& files) {
    auto state = std::make_unique<State>();
    for (const auto& file : files) {
        std::error_code error;
        if (!fs::exists(file, error) && !error) continue;
        const auto absolute = fs::absolute(file, error).lexically_normal();
        if (std::find(state->files.begin(), state->files.end(), absolute.string()) != state->files.end()) continue;
        if (auto taken = state->takeFile(absolute); !taken) return tl::unexpected(taken.error());
    }
    return Kubeconfig(std::move(state));
}

Result<Kubeconfig> Kubeconfig::load(const fs::path& only) {
    if (!only.empty()) {
        std::error_code error;
        if (!fs::exists(only, error)) return fail("kubeconfig", fmt::format("There is no kubeconfig at {}.", only.string()));
        return loadFiles({only});
    }
    std::vector<fs::path> files;
    if (const char* list = std::getenv("KUBECONFIG"); list != nullptr && *list != '\0') {
        std::string_view rest = list;
        while (!rest.empty()) {
            const auto colon = std::min(rest.find(':'), rest.size());
            if (colon > 0) files.emplace_back(std::string(rest.substr(0, colon)));
            rest.remove_prefix(std::min(colon + 1, rest.size()));
        }
    } else if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        files.push_back(fs::path(home) / ".kube" / "config");
    }
    auto loaded = loadFiles(files);
    if (loaded && loaded->files().empty()) {
        std::vector<std::string> names;
        for (const auto& file : files) names.push_back(file.string());
        return fail("kubeconfig", fmt::format("There is no kubeconfig: none of {} exists.", names.empty() ? "$KUBECONFIG and ~/.kube/config" : fmt::format("{}", fmt::join(names, ", "))));
    }
    return loaded;
}

std::vector<ContextInfo> Kubeconfig::contexts() const {
    std::vector<ContextInfo> out;
    for (const auto& entry : state_->contexts) {
        ContextInfo info{entry.name, entry.textOr("cluster"), entry.textOr("user"), entry.textOr("namespace"), entry.file.string(), {}, entry.name == state_->current};
        if (const auto* cluster = State::find(state_->clusters, info.cluster)) info.server = cluster->textOr("server");
        out.push_back(std::move(info));
    }
    return out;
}

const std::string& Kubeconfig::currentContext() const { return state_->current; }
const std::vector<std::string>& Kubeconfig::files() const { return state_->files; }

Result<Target> Kubeconfig::target(std::string_view context) const {
    const std::string name(context.empty() ? std::string_view(state_->current) : context);
    if (name.empty()) return fail("no-context", fmt::format("{} names no current context; name one.", fmt::join(state_->files, ", ")));
    const auto* entry = State::find(state_->contexts, name);
    if (entry == nullptr) {
        std::vector<std::string> names;
        for (const auto& known : state_->contexts) names.push_back(known.name);
        return fail("no-context", fmt::format("There is no context \"{}\" in {}; there {} {}.", name, fmt::join(state_->files, ", "),
                                              names.size() == 1 ? "is" : "are", names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
    }
    Target target;
    target.context = name;
    target.file = entry->file.string();
    target.cluster = entry->textOr("cluster");
    target.user = entry->textOr("user");
    target.ns = entry->textOr("namespace");
    if (target.ns.empty()) target.ns = "default";
    const auto* cluster = State::find(state_->clusters, target.cluster);
    if (cluster == nullptr) return entry->bad("cluster", target.cluster.empty() ? "it is missing" : fmt::format("there is no cluster \"{}\"", target.cluster));
    if (auto read = readCluster(*cluster, target); !read) return tl::unexpected(read.error());
    if (target.user.empty()) return target;
    const auto* user = State::find(state_->users, target.user);
    if (user == nullptr) return entry->bad("user", fmt::format("there is no user \"{}\"", target.user));
    if (auto read = readUser(*user, target); !read) return tl::unexpected(read.error());
    if (target.exec && target.exec->provideClusterInfo) target.exec->clusterConfig = execConfigOf(*cluster);
    return target;
}

}  // namespace gatehouse::cluster
