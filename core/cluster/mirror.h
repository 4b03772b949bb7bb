// Mirror: one kind of a cluster, kept as it is there. Lists in pages, then watches with bookmarks; lists again where the cluster has
// forgotten what came between (410), and goes on after lost connections with growing pauses. What was there stays readable meanwhile,
// with its state. Memory is bounded: objects beyond a number, and events beyond a size, end in a state, not in growth.
// Source: Kubernetes API concepts, "Efficient detection of changes".
// Thread: construction and destruction any but the transport's; state(), objects() and revision() any, each a short lock. `changed` runs on
// the transport's thread. Lifetime: ends before its Client.
#pragma once

#include "base/clock.h"
#include "cluster/client.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::cluster {

struct MirrorOptions {
    std::string labelSelector;
    std::size_t pageSize = 500;
    std::size_t mostObjects = 50'000;
    std::size_t mostEventBytes = std::size_t{8} << 20;
    std::chrono::seconds watchFor{300};  ///< After which the server ends a watch, and the next goes on where it was.
    std::chrono::milliseconds firstPause{800};
    std::chrono::milliseconds longestPause{30'000};
};

enum class MirrorStanding {
    Loading,   ///< The first list is on its way.
    Live,      ///< As the cluster has it.
    Retrying,  ///< As it was; the cluster is asked again soon. `why` says what is wrong.
    Refused,   ///< The cluster does not let us, or is asked for too much. Asked again with the longest pause.
};

struct MirrorState {
    MirrorStanding standing = MirrorStanding::Loading;
    Error why;                     ///< Of Retrying and Refused.
    base::MonoTime since{};        ///< Of the standing.
    std::uint64_t revision = 0;    ///< Grows with each change.
    std::size_t objects = 0;
    std::uint64_t lists = 0;       ///< Whole lists that came.
    std::uint64_t watches = 0;     ///< Watches that were begun.
    std::uint64_t events = 0;      ///< But bookmarks.
    std::string resourceVersion;   ///< What the next watch goes on from.
};

class Mirror {
  public:
    /// `changed` may be null; it says that something is new, not what.
    Mirror(Client& client, ResourceType type, std::string ns, MirrorOptions options = {}, std::function<void()> changed = {});
    ~Mirror();
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;

    const ResourceType& type() const;
    MirrorState state() const;
    std::uint64_t revision() const;
    /// Sorted by namespace and name. The texts are shared, not copied.
    std::vector<LiveObject> objects() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

/// The n-th pause after a failure (from 0): doubled each time up to `longest`, and between half and all of that by chance.
std::chrono::milliseconds pauseAfter(unsigned failures, std::chrono::milliseconds first, std::chrono::milliseconds longest, std::uint64_t chance);

}  // namespace gatehouse::cluster
