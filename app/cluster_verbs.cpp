// `gatehouse pull`, `diff` and `apply`: a cluster into a folder, two states against each other, a folder into a cluster. Results on
// standard output, everything else on standard error.

#include "app/cluster_session.h"
#include "app/report.h"
#include "app/verbs.h"
#include "config/schema.h"
#include "gitops/cluster_apply.h"
#include "gitops/pull.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;
using gitops::Applied;

void note(const std::string& text) { fmt::print(stderr, "gatehouse: {}\n", printable(text, true)); }

std::string dumped(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

Json toJson(const config::ObjectKey& key) { return {{"group", key.group}, {"kind", key.kind}, {"namespace", key.ns}, {"name", key.name}}; }

Json toJson(const std::vector<gitops::FieldChange>& fields) {
    auto out = Json::array();
    for (const auto& field : fields)
        out.push_back({{"path", field.path}, {"before", field.before ? Json(*field.before) : Json()}, {"after", field.after ? Json(*field.after) : Json()}});
    return out;
}

void printFields(const std::vector<gitops::FieldChange>& fields) {
    for (const auto& field : fields)
        fmt::print("    {}: {} -> {}\n", printable(field.path, false), printable(field.before.value_or("(none)"), false), printable(field.after.value_or("(none)"), false));
}

// ---- pull

int tellPulled(const gitops::Pulled& pulled, const std::vector<gitops::FileDiff>& diffs, const Arguments& arguments) {
    if (arguments.has("--json")) {
        auto files = Json::array(), unread = Json::array();
        for (const auto& diff : diffs) {
            constexpr const char* kStates[] = {"same", "added", "changed", "removed"};
            files.push_back({{"path", diff.path}, {"state", kStates[static_cast<int>(diff.state)]}});
        }
        for (const auto& each : pulled.unread) unread.push_back({{"group", each.group}, {"kind", each.kind}, {"why", each.why.message}});
        fmt::print("{}\n", dumped({{"files", files}, {"unread", unread}, {"objects", pulled.objects->objects.size()}}));
    } else {
        printFileDiffs(diffs, arguments.value("--out"));
    }
    return pulled.unread.empty() ? kExitFine : kExitFindings;
}

// ---- diff

struct Side {
    std::string name;
    std::shared_ptr<const config::ObjectSet> objects;
    std::unique_ptr<ClusterSession> session;  ///< Null: files.
};

Result<void> readCluster(Side& side, const std::string& ns) {
    auto pulled = gitops::pullObjects(*side.session->client, side.session->discovery, {ns});
    if (!pulled) return tl::unexpected(pulled.error());
    if (!pulled->unread.empty()) return tl::unexpected(pulled->unread.front().why);
    for (const auto& sentence : pulled->notes) note(sentence);
    side.objects = pulled->objects;
    return {};
}

Result<Side> openSide(const Arguments& arguments, const std::string& operand) {
    Side side{operand, nullptr, nullptr};
    std::error_code error;
    const bool named = operand.starts_with("context:");
    if (!named && std::filesystem::exists(operand, error)) {
        auto objects = readWhole({operand});
        if (!objects) return tl::unexpected(objects.error());
        side.objects = *objects;
        return side;
    }
    auto session = openCluster(arguments, named ? operand.substr(8) : operand);
    if (!session) {
        const bool nothing = !named && (session.error().code == "no-context" || session.error().code == "kubeconfig");
        return nothing ? fail("usage", fmt::format("{} is neither a file or folder nor a context. {}", operand, session.error().message)) : tl::unexpected(session.error());
    }
    side.session = std::make_unique<ClusterSession>(std::move(*session));
    if (auto read = readCluster(side, arguments.value("--namespace")); !read) return tl::unexpected(read.error());
    return side;
}

/// What files name and the first reading did not bring: a Service that nothing refers to, say.
Result<void> completeFrom(Side& side, const Side& other) {
    if (!side.session) return {};
    std::vector<config::ObjectKey> missing;
    for (const auto& object : other.objects->objects)
        if (side.objects->find(object.key) == nullptr) missing.push_back(object.key);
    auto more = gitops::readByName(*side.session->client, side.session->discovery, missing);
    if (!more) return tl::unexpected(more.error());
    if (more->empty()) return {};
    auto all = std::make_shared<config::ObjectSet>(*side.objects);
    const auto found = gitops::objectsOf(*more);
    all->objects.insert(all->objects.end(), found->objects.begin(), found->objects.end());
    all->buildIndex();
    side.objects = std::move(all);
    return {};
}

/// Against a cluster, what it makes itself and Secrets are not compared; with --namespace, only what is in it.
std::shared_ptr<const config::ObjectSet> compared(const Side& side, bool live, const std::string& ns) {
    auto out = std::make_shared<config::ObjectSet>();
    for (const auto& object : side.objects->objects) {
        const bool made = object.schema != nullptr && !object.schema->exportable;
        const bool secret = object.key.group.empty() && object.key.kind == "Secret";
        const bool file = object.key.kind == "EndpointPickerConfig" || object.key.group == "kustomize.config.k8s.io";
        if ((live && (made || secret || file)) || (!ns.empty() && !object.key.ns.empty() && object.key.ns != ns)) continue;
        out->objects.push_back(object);
    }
    out->buildIndex();
    return out;
}

Json toJson(const gitops::ObjectChange& change) {
    constexpr const char* kKinds[] = {"only-before", "only-after", "changed"};
    return {{"change", kKinds[static_cast<int>(change.kind)]}, {"object", toJson(change.object)}, {"fields", toJson(change.fields)}};
}

void printChange(const gitops::ObjectChange& change, const Side& before, const Side& after) {
    using Kind = gitops::ObjectChange::Kind;
    const auto& where = change.kind == Kind::OnlyBefore ? before : after;
    if (change.kind == Kind::Changed) fmt::print("~ {}\n", change.object.display());
    else fmt::print("{} {} only in {}\n", change.kind == Kind::OnlyBefore ? '-' : '+', change.object.display(), where.name);
    printFields(change.fields);
}

// ---- apply

Json toJson(const gitops::AppliedObject& each) {
    auto conflicts = Json::array();
    for (const auto& conflict : each.conflicts) conflicts.push_back({{"field", conflict.field}, {"owner", conflict.owner}});
    return {{"object", toJson(each.object)}, {"outcome", gitops::appliedName(each.outcome)}, {"why", each.why}, {"conflicts", conflicts},
            {"fields", toJson(each.fields)}, {"warnings", each.warnings}};
}

void printApplied(const gitops::AppliedObject& each) {
    fmt::print("{:<12} {}{}{}\n", gitops::appliedName(each.outcome), each.object.display(), each.why.empty() ? "" : ": ", printable(each.why, false));
    for (const auto& conflict : each.conflicts)
        fmt::print("    {} is owned by {}\n", printable(conflict.field, false), conflict.owner.empty() ? "another" : printable(conflict.owner, false));
    printFields(each.fields);
    for (const auto& warning : each.warnings) fmt::print(stderr, "gatehouse: {}: {}\n", each.object.display(), printable(warning, true));
}

std::string applySummary(const gitops::ApplySetResult& result, bool dryRun) {
    const auto done = result.count(Applied::Created) + result.count(Applied::Changed) + result.count(Applied::Unchanged);
    const auto would = result.count(Applied::WouldCreate) + result.count(Applied::WouldChange);
    if (result.complete())
        return dryRun ? fmt::format("{} would change, {} as they are. Nothing was written.", would, result.count(Applied::Unchanged))
                      : fmt::format("{} created, {} changed, {} as they were.", result.count(Applied::Created), result.count(Applied::Changed), result.count(Applied::Unchanged));
    const auto failed = result.count(Applied::Refused) + result.count(Applied::Conflict);
    if (!result.wrote) return fmt::format("{} of {} refused. Nothing was written.", failed, result.objects.size() - result.count(Applied::LeftOut));
    return fmt::format("The set is half applied: {} applied, {} refused, {} unknown, {} not tried. Apply it again once the cause is mended.", done, failed,
                       result.count(Applied::Unknown), result.count(Applied::NotTried));
}

}  // namespace

int runPull(const Arguments& arguments) {
    const std::string out = arguments.value("--out");
    if (out.empty()) return failWith({"usage", "gatehouse pull needs --out FOLDER."});
    auto session = openCluster(arguments, arguments.value("--context"));
    if (!session) return failWith(session.error());
    const auto inventory = cluster::takeInventory(*session->client, session->discovery);
    note(inventoryLine(session->discovery, inventory));
    const auto pulled = gitops::pullObjects(*session->client, session->discovery, {arguments.value("--namespace")});
    if (!pulled) return failWith({pulled.error().code, pulled.error().message + " Nothing was written."});
    for (const auto& each : pulled->unread) note(each.why.message + " It is left out.");
    for (const auto& sentence : pulled->notes) note(sentence);
    for (const auto& key : pulled->foreign) note(fmt::format("{} is left out: a controller made it.", key.display()));
    const auto files = gitops::pulledFiles(*pulled, out);
    if (!files) return failWith(files.error());
    const auto diffs = gitops::diffExport(*files, out);
    if (!arguments.has("--dry-run"))
        if (auto written = gitops::writeExport(*files, out); !written) return failWith(written.error());
    return tellPulled(*pulled, diffs, arguments);
}

int runDiff(const Arguments& arguments) {
    // As diff(1): 2 is trouble, so that 1 always means that they differ.
    const auto trouble = [](const Error& error) {
        failWith(error);
        return kExitUsage;
    };
    auto before = openSide(arguments, arguments.operands[0]);
    if (!before) return trouble(before.error());
    auto after = openSide(arguments, arguments.operands[1]);
    if (!after) return trouble(after.error());
    const bool live = before->session || after->session;
    // Objects of files that name no namespace are of the context's.
    for (auto* side : {&*before, &*after}) {
        const auto& other = side == &*before ? *after : *before;
        if (!side->session && other.session) side->objects = gitops::placedIn(*side->objects, other.session->client->target().ns);
    }
    if (auto more = completeFrom(*before, *after); !more) return trouble(more.error());
    if (auto more = completeFrom(*after, *before); !more) return trouble(more.error());
    const auto ns = arguments.value("--namespace");
    const auto changes = gitops::diffObjects(*compared(*before, live, ns), *compared(*after, live, ns));
    if (arguments.has("--json")) {
        auto out = Json::array();
        for (const auto& change : changes) out.push_back(toJson(change));
        fmt::print("{}\n", dumped(out));
    } else {
        for (const auto& change : changes) printChange(change, *before, *after);
    }
    const auto hasSecret = [](const Side& side) {
        return std::any_of(side.objects->objects.begin(), side.objects->objects.end(), [](const auto& object) { return object.key.group.empty() && object.key.kind == "Secret"; });
    };
    if (live && (hasSecret(*before) || hasSecret(*after))) note("Secrets are not compared with a cluster.");
    return changes.empty() ? kExitFine : kExitFindings;
}

int runApply(const Arguments& arguments) {
    const auto context = arguments.value("--context");
    if (context.empty()) return failWith({"usage", "gatehouse apply needs --context NAME: it changes a cluster, so the cluster is named."});
    const auto objects = readWhole(arguments.operands);
    if (!objects) return failWith({objects.error().code, objects.error().message + "\nNothing was applied."});
    auto session = openCluster(arguments, context);
    if (!session) return failWith(session.error());
    gitops::ApplySetOptions options;
    options.dryRun = arguments.has("--dry-run");
    options.force = arguments.has("--force-conflicts");
    options.ns = arguments.value("--namespace");
    // Naming the context and leaving --dry-run out is what unlocks it.
    if (!options.dryRun) session->client->unlock();
    const auto result = gitops::applySet(*session->client, session->discovery, **objects, options);
    if (!result) return failWith({result.error().code, result.error().message + " Nothing was applied."});
    if (arguments.has("--json")) {
        auto list = Json::array();
        for (const auto& each : result->objects) list.push_back(toJson(each));
        fmt::print("{}\n", dumped({{"objects", list}, {"wrote", result->wrote}, {"complete", result->complete()}}));
    } else {
        for (const auto& each : result->objects) printApplied(each);
    }
    note(applySummary(*result, options.dryRun));
    return result->complete() ? kExitFine : kExitFindings;
}

}  // namespace gatehouse::app
