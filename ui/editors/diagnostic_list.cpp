#include "editors/diagnostic_list.h"

#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace gatehouse::ui {

namespace {

/// A sentence and the way to its field stand beside each other from here on, in average characters.
constexpr int kBesideCharacters = 80;

}  // namespace

DiagnosticList::DiagnosticList(Theme& theme, QWidget* parent) : QScrollArea(parent), theme_(theme) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setProperty("bare", true);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Problems of this object"));
    viewport()->setAutoFillBackground(false);
    connect(&theme_, &Theme::changed, this, &DiagnosticList::rebuild);
    rebuild();
}

void DiagnosticList::setDiagnostics(std::vector<config::Diagnostic> diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [](const auto& a, const auto& b) { return a.severity > b.severity; });
    const auto same = [](const config::Diagnostic& a, const config::Diagnostic& b) {
        return a.code == b.code && a.fieldPath == b.fieldPath && a.message == b.message && a.severity == b.severity && a.where.line == b.where.line;
    };
    if (std::equal(diagnostics.begin(), diagnostics.end(), diagnostics_.begin(), diagnostics_.end(), same)) return;
    diagnostics_ = std::move(diagnostics);
    rebuild();
}

bool DiagnosticList::isNarrow() const { return width() < QFontMetrics(theme_.bodyFont()).averageCharWidth() * kBesideCharacters; }

void DiagnosticList::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (isNarrow() != narrow_ && !diagnostics_.empty()) QMetaObject::invokeMethod(this, &DiagnosticList::rebuild, Qt::QueuedConnection);
}

void DiagnosticList::rebuild() {
    narrow_ = isNarrow();
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme_.gap(3), theme_.gap(2), theme_.gap(3), theme_.gap(2));
    column->setSpacing(theme_.gap(2));
    const auto addRow = [&](const QString& iconName, Token token, const QString& text) {
        auto* row = new QHBoxLayout;
        row->setSpacing(theme_.gap(2));
        auto* icon = new QLabel(page);
        icon->setPixmap(theme_.icon(iconName, token).pixmap(QSize(theme_.iconSize(), theme_.iconSize()), devicePixelRatioF()));
        row->addWidget(icon, 0, Qt::AlignVCenter);
        auto* sentence = new QLabel(text, page);
        sentence->setWordWrap(true);
        sentence->setTextFormat(Qt::PlainText);
        sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(sentence, 1, Qt::AlignVCenter);
        column->addLayout(row);
        return row;
    };
    if (diagnostics_.empty()) addRow(QStringLiteral("ok"), Token::Ok, tr("No problems in this object."));
    for (const auto& diagnostic : diagnostics_) {
        const bool error = diagnostic.severity == config::Severity::Error, warning = diagnostic.severity == config::Severity::Warning;
        auto* row = addRow(error ? QStringLiteral("error") : warning ? QStringLiteral("warning") : QStringLiteral("info"),
                           error ? Token::Bad : warning ? Token::Warn : Token::Muted,
                           coreSentence(diagnostic.message));
        auto* link = makeTextButton(theme_, QStringLiteral("edit"), diagnostic.fieldPath.empty() ? tr("Show") : QString::fromStdString(diagnostic.fieldPath), page);
        link->setObjectName(QStringLiteral("showField"));
        link->setToolTip(tr("%1, %2:%3").arg(QString::fromStdString(diagnostic.code), QString::fromStdString(diagnostic.where.file)).arg(diagnostic.where.line));
        connect(link, &QToolButton::clicked, this, [this, diagnostic] { emit fieldWanted(diagnostic); });
        if (narrow_) {
            auto* below = new QHBoxLayout;
            below->setContentsMargins(theme_.iconSize(), 0, 0, 0);
            below->addWidget(link);
            below->addStretch(1);
            column->addLayout(below);
            row = below;
        } else {
            row->addWidget(link, 0, Qt::AlignVCenter);
        }
        if (diagnostic.fix) {
            auto* fix = new QPushButton(coreSentence(diagnostic.fix->label), page);
            fix->setObjectName(QStringLiteral("applyFix"));
            connect(fix, &QPushButton::clicked, this, [this, diagnostic] { emit fixWanted(diagnostic); });
            row->addWidget(fix, 0, Qt::AlignVCenter);
        }
    }
    column->addStretch(1);
    if (auto* old = takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    setWidget(page);
    page->setAutoFillBackground(false);
    page->show();
}

}  // namespace gatehouse::ui
