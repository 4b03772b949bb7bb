#include "routes/explain_rows.h"

#include "models/core_sentence.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace gatehouse::ui {
namespace {

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ExplainRows)
};
QString toQString(const std::string& text) { return QString::fromStdString(text); }

struct StageName {
    std::string_view stage;
    const char* text;
};
constexpr std::array kStages = {
    StageName{"listener", QT_TRANSLATE_NOOP("ExplainRows", "Listener")}, StageName{"host", QT_TRANSLATE_NOOP("ExplainRows", "Host")},
    StageName{"match", QT_TRANSLATE_NOOP("ExplainRows", "Match")},       StageName{"filter", QT_TRANSLATE_NOOP("ExplainRows", "Filter")},
    StageName{"policy", QT_TRANSLATE_NOOP("ExplainRows", "Policy")},     StageName{"guard", QT_TRANSLATE_NOOP("ExplainRows", "Guard")},
    StageName{"enrich", QT_TRANSLATE_NOOP("ExplainRows", "Enrich")},     StageName{"backend", QT_TRANSLATE_NOOP("ExplainRows", "Backend")},
    StageName{"pick", QT_TRANSLATE_NOOP("ExplainRows", "Pick")},         StageName{"endpoint", QT_TRANSLATE_NOOP("ExplainRows", "Endpoint")},
    StageName{"timeout", QT_TRANSLATE_NOOP("ExplainRows", "Timeout")},   StageName{"answer", QT_TRANSLATE_NOOP("ExplainRows", "Answer")},
    StageName{"cors", QT_TRANSLATE_NOOP("ExplainRows", "CORS")},         StageName{"auth", QT_TRANSLATE_NOOP("ExplainRows", "Authorization")},
    StageName{"mirror", QT_TRANSLATE_NOOP("ExplainRows", "Mirror")},     StageName{"session", QT_TRANSLATE_NOOP("ExplainRows", "Session")},
    StageName{"try", QT_TRANSLATE_NOOP("ExplainRows", "Try")},           StageName{"retry", QT_TRANSLATE_NOOP("ExplainRows", "Retry")},
    StageName{"tls", QT_TRANSLATE_NOOP("ExplainRows", "TLS")},           StageName{"request", QT_TRANSLATE_NOOP("ExplainRows", "Request")},
    StageName{"model", QT_TRANSLATE_NOOP("ExplainRows", "Model")},       StageName{"rewrite", QT_TRANSLATE_NOOP("ExplainRows", "Rewrite")},
};

QString stageText(const std::string& stage) {
    for (const auto& row : kStages)
        if (row.stage == stage) return Words::tr(row.text);
    return toQString(stage);
}

void setOutcome(ExplainRow& row, route::StepOutcome outcome) {
    switch (outcome) {
        case route::StepOutcome::Chosen:
            row.icon = QStringLiteral("check");
            row.token = Token::Ok;
            row.outcome = Words::tr("Chosen");
            break;
        case route::StepOutcome::Applied:
            row.icon = QStringLiteral("bolt");
            row.token = Token::Text;
            row.outcome = Words::tr("Applied");
            break;
        case route::StepOutcome::Rejected:
            row.icon = QStringLiteral("close");
            row.token = Token::Muted;
            row.outcome = Words::tr("Passed over");
            row.passedOver = true;
            break;
        case route::StepOutcome::Failed:
            row.icon = QStringLiteral("error");
            row.token = Token::Bad;
            row.outcome = Words::tr("Failed");
            break;
        case route::StepOutcome::Info:
            row.icon = QStringLiteral("info");
            row.token = Token::Muted;
            row.outcome = Words::tr("Note");
            break;
    }
}

ExplainRow row(const QString& stage, const QString& icon, const QString& subject, const QString& detail) {
    ExplainRow out;
    out.stage = stage;
    out.icon = icon;
    out.subject = subject;
    out.detail = detail;
    return out;
}

QString number(double value, int digits = 0) { return std::isnan(value) ? Words::tr("unknown") : QLocale().toString(value, 'f', digits); }

ExplainRow armsRow(const route::Explanation& explanation) {
    auto out = row(Words::tr("Arms"), QStringLiteral("split"), Words::tr("Split of this rule"), QString());
    for (const auto& arm : explanation.arms) {
        const auto share = Words::tr("%1 % of requests").arg(QLocale().toString(arm.share * 100, 'f', arm.share * 100 == std::floor(arm.share * 100) ? 0 : 1));
        auto child = row(QString(), QStringLiteral("backend"), toQString(arm.backend), arm.note.empty() ? share : share + QStringLiteral(" · ") + coreSentence(arm.note));
        if (!arm.note.empty()) child.token = Token::Warn;
        out.children.push_back(std::move(child));
    }
    return out;
}

ExplainRow pickRow(const inference::PickRecord& pick) {
    auto out = row(Words::tr("Pick"), QStringLiteral("pod"), toQString(pick.pool), coreSentence(pick.reason));
    for (std::size_t i = 0; i < pick.candidates.size(); ++i) {
        const auto& candidate = pick.candidates[i];
        const bool chosen = static_cast<int>(i) == pick.chosen;
        auto detail = !candidate.excluded.empty() ? Words::tr("left out: %1").arg(coreSentence(candidate.excluded))
                      : !candidate.terms.empty()
                          ? (pick.lowerIsBetter ? Words::tr("cost %1 ms · %2 tokens cached · in flight %3").arg(number(candidate.total * 1000, 1))
                                                : Words::tr("score %1 · %2 tokens cached · in flight %3").arg(number(candidate.total, 2)))
                                .arg(number(candidate.cachedTokens))
                                .arg(candidate.inFlight)
                          : Words::tr("score %1 · queue %2 · KV %3 % · in flight %4")
                                .arg(number(candidate.total, 2), number(candidate.waiting), number(candidate.kvUse * 100))
                                .arg(candidate.inFlight) +
                                Words::tr(" · points: queue %1, KV %2, own load %3", "how the score of a pod came about")
                                    .arg(number(candidate.queueScore, 2), number(candidate.kvScore, 2), number(candidate.loadScore, 2));
        auto child = row(QString(), chosen ? QStringLiteral("check") : QStringLiteral("dot"), toQString(candidate.pod), detail);
        child.token = chosen ? Token::Ok : Token::Muted;
        child.outcome = chosen ? Words::tr("Chosen") : QString();
        out.children.push_back(std::move(child));
    }
    return out;
}

ExplainRow forwardedRow(const route::Explanation& explanation) {
    auto out = row(Words::tr("Sent on"), QStringLiteral("send"),
                   toQString(explanation.forwardedMethod + " " + explanation.forwardedPath), toQString(explanation.forwardedHost));
    for (const auto& [name, value] : explanation.forwardedHeaders)
        out.children.push_back(row(QString(), QStringLiteral("text"), toQString(name), toQString(value)));
    if (!explanation.forwardedBody.empty())
        out.children.push_back(row(QString(), QStringLiteral("code"), Words::tr("Body"), toQString(explanation.forwardedBody)));
    return out;
}

/// Which object supplied which field, and which ones lost it to another.
ExplainRow policiesRow(const route::Explanation& explanation) {
    auto out = row(Words::tr("Policies"), QStringLiteral("policies"), Words::tr("Where the settings of this rule and its backends come from"), QString());
    for (const auto& policy : explanation.policies) {
        auto child = row(QString(), policy.effective ? QStringLiteral("check") : QStringLiteral("close"), policy.subject.empty() ? toQString(policy.field) : Words::tr("%1 of %2", "a field of a backend").arg(toQString(policy.field), toQString(policy.subject)),
                         toQString(policy.origin.display()) + (policy.reason.empty() ? QString() : QStringLiteral(" · ") + coreSentence(policy.reason)));
        child.token = policy.effective ? Token::Ok : Token::Muted;
        child.passedOver = !policy.effective;
        child.outcome = policy.effective ? Words::tr("Applied") : Words::tr("Passed over");
        child.origin = policy.origin;
        out.children.push_back(std::move(child));
    }
    return out;
}

ExplainRow answerRow(const route::Explanation& explanation) {
    auto out = row(Words::tr("Answer"), QStringLiteral("text"), Words::tr("Headers of the answer"), QString());
    for (const auto& [name, value] : explanation.answerHeaders) out.children.push_back(row(QString(), QStringLiteral("text"), toQString(name), toQString(value)));
    return out;
}

}  // namespace

std::vector<ExplainRow> explainRows(const route::Explanation& explanation) {
    std::vector<ExplainRow> out;
    for (const auto& step : explanation.steps) {
        auto one = row(stageText(step.stage), QString(), coreSentence(step.subject), coreSentence(step.detail));
        setOutcome(one, step.outcome);
        one.origin = step.origin;
        out.push_back(std::move(one));
    }
    if (!explanation.arms.empty()) out.push_back(armsRow(explanation));
    if (explanation.pick) out.push_back(pickRow(*explanation.pick));
    if (!explanation.policies.empty()) out.push_back(policiesRow(explanation));
    if (explanation.status == 0 && explanation.tunnel)
        out.push_back(row(Words::tr("Sent on"), QStringLiteral("send"), Words::tr("the bytes of the connection"), toQString(explanation.endpoint)));
    else if (explanation.status == 0)
        out.push_back(forwardedRow(explanation));
    if (!explanation.answerHeaders.empty()) out.push_back(answerRow(explanation));
    return out;
}

ExplainSummary explainSummary(const route::Explanation& explanation) {
    if (explanation.status == 0) {
        auto text = Words::tr("Would be forwarded to %1").arg(explanation.backend.empty() ? Words::tr("one of the arms") : toQString(explanation.backend));
        if (!explanation.endpoint.empty()) text += QStringLiteral(", ") + toQString(explanation.endpoint);
        if (explanation.endpointsInTurn > 1) text += Words::tr(" or another of %n", "endpoints of a backend", static_cast<int>(explanation.endpointsInTurn));
        return {text, Token::Ok, QStringLiteral("ok")};
    }
    // Explain's own number for it: there is no answer that could have a status.
    if (explanation.status == 525) {
        const auto why = explanation.answer.empty() ? QString() : QStringLiteral(" · ") + coreSentence(explanation.answer).simplified().left(160);
        return {Words::tr("No TLS session comes about, so there is no answer") + why, Token::Bad, QStringLiteral("error")};
    }
    const bool redirect = explanation.status >= 300 && explanation.status < 400;
    const bool fine = explanation.status < 400;
    const auto answer = explanation.answer.empty() ? QString() : QStringLiteral(" · ") + coreSentence(explanation.answer).simplified().left(160);
    return {(redirect ? Words::tr("The gateway redirects with %1") : Words::tr("The gateway answers %1 itself")).arg(explanation.status) + answer,
            fine ? Token::Ok : explanation.status >= 500 ? Token::Bad : Token::Warn,
            fine ? QStringLiteral("ok") : explanation.status >= 500 ? QStringLiteral("error") : QStringLiteral("warning")};
}

Result<route::ExplainRequest> readTriedRequest(const TriedRequest& tried) {
    route::ExplainRequest out;
    out.method = tried.method.trimmed().toStdString();
    out.url = tried.url.trimmed().toStdString();
    if (out.url.empty()) return fail("usage", Words::tr("Type a URL such as http://example.com/.").toStdString());
    if (!tried.url.contains(QLatin1String("://"))) out.url = "http://" + out.url;
    int number = 0;
    for (const auto& line : tried.headers.split(QLatin1Char('\n'))) {
        ++number;
        const auto text = line.trimmed();
        if (text.isEmpty()) continue;
        const auto colon = text.indexOf(QLatin1Char(':'));
        if (colon <= 0) return fail("usage", Words::tr("Header line %1 needs the form name: value.").arg(number).toStdString());
        out.headers.emplace_back(text.left(colon).trimmed().toStdString(), text.mid(colon + 1).trimmed().toStdString());
    }
    out.body = tried.body.toStdString();
    out.client = tried.client.toStdString();
    out.recorded = tried.recorded;
    if (const auto sni = tried.sni.trimmed(); !sni.isEmpty() && out.url.starts_with("https://")) out.sni = sni.toStdString();
    return out;
}

}  // namespace gatehouse::ui
