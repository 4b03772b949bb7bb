#include "models/format.h"

#include "models/core_sentence.h"

#include <QCoreApplication>
#include <QLocale>

#include <chrono>
#include <cmath>

namespace gatehouse::ui {
namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString missing() { return QStringLiteral("–"); }

/// Three significant digits, never an exponent.
QString significant(double value) {
    const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    auto text = QLocale().toString(value, 'f', decimals);
    return text;
}

}  // namespace

QString formatDuration(qint64 micros) {
    if (micros < 0) return missing();
    if (micros < 1000) return Format::tr("%1 µs", "duration in microseconds").arg(QLocale().toString(micros));
    if (micros < 1'000'000) return Format::tr("%1 ms", "duration in milliseconds").arg(significant(micros / 1e3));
    return Format::tr("%1 s", "duration in seconds").arg(significant(micros / 1e6));
}

QString formatMillisColumn(qint64 micros) {
    if (micros < 0) return missing();
    const double millis = micros / 1e3;
    return QLocale().toString(millis, 'f', millis >= 100 ? 0 : millis >= 1 ? 1 : 2);
}

QString formatAge(qint64 millis) {
    if (millis < 0) return Format::tr("never", "age of a value that was never read");
    if (millis < 10'000) return Format::tr("%1 s", "duration in seconds").arg(QLocale().toString(millis / 1e3, 'f', 1));
    if (millis < 120'000) return Format::tr("%1 s", "duration in seconds").arg(QLocale().toString(millis / 1000));
    if (millis < 7'200'000) return Format::tr("%1 min", "duration in minutes").arg(QLocale().toString(millis / 60'000));
    return Format::tr("%1 h", "duration in hours").arg(QLocale().toString(millis / 3'600'000));
}

QString formatPercent(double percent, int decimals) {
    if (!std::isfinite(percent)) return missing();
    return Format::tr("%1 %", "percentage").arg(QLocale().toString(percent, 'f', decimals));
}

QString formatNumber(double value, int decimals) {
    if (!std::isfinite(value)) return missing();
    return QLocale().toString(value, 'f', decimals);
}

QString formatCount(quint64 value) { return QLocale().toString(value); }

QString formatBytes(quint64 bytes) { return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat); }

QString shortName(const QString& name) { return name.mid(name.lastIndexOf(QLatin1Char('/')) + 1); }

QString toQt(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString statusWord(int status) {
    switch (status) {
        case 0: return Format::tr("No answer", "HTTP status");
        case 200: return QStringLiteral("OK");
        case 201: return QStringLiteral("Created");
        case 202: return QStringLiteral("Accepted");
        case 204: return QStringLiteral("No Content");
        case 206: return QStringLiteral("Partial Content");
        case 301: return QStringLiteral("Moved Permanently");
        case 302: return QStringLiteral("Found");
        case 303: return QStringLiteral("See Other");
        case 304: return QStringLiteral("Not Modified");
        case 307: return QStringLiteral("Temporary Redirect");
        case 308: return QStringLiteral("Permanent Redirect");
        case 400: return QStringLiteral("Bad Request");
        case 401: return QStringLiteral("Unauthorized");
        case 403: return QStringLiteral("Forbidden");
        case 404: return QStringLiteral("Not Found");
        case 405: return QStringLiteral("Method Not Allowed");
        case 408: return QStringLiteral("Request Timeout");
        case 413: return QStringLiteral("Content Too Large");
        case 415: return QStringLiteral("Unsupported Media Type");
        case 421: return QStringLiteral("Misdirected Request");
        case 422: return QStringLiteral("Unprocessable Content");
        case 429: return QStringLiteral("Too Many Requests");
        case 431: return QStringLiteral("Header Fields Too Large");
        case 499: return Format::tr("Client Left", "HTTP status 499: the client went away before an answer");
        case 500: return QStringLiteral("Internal Error");
        case 501: return QStringLiteral("Not Implemented");
        case 502: return QStringLiteral("Bad Gateway");
        case 503: return QStringLiteral("Unavailable");
        case 504: return QStringLiteral("Gateway Timeout");
        case 505: return QStringLiteral("Version Not Supported");
        default: return {};
    }
}

QString statusIcon(int status) {
    if (status >= 500 || status == 0) return QStringLiteral("error");
    if (status >= 400) return QStringLiteral("warning");
    if (status >= 300) return QStringLiteral("info");
    return QStringLiteral("ok");
}

bool brokeOff(const telemetry::RequestRecord& record) { return record.status > 0 && record.status < 400 && !record.error.empty(); }

bool isPassedOn(const telemetry::RequestRecord& record) { return record.method.empty() && record.protocol == "TLS"; }

QString outcomeIcon(const telemetry::RequestRecord& record) {
    if (isPassedOn(record)) return record.error.empty() ? QStringLiteral("ok") : QStringLiteral("error");
    return brokeOff(record) ? QStringLiteral("error") : statusIcon(record.status);
}

QDateTime toDateTime(base::WallTime time) {
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(millis);
}

QString podStateText(const gateway::PodState& pod) {
    if (pod.ejected) return Format::tr("Ejected", "pod taken out after failures");
    switch (pod.scrape) {
        case inference::ScrapeState::Fresh: return Format::tr("Fresh", "metrics of a pod are up to date");
        case inference::ScrapeState::Stale:
            return Format::tr("Stale %1", "metrics of a pod are old; %1 is their age").arg(formatAge(pod.ageMillis));
        case inference::ScrapeState::Failing: return Format::tr("Metrics unreachable", "state of a pod");
        case inference::ScrapeState::Never: return Format::tr("No metrics yet", "state of a pod");
    }
    return {};
}

QString podStateSentence(const gateway::PodState& pod) {
    if (pod.ejected) return Format::tr("Left out of picks for a while, because requests to it failed in a row.");
    switch (pod.scrape) {
        case inference::ScrapeState::Fresh:
            return Format::tr("Metrics were read %1 ago.").arg(formatAge(pod.ageMillis));
        case inference::ScrapeState::Stale:
            return Format::tr("Metrics are %1 old, so the pick does not rely on them.").arg(formatAge(pod.ageMillis));
        case inference::ScrapeState::Failing:
            return pod.scrapeError.empty() ? Format::tr("Metrics cannot be read.")
                                           : Format::tr("Metrics cannot be read: %1").arg(coreSentence(pod.scrapeError));
        case inference::ScrapeState::Never: return Format::tr("No metrics have been read from this pod yet.");
    }
    return {};
}

QString poolSeriesName(const QString& pool) {
    const auto bare = pool.mid(pool.lastIndexOf(QLatin1Char(' ')) + 1);
    const auto parts = bare.split(QLatin1Char('/'));
    const auto name = parts.isEmpty() ? bare : parts.last();
    const auto ns = parts.size() > 1 ? parts.at(parts.size() - 2) : QStringLiteral("default");
    return QStringLiteral("InferencePool %1/%2").arg(ns, name);
}

}  // namespace gatehouse::ui
