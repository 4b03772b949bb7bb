#include "providers/provider_panel.h"

#include "bridge/engine_bridge.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/view.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using Outcome = llm::ConnectionStep::Outcome;

QLabel* wrapping(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

ProviderPanel::ProviderPanel(ViewContext& context, QWidget* parent) : Card(context.theme, {}, parent), context_(context) {
    auto& theme = context.theme;
    setObjectName(QStringLiteral("providerPanel"));
    content()->setSpacing(theme.gap(2));
    name_ = wrapping({}, this);
    name_->setObjectName(QStringLiteral("providerPanelName"));
    keysTitle_ = makeCaption(theme, {}, this);
    keysTitle_->setWordWrap(true);
    keys_ = new QGridLayout;
    test_ = new QPushButton(this);
    test_->setObjectName(QStringLiteral("testConnection"));
    note_ = makeCaption(theme, {}, this);
    note_->setWordWrap(true);
    grid_ = new QGridLayout;
    for (auto* grid : {keys_, grid_}) {
        grid->setHorizontalSpacing(theme.gap(2));
        grid->setVerticalSpacing(theme.gap(2));
        grid->setColumnStretch(1, 1);
    }
    content()->addWidget(name_);
    content()->addWidget(keysTitle_);
    content()->addLayout(keys_);
    content()->addSpacing(theme.gap(2));
    content()->addWidget(test_, 0, Qt::AlignLeft);
    content()->addWidget(note_);
    content()->addLayout(grid_);
    content()->addStretch(1);
    connect(test_, &QPushButton::clicked, this, &ProviderPanel::startTest);
    connect(&check_, &ConnectionCheck::finished, this, &ProviderPanel::showSteps);
    const auto applyTheme = [this, &theme] {
        name_->setFont(theme.strongFont());
        keysShown_.clear();
        if (!row_.name.isEmpty()) showKeys();
        if (!steps_.empty()) showSteps(steps_);
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    applyTheme();
    retranslate();
}

void ProviderPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Card::changeEvent(event);
}

void ProviderPanel::retranslate() {
    setTitle(tr("Provider"));
    keysTitle_->setText(tr("Keys, in turn; a value is never shown"));
    test_->setText(tr("Test connection"));
    note_->setText(row_.model.isEmpty() ? tr("Asks for the list of models.") : tr("Asks the model for one token."));
    keysShown_.clear();
    if (!row_.name.isEmpty()) showKeys();
    if (!steps_.empty()) showSteps(steps_);
}

void ProviderPanel::showRow(const ProviderRow& row) {
    const bool other = row.key != row_.key || row.provider != row_.provider;
    row_ = row;
    name_->setText(row.name);
    if (other) {
        check_.stop();
        steps_.clear();
        clear(grid_);
        retranslate();
    }
    test_->setEnabled(row.sampled && !check_.running());
    test_->setToolTip(row.sampled ? QString() : tr("No route that runs sends requests to it."));
    showKeys();
}

void ProviderPanel::clear(QGridLayout* grid) {
    while (auto* item = grid->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void ProviderPanel::addLine(QGridLayout* grid, const char* icon, Token token, const QString& name, const QString& note, const QString& detail) {
    const auto& theme = context_.theme;
    const int row = grid->rowCount();
    auto* mark = new QLabel(this);
    mark->setPixmap(theme.icon(QLatin1String(icon), token).pixmap(theme.iconSize(), theme.iconSize()));
    mark->setAlignment(Qt::AlignTop);
    grid->addWidget(mark, row, 0, Qt::AlignTop);
    grid->addWidget(wrapping(name, this), row, 1);
    auto* right = new QLabel(note, this);
    if (std::any_of(note.begin(), note.end(), [](QChar c) { return c.isDigit(); })) right->setFont(theme.tabularFont());
    setTextColor(right, theme, token);
    grid->addWidget(right, row, 2, Qt::AlignRight | Qt::AlignTop);
    if (detail.isEmpty()) return;
    auto* text = wrapping(detail, this);
    setMuted(text, theme);
    grid->addWidget(text, row + 1, 1, 1, 2);
}

/// Only where something changed: the table's state comes twice a second.
void ProviderPanel::showKeys() {
    QString state = row_.keyRef;
    for (const auto& key : row_.keys)
        state += QStringLiteral("|%1 %2 %3 %4 %5").arg(key.name, key.state, key.reason).arg(key.outMillis / 1000).arg(key.expires.toSecsSinceEpoch() / 60);
    if (state == keysShown_) return;
    keysShown_ = state;
    clear(keys_);
    if (row_.keys.empty()) return addLine(keys_, "info", Token::Muted, row_.keyRef, {}, {});
    for (const auto& key : row_.keys) {
        auto detail = key.reason;
        if (key.outMillis > 0) detail = tr("%1; back in %2", "why a key is left out, and for how long").arg(key.reason, formatAge(key.outMillis));
        if (key.expires.isValid()) {
            const auto left = std::max<qint64>(0, QDateTime::currentDateTime().msecsTo(key.expires));
            detail += (detail.isEmpty() ? QString() : QStringLiteral(" ")) + tr("Its token ends in %1.").arg(formatAge(left));
        }
        addLine(keys_, key.ready ? "ok" : "warning", key.ready ? Token::Ok : Token::Warn, key.name, key.state, detail);
    }
}

void ProviderPanel::startTest() {
    auto test = context_.engine.connectionTest(row_.key, row_.testName.toStdString());
    clear(grid_);
    steps_.clear();
    if (!test) {
        addLine(grid_, "error", Token::Bad, coreSentence(test.error().message), {}, {});
        return;
    }
    addLine(grid_, "info", Token::Muted, tr("Testing …"), {}, {});
    test_->setEnabled(false);
    check_.start(std::move(*test));
}

void ProviderPanel::showSteps(const std::vector<llm::ConnectionStep>& steps) {
    steps_ = steps;
    clear(grid_);
    test_->setEnabled(true);
    for (const auto& step : steps_) {
        const bool failed = step.outcome == Outcome::Failed, passed = step.outcome == Outcome::Passed;
        const auto note = step.took.count() >= 0 ? formatDuration(step.took.count()) : failed ? tr("failed") : passed ? tr("passed") : tr("not run");
        const QString names[] = {tr("DNS"), tr("TCP connection"), tr("TLS"), tr("Key"), tr("Model")};
        addLine(grid_, failed ? "error" : passed ? "ok" : "info", failed ? Token::Bad : passed ? Token::Ok : Token::Muted,
                names[static_cast<std::size_t>(step.name)], note, coreSentence(step.detail));
    }
}

}  // namespace gatehouse::ui
