#include "canary/report.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

namespace gatehouse::canary {
namespace {

using Row = std::vector<std::string>;

/// A table, in the terms of both languages.
struct Table {
    Row head;
    std::vector<Row> rows;
};

enum class Unit { Part, Time, Money, Count };
Unit unitOf(Metric metric) {
    switch (metric) {
        case Metric::ErrorRate:
        case Metric::GuardBlocks: return Unit::Part;
        case Metric::Ttft:
        case Metric::Tpot:
        case Metric::EndToEnd: return Unit::Time;
        case Metric::Cost: return Unit::Money;
        case Metric::Tokens:
        case Metric::AnswerLength: return Unit::Count;
    }
    return Unit::Count;
}

std::string timeText(double micros) {
    const double size = std::abs(micros);
    if (size < 1000) return fmt::format("{:.0f} µs", micros);
    if (size < 1e5) return fmt::format("{:.1f} ms", micros / 1000);
    if (size < 1e7) return fmt::format("{:.0f} ms", micros / 1000);
    return fmt::format("{:.1f} s", micros / 1e6);
}

std::string magnitude(Metric metric, double value, const std::string& currency) {
    switch (unitOf(metric)) {
        case Unit::Part: return fmt::format("{:.2f} %", value * 100);
        case Unit::Time: return timeText(value);
        case Unit::Money: return fmt::format("{:.5f} {}", value, currency.empty() ? "USD" : currency);
        case Unit::Count: return fmt::format("{:.1f}", value);
    }
    return {};
}

std::string intervalText(const MetricVerdict& row, const std::string& currency) {
    if (row.canaryCount == 0 || row.stableCount == 0) return "no data";
    const auto bound = [&](double value) { return std::isfinite(value) ? differenceText(row.rule.metric, value, currency) : std::string("unknown"); };
    return fmt::format("{} [{}, {}]", bound(row.difference.estimate), bound(row.difference.low), bound(row.difference.high));
}

std::string marginText(const MetricVerdict& row, const std::string& currency) {
    if (row.rule.relative) return fmt::format("+{:.3g} %", row.rule.margin * 100);
    return differenceText(row.rule.metric, row.rule.margin, currency);
}

std::string nameOf(const MetricVerdict& row) {
    return row.rule.quantile > 0 ? fmt::format("{} p{:.3g}", metricName(row.rule.metric), row.rule.quantile * 100) : metricName(row.rule.metric);
}

std::string outcomeText(const MetricVerdict& row) {
    std::string out = row.better ? "better" : outcomeName(row.outcome);
    if (!row.rule.guard) out += " (shown only)";
    if (row.where) out += "; " + whereaboutsText(*row.where);
    return out;
}

/// Everything that both languages say, in order.
class Report {
  public:
    Report(const CanaryRun& run, const ReportFacts& facts) : run_(run), facts_(facts) {}

    std::string title() const { return facts_.title.empty() ? "Canary of " + run_.arms().rule : facts_.title; }

    Row summary() const {
        const auto& verdict = run_.verdict();
        const auto& plan = run_.plan();
        Row out;
        out.push_back(fmt::format("Verdict: {}.{}", outcomeName(verdict.outcome),
                                  verdict.voided ? " The observed split does not fit the configured one, which voids what was found." : ""));
        out.push_back(fmt::format("State: {}, the canary has {} %. Written {}.", stateName(run_.state()), run_.percent(), base::formatRfc3339(facts_.at)));
        out.push_back(fmt::format("Stable arm: {}. Canary: {}. Assignment: {}.", run_.arms().arms[plan.stable].name, run_.arms().arms[plan.canary].name, assignment()));
        if (verdict.ratio.applies)
            out.push_back(fmt::format("Configured {:.1f} %, observed {:.1f} % of {}: sample-ratio check {}.", verdict.ratio.configured * 100, verdict.ratio.observed * 100,
                                      verdict.ratio.stable + verdict.ratio.canary, verdict.ratio.broken ? "failed" : "ok"));
        if (verdict.chosenByClients) out.push_back("Clients chose their arm, so a difference may be that of the clients.");
        return out;
    }

    Table metrics() const {
        Table out{{"metric", "stable", "canary", "difference, always valid", "margin", "verdict"}, {}};
        for (const auto& row : run_.verdict().metrics)
            out.rows.push_back({nameOf(row), valueText(row.rule.metric, row.stable, facts_.currency), valueText(row.rule.metric, row.canary, facts_.currency),
                                intervalText(row, facts_.currency), marginText(row, facts_.currency), outcomeText(row)});
        return out;
    }

    Table arms() const {
        Table out{{"arm", "weight", "requests", "errors", "guard blocks", "TTFT p50", "TTFT p95", "TPOT p50", "end-to-end p95", "tokens", "cost"}, {}};
        for (std::size_t i = 0; i < run_.arms().arms.size(); ++i) {
            const auto total = run_.statistics().total(i);
            const auto at = [&](Timing timing, double part) { return valueText(Metric::Ttft, total.timing(timing).quantile(part), {}); };
            out.rows.push_back({run_.arms().arms[i].label, std::to_string(run_.arms().arms[i].weight), std::to_string(total.requests), std::to_string(total.errors),
                                std::to_string(total.blocks), at(Timing::Ttft, 0.5), at(Timing::Ttft, 0.95), at(Timing::Tpot, 0.5), at(Timing::EndToEnd, 0.95),
                                fmt::format("{:.0f}", total.tokens.sum), total.cost.count > 0 ? fmt::format("{:.4f} {}", total.cost.sum, facts_.currency.empty() ? "USD" : facts_.currency) : "no data"});
        }
        return out;
    }

    Table pods() const {
        Table out{{"arm", "pod", "requests", "part", "errors", "TTFT p95"}, {}};
        for (std::size_t i = 0; i < run_.arms().arms.size(); ++i) {
            const auto total = run_.statistics().total(i);
            for (const auto& [name, slice] : total.slices[static_cast<std::size_t>(Dimension::Pod)])
                out.rows.push_back({run_.arms().arms[i].label, name, std::to_string(slice.requests),
                                    fmt::format("{:.1f} %", 100.0 * static_cast<double>(slice.requests) / static_cast<double>(std::max<std::uint64_t>(total.requests, 1))),
                                    std::to_string(slice.errors), valueText(Metric::Ttft, slice.timing(Timing::Ttft).quantile(0.95), {})});
        }
        return out;
    }

    Table journal() const {
        Table out{{"time", "what", "by", "canary", "note"}, {}};
        for (const auto& entry : run_.journal())
            out.rows.push_back({base::formatRfc3339(entry.at), eventName(entry.event), entry.byItself ? "the plan" : "the operator", fmt::format("{} %", entry.percent), entry.note});
        return out;
    }

    std::vector<std::string> plots() const {
        const auto& plan = run_.plan();
        const auto stable = run_.statistics().total(plan.stable), canary = run_.statistics().total(plan.canary);
        const auto& arms = run_.arms().arms;
        std::vector<std::string> out{intervalPlot(run_.verdict()), stepPlot(run_, facts_.at)};
        for (const auto timing : {Timing::Ttft, Timing::Tpot, Timing::EndToEnd}) out.push_back(quantilePlot(stable, canary, timing, arms[plan.stable].label, arms[plan.canary].label));
        std::erase(out, std::string());
        return out;
    }

    std::string method() const {
        const auto& judgement = run_.plan().judgement;
        return fmt::format("Every figure may be looked at at any time: the error rate of {:.3g} % is shared out over {} deciding metrics. Error and block rates are judged by an "
                           "exact sequential test on which arm each hit belongs to, times by quantile confidence sequences within the current step.",
                           judgement.alpha * 100, judgement.guards());
    }

  private:
    std::string assignment() const {
        switch (run_.arms().assignment) {
            case Assignment::PerRequest: return "each request by itself";
            case Assignment::Sticky: return "sticky by " + run_.arms().key;
            case Assignment::ByClient: return "chosen by clients";
        }
        return {};
    }

    const CanaryRun& run_;
    const ReportFacts& facts_;
};

std::string escapedHtml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

/// What Markdown would read as its own, and what would end a cell.
std::string escapedMarkdown(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            out += ' ';
            continue;
        }
        if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

void htmlTable(std::string& out, const char* heading, const Table& table) {
    out += fmt::format("<h2>{}</h2>\n<table>\n<tr>", heading);
    for (const auto& cell : table.head) out += fmt::format("<th>{}</th>", escapedHtml(cell));
    out += "</tr>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (const auto& cell : row) out += fmt::format("<td>{}</td>", escapedHtml(cell));
        out += "</tr>\n";
    }
    out += "</table>\n";
}

void markdownTable(std::string& out, const char* heading, const Table& table) {
    out += fmt::format("\n## {}\n\n|", heading);
    for (const auto& cell : table.head) out += fmt::format(" {} |", escapedMarkdown(cell));
    out += "\n|";
    for (std::size_t i = 0; i < table.head.size(); ++i) out += " --- |";
    out += '\n';
    for (const auto& row : table.rows) {
        out += '|';
        for (const auto& cell : row) out += fmt::format(" {} |", escapedMarkdown(cell));
        out += '\n';
    }
}

constexpr const char* kStyle =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#1d1c1a;background:#fff}"
    "table{border-collapse:collapse;font-size:13px}th,td{text-align:left;padding:.3em .8em .3em 0;border-bottom:1px solid #dddbd5;vertical-align:top}"
    "td{font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto;display:block;margin:1em 0}"
    "@media(prefers-color-scheme:dark){body{color:#e8e6e1;background:#1b1a18}th,td{border-color:#3a3833}}";

}  // namespace

std::string valueText(Metric metric, double value, const std::string& currency) { return std::isfinite(value) ? magnitude(metric, value, currency) : "no data"; }

std::string differenceText(Metric metric, double value, const std::string& currency) {
    if (!std::isfinite(value)) return "unknown";
    const char* sign = value < 0 ? "-" : "+";
    if (unitOf(metric) == Unit::Part) return fmt::format("{}{:.2f} pp", sign, std::abs(value) * 100);
    return sign + magnitude(metric, std::abs(value), currency);
}

std::string whereaboutsText(const Whereabouts& where) {
    constexpr std::array<const char*, kDimensions> kNames{"pod", "prompts of", "answers of"};
    const auto index = static_cast<std::size_t>(where.dimension);
    return fmt::format("most of it ({:.0f} %) is at {} {}{}, with {:.0f} % of the canary's requests", where.part * 100, kNames[index], where.value,
                       where.dimension == Dimension::Pod ? "" : " tokens", where.traffic * 100);
}

std::string reportHtml(const CanaryRun& run, const ReportFacts& facts) {
    const Report report(run, facts);
    auto out = fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
                           escapedHtml(report.title()), kStyle);
    for (const auto& line : report.summary()) out += fmt::format("<p>{}</p>\n", escapedHtml(line));
    htmlTable(out, "Metrics", report.metrics());
    for (const auto& plot : report.plots()) out += plot + "\n";
    htmlTable(out, "Arms", report.arms());
    htmlTable(out, "Pods", report.pods());
    htmlTable(out, "Journal", report.journal());
    out += fmt::format("<p>{}</p>\n</body>\n</html>\n", escapedHtml(report.method()));
    return out;
}

std::string reportMarkdown(const CanaryRun& run, const ReportFacts& facts) {
    const Report report(run, facts);
    auto out = fmt::format("# {}\n", escapedMarkdown(report.title()));
    for (const auto& line : report.summary()) out += "\n" + escapedMarkdown(line) + "\n";
    markdownTable(out, "Metrics", report.metrics());
    markdownTable(out, "Arms", report.arms());
    markdownTable(out, "Pods", report.pods());
    markdownTable(out, "Journal", report.journal());
    out += "\n<details><summary>Plots</summary>\n\n";
    for (const auto& plot : report.plots()) out += plot + "\n\n";
    out += "</details>\n\n" + escapedMarkdown(report.method()) + "\n";
    return out;
}

}  // namespace gatehouse::canary
