// Format: how the console writes numbers, ages and names, in one place, by the user's locale. Thread: any. Pure functions.
#pragma once

#include "gateway/gateway.h"
#include "telemetry/request_record.h"

#include <QDateTime>
#include <QString>

#include <string_view>

namespace gatehouse::ui {

/// "340 µs", "8.1 ms", "812 ms", "2.34 s": three digits that matter. Negative = "–".
QString formatDuration(qint64 micros);
/// The number alone for a column whose header says milliseconds: "0.34", "8.1", "2,340". Negative = "–".
QString formatMillisColumn(qint64 micros);
/// "0.2 s", "14 s", "3 min", "2 h". Negative = "never".
QString formatAge(qint64 millis);
/// "96 %" or "9.8 %"; NaN = "–".
QString formatPercent(double percent, int decimals = 0);
/// "1,204"; NaN = "–".
QString formatNumber(double value, int decimals = 0);
QString formatCount(quint64 value);
/// "1.2 kB", "3.4 MB" (SI).
QString formatBytes(quint64 bytes);

/// The part after the last '/' ("default/llm-3" -> "llm-3").
QString shortName(const QString& name);
QString toQt(std::string_view text);
/// HTTP's reason phrase, and "Client left" for 499.
QString statusWord(int status);
/// Icon of a status class: "ok", "info", "warning", "error".
QString statusIcon(int status);
/// True where an answer began well and then broke off.
bool brokeOff(const telemetry::RequestRecord& record);
/// A connection that was passed on by its server name: it has no status, and is well unless it says why not.
bool isPassedOn(const telemetry::RequestRecord& record);
/// The icon for how a request ended: its status, or the fault behind a good one.
QString outcomeIcon(const telemetry::RequestRecord& record);
QDateTime toDateTime(base::WallTime time);

/// One word or two for the state of a pod: "Fresh", "Stale 3.2 s", "No metrics yet", "Metrics unreachable", "Ejected".
QString podStateText(const gateway::PodState& pod);
/// A sentence for the same, with the scrape's error where there is one.
QString podStateSentence(const gateway::PodState& pod);
/// Name by which Theme::seriesFor() knows a pool, whichever way it was written.
QString poolSeriesName(const QString& pool);

}  // namespace gatehouse::ui
