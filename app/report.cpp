#include "app/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;

/// Bytes that are no UTF-8 (a hostile file, a header) must not stop a report.
std::string dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

std::string_view word(config::Severity severity) {
    switch (severity) {
        case config::Severity::Error: return "error";
        case config::Severity::Warning: return "warning";
        case config::Severity::Info: break;
    }
    return "info";
}

std::string_view word(route::StepOutcome outcome) {
    switch (outcome) {
        case route::StepOutcome::Chosen: return "chosen";
        case route::StepOutcome::Rejected: return "rejected";
        case route::StepOutcome::Applied: return "applied";
        case route::StepOutcome::Failed: return "failed";
        case route::StepOutcome::Info: break;
    }
    return "info";
}

std::string_view mark(route::StepOutcome outcome) {
    switch (outcome) {
        case route::StepOutcome::Chosen: return "+";
        case route::StepOutcome::Rejected: return "-";
        case route::StepOutcome::Applied: return "*";
        case route::StepOutcome::Failed: return "!";
        case route::StepOutcome::Info: break;
    }
    return " ";
}

std::string_view word(inference::PickMethod method) {
    switch (method) {
        case inference::PickMethod::Metrics: return "metrics";
        case inference::PickMethod::LeastRequest: return "least-request";
        case inference::PickMethod::Only: return "only";
        case inference::PickMethod::Cost: return "cost";
        case inference::PickMethod::OwnState: return "own-state";
        case inference::PickMethod::Profile: return "profile";
        case inference::PickMethod::None: break;
    }
    return "none";
}

std::string_view word(gitops::ExportNote::Kind kind) {
    switch (kind) {
        case gitops::ExportNote::Kind::LeftOut: return "left-out";
        case gitops::ExportNote::Kind::Refused: return "refused";
        case gitops::ExportNote::Kind::Kept: return "kept";
        case gitops::ExportNote::Kind::Changed: break;
    }
    return "changed";
}

std::string_view word(gitops::DiffState state) {
    switch (state) {
        case gitops::DiffState::Same: return "same";
        case gitops::DiffState::Added: return "added";
        case gitops::DiffState::Changed: return "changed";
        case gitops::DiffState::Removed: break;
    }
    return "removed";
}

Json keyJson(const config::ObjectKey& key) {
    return {{"group", key.group}, {"kind", key.kind}, {"namespace", key.ns}, {"name", key.name}};
}

/// NaN means unknown, and JSON has no NaN.
Json numberJson(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json headersJson(const std::vector<std::pair<std::string, std::string>>& headers) {
    Json list = Json::array();
    for (const auto& [name, value] : headers) list.push_back({{"name", name}, {"value", value}});
    return list;
}

std::string place(const config::SourceLocation& where, const FileNames& names) {
    if (where.file.empty()) return {};
    // A file that could not be read has no lines.
    if (where.line == 0) return names.shown(where.file);
    return fmt::format("{}:{}:{}", names.shown(where.file), where.line, where.column);
}

Json candidatesJson(const inference::PickRecord& pick) {
    Json candidates = Json::array();
    for (const auto& candidate : pick.candidates) {
        candidates.push_back({{"pod", candidate.pod},
                              {"address", candidate.address},
                              {"waiting", numberJson(candidate.waiting)},
                              {"running", numberJson(candidate.running)},
                              {"kvUse", numberJson(candidate.kvUse)},
                              {"gpuMemoryPercent", numberJson(candidate.gpuMemoryPercent)},
                              {"inFlight", candidate.inFlight},
                              {"ageMillis", candidate.ageMillis},
                              {"queueScore", numberJson(candidate.queueScore)},
                              {"kvScore", numberJson(candidate.kvScore)},
                              {"loadScore", numberJson(candidate.loadScore)},
                              {"total", numberJson(candidate.total)},
                              {"cachedTokens", numberJson(candidate.cachedTokens)},
                              {"estimated", candidate.estimated},
                              {"excluded", candidate.excluded}});
        for (std::size_t i = 0; i < candidate.terms.size() && i < pick.termNames.size(); ++i)
            candidates.back()["terms"][pick.termNames[i]] = numberJson(candidate.terms[i]);
    }
    return candidates;
}

/// What a pod's cost or score is made of.
std::string termsText(const inference::PickRecord& pick, const inference::Candidate& candidate) {
    const double unit = pick.lowerIsBetter ? 1e3 : 1;
    std::string terms;
    for (std::size_t i = 0; i < candidate.terms.size(); ++i)
        if (candidate.terms[i] != 0) terms += fmt::format("{}{} {:.2f}", terms.empty() ? "" : ", ", pick.termNames[i], candidate.terms[i] * unit);
    return fmt::format("{} in flight, {:.0f} tokens cached, {} ({})", candidate.inFlight, candidate.cachedTokens,
                       pick.lowerIsBetter ? fmt::format("cost {:.2f} ms", candidate.total * unit) : fmt::format("score {:.2f}", candidate.total), terms);
}

/// Names and values stand in sentences as the workspace or a client wrote them.
std::string oneLine(std::string_view text) { return printable(text, false); }

}  // namespace

std::string printable(std::string_view text, bool lines) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if (byte == '\n') out += lines ? "\n" : "\\n";
        else if (byte == '\r') out += "\\r";
        else if (byte == '\t') out += "\\t";
        else if (byte < 0x20 || byte == 0x7f) out += fmt::format("\\x{:02x}", byte);
        // U+0080 to U+009F: terminals take some of them for the start of a command, as they do ESC.
        else if (byte == 0xc2 && next >= 0x80 && next <= 0x9f) out += fmt::format("\\x{:02x}", (++i, next));
        else out += text[i];
    }
    return out;
}

std::string FileNames::shown(const std::string& file) const {
    std::error_code error;
    const auto here = std::filesystem::current_path(error);
    const auto full = (root_ / file).lexically_normal();
    if (error || !full.is_absolute()) return full.string();
    const auto relative = full.lexically_relative(here);
    return relative.empty() || *relative.begin() == ".." ? full.string() : relative.string();
}

std::string textLine(const config::Diagnostic& diagnostic, const FileNames& names) {
    std::string text = fmt::format("{}: {} {} {}", place(diagnostic.where, names), word(diagnostic.severity),
                                   diagnostic.code, diagnostic.message);
    if (!diagnostic.fieldPath.empty()) text += fmt::format(" [{}]", diagnostic.fieldPath);
    return oneLine(text);
}

std::string diagnosticsJson(const std::vector<config::Diagnostic>& diagnostics, const FileNames& names) {
    Json list = Json::array();
    for (const auto& diagnostic : diagnostics) {
        Json entry{{"severity", word(diagnostic.severity)},
                   {"code", diagnostic.code},
                   {"message", diagnostic.message},
                   {"object", diagnostic.object.kind.empty() ? Json(nullptr) : keyJson(diagnostic.object)},
                   {"field", diagnostic.fieldPath},
                   {"file", diagnostic.where.file.empty() ? std::string{} : names.shown(diagnostic.where.file)},
                   {"line", diagnostic.where.line},
                   {"column", diagnostic.where.column}};
        if (diagnostic.fix) {
            entry["fix"] = {{"label", diagnostic.fix->label},
                            {"field", diagnostic.fix->path.toString()},
                            {"value", diagnostic.fix->value ? Json(*diagnostic.fix->value) : Json(nullptr)}};
        }
        list.push_back(std::move(entry));
    }
    return dump({{"diagnostics", std::move(list)}});
}

std::string summary(const std::vector<config::Diagnostic>& diagnostics) {
    const auto count = [&](config::Severity severity) {
        return std::count_if(diagnostics.begin(), diagnostics.end(), [&](const auto& d) { return d.severity == severity; });
    };
    const auto errors = count(config::Severity::Error);
    const auto warnings = count(config::Severity::Warning);
    if (errors + warnings == 0) return "nothing to report";
    return fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

int exitCode(const std::vector<config::Diagnostic>& diagnostics) {
    const bool finding = std::any_of(diagnostics.begin(), diagnostics.end(),
                                     [](const auto& d) { return d.severity != config::Severity::Info; });
    return finding ? 1 : 0;
}

std::string explanationText(const route::ExplainRequest& request, const route::Explanation& explanation,
                            const FileNames& names) {
    std::string text = explanation.tunnel ? fmt::format("TLS connection to {}\n", request.url.substr(request.url.find("://") + 3))
                                          : fmt::format("{} {}\n", request.method, request.url);
    std::string stage;
    for (const auto& step : explanation.steps) {
        if (step.stage != stage) {
            stage = step.stage;
            text += fmt::format("  {}\n", stage);
        }
        text += fmt::format("    {} {}", mark(step.outcome), step.subject);
        if (!step.detail.empty()) text += fmt::format("{}{}", step.subject.empty() ? "" : ": ", step.detail);
        if (const auto where = place(step.where, names); !where.empty()) text += fmt::format("  ({})", where);
        text += "\n";
    }
    if (!explanation.policies.empty()) text += "  policies\n";
    for (const auto& policy : explanation.policies) {
        text += fmt::format("    {} {}{}{} from {}: {}\n", policy.effective ? "*" : "-", policy.field, policy.subject.empty() ? "" : " of ",
                            policy.subject, policy.origin.display(), policy.reason);
    }
    if (explanation.arms.size() > 1) {
        text += "  split\n";
        for (const auto& arm : explanation.arms) {
            text += fmt::format("    {} {:5.1f} %  {}{}{}\n", arm.backend == explanation.backend ? "+" : " ",
                                arm.share * 100, arm.backend, arm.note.empty() ? "" : ": ", arm.note);
        }
    }
    if (explanation.pick) {
        text += fmt::format("  candidates of {} ({})\n", explanation.pick->pool, word(explanation.pick->method));
        for (std::size_t i = 0; i < explanation.pick->candidates.size(); ++i) {
            const auto& candidate = explanation.pick->candidates[i];
            text += fmt::format("    {} {} at {}: {}\n", static_cast<int>(i) == explanation.pick->chosen ? "+" : " ",
                                candidate.pod, candidate.address,
                                !candidate.excluded.empty()  ? "left out: " + candidate.excluded
                                : !candidate.terms.empty() ? termsText(*explanation.pick, candidate)
                                    : fmt::format("{} in flight, score {:.2f} (queue {:.2f}, KV cache {:.2f}, own load {:.2f})",
                                                  candidate.inFlight, candidate.total, candidate.queueScore, candidate.kvScore,
                                                  candidate.loadScore));
        }
    }
    if (explanation.status != 0) {
        text += fmt::format("  answer\n    {}{}{}\n", explanation.status, explanation.answer.empty() ? "" : " ",
                            explanation.answer);
    } else {
        auto to = explanation.endpoint.empty() ? std::string() : " to " + explanation.endpoint;
        if (explanation.endpointsInTurn > 1) to += fmt::format(" or another of {}", explanation.endpointsInTurn);
        text += explanation.tunnel ? fmt::format("  forwarded\n    the bytes of the connection{}\n", to)
                                   : fmt::format("  forwarded\n    {} {} with Host {}{}\n", explanation.forwardedMethod,
                                                 explanation.forwardedPath, explanation.forwardedHost, to);
    }
    return printable(text, true);
}

std::string explanationJson(const route::ExplainRequest& request, const route::Explanation& explanation,
                            const FileNames& names) {
    Json steps = Json::array();
    for (const auto& step : explanation.steps) {
        steps.push_back({{"stage", step.stage},
                         {"outcome", word(step.outcome)},
                         {"subject", step.subject},
                         {"detail", step.detail},
                         {"object", step.origin.kind.empty() ? Json(nullptr) : keyJson(step.origin)},
                         {"where", place(step.where, names)}});
    }
    Json arms = Json::array();
    for (const auto& arm : explanation.arms) {
        arms.push_back({{"backend", arm.backend}, {"share", arm.share}, {"note", arm.note}});
    }
    Json policies = Json::array();
    for (const auto& policy : explanation.policies) {
        policies.push_back({{"field", policy.field},
                            {"object", keyJson(policy.origin)},
                            {"where", place(policy.where, names)},
                            {"reason", policy.reason},
                            {"effective", policy.effective},
                            {"of", policy.subject}});
    }
    Json json{{"request", {{"method", request.method}, {"url", request.url}}},
              {"listener", explanation.listener},
              {"route", explanation.route},
              {"rule", explanation.rule},
              {"status", explanation.status == 0 ? Json(nullptr) : Json(explanation.status)},
              {"answer", explanation.answer},
              {"arms", std::move(arms)},
              {"backend", explanation.backend},
              {"endpoint", explanation.endpoint},
              {"endpointsInTurn", explanation.endpointsInTurn},
              {"policies", std::move(policies)},
              {"steps", std::move(steps)}};
    if (explanation.pick) {
        const auto& pick = *explanation.pick;
        json["pick"] = {{"pool", pick.pool},     {"method", word(pick.method)}, {"reason", pick.reason},
                        {"chosen", pick.chosen}, {"margin", pick.margin},       {"tied", pick.tied},
                        {"candidates", candidatesJson(pick)}};
    }
    if (explanation.tunnel) json["tunnel"] = true;
    if (explanation.status == 0 && !explanation.tunnel) {
        json["forwarded"] = {{"method", explanation.forwardedMethod},
                             {"host", explanation.forwardedHost},
                             {"path", explanation.forwardedPath},
                             {"headers", headersJson(explanation.forwardedHeaders)},
                             {"body", explanation.forwardedBody}};
    }
    return dump(json);
}

std::string textLine(const gitops::ExportNote& note) {
    std::string text = fmt::format("{}: {}: {}", word(note.kind), note.object.display(), note.message);
    if (!note.fieldPath.empty()) text += fmt::format(" [{}]", note.fieldPath);
    return oneLine(text);
}

void printFileDiffs(const std::vector<gitops::FileDiff>& diffs, const std::filesystem::path& folder) {
    for (const auto& diff : diffs) {
        const char* state = diff.state == gitops::DiffState::Same      ? "same   "
                            : diff.state == gitops::DiffState::Added   ? "added  "
                            : diff.state == gitops::DiffState::Changed ? "changed"
                                                                       : "removed";
        fmt::print("{} {}\n", state, (folder / diff.path).string());
    }
}

std::string exportJson(const gitops::ExportResult& result, const std::vector<gitops::FileDiff>& diffs) {
    Json notes = Json::array();
    for (const auto& note : result.notes) {
        notes.push_back({{"kind", word(note.kind)},
                         {"object", keyJson(note.object)},
                         {"field", note.fieldPath},
                         {"message", note.message}});
    }
    Json files = Json::array();
    for (const auto& diff : diffs) files.push_back({{"path", diff.path}, {"state", word(diff.state)}});
    return dump({{"refused", result.refused()}, {"files", std::move(files)}, {"notes", std::move(notes)}});
}

}  // namespace gatehouse::app
