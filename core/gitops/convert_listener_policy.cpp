#include "gitops/convert_listener_policy.h"

#include "gitops/clean.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::gitops {
namespace {

using text::yaml::Node;

constexpr std::string_view kOlder = "HTTPListenerPolicy";

/// Settings of HTTPListenerPolicy in kgateway 2.1.
constexpr std::array<std::string_view, 12> kSettings = {
    "acceptHttp10", "accessLog", "defaultHostForHttp10", "healthCheck", "idleTimeout", "preserveHttp1HeaderCase",
    "serverHeaderTransformation", "streamIdleTimeout", "tracing", "upgradeConfig", "useRemoteAddress", "xffNumTrustedHops"};

bool isTarget(std::string_view name) { return name == "targetRefs" || name == "targetSelectors"; }

class Conversion {
  public:
    explicit Conversion(Node& root) : root_(root) {}

    ListenerPolicyConversion run(std::string_view wanted) {
        auto* kind = member(root_, "kind");
        auto* spec = member(root_, "spec");
        if (kind == nullptr) return std::move(out_);
        out_.kind = kind->value;
        const bool older = wanted == kOlder;
        if (spec != nullptr) {
            if (older) checkTargets(*spec);
            if (older && kind->value == kOlder) checkSettings(*spec, "spec");
            if (kind->value != wanted) *spec = older ? flattened(*spec) : nested(*spec);
        }
        *kind = scalarNode(std::string(wanted));
        out_.kind = wanted;
        return std::move(out_);
    }

  private:
    void refuse(std::string path, std::string message) { out_.refused.emplace_back(std::move(path), std::move(message)); }

    void checkTargets(const Node& spec) {
        for (const auto& entry : spec.entries) {
            if (!isTarget(entry.key.value)) continue;
            for (std::size_t i = 0; i < entry.value.items.size(); ++i)
                if (entry.value.items[i].find("sectionName"))
                    refuse(fmt::format("spec.{}[{}].sectionName", entry.key.value, i),
                           "In kgateway 2.1 the policy reaches whole Gateways alone; without sectionName it would reach listeners "
                           "that it is not for.");
        }
    }

    void checkSettings(const Node& settings, const std::string& path) {
        for (const auto& entry : settings.entries) {
            const std::string_view name = entry.key.value;
            if (isTarget(name) || std::find(kSettings.begin(), kSettings.end(), name) != kSettings.end()) continue;
            refuse(path + "." + entry.key.value,
                   fmt::format("HTTPListenerPolicy of kgateway 2.1 has no {}; kgateway 2.2 and later have.", entry.key.value));
        }
    }

    /// ListenerPolicy to HTTPListenerPolicy.
    Node flattened(const Node& spec) {
        auto made = mappingNode();
        for (const auto& entry : spec.entries) {
            if (isTarget(entry.key.value)) made.entries.push_back(entry);
            if (entry.key.value == "perPort")
                refuse("spec.perPort", "kgateway 2.1 has no settings of single ports.");
            if (entry.key.value != "default") continue;
            for (const auto& setting : entry.value.entries) {
                if (setting.key.value != "httpSettings") {
                    refuse("spec.default." + setting.key.value,
                           fmt::format("kgateway 2.1 has no {} of listeners; kgateway 2.2 and later have.", setting.key.value));
                    continue;
                }
                checkSettings(setting.value, "spec.default.httpSettings");
                made.entries.insert(made.entries.end(), setting.value.entries.begin(), setting.value.entries.end());
            }
        }
        return made;
    }

    /// HTTPListenerPolicy to ListenerPolicy.
    static Node nested(const Node& spec) {
        auto made = mappingNode();
        auto http = mappingNode();
        for (const auto& entry : spec.entries) (isTarget(entry.key.value) ? made : http).entries.push_back(entry);
        auto defaults = mappingNode();
        addEntry(defaults, "httpSettings", std::move(http));
        addEntry(made, "default", std::move(defaults));
        return made;
    }

    Node& root_;
    ListenerPolicyConversion out_;
};

}  // namespace

ListenerPolicyConversion convertListenerPolicy(Node& root, std::string_view wanted) {
    return Conversion(root).run(wanted);
}

}  // namespace gatehouse::gitops
