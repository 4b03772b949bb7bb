#include "playground/lane_facts.h"

#include "models/format.h"
#include "models/receipt_words.h"

#include <QCoreApplication>

namespace gatehouse::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(gatehouse::ui::LaneFacts)
};

QString dash() { return QStringLiteral("–"); }

QString guardsOf(const telemetry::RequestRecord& record) {
    QStringList words;
    const auto tell = [&](const llm::GuardVerdict& guard, const QString& where) {
        if (guard.hits.empty() && !guard.rejected) return;
        QStringList rules;
        for (const auto& hit : guard.hits)
            if (const auto rule = toQt(hit.rule); !rules.contains(rule)) rules << rule;
        const auto what = guard.rejected ? Words::tr("refused", "by a guard") : Words::tr("masked", "by a guard");
        words << QStringLiteral("%1 %2: %3").arg(where, what, rules.join(QStringLiteral(", ")));
    };
    tell(record.guard, Words::tr("prompt", "what a guard looked at"));
    tell(record.answerGuard, Words::tr("answer", "what a guard looked at"));
    return words.isEmpty() ? Words::tr("no hit", "of guards") : words.join(QStringLiteral("; "));
}

}  // namespace

QString laneStateText(const lab::PromptAnswer& answer) {
    using State = lab::PromptAnswer::State;
    switch (answer.state) {
        case State::Waiting: return Words::tr("Waiting", "for an answer");
        case State::Streaming: return Words::tr("Streaming");
        case State::Done: return Words::tr("Done", "of an answer");
        case State::Cancelled: return Words::tr("Cancelled");
        case State::Failed: return answer.status >= 400 ? Words::tr("Answered %1", "%1 HTTP status").arg(answer.status) : Words::tr("Failed", "of a request");
    }
    return {};
}

std::vector<LaneFact> laneFacts(const lab::PromptAnswer& answer, const telemetry::RequestRecord* record) {
    const double speed = answer.tokensPerSecond();
    const bool known = answer.usage.known;
    auto tokens = known ? Words::tr("%1 in, %2 out", "token counts").arg(formatCount(answer.usage.inputTokens), formatCount(answer.usage.outputTokens)) : dash();
    if (!known && record != nullptr && record->usage.known)
        tokens = Words::tr("%1 in, %2 out", "token counts").arg(formatCount(record->usage.inputTokens), formatCount(record->usage.outputTokens));
    QString cost = dash();
    if (record != nullptr && record->receipt)
        cost = record->receipt->priced() ? formatMoney(record->receipt->nano, record->receipt->book->currency) : Words::tr("no price", "of a model");
    QString where = dash();
    if (record != nullptr) {
        const auto pod = shortName(toQt(record->pod.empty() ? record->endpoint : record->pod));
        const auto provider = toQt(record->provider);
        where = provider.isEmpty() ? pod : pod.isEmpty() ? provider : QStringLiteral("%1, %2").arg(provider, pod);
        if (where.isEmpty()) where = dash();
    }
    auto arm = record != nullptr && !record->arm.empty() ? shortName(toQt(record->arm)) : dash();
    if (record != nullptr && record->armChosen) arm = Words::tr("%1, chosen", "backend of a split that was not drawn").arg(arm);
    return {{Words::tr("First token"), formatDuration(answer.firstTokenMicros), Words::tr("From the request's first byte to the answer's first piece of text, as the client saw it.")},
            {Words::tr("Tokens per second"), speed > 0 ? formatNumber(speed, 1) : dash(),
             known ? Words::tr("Of the output after its first token, by the provider's own count.") : Words::tr("Of the output after its first token, by pieces of the stream.")},
            {Words::tr("Total", "duration of a request"), formatDuration(answer.totalMicros), {}},
            {Words::tr("Tokens"), tokens, {}},
            {Words::tr("Cost"), cost, {}},
            {Words::tr("Served by", "provider and pod"), where, {}},
            {Words::tr("Arm", "drawn backend of a split"), arm, {}},
            {Words::tr("Guards"), record != nullptr ? guardsOf(*record) : dash(), {}}};
}

}  // namespace gatehouse::ui
