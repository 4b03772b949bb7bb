#include "app/pod_tunnels.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;
using cluster::LiveObject;

constexpr std::size_t kMostForwards = 512;  // Each has a thread that waits.

/// The object with other content.
LiveObject with(LiveObject object, const Json& json) {
    object.json = std::make_shared<const std::string>(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    return object;
}

Json parsed(const LiveObject& object) { return Json::parse(*object.json, nullptr, false); }

/// Null where a step is absent.
const Json& at(const Json& json, std::initializer_list<const char*> path) {
    static const Json kNull;
    const Json* here = &json;
    for (const char* step : path) {
        const auto found = here->is_object() ? here->find(step) : here->end();
        if (!here->is_object() || found == here->end()) return kNull;
        here = &*found;
    }
    return *here;
}

std::string text(const Json& json) { return json.is_string() ? json.get<std::string>() : std::string(); }

std::uint16_t portOf(const Json& json) {
    const auto number = json.is_number_integer() ? json.get<std::int64_t>() : 0;
    return number > 0 && number < 65'536 ? static_cast<std::uint16_t>(number) : 0;
}

}  // namespace

bool PodTunnels::rewrites(const config::ObjectKey& key) {
    return (key.group.empty() && key.kind == "Pod") || (key.group == "discovery.k8s.io" && key.kind == "EndpointSlice");
}

void PodTunnels::setPools(const std::vector<LiveObject>& pools) {
    pools_.clear();
    for (const auto& object : pools) {
        const auto json = parsed(object);
        Pool pool{object.key.ns, {}, portOf(at(json, {"spec", "targetPortNumber"}))};  // Of the older group.
        if (const auto& ports = at(json, {"spec", "targetPorts"}); ports.is_array() && !ports.empty()) pool.port = portOf(at(ports.front(), {"number"}));
        const auto& matched = at(json, {"spec", "selector", "matchLabels"});
        for (const auto& [name, value] : (matched.is_object() ? matched : at(json, {"spec", "selector"})).items())
            if (value.is_string()) pool.labels.emplace(name, value.get<std::string>());
        if (pool.port != 0 && !pool.labels.empty()) pools_.push_back(std::move(pool));
    }
}

std::optional<std::uint16_t> PodTunnels::localPort(const Key& key, std::set<Key>& used) {
    auto found = forwards_.find(key);
    if (found == forwards_.end()) {
        if (forwards_.size() >= kMostForwards) return std::nullopt;
        const auto& [ns, pod, port] = key;
        auto forward = cluster::PortForward::open(client_, ns, pod, port);
        if (!forward) {
            fmt::print(stderr, "gatehouse: {}\n", forward.error().message);
            return std::nullopt;
        }
        found = forwards_.emplace(key, std::move(*forward)).first;
    }
    used.insert(key);
    return found->second->localPort();
}

std::string PodTunnels::podText(const LiveObject& pod, std::set<Key>& used) {
    auto json = parsed(pod);
    const auto& labels = at(json, {"metadata", "labels"});
    const auto pool = std::find_if(pools_.begin(), pools_.end(), [&](const Pool& each) {
        return each.ns == pod.key.ns && std::all_of(each.labels.begin(), each.labels.end(), [&](const auto& label) { return text(at(labels, {label.first.c_str()})) == label.second; });
    });
    if (pool == pools_.end() || text(at(json, {"status", "phase"})) != "Running") return cluster::yamlText({pod});
    const auto local = localPort({pod.key.ns, pod.key.name, pool->port}, used);
    if (!local) return cluster::yamlText({pod});
    json["status"]["podIP"] = "127.0.0.1";
    json["status"].erase("podIPs");
    json["metadata"]["annotations"]["gatehouse.dev/port"] = std::to_string(*local);
    return cluster::yamlText({with(pod, json)});
}

std::string PodTunnels::sliceText(const LiveObject& slice, std::set<Key>& used) {
    const auto json = parsed(slice);
    std::vector<LiveObject> out;
    auto others = Json::array();
    const auto& ports = at(json, {"ports"});
    for (const auto& endpoint : at(json, {"endpoints"})) {
        auto local = Json::array();
        for (const auto& port : ports) {
            const auto number = portOf(at(port, {"port"}));
            const auto through = number != 0 && text(at(endpoint, {"targetRef", "kind"})) == "Pod"
                                     ? localPort({slice.key.ns, text(at(endpoint, {"targetRef", "name"})), number}, used)
                                     : std::nullopt;
            if (!through) continue;
            local.push_back(port);
            local.back()["port"] = *through;
        }
        if (local.size() != ports.size() || local.empty()) {
            others.push_back(endpoint);
            continue;
        }
        auto one = json;
        one["metadata"]["name"] = fmt::format("{}-{}", slice.key.name, out.size());
        one["addressType"] = "IPv4";
        one["endpoints"] = Json::array({endpoint});
        one["endpoints"][0]["addresses"] = Json::array({"127.0.0.1"});
        one["ports"] = std::move(local);
        out.push_back(with(slice, one));
    }
    if (!others.empty() || out.empty()) {
        auto rest = json;
        rest["endpoints"] = std::move(others);
        out.push_back(with(slice, rest));
    }
    return cluster::yamlText(out);
}

std::vector<std::string> PodTunnels::textsOf(const std::string& kind, const std::vector<LiveObject>& objects) {
    std::vector<std::string> out;
    std::set<Key> used;
    for (const auto& object : objects) out.push_back(kind == "Pod" ? podText(object, used) : sliceText(object, used));
    used_[kind] = std::move(used);
    std::erase_if(forwards_, [this](const auto& forward) {
        return std::none_of(used_.begin(), used_.end(), [&](const auto& each) { return each.second.contains(forward.first); });
    });
    return out;
}

}  // namespace gatehouse::app
