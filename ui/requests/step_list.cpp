#include "requests/step_list.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QGridLayout>
#include <QLabel>

namespace gatehouse::ui {
namespace {

struct StageRow {
    const char* stage;
    const char* name;
};
const StageRow kStages[] = {
    {"listener", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Listener")}, {"host", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Host")},
    {"match", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Match")},       {"filter", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Filter")},
    {"policy", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Policy")},     {"guard", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Guard")},
    {"enrich", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Enrich")},     {"backend", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Backend")},
    {"pick", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Pick")},         {"endpoint", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Endpoint")},
    {"timeout", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Timeout")},   {"answer", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Answer")},
    {"tls", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "TLS")},           {"cors", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "CORS")},
    {"auth", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Authorization")}, {"mirror", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Mirror")},
    {"session", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Session")},   {"try", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Try")},
    {"retry", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Retry")},       {"request", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Request")},
    {"model", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Model")},       {"rewrite", QT_TRANSLATE_NOOP("gatehouse::ui::StepList", "Rewrite")},
};

struct Look {
    const char* icon;
    Token token;
};

Look lookOf(route::StepOutcome outcome) {
    switch (outcome) {
        case route::StepOutcome::Chosen: return {"check", Token::Ok};
        case route::StepOutcome::Rejected: return {"close", Token::Muted};
        case route::StepOutcome::Applied: return {"bolt", Token::Text};
        case route::StepOutcome::Failed: return {"error", Token::Bad};
        case route::StepOutcome::Info: break;
    }
    return {"info", Token::Muted};
}

}  // namespace

QString StepList::stageName(const std::string& stage) {
    for (const auto& row : kStages)
        if (stage == row.stage) return tr(row.name);
    return toQt(stage);
}

QString StepList::outcomeName(route::StepOutcome outcome) {
    switch (outcome) {
        case route::StepOutcome::Chosen: return tr("Chosen", "outcome of a step");
        case route::StepOutcome::Rejected: return tr("Passed over", "outcome of a step");
        case route::StepOutcome::Applied: return tr("Applied", "outcome of a step");
        case route::StepOutcome::Failed: return tr("Failed", "outcome of a step");
        case route::StepOutcome::Info: return tr("Note", "outcome of a step");
    }
    return {};
}

StepList::StepList(Theme& theme, const std::vector<route::Step>& steps, QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Why it went there"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme.gap(2));
    grid->setVerticalSpacing(theme.gap(2));
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const auto& step : steps) {
        const auto look = lookOf(step.outcome);
        auto* icon = new QLabel(this);
        icon->setPixmap(theme.icon(QLatin1String(look.icon), look.token).pixmap(theme.iconSize(), theme.iconSize()));
        icon->setAccessibleName(outcomeName(step.outcome));
        icon->setToolTip(outcomeName(step.outcome));
        auto* stage = makeCaption(theme, stageName(step.stage), this);
        auto* text = new QLabel(this);
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const auto subject = coreSentence(step.subject), detail = coreSentence(step.detail);
        text->setText(subject.isEmpty() ? detail : detail.isEmpty() ? subject : QStringLiteral("%1: %2").arg(subject, detail));
        text->setAccessibleName(QStringLiteral("%1, %2: %3").arg(stage->text(), outcomeName(step.outcome), text->text()));
        if (step.outcome == route::StepOutcome::Rejected) setMuted(text, theme);
        grid->addWidget(icon, row, 0, Qt::AlignTop);
        grid->addWidget(stage, row, 1, Qt::AlignTop);
        grid->addWidget(text, row, 2);
        ++row;
    }
}

}  // namespace gatehouse::ui
