// ArmStatistics: what the arms of one weighted rule did, counted from finished requests, and the words for whether the observed
// split fits the configured one. Pure functions. Thread: any.
#pragma once

#include "telemetry/request_record.h"

#include <QString>
#include <QVector>

#include <deque>
#include <string>
#include <vector>

namespace gatehouse::ui {

struct ArmStats {
    quint64 requests = 0;     ///< In the window that was asked for.
    quint64 errors = 0;       ///< Answers of 500 and above, and none at all.
    double ttftP50 = 0, ttftP95 = 0;  ///< Milliseconds; NaN without any answer.
    quint64 inputTokens = 0, outputTokens = 0;
};

/// The rule's requests since `since`, by arm. `arms` are the backends' names as in RequestRecord::arm.
std::vector<ArmStats> armStatistics(const std::deque<telemetry::RequestRecord>& requests, const std::string& route, const std::string& rule,
                                    const std::vector<std::string>& arms, base::WallTime since);

/// Observed share of each arm over time, percent: one point per `step` over `window` before it; NaN where nothing came.
struct ShareHistory {
    QVector<double> times;  ///< Seconds since the epoch.
    std::vector<QVector<double>> shares;
};
ShareHistory shareHistory(const std::deque<telemetry::RequestRecord>& requests, const std::string& route, const std::string& rule,
                          const std::vector<std::string>& arms, base::WallTime from, base::WallTime to, std::chrono::seconds step,
                          std::chrono::seconds window);

/// What the counts say about the configured shares (percent, by arm), in a sentence.
struct RatioNote {
    enum class Kind { Nothing, TooFew, Holds, Off } kind = Kind::Nothing;
    QString text;
};
RatioNote ratioNote(const std::vector<QString>& arms, const std::vector<double>& configured, const std::vector<quint64>& counts);

}  // namespace gatehouse::ui
