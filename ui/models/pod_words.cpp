#include "models/pod_words.h"

#include "models/core_sentence.h"
#include "models/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace gatehouse::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PodWords)
};

QString gib(double mib) { return formatNumber(mib / 1024, 1); }

/// Where a figure is from and how old; nothing where it is not known.
QString sourceOf(const QString& source, qint64 age) {
    if (source.isEmpty()) return {};
    return QLatin1Char(' ') + Words::tr("From %1, %2 old.", "%1 a source of metrics, %2 an age").arg(source, formatAge(age));
}

QStringList namesOf(const std::vector<std::string>& names) {
    QStringList list;
    for (const auto& name : names) list << toQt(name);
    return list;
}

}  // namespace

QString podPresenceText(const gateway::PodState& pod, PodPresence presence) {
    switch (presence) {
        case PodPresence::Draining: return Words::tr("Draining", "a pod that is on its way out");
        case PodPresence::Gone: return Words::tr("Gone", "a pod that is no longer in its pool");
        case PodPresence::Here: break;
    }
    return podStateText(pod);
}

QString podPresenceSentence(const gateway::PodState& pod, PodPresence presence) {
    switch (presence) {
        case PodPresence::Draining: return Words::tr("It is being deleted: it serves what it has and gets nothing more.");
        case PodPresence::Gone: return Words::tr("It is no longer in its pool; what it did stays here for ten minutes.");
        case PodPresence::Here: break;
    }
    return podStateSentence(pod);
}

QString podPresenceIcon(const gateway::PodState& pod, PodPresence presence) {
    if (presence == PodPresence::Draining) return QStringLiteral("export");
    if (presence == PodPresence::Gone) return QStringLiteral("close");
    if (pod.ejected || pod.scrape == inference::ScrapeState::Failing) return QStringLiteral("error");
    if (pod.scrape == inference::ScrapeState::Fresh) return QStringLiteral("ok");
    return pod.scrape == inference::ScrapeState::Stale ? QStringLiteral("clock") : QStringLiteral("warning");
}

Token podPresenceToken(const gateway::PodState& pod, PodPresence presence) {
    if (presence != PodPresence::Here) return Token::Muted;
    if (pod.ejected || pod.scrape == inference::ScrapeState::Failing) return Token::Bad;
    return pod.scrape == inference::ScrapeState::Fresh ? Token::Ok : Token::Warn;
}

QString deviceMemoryText(const gateway::PodState& pod) {
    if (!std::isfinite(pod.metrics.gpuMemoryPercent())) return QStringLiteral("–");
    return QStringLiteral("%1 / %2").arg(gib(pod.metrics.gpuUsedMib), gib(pod.metrics.gpuFreeMib));
}

QString deviceMemorySentence(const gateway::PodState& pod) {
    if (!std::isfinite(pod.metrics.gpuMemoryPercent())) return Words::tr("No GPU exporter tells of this pod's device memory.");
    return Words::tr("%1 GiB used, %2 GiB free.", "device memory of a pod").arg(gib(pod.metrics.gpuUsedMib), gib(pod.metrics.gpuFreeMib)) +
           sourceOf(coreSentence(pod.gpuSource), pod.gpuAgeMillis);
}

QString usableKvSentence(const gateway::PodState& pod) {
    const auto& metrics = pod.metrics;
    if (!pod.engineLimits.empty()) return coreSentence(pod.engineLimits);
    if (!std::isfinite(metrics.kvUse)) return Words::tr("Nothing is known of this pod's KV cache.");
    if (!std::isfinite(metrics.usableKvTokens()))
        return Words::tr("%1 in use; the engine does not say how large its KV cache is.").arg(formatPercent(metrics.kvUse * 100)) + sourceOf(toQt(pod.kvSource), pod.ageMillis);
    return Words::tr("%1 of %2 tokens free.", "KV cache of a pod").arg(formatNumber(metrics.usableKvTokens()), formatNumber(metrics.kvCapacityTokens())) +
           sourceOf(toQt(pod.kvSource), pod.ageMillis);
}

namespace {

QString lines(const QString& figure, const QString& source, qint64 age) {
    return source.isEmpty() ? figure : figure + QLatin1Char('\n') + source + QLatin1Char('\n') + Words::tr("%1 old", "%1 an age").arg(formatAge(age));
}

}  // namespace

QString deviceMemoryLines(const gateway::PodState& pod) {
    if (!std::isfinite(pod.metrics.gpuMemoryPercent())) return Words::tr("No GPU exporter tells of it.");
    return lines(Words::tr("%1 GiB used, %2 free", "device memory of a pod").arg(gib(pod.metrics.gpuUsedMib), gib(pod.metrics.gpuFreeMib)), coreSentence(pod.gpuSource), pod.gpuAgeMillis);
}

QString usableKvLines(const gateway::PodState& pod) {
    const auto& metrics = pod.metrics;
    if (!pod.engineLimits.empty() || !std::isfinite(metrics.kvUse)) return usableKvSentence(pod);
    const auto figure = std::isfinite(metrics.usableKvTokens())
                            ? Words::tr("%1 of %2 tokens", "free KV cache of a pod").arg(formatNumber(metrics.usableKvTokens()), formatNumber(metrics.kvCapacityTokens()))
                            : Words::tr("%1 in use, of unknown size", "KV cache").arg(formatPercent(metrics.kvUse * 100));
    return lines(figure, toQt(pod.kvSource), pod.ageMillis);
}

QString adapterNames(const gateway::PodState& pod) {
    const auto names = namesOf(pod.adapters);
    return names.isEmpty() ? QStringLiteral("–") : names.join(QStringLiteral(", "));
}

QString adapterSentence(const gateway::PodState& pod) {
    if (pod.adapters.empty() && pod.waitingAdapters.empty()) return Words::tr("The engine names no adapter of a request that it has now.");
    QStringList said;
    if (!pod.adapters.empty()) said << Words::tr("Running: %1.", "names of LoRA adapters").arg(namesOf(pod.adapters).join(QStringLiteral(", ")));
    if (!pod.waitingAdapters.empty()) said << Words::tr("Waiting: %1.", "names of LoRA adapters").arg(namesOf(pod.waitingAdapters).join(QStringLiteral(", ")));
    if (std::isfinite(pod.metrics.maxAdapters)) said << Words::tr("%1 fit at a time.", "LoRA adapters").arg(formatNumber(pod.metrics.maxAdapters));
    return said.join(QLatin1Char(' '));
}

}  // namespace gatehouse::ui
