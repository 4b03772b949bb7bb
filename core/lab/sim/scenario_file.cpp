// Scenario files: one table of fields per mapping, each with its bounds; what is not in a table is an error with its line.
#include "lab/sim/scenario.h"

#include "text/yaml.h"

#include <fmt/core.h>

#include <cmath>

namespace gatehouse::lab::sim {

namespace {

using text::yaml::Node;
using text::yaml::NodeKind;

constexpr double kMostServers = 1'000;
constexpr double kMostRequests = 5e6;

class Reader {
  public:
    explicit Reader(std::string origin) : origin_(std::move(origin)) {}

    tl::unexpected<Error> wrong(const Node& node, const std::string& sentence) const {
        return fail("lab-scenario", fmt::format("{}:{}: {}", origin_, node.begin.line, sentence));
    }

    Result<double> number(const Node& node, std::string_view name, double least, double most) const {
        const auto value = node.kind == NodeKind::Scalar ? node.asDouble() : std::nullopt;
        const auto whole = node.kind == NodeKind::Scalar ? node.asInt() : std::nullopt;
        const double read = whole ? double(*whole) : value.value_or(std::nan(""));
        if (!(read >= least && read <= most))
            return wrong(node, fmt::format("\"{}\" needs a number from {} to {}.", name, least, most));
        return read;
    }

    Result<std::string> word(const Node& node, std::string_view name) const {
        if (node.kind != NodeKind::Scalar || node.value.empty()) return wrong(node, fmt::format("\"{}\" needs a name.", name));
        return node.value;
    }

    /// Hands each member to `take(key, value)`, which answers false for keys that it does not know, or an error.
    template <class Take>
    Result<void> members(const Node& node, std::string_view what, Take take) const {
        if (node.kind != NodeKind::Mapping) return wrong(node, fmt::format("\"{}\" needs a mapping.", what));
        for (const auto& entry : node.entries) {
            const Result<bool> taken = take(entry.key.value, entry.value);
            if (!taken) return tl::unexpected(taken.error());
            if (!*taken) return wrong(entry.key, fmt::format("\"{}\" has no field \"{}\".", what, entry.key.value));
        }
        return {};
    }

    /// A field that is a number: writes it where the key matches.
    struct Field {
        std::string_view key;
        double least, most;
        std::function<void(double)> set;
    };
    Result<bool> take(const std::vector<Field>& fields, std::string_view key, const Node& value) const {
        for (const Field& field : fields) {
            if (field.key != key) continue;
            const auto read = number(value, key, field.least, field.most);
            if (!read) return tl::unexpected(read.error());
            field.set(*read);
            return true;
        }
        return false;
    }

  private:
    std::string origin_;
};

template <class Target>
std::function<void(double)> into(Target& target) {
    return [&target](double value) { target = static_cast<Target>(value); };
}
std::function<void(double)> into(SimTime& target, double unitSeconds) {
    return [&target, unitSeconds](double value) { target = fromSeconds(value * unitSeconds); };
}

Result<void> readServers(const Reader& reader, const Node& node, Scenario& scenario) {
    if (node.kind != NodeKind::Sequence) return reader.wrong(node, "\"servers\" needs a list.");
    scenario.servers.clear();
    for (const Node& item : node.items) {
        ServerSpec server;
        double count = 1;
        const std::vector<Reader::Field> fields = {
            {"count", 1, kMostServers, into(count)},
            {"speed", 0.05, 20, into(server.speed)},
            {"blocks", 0, 1e7, into(server.engine.blocks)},
            {"maxSequences", 1, 4'096, into(server.engine.maxSequences)},
            {"stepTokens", 16, 1e6, into(server.engine.stepTokens)},
            {"adapterSlots", 1, 1'000, into(server.engine.adapterSlots)},
            {"adapterLoadMillis", 0, 60'000, into(server.engine.adapterLoad, 1e-3)},
        };
        const auto read = reader.members(item, "servers", [&](const std::string& key, const Node& value) -> Result<bool> {
            if (key != "model" && key != "gpu") return reader.take(fields, key, value);
            const auto name = reader.word(value, key);
            if (!name) return tl::unexpected(name.error());
            (key == "model" ? server.model : server.gpu) = *name;
            if (const auto model = findModel(*name); key == "model" && !model) return reader.wrong(value, model.error().message);
            if (const auto gpu = findGpu(*name); key == "gpu" && !gpu) return reader.wrong(value, gpu.error().message);
            return true;
        });
        if (!read) return read;
        if (double(scenario.servers.size()) + count > kMostServers)
            return reader.wrong(item, fmt::format("There may be at most {} servers.", kMostServers));
        scenario.servers.insert(scenario.servers.end(), static_cast<std::size_t>(count), server);
    }
    if (scenario.servers.empty()) return reader.wrong(node, "\"servers\" is empty.");
    return {};
}

Result<void> readWorkload(const Reader& reader, const Node& node, Scenario& scenario) {
    const Node* name = node.kind == NodeKind::Mapping ? node.find("shape") : &node;
    if (!name) return reader.wrong(node, "\"workload\" needs a shape.");
    const auto word = reader.word(*name, "workload");
    if (!word) return tl::unexpected(word.error());
    const auto shape = findWorkload(*word);
    if (!shape) return reader.wrong(*name, shape.error().message);
    WorkloadShape& workload = scenario.workload = **shape;
    if (node.kind != NodeKind::Mapping) return {};
    const std::vector<Reader::Field> fields = {
        {"arrivalCv", 0.05, 30, into(workload.arrivalCv)},   {"continued", 0, 1, into(workload.continued)},
        {"rest", 0, 3'600, into(workload.rest)},             {"groups", 0, 1e6, into(workload.groups)},
        {"groupTokens", 0, 1e6, into(workload.groupTokens)}, {"groupSkew", 0, 5, into(workload.groupSkew)},
        {"adapters", 0, 10'000, into(workload.adapters)},    {"adapterSkew", 0, 5, into(workload.adapterSkew)},
        {"burstSize", 1, 10'000, into(workload.burstSize)},
    };
    const auto constant = [&](Lengths& lengths, std::string_view key, const Node& value) -> Result<bool> {
        const auto tokens = reader.number(value, key, 1, 1e6);
        if (!tokens) return tl::unexpected(tokens.error());
        lengths = Lengths::constant(std::round(*tokens));
        return true;
    };
    const auto read = reader.members(node, "workload", [&](const std::string& key, const Node& value) -> Result<bool> {
        if (key == "shape") return true;
        if (key == "promptTokens") return constant(workload.prompt, key, value);
        if (key == "answerTokens") return constant(workload.answer, key, value);
        return reader.take(fields, key, value);
    });
    if (!read) return read;
    workload.burstSize = std::floor(workload.burstSize);
    if (workload.groups > 0 && workload.groupTokens < 1) return reader.wrong(node, "\"groups\" needs groupTokens.");
    return {};
}

Result<void> readPolicies(const Reader& reader, const Node& node, Scenario& scenario) {
    if (node.kind != NodeKind::Sequence) return reader.wrong(node, "\"policies\" needs a list.");
    for (const Node& item : node.items) {
        const auto name = reader.word(item, "policies");
        if (!name) return tl::unexpected(name.error());
        const auto spec = findPolicy(*name);
        if (!spec) return reader.wrong(item, spec.error().message);
        scenario.policies.push_back(*name);
    }
    return {};
}

Result<bool> asBool(const Reader& reader, const Node& node, std::string_view name) {
    const auto value = node.asBool();
    if (!value) return reader.wrong(node, fmt::format("\"{}\" is true or false.", name));
    return *value;
}

}  // namespace

Result<Scenario> parseScenario(std::string_view textual, const std::string& origin) {
    const auto documents = text::yaml::parse(textual);
    if (!documents)
        return fail("lab-scenario", fmt::format("{}:{}: {}", origin, documents.error().where.line, documents.error().message));
    if (documents->size() != 1) return fail("lab-scenario", fmt::format("{}: A scenario is one document.", origin));
    const auto root = text::yaml::expandAliases(documents->front().root);
    if (!root) return fail("lab-scenario", fmt::format("{}: {}", origin, root.error().message));
    const Reader reader(origin);
    Scenario scenario = scenarios().front();
    scenario.name = origin;
    scenario.about.clear();
    SimulationOptions& options = scenario.options;
    const std::vector<Reader::Field> fields = {
        {"rate", 0.001, 1e6, into(scenario.rate)},
        {"duration", 0.1, 1e6, into(scenario.duration)},
        {"seeds", 1, 100, into(scenario.seeds)},
        {"scrapeMillis", 0, 60'000, into(options.scrapeInterval, 1e-3)},
        {"decisionMicros", 0, 1e7, into(options.decisionLatency, 1e-6)},
        {"mfuFactor", 0.1, 10, into(options.mfuFactor)},
        {"warmUp", 0, 0.9, into(options.warmUp)},
        {"regretEvery", 0, 1e6, into(options.regretEvery)},
    };
    const std::vector<Reader::Field> sloFields = {
        {"ttftMillis", 1, 1e6, [&](double value) { scenario.slo.ttft = value / 1e3; }},
        {"tpotMillis", 1, 1e6, [&](double value) { scenario.slo.tpot = value / 1e3; }},
    };
    const auto read = reader.members(*root, "scenario", [&](const std::string& key, const Node& value) -> Result<bool> {
        Result<void> part;
        if (key == "servers") {
            part = readServers(reader, value, scenario);
        } else if (key == "workload") {
            part = readWorkload(reader, value, scenario);
        } else if (key == "policies") {
            part = readPolicies(reader, value, scenario);
        } else if (key == "slo") {
            part = reader.members(value, "slo", [&](const std::string& k, const Node& v) { return reader.take(sloFields, k, v); });
        } else if (key == "race") {
            const auto race = asBool(reader, value, key);
            if (!race) return tl::unexpected(race.error());
            options.race = *race;
        } else if (key == "name" || key == "about") {
            const auto word = reader.word(value, key);
            if (!word) return tl::unexpected(word.error());
            (key == "name" ? scenario.name : scenario.about) = *word;
        } else {
            return reader.take(fields, key, value);
        }
        if (!part) return tl::unexpected(part.error());
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (scenario.rate * scenario.duration > kMostRequests)
        return fail("lab-scenario", fmt::format("{}: More than {} requests do not fit into memory; lower the rate or the duration.", origin,
                                                kMostRequests));
    return scenario;
}

}  // namespace gatehouse::lab::sim
