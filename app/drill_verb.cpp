// `gatehouse drill`: what each fault of a provider leads to, by the configuration as it stands. Results on standard output; no provider is
// asked. Exit 1 where a fault cut a client off without a word, or a rule could not be drilled.

#include "app/verbs.h"
#include "config/workspace.h"
#include "gateway/fault_drill.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;

bool isWanted(const gateway::RehearsalRule& rule, const std::vector<std::string>& names) {
    return names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
               return rule.id == name || rule.name == name || rule.id.find("/" + name + "/") != std::string::npos;
           });
}

Result<std::vector<lab::ProviderFault>> faultsOf(const Arguments& arguments) {
    std::vector<lab::ProviderFault> faults;
    for (const auto& name : arguments.values("--fault")) {
        const auto* found = lab::findFaultCase(name);
        if (found == nullptr) return fail("usage", fmt::format("There is no fault \"{}\"; --list names them.", name));
        faults.push_back(found->fault);
    }
    return faults;
}

void printLine(const gateway::DrillLine& line) {
    fmt::print("  {:<40} {:<17} {:>4} {:>7} ms{}{}\n", line.fault->title, gateway::drillOutcomeName(line.outcome), line.status, line.micros / 1000,
               line.answeredBy.empty() ? "" : "  by " + line.answeredBy, line.leftOut ? "  (left out)" : "");
    std::fflush(stdout);
}

Json toJson(const gateway::DrillLine& line) {
    return {{"fault", line.fault->name},     {"outcome", gateway::drillOutcomeName(line.outcome)}, {"status", line.status}, {"answeredBy", line.answeredBy},
            {"leftOut", line.leftOut}, {"asked", line.asked},                                {"micros", line.micros}, {"detail", line.detail}};
}

}  // namespace

int runDrill(const Arguments& arguments) {
    if (arguments.has("--list")) {
        for (const auto& fault : lab::faultCases()) fmt::print("{:<26} {}\n", fault.name, fault.title);
        return kExitFine;
    }
    if (arguments.operands.empty()) return failWith({"usage", "gatehouse drill needs a PATH; --list names the faults."});
    const auto faults = faultsOf(arguments);
    if (!faults) return failWith(faults.error());
    config::Workspace::Options options;
    options.readOnly = true;
    const auto workspace = config::Workspace::open({arguments.operands.begin(), arguments.operands.end()}, options);
    if (!workspace) return failWith(workspace.error());
    const auto objects = workspace->objects();
    const bool json = arguments.has("--json");
    auto out = Json::array();
    bool any = false, bad = false;
    for (const auto& rule : gateway::rehearsalRules(*objects)) {
        if (!isWanted(rule, arguments.values("--rule"))) continue;
        for (std::size_t i = 0; i < rule.backends.size(); ++i) {
            any = true;
            if (!json) fmt::print("{} -> {}\n", rule.name, rule.backends[i]);
            gateway::Drill drill;
            drill.ruleId = rule.id;
            drill.backend = rule.positions[i];
            drill.faults = *faults;
            if (!json) drill.told = printLine;
            const auto report = gateway::runDrill(*objects, drill);
            if (!report) {
                bad = true;
                fmt::print(stderr, "gatehouse: {}\n", report.error().message);
                continue;
            }
            Json lines = Json::array();
            for (const auto& line : report->lines) {
                bad = bad || line.outcome == gateway::DrillOutcome::CutShort;
                lines.push_back(toJson(line));
            }
            out.push_back({{"rule", rule.id}, {"backend", rule.backends[i]}, {"targets", report->targets}, {"faults", std::move(lines)}});
        }
    }
    if (!any) return failWith({"no-rule", "No rule that runs leads to models, so there is nothing to drill."});
    if (json) fmt::print("{}\n", out.dump(2, ' ', false, Json::error_handler_t::replace));
    return bad ? kExitFindings : kExitFine;
}

}  // namespace gatehouse::app
