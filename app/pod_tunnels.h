// Ports of loopback in place of pods' addresses: what a cluster says of its pods is rewritten so that a data plane outside reaches them by
// port-forward. A pod of an InferencePool gets 127.0.0.1 and the annotation gatehouse.dev/port, an EndpointSlice becomes one per pod.
// Thread: one owner; the forwards have threads of their own. Lifetime: ends before its Client.
#pragma once

#include "cluster/port_forward.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace gatehouse::app {

class PodTunnels {
  public:
    explicit PodTunnels(cluster::Client& client) : client_(client) {}

    /// InferencePools: which pods are asked at which port.
    void setPools(const std::vector<cluster::LiveObject>& pools);
    static bool rewrites(const config::ObjectKey& key);
    /// YAML documents that stand for the objects of one kind, in their order. What is no longer among them is closed.
    std::vector<std::string> textsOf(const std::string& kind, const std::vector<cluster::LiveObject>& objects);
    std::size_t size() const { return forwards_.size(); }

  private:
    using Key = std::tuple<std::string, std::string, std::uint16_t>;  ///< Namespace, pod, port.
    struct Pool {
        std::string ns;
        std::map<std::string, std::string> labels;
        std::uint16_t port = 0;
    };
    std::optional<std::uint16_t> localPort(const Key& key, std::set<Key>& used);
    std::string podText(const cluster::LiveObject& pod, std::set<Key>& used);
    std::string sliceText(const cluster::LiveObject& slice, std::set<Key>& used);

    cluster::Client& client_;
    std::vector<Pool> pools_;
    std::map<Key, std::unique_ptr<cluster::PortForward>> forwards_;
    std::map<std::string, std::set<Key>> used_;  ///< By kind.
};

}  // namespace gatehouse::app
