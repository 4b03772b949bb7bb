#include "cluster/mirror.h"

#include "base/ids.h"
#include "cluster/resource_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace gatehouse::cluster {
namespace {

using Clock = base::MonoClock;
using std::chrono::milliseconds;
using Objects = std::map<std::pair<std::string, std::string>, LiveObject>;

std::pair<std::string, std::string> placeOf(const LiveObject& object) { return {object.key.ns, object.key.name}; }

}  // namespace

milliseconds pauseAfter(unsigned failures, milliseconds first, milliseconds longest, std::uint64_t chance) {
    auto pause = std::min(first, longest);
    for (unsigned i = 0; i < failures && pause < longest; ++i) pause = std::min(pause * 2, longest);
    const auto half = pause.count() / 2;
    return milliseconds(pause.count() - (half > 0 ? static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(half + 1)) : 0));
}

struct Mirror::State : std::enable_shared_from_this<Mirror::State> {
    State(Client& owner, ResourceType kind, std::string where, MirrorOptions wanted, std::function<void()> told)
        : client(owner), type(std::move(kind)), ns(std::move(where)), options(std::move(wanted)), changed(std::move(told)) {}

    Client& client;
    const ResourceType type;
    const std::string ns;
    const MirrorOptions options;
    const std::function<void()> changed;

    // The transport's thread.
    bool ended = false;
    bool paged = true;
    Transport::Id request = 0, timer = 0;
    Objects arriving;        ///< Of the list under way.
    std::string line;        ///< Of the watch: what came of an event.
    bool tooLong = false;
    unsigned failures = 0;   ///< In a row.
    std::string version;     ///< resourceVersion.
    Clock::time_point watchingSince{};
    bool relist = false;     ///< The watch said that its version is gone.
    std::optional<ApiStatus> watchError;

    mutable std::mutex mutex;
    Objects objects;     ///< Guarded by mutex, as the rest.
    MirrorState shown;

    void tell(MirrorStanding standing, Error why = {}) {
        {
            const std::lock_guard lock(mutex);
            if (shown.standing != standing) shown.since = Clock::now();
            shown.standing = standing;
            shown.why = std::move(why);
            shown.resourceVersion = version;
            ++shown.revision;
        }
        if (changed) changed();
    }

    /// Callbacks keep the state, not the Mirror; they do nothing once it has ended.
    template <class Run>
    auto bound(Run run) {
        return [self = this->shared_from_this(), run](auto&&... args) {
            if (!self->ended) run(*self, std::forward<decltype(args)>(args)...);
        };
    }

    void retry(Error why, bool refused, milliseconds least = {}) {
        const auto pause = refused ? options.longestPause : pauseAfter(failures, options.firstPause, options.longestPause, base::randomBits());
        ++failures;
        tell(refused ? MirrorStanding::Refused : MirrorStanding::Retrying, std::move(why));
        timer = client.transport().after(std::max(pause, least), bound([](State& self) { self.version.empty() ? self.list({}) : self.watch(); }));
    }

    void list(const std::string& token) {
        if (token.empty()) arriving.clear();
        HttpRequest ask;
        ask.path = type.path(ns) + (paged ? fmt::format("?limit={}", options.pageSize) : "?");
        if (!token.empty()) ask.path += "&continue=" + escapedQuery(token);
        if (!options.labelSelector.empty()) ask.path += "&labelSelector=" + escapedQuery(options.labelSelector);
        ask.accept = acceptFor(type, true);
        request = client.transport().send(std::move(ask), bound([more = !token.empty()](State& self, Result<HttpAnswer> answer) { self.page(std::move(answer), more); }));
    }

    void page(Result<HttpAnswer> answer, bool more) {
        if (!answer) return retry(answer.error(), answer.error().code == "exec-refused" || answer.error().code == "cluster-too-large");
        if (answer->status == 410 && more) {
            // The list took longer than the cluster remembers: all at once now, so that it is of one moment.
            paged = false;
            return list({});
        }
        if (answer->status != 200) return failed(readStatus(answer->status, answer->body, answer->retryAfter));
        auto json = parseJson(answer->body);
        if (!json || !memberOf(*json, "metadata").is_object()) return retry({"cluster-error", fmt::format("{}: the answer is no list.", type.plural)}, false);
        if (auto items = json->find("items"); items != json->end() && items->is_array())
            for (auto& item : *items)
                if (auto object = liveObjectOf(std::move(item), type)) arriving.insert_or_assign(placeOf(*object), std::move(*object));
        if (arriving.size() > options.mostObjects) return tooMany();
        const auto token = textOf(memberOf(*json, "metadata"), "continue");
        if (!token.empty()) return list(token);
        version = textOf(memberOf(*json, "metadata"), "resourceVersion");
        paged = true;
        {
            const std::lock_guard lock(mutex);
            objects = std::exchange(arriving, {});
            shown.objects = objects.size();
            ++shown.lists;
        }
        tell(MirrorStanding::Live);
        watch();
    }

    void tooMany() {
        arriving.clear();
        version.clear();
        retry({"cluster-too-large", fmt::format("There are more than {} {}; they are not kept up to date.", options.mostObjects, type.plural)}, true);
    }

    void failed(const ApiStatus& status) {
        const bool refused = status.code == 401 || status.code == 403 || status.code == 404;
        if (status.code == 410 || status.reason == "Expired" || status.reason == "Gone") version.clear();
        retry(status.error(fmt::format("{} cannot be watched", type.plural)), refused, status.retryAfter);
    }

    void watch() {
        line.clear();
        tooLong = relist = false;
        watchError.reset();
        watchingSince = Clock::now();
        // Not all at the same moment, when many were begun at once.
        const auto seconds = options.watchFor.count() + static_cast<std::int64_t>(base::randomBelow(static_cast<std::uint64_t>(options.watchFor.count() / 4 + 1)));
        HttpRequest ask;
        ask.path = fmt::format("{}?watch=1&allowWatchBookmarks=true&timeoutSeconds={}&resourceVersion={}", type.path(ns), seconds, escapedQuery(version));
        if (!options.labelSelector.empty()) ask.path += "&labelSelector=" + escapedQuery(options.labelSelector);
        ask.accept = acceptFor(type, false);
        ask.timeout = std::chrono::seconds(seconds + 30);  // A server that vanished ends nothing itself.
        {
            const std::lock_guard lock(mutex);
            ++shown.watches;
        }
        const auto self = shared_from_this();
        request = client.transport().send(std::move(ask), bound([](State& state, Result<HttpAnswer> answer) { state.watchEnded(std::move(answer)); }),
                                          [self](std::string_view bytes) { return !self->ended && self->take(bytes); },
                                          bound([](State& state) { state.tell(MirrorStanding::Live); }));
    }

    bool take(std::string_view bytes) {
        bool news = false;
        while (!bytes.empty() && !relist && !watchError) {
            const auto end = bytes.find('\n');
            line.append(bytes.substr(0, end));
            tooLong = line.size() > options.mostEventBytes;
            if (tooLong) return false;
            if (end == std::string_view::npos) break;
            bytes.remove_prefix(end + 1);
            news = event() || news;
            line.clear();
        }
        if (news) failures = 0;
        if (news && changed) changed();
        return !relist && !watchError && shownObjects() <= options.mostObjects;
    }

    /// True: something is new.
    bool event() {
        if (line.empty()) return false;
        auto json = parseJson(line);
        const auto kind = json ? textOf(*json, "type") : std::string();
        if (kind == "ERROR") {
            watchError = statusOf(memberOf(*json, "object"), 0, {});
            relist = watchError->code == 410 || watchError->reason == "Expired" || watchError->reason == "Gone";
            return false;
        }
        if (!json || !json->contains("object")) {
            relist = true;  // What was missed is not known.
            return false;
        }
        if (kind == "BOOKMARK") {
            version = textOf(memberOf(memberOf(*json, "object"), "metadata"), "resourceVersion");
            const std::lock_guard lock(mutex);
            shown.resourceVersion = version;
            return true;
        }
        auto object = liveObjectOf(std::move((*json)["object"]), type);
        if (!object) {
            relist = true;
            return false;
        }
        version = object->resourceVersion;
        const std::lock_guard lock(mutex);
        if (kind == "DELETED") objects.erase(placeOf(*object));
        else objects.insert_or_assign(placeOf(*object), std::move(*object));
        shown.objects = objects.size();
        shown.resourceVersion = version;
        ++shown.events;
        ++shown.revision;
        return true;
    }

    void watchEnded(Result<HttpAnswer> answer) {
        if (shownObjects() > options.mostObjects) return tooMany();
        if (tooLong) {
            version.clear();
            return retry({"cluster-too-large", fmt::format("An event of {} is larger than {} MiB.", type.plural, options.mostEventBytes >> 20)}, false);
        }
        if (relist) {
            // At once the first time; a server that forgets everything is asked less and less often.
            version.clear();
            if (failures++ == 0) return list({});
            --failures;
            return retry({"cluster-expired", fmt::format("{}: the cluster no longer knows what changed since.", type.plural)}, false);
        }
        if (watchError) return failed(*watchError);
        if (!answer) return retry(answer.error(), answer.error().code == "exec-refused");
        if (answer->status != 200) return failed(readStatus(answer->status, answer->body, answer->retryAfter));
        // Its time is over. One that ends at once, again and again, is no working watch.
        if (Clock::now() - watchingSince > std::chrono::seconds(1)) {
            failures = 0;
            return watch();
        }
        retry({"cluster-unreachable", fmt::format("The watch of {} ended at once.", type.plural)}, false);
    }

    std::size_t shownObjects() const {
        const std::lock_guard lock(mutex);
        return objects.size();
    }
};

Mirror::Mirror(Client& client, ResourceType type, std::string ns, MirrorOptions options, std::function<void()> changed)
    : state_(std::make_shared<State>(client, std::move(type), std::move(ns), std::move(options), std::move(changed))) {
    client.transport().after({}, state_->bound([](State& self) { self.list({}); }));
}

Mirror::~Mirror() {
    auto& transport = state_->client.transport();
    transport.runNow([state = state_, &transport] {
        state->ended = true;
        transport.cancel(state->request);
        transport.cancel(state->timer);
    });
}

const ResourceType& Mirror::type() const { return state_->type; }

MirrorState Mirror::state() const {
    const std::lock_guard lock(state_->mutex);
    return state_->shown;
}

std::uint64_t Mirror::revision() const {
    const std::lock_guard lock(state_->mutex);
    return state_->shown.revision;
}

std::vector<LiveObject> Mirror::objects() const {
    const std::lock_guard lock(state_->mutex);
    std::vector<LiveObject> out;
    out.reserve(state_->objects.size());
    for (const auto& [place, object] : state_->objects) out.push_back(object);
    return out;
}

}  // namespace gatehouse::cluster
