#include "inference/endpoint_picker_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace gatehouse::inference {

namespace {

using config::FieldPath;
using config::Severity;
using text::yaml::Node;
using text::yaml::NodeKind;

enum class Role : std::uint8_t { Scorer, Filter, Picker, Own, NotRun };

struct PluginType {
    std::string_view type;
    Role role;
    int kind = 0;  ///< ScorerKind, FilterKind, PickerKind.
};

template <class Kind>
constexpr int of(Kind kind) { return static_cast<int>(kind); }

/// Own: what Gatehouse does by itself, whatever the file says. NotRun: it would choose differently here than there.
constexpr PluginType kTypes[] = {
    {"queue-scorer", Role::Scorer, of(ScorerKind::Queue)},
    {"kv-cache-utilization-scorer", Role::Scorer, of(ScorerKind::KvCache)},
    {"prefix-cache-scorer", Role::Scorer, of(ScorerKind::Prefix)},
    {"running-requests-size-scorer", Role::Scorer, of(ScorerKind::RunningRequests)},
    {"load-aware-scorer", Role::Scorer, of(ScorerKind::LoadAware)},
    {"lora-affinity-scorer", Role::Scorer, of(ScorerKind::LoraAffinity)},
    {"token-load-scorer", Role::Scorer, of(ScorerKind::TokenLoad)},
    {"active-request-scorer", Role::Scorer, of(ScorerKind::ActiveRequest)},
    {"no-hit-lru-scorer", Role::Scorer, of(ScorerKind::NoHitLru)},
    {"session-affinity-scorer", Role::Scorer, of(ScorerKind::SessionAffinity)},
    {"prefix-cache-affinity-filter", Role::Filter, of(FilterKind::PrefixAffinity)},
    {"utilization-filter", Role::Filter, of(FilterKind::Utilization)},
    {"max-score-picker", Role::Picker, of(PickerKind::MaxScore)},
    {"random-picker", Role::Picker, of(PickerKind::Random)},
    {"weighted-random-picker", Role::Picker, of(PickerKind::WeightedRandom)},
    {"single-profile-handler", Role::Own},
    {"approx-prefix-cache-producer", Role::Own},
    {"inflight-load-producer", Role::Own},
    {"metrics-data-source", Role::Own},
    {"metrics-extractor", Role::Own},
    {"core-metrics-extractor", Role::Own},
    {"utilization-detector", Role::Own},
    {"concurrency-detector", Role::Own},
    {"precise-prefix-cache-scorer", Role::NotRun},
    {"precise-prefix-cache-producer", Role::NotRun},
    {"burst-prefix-cache-producer", Role::NotRun},
    {"predicted-latency-producer", Role::NotRun},
    {"latency-scorer", Role::NotRun},
    {"context-length-aware-scorer", Role::NotRun},
    {"topology-affinity-scorer", Role::NotRun},
    {"endpoint-attribute-scorer", Role::NotRun},
    {"mm-embeddings-cache-scorer", Role::NotRun},
    {"header-label-affinity-scorer", Role::NotRun},
    {"slo-headroom-tier-filter", Role::NotRun},
    {"endpoint-attribute-filter", Role::NotRun},
    {"label-selector-filter", Role::NotRun},
    {"session-affinity-filter", Role::NotRun},
    {"topology-affinity-filter", Role::NotRun},
    {"encode-filter", Role::NotRun},
    {"prefill-filter", Role::NotRun},
    {"decode-filter", Role::NotRun},
    {"probabilistic-admitter", Role::NotRun},
    {"latency-slo-admitter", Role::NotRun},
    {"file-discovery", Role::NotRun},
};

const PluginType* findType(std::string_view type) {
    const auto* found = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const PluginType& known) { return known.type == type; });
    return found == std::end(kTypes) ? nullptr : found;
}

/// A parameter that is read: which member of the scorer or filter it sets.
struct ScorerParameter {
    std::string_view type, name;
    double PickProfile::Scorer::*member;
};
constexpr ScorerParameter kScorerParameters[] = {
    {"load-aware-scorer", "threshold", &PickProfile::Scorer::threshold},
    {"active-request-scorer", "idleThreshold", &PickProfile::Scorer::idle},
    {"active-request-scorer", "maxBusyScore", &PickProfile::Scorer::mostBusy},
    {"token-load-scorer", "queueThresholdTokens", &PickProfile::Scorer::mostTokens},
    {"prefix-cache-scorer", "alpha", &PickProfile::Scorer::alpha},
};
struct FilterParameter {
    std::string_view type, name;
    double PickProfile::Filter::*member;
    double unit;  ///< Of the file, in ours.
};
constexpr FilterParameter kFilterParameters[] = {
    {"prefix-cache-affinity-filter", "affinityThreshold", &PickProfile::Filter::threshold, 1},
    {"prefix-cache-affinity-filter", "peakPrefillThroughput", &PickProfile::Filter::tokensPerSecond, 1},
    {"prefix-cache-affinity-filter", "maxTTFTPenaltyMs", &PickProfile::Filter::patienceSeconds, 1e-3},
    {"utilization-filter", "queueDepthThreshold", &PickProfile::Filter::queueDepth, 1},
    {"utilization-filter", "kvCacheUtilThreshold", &PickProfile::Filter::kvUse, 1},
};

std::string scalar(const Node& mapping, std::string_view key) {
    const Node* member = mapping.find(key);
    return member != nullptr && member->kind == NodeKind::Scalar ? member->value : std::string();
}

/// Go's durations as people write them here: "60s", "1m30s", "500ms".
std::optional<base::Millis> durationOf(std::string_view text) {
    double total = 0;
    bool any = false;
    while (!text.empty()) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || !(value >= 0)) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const auto unit = text.substr(0, text.find_first_of("0123456789."));
        const double millis = unit == "ms" ? 1 : unit == "s" ? 1e3 : unit == "m" ? 6e4 : unit == "h" ? 3.6e6 : -1;
        if (millis < 0) return std::nullopt;
        total += value * millis;
        text.remove_prefix(unit.size());
        any = true;
    }
    if (!any || total > 1e12) return std::nullopt;
    return base::Millis(static_cast<std::int64_t>(total));
}

/// Kubernetes quantities of bytes and counts.
std::optional<double> quantityOf(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !(value >= 0)) return std::nullopt;
    constexpr std::pair<std::string_view, double> kUnits[] = {{"", 1},         {"k", 1e3},       {"M", 1e6},           {"G", 1e9},
                                                              {"T", 1e12},     {"Ki", 1024.0},   {"Mi", 1048576.0},    {"Gi", 1073741824.0},
                                                              {"Ti", 1099511627776.0}};
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const auto& [name, factor] : kUnits)
        if (name == unit) return value * factor;
    return std::nullopt;
}

class Compiler {
  public:
    explicit Compiler(const config::Object& object) : object_(object), profile_(std::make_shared<PickProfile>()) {}

    CompiledPicker run() {
        readPlugins();
        const auto profileName = readProfile();
        readFlow();
        profile_->name = fmt::format("{}{}", object_.key.display(), profileName.empty() ? "" : ", profile " + profileName);
        if (broken_) return std::move(out_);
        out_.profile = std::move(profile_);
        return std::move(out_);
    }

  private:
    struct Plugin {
        std::string name, type;
        const PluginType* known = nullptr;
        const Node* parameters = nullptr;
        FieldPath at;
    };

    void error(const FieldPath& at, std::string message) {
        out_.findings.push_back({Severity::Error, at, std::move(message)});
        broken_ = true;
    }
    void warn(const FieldPath& at, std::string message) { out_.findings.push_back({Severity::Warning, at, std::move(message)}); }

    void readPlugins() {
        const Node* list = object_.root->find("plugins");
        for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
            const Node& node = list->items[i];
            Plugin plugin;
            plugin.at = FieldPath{}.key("plugins").index(i);
            plugin.type = scalar(node, "type");
            plugin.name = scalar(node, "name");
            if (plugin.name.empty()) plugin.name = plugin.type;
            plugin.known = findType(plugin.type);
            plugin.parameters = node.find("parameters");
            if (plugin.type.empty()) continue;  // Said by the check of the fields.
            if (find(plugin.name) != nullptr) error(plugin.at, fmt::format("Two plugins are called {}.", plugin.name));
            if (plugin.known == nullptr) error(plugin.at.key("type"), fmt::format("There is no plugin of type {}.", plugin.type));
            else if (plugin.known->role == Role::NotRun) warn(plugin.at.key("type"), fmt::format("{} is not run by this version; picks are made without it.", plugin.type));
            plugins_.push_back(std::move(plugin));
        }
    }

    const Plugin* find(std::string_view name) const {
        const auto found = std::find_if(plugins_.begin(), plugins_.end(), [&](const Plugin& plugin) { return plugin.name == name; });
        return found == plugins_.end() ? nullptr : &*found;
    }

    std::string readProfile() {
        const Node* profiles = object_.root->find("schedulingProfiles");
        if (profiles == nullptr || profiles->items.empty()) {
            // As the reference: without a profile every plugin is used, without plugins its own three.
            for (const auto& plugin : plugins_) use(plugin, nullptr, plugin.at);
            if (plugins_.empty()) useDefaults();
            return "";
        }
        const auto base = FieldPath{}.key("schedulingProfiles");
        for (std::size_t i = 1; i < profiles->items.size(); ++i)
            warn(base.index(i), fmt::format("The profile {} is not run: Gatehouse runs the first one, without disaggregation.", scalar(profiles->items[i], "name")));
        const Node* used = profiles->items[0].find("plugins");
        for (std::size_t i = 0; used != nullptr && i < used->items.size(); ++i) {
            const auto at = base.index(0).key("plugins").index(i);
            const auto name = scalar(used->items[i], "pluginRef");
            if (const auto* plugin = find(name)) use(*plugin, used->items[i].find("weight"), at);
            else if (!name.empty()) error(at.key("pluginRef"), fmt::format("There is no plugin called {}.", name));
        }
        return scalar(profiles->items[0], "name");
    }

    void useDefaults() {
        for (const auto& [type, weight] : {std::pair("queue-scorer", 2.0), std::pair("kv-cache-utilization-scorer", 2.0), std::pair("prefix-cache-scorer", 3.0)})
            profile_->scorers.push_back({.kind = static_cast<ScorerKind>(findType(type)->kind), .name = type, .weight = weight});
    }

    void use(const Plugin& plugin, const Node* weight, const FieldPath& at) {
        if (plugin.known == nullptr) return;
        switch (plugin.known->role) {
            case Role::Scorer: return addScorer(plugin, weight, at);
            case Role::Filter: return addFilter(plugin);
            case Role::Picker: profile_->picker = static_cast<PickerKind>(plugin.known->kind); return;
            case Role::Own:
            case Role::NotRun: return;
        }
    }

    void addScorer(const Plugin& plugin, const Node* weight, const FieldPath& at) {
        PickProfile::Scorer scorer{.kind = static_cast<ScorerKind>(plugin.known->kind), .name = plugin.name};
        if (weight != nullptr) {
            const auto value = weight->asDouble();
            if (!value || !std::isfinite(*value) || *value < 0) return error(at.key("weight"), "A weight is a number of 0 or more.");
            scorer.weight = *value;
        }
        if (profile_->scorers.size() == kMostTerms) return error(at, fmt::format("A profile runs at most {} scorers.", kMostTerms));
        eachParameter(plugin, [&](std::string_view name, double value) {
            for (const auto& known : kScorerParameters) {
                if (known.type != plugin.type || known.name != name) continue;
                scorer.*known.member = value;
                return true;
            }
            return false;
        });
        if (!(scorer.threshold > 0) || !(scorer.mostTokens > 0)) return error(plugin.at.key("parameters"), "A threshold must be greater than 0.");
        profile_->scorers.push_back(std::move(scorer));
    }

    void addFilter(const Plugin& plugin) {
        PickProfile::Filter filter{.kind = static_cast<FilterKind>(plugin.known->kind), .name = plugin.name};
        eachParameter(plugin, [&](std::string_view name, double value) {
            for (const auto& known : kFilterParameters) {
                if (known.type != plugin.type || known.name != name) continue;
                filter.*known.member = value * known.unit;
                return true;
            }
            return false;
        });
        if (!(filter.tokensPerSecond > 0)) return error(plugin.at.key("parameters"), "A throughput must be greater than 0.");
        if (profile_->filters.size() < 200) profile_->filters.push_back(std::move(filter));
    }

    /// Numbers go to `take`; what it does not know is told.
    template <class Take>
    void eachParameter(const Plugin& plugin, Take take) {
        if (plugin.parameters == nullptr) return;
        for (const auto& entry : plugin.parameters->entries) {
            const auto value = entry.value.kind == NodeKind::Scalar ? entry.value.asDouble() : std::nullopt;
            if (value && std::isfinite(*value) && take(entry.key.value, *value)) continue;
            warn(plugin.at.key("parameters").key(entry.key.value), fmt::format("The parameter {} of {} is not run by this version.", entry.key.value, plugin.type));
        }
    }

    void readFlow() {
        const Node* flow = object_.root->find("flowControl");
        if (flow == nullptr || flow->kind != NodeKind::Mapping) return;
        FlowOptions options;
        const auto at = FieldPath{}.key("flowControl");
        if (const auto text = scalar(*flow, "defaultRequestTTL"); !text.empty()) {
            if (const auto ttl = durationOf(text)) options.ttl = *ttl;
            else error(at.key("defaultRequestTTL"), fmt::format("\"{}\" is no duration such as 60s.", text));
        }
        const auto amount = [&](const char* key, auto& into) {
            const auto text = scalar(*flow, key);
            if (text.empty()) return;
            using Number = std::remove_reference_t<decltype(into)>;
            if (const auto value = quantityOf(text)) into = *value == 0 ? std::numeric_limits<Number>::max() : static_cast<Number>(std::min(*value, 9e18));
            else error(at.key(key), fmt::format("\"{}\" is no amount such as 1Gi.", text));
        };
        amount("maxRequests", options.maxRequests);
        amount("maxBytes", options.maxBytes);
        out_.flow = options;
    }

    const config::Object& object_;
    std::shared_ptr<PickProfile> profile_;
    CompiledPicker out_;
    std::vector<Plugin> plugins_;
    bool broken_ = false;
};

}  // namespace

CompiledPicker compilePicker(const config::Object& object) { return Compiler(object).run(); }

}  // namespace gatehouse::inference
