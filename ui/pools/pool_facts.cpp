#include "pools/pool_facts.h"

#include "config/inference_api.h"
#include "inference/endpoint_picker_config.h"
#include "inference/pick_profile.h"
#include "models/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

struct Facts {
    Q_DECLARE_TR_FUNCTIONS(PoolFacts)
};

using Style = PoolFact::Style;

class Sheet {
  public:
    void section(const QString& title) { section_ = title; }
    void row(const QString& label, const QString& value, Style style = Style::Plain) {
        if (!value.isEmpty()) facts.push_back({section_, label, value, style, {}});
    }
    std::vector<PoolFact> facts;

  private:
    QString section_;
};

QString weighed(const std::string& name, double weight) { return QStringLiteral("%1 × %2").arg(toQt(name), QLocale().toString(weight, 'g', 4)); }

QString pickerName(inference::PickerKind kind) {
    switch (kind) {
        case inference::PickerKind::MaxScore: return QStringLiteral("max-score-picker");
        case inference::PickerKind::Random: return QStringLiteral("random-picker");
        case inference::PickerKind::WeightedRandom: break;
    }
    return QStringLiteral("weighted-random-picker");
}

void addSpec(Sheet& sheet, const config::Object& object) {
    const auto api = toQt(object.apiVersion);
    sheet.row(Facts::tr("Version", "of an object's API"), QStringLiteral("%1\n%2").arg(api.section(QLatin1Char('/'), 1), api.section(QLatin1Char('/'), 0, 0)));
    const auto spec = config::decodeInferencePool(object);
    if (!spec) return;
    QStringList selector, ports;
    for (const auto& [label, value] : spec->selector) selector << toQt(label + "=" + value);
    for (const auto port : spec->targetPorts) ports << QString::number(port);
    sheet.row(Facts::tr("Selector"), selector.join(QStringLiteral(", ")), Style::Fixed);
    sheet.row(Facts::tr("Ports"), ports.join(QStringLiteral(", ")), Style::Fixed);
    sheet.row(Facts::tr("failureMode"), spec->failOpen ? Facts::tr("FailOpen: any that is there") : Facts::tr("FailClose: answers 503"));
}

void addPicker(Sheet& sheet, const config::Object* object, const gateway::PoolState* state) {
    std::string wanted;
    if (object != nullptr)
        if (const auto named = object->annotations.find(inference::kPickerConfigAnnotation); named != object->annotations.end()) wanted = named->second;
    if (state == nullptr) {
        sheet.row(Facts::tr("Picks"), Facts::tr("not running; no route leads to it", "of a pool"));
        return;
    }
    if (state->profile) {
        sheet.row(Facts::tr("Picks by"), toQt(state->profile->name));
        QStringList filters, scorers;
        for (const auto& filter : state->profile->filters) filters << toQt(filter.name);
        for (const auto& scorer : state->profile->scorers) scorers << weighed(scorer.name, scorer.weight);
        sheet.row(Facts::tr("Filters", "plugins of a picker"), filters.join(QLatin1Char('\n')), Style::Fixed);
        sheet.row(Facts::tr("Scorers", "plugins of a picker, with their weights"), scorers.join(QLatin1Char('\n')), Style::Fixed);
        sheet.row(Facts::tr("Picker", "plugin that picks"), pickerName(state->profile->picker), Style::Fixed);
        return;
    }
    sheet.row(Facts::tr("Picks by"), state->byScores ? Facts::tr("scores of queue, KV cache and own load") : Facts::tr("cost in seconds"));
    if (!wanted.empty()) sheet.row(Facts::tr("Not in force", "an EndpointPickerConfig"), toQt(wanted), Style::Fixed);
}

void addQueue(Sheet& sheet, const gateway::PoolState& state) {
    if (!state.queues) return;
    std::size_t waiting = 0;
    for (const auto& [priority, count] : state.waiting) waiting += count;
    sheet.row(Facts::tr("Own queue", "requests that the gateway holds back"), Facts::tr("%1 of %2", "%1 requests wait, %2 at most").arg(formatCount(waiting), formatCount(state.flow.maxRequests)));
    for (const auto& [priority, count] : state.waiting) sheet.row(Facts::tr("Priority %1", "of requests that wait").arg(priority), formatCount(count), Style::Number);
    auto shed = formatCount(state.shed);
    if (state.shed > 0)
        shed = Facts::tr("%1: %2 of negative priority, %3 pushed out, %4 did not fit", "%1 requests refused, and why")
                   .arg(shed, formatCount(state.shedNegative), formatCount(state.evicted), formatCount(state.shed - state.shedNegative - state.evicted));
    sheet.row(Facts::tr("Shed", "requests that were refused since the start"), shed);
}

}  // namespace

const config::Object* poolObject(const config::ObjectSet& objects, const QString& pool) {
    return objects.find("InferencePool", pool.section(QLatin1Char('/'), 0, 0).toStdString(), pool.section(QLatin1Char('/'), 1, 1).toStdString());
}

std::vector<PoolFact> poolFacts(const QString& pool, const config::ObjectSet* objects, const gateway::PoolState* state, const std::vector<const gateway::PodState*>& pods) {
    Sheet sheet;
    sheet.section(Facts::tr("Pool %1", "section").arg(shortName(pool)));
    const auto* object = objects == nullptr ? nullptr : poolObject(*objects, pool);
    if (object != nullptr) addSpec(sheet, *object);
    else sheet.row(Facts::tr("Version", "of an object's API"), Facts::tr("not in this workspace"));
    const auto fresh = std::count_if(pods.begin(), pods.end(), [](const auto* pod) { return pod->scrape == inference::ScrapeState::Fresh && !pod->ejected; });
    sheet.row(Facts::tr("Pods"), Facts::tr("%1, %2 with fresh metrics", "counts of pods").arg(pods.size()).arg(fresh));
    addPicker(sheet, object, state);
    if (state != nullptr) addQueue(sheet, *state);
    if (object != nullptr)
        for (auto& fact : sheet.facts) fact.opens = toQt(object->key.id());
    return std::move(sheet.facts);
}

std::vector<PoolFact> podFacts(const gateway::PodState& pod, PodPresence presence, double hitPercent, double share) {
    const auto& metrics = pod.metrics;
    Sheet sheet;
    const bool well = presence == PodPresence::Here && pod.scrape == inference::ScrapeState::Fresh && !pod.ejected;
    sheet.row(Facts::tr("State"), well ? podPresenceText(pod, presence) : podPresenceText(pod, presence) + QStringLiteral(". ") + podPresenceSentence(pod, presence));
    sheet.row(Facts::tr("Address"), toQt(pod.address), Style::Fixed);
    if (presence != PodPresence::Here) return std::move(sheet.facts);
    sheet.row(Facts::tr("Engine"), pod.engine.empty() ? Facts::tr("not known yet", "of an engine") : toQt(pod.engine));
    sheet.row(Facts::tr("Device memory"), deviceMemoryLines(pod));
    sheet.row(Facts::tr("KV cache free"), usableKvLines(pod));
    sheet.row(Facts::tr("Queue"), formatNumber(metrics.waiting), Style::Number);
    sheet.row(Facts::tr("Running"), formatNumber(metrics.running), Style::Number);
    sheet.row(Facts::tr("In flight", "open requests"), formatNumber(pod.inFlight), Style::Number);
    sheet.row(Facts::tr("Prefix hits"), formatPercent(hitPercent), Style::Number);
    sheet.row(Facts::tr("Preemptions", "sequences that an engine had to interrupt"), formatNumber(metrics.preemptions), Style::Number);
    sheet.row(Facts::tr("Adapters"), adapterNames(pod));
    sheet.row(Facts::tr("Picks"), Facts::tr("%1, of late %2", "%1 count of picks, %2 a share in percent").arg(formatCount(pod.picks), formatPercent(share, 1)));
    sheet.row(Facts::tr("Age", "of the metrics"), formatAge(pod.ageMillis), Style::Number);
    if (pod.failures > 0) sheet.row(Facts::tr("Failures", "requests that failed"), formatCount(pod.failures), Style::Number);
    return std::move(sheet.facts);
}

}  // namespace gatehouse::ui
