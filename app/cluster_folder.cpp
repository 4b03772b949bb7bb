#include "app/cluster_folder.h"

#include "app/pod_tunnels.h"
#include "app/report.h"
#include "cluster/mirror.h"
#include "config/schema.h"
#include "gitops/kustomization.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include <unistd.h>

namespace gatehouse::app {

namespace fs = std::filesystem;
using cluster::MirrorStanding;
using std::chrono::milliseconds;

namespace {

/// Changes that come together are written together.
constexpr milliseconds kGather{100};
constexpr std::chrono::seconds kPatience{60};

bool isFollowed(const config::KindSchema& schema) {
    return schema.kind != "EndpointPickerConfig" && !(schema.group.empty() && schema.kind == "Secret");
}

}  // namespace

struct ClusterFolder::State {
    ClusterSession session;
    fs::path directory;

    std::mutex mutex;
    std::condition_variable wake;
    bool dirty = false;     ///< Guarded by mutex.
    bool stopping = false;  ///< Guarded by mutex.

    struct Kind {
        std::unique_ptr<cluster::Mirror> mirror;
        std::map<std::string, std::string> written;  ///< Path: resourceVersion, or the text where it is made here.
        std::uint64_t revision = 0;
        MirrorStanding told = MirrorStanding::Loading;
    };
    std::vector<Kind> kinds;  ///< The writer's, once it runs.
    std::unique_ptr<PodTunnels> tunnels;  ///< Null: pods are reached at their own addresses.
    std::thread writer;

    ~State() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        wake.notify_all();
        if (writer.joinable()) writer.join();
        kinds.clear();
        tunnels.reset();
        std::error_code ignored;
        if (!directory.empty()) fs::remove_all(directory, ignored);
    }

    void changed() {
        {
            const std::lock_guard lock(mutex);
            dirty = true;
        }
        wake.notify_all();
    }

    void follow(const std::string& ns) {
        for (const auto& schema : config::kinds()) {
            const auto* type = isFollowed(schema) ? session.discovery.find(schema.group, schema.kind, schema.versions) : nullptr;
            if (type == nullptr || !type->can("watch")) continue;
            Kind kind;
            kind.mirror = std::make_unique<cluster::Mirror>(*session.client, *type, type->namespaced ? ns : std::string(), cluster::MirrorOptions{}, [this] { changed(); });
            kinds.push_back(std::move(kind));
        }
    }

    bool loaded() const {
        return std::all_of(kinds.begin(), kinds.end(), [](const Kind& kind) {
            const auto state = kind.mirror->state();
            return state.lists > 0 || state.standing == MirrorStanding::Refused;
        });
    }

    Result<void> waitUntilLoaded() {
        const auto deadline = base::MonoClock::now() + kPatience;
        std::unique_lock lock(mutex);
        while (!loaded()) {
            if (base::MonoClock::now() > deadline) {
                for (const auto& kind : kinds)
                    if (const auto state = kind.mirror->state(); state.lists == 0 && !state.why.message.empty()) return tl::unexpected(state.why);
                return fail("cluster-folder", "The cluster did not list its objects in time.");
            }
            wake.wait_for(lock, milliseconds(200));
        }
        // Without Gateways there is nothing to run; whatever else may not be read is told, and does without.
        const auto gateways = std::find_if(kinds.begin(), kinds.end(), [](const Kind& kind) { return kind.mirror->type().kind == "Gateway"; });
        if (gateways == kinds.end()) return fail("cluster-folder", "The cluster has no Gateway API, so there is nothing to run.");
        if (const auto state = gateways->mirror->state(); state.lists == 0) return tl::unexpected(state.why);
        return {};
    }

    /// A new file under the old name, so that a reader meets the one or the other.
    static bool write(const fs::path& path, const std::string& text) {
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        auto temporary = path;
        temporary += ".new";
        {
            std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
            file << text;
            if (!file.flush()) return false;
        }
        fs::rename(temporary, path, error);
        return !error;
    }

    void writeKind(Kind& kind) {
        const auto state = kind.mirror->state();
        tell(kind, state);
        if (state.revision == kind.revision || state.lists == 0) return;
        kind.revision = state.revision;
        auto gone = std::move(kind.written);
        kind.written.clear();
        const auto objects = kind.mirror->objects();
        const auto& type = kind.mirror->type();
        if (tunnels && type.kind == "InferencePool") tunnels->setPools(objects);
        const bool made = tunnels && PodTunnels::rewrites({type.group, type.kind, {}, {}});
        const auto texts = made ? tunnels->textsOf(type.kind, objects) : std::vector<std::string>();
        for (std::size_t i = 0; i < objects.size(); ++i) {
            const auto& object = objects[i];
            if (!gitops::isFileName(object.key.name) || (!object.key.ns.empty() && !gitops::isFileName(object.key.ns))) continue;
            const auto path = gitops::objectPath(object.key, !object.key.group.empty());
            const auto& mark = made ? texts[i] : object.resourceVersion;
            const auto before = gone.find(path);
            const bool same = before != gone.end() && before->second == mark;
            if (before != gone.end()) gone.erase(before);
            if (!same && !write(directory / path, made ? texts[i] : cluster::yamlText({object}))) {
                fmt::print(stderr, "gatehouse: {} cannot be written; it is tried again.\n", (directory / path).string());
                kind.revision = 0;
                continue;
            }
            kind.written.emplace(path, mark);
        }
        std::error_code ignored;
        for (const auto& [path, version] : gone) fs::remove(directory / path, ignored);
    }

    /// Pools first: they say at which port pods are asked, so pods follow where they change.
    void writeAll() {
        std::uint64_t before = 0, after = 0;
        for (auto& kind : kinds)
            if (kind.mirror->type().kind == "InferencePool") {
                before += kind.revision;
                writeKind(kind);
                after += kind.revision;
            }
        for (auto& kind : kinds) {
            if (tunnels && before != after && kind.mirror->type().kind == "Pod") kind.revision = 0;
            writeKind(kind);
        }
    }

    static void tell(Kind& kind, const cluster::MirrorState& state) {
        if (state.standing == kind.told) return;
        const bool good = state.standing == MirrorStanding::Live || state.standing == MirrorStanding::Loading;
        const bool was = kind.told == MirrorStanding::Live || kind.told == MirrorStanding::Loading;
        kind.told = state.standing;
        if (!good) fmt::print(stderr, "gatehouse: {} What was read before stays.\n", printable(state.why.message, true));
        else if (!was) fmt::print(stderr, "gatehouse: {} are followed again.\n", kind.mirror->type().plural);
    }

    void run() {
        std::unique_lock lock(mutex);
        while (!stopping) {
            wake.wait(lock, [this] { return dirty || stopping; });
            wake.wait_for(lock, kGather, [this] { return stopping; });
            dirty = false;
            lock.unlock();
            writeAll();
            lock.lock();
        }
    }
};

ClusterFolder::ClusterFolder(std::unique_ptr<State> state) : state_(std::move(state)) {}
ClusterFolder::~ClusterFolder() = default;
const fs::path& ClusterFolder::directory() const { return state_->directory; }

Result<std::unique_ptr<ClusterFolder>> ClusterFolder::open(const Arguments& arguments) {
    auto session = openCluster(arguments, arguments.value("--context"));
    if (!session) return tl::unexpected(session.error());
    auto state = std::make_unique<State>();
    state->session = std::move(*session);
    const auto inventory = cluster::takeInventory(*state->session.client, state->session.discovery);
    fmt::print(stderr, "gatehouse: {}\n", printable(inventoryLine(state->session.discovery, inventory), false));
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "gatehouse-cluster-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return fail("cluster-folder", "No temporary folder can be made.");
    state->directory = name;
    state->follow(arguments.value("--namespace"));
    if (auto waited = state->waitUntilLoaded(); !waited) return tl::unexpected(waited.error());
    if (arguments.has("--port-forward")) state->tunnels = std::make_unique<PodTunnels>(*state->session.client);
    state->writeAll();
    state->writer = std::thread([raw = state.get()] { raw->run(); });
    return std::unique_ptr<ClusterFolder>(new ClusterFolder(std::move(state)));
}

}  // namespace gatehouse::app
