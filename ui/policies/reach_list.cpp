#include "policies/reach_list.h"

#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// Rows that are made at a time: each takes three widgets.
constexpr std::size_t kRows = 50;

bool isGood(const ReachRow& row) { return row.applies && !row.broken; }

}  // namespace

ReachList::ReachList(Theme& theme, QWidget* parent) : QScrollArea(parent), theme_(theme), most_(kRows) {
    setProperty("bare", true);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
}

void ReachList::showRows(std::vector<ReachRow> rows) {
    if (rows.size() > kRows) std::stable_partition(rows.begin(), rows.end(), [](const ReachRow& row) { return !isGood(row); });
    rows_ = std::move(rows);
    most_ = kRows;
    build();
}

void ReachList::clear() {
    rows_.clear();
    if (auto* old = takeWidget()) old->deleteLater();
    page_ = nullptr;
}

void ReachList::build() {
    const int scrolled = verticalScrollBar()->value();
    page_ = new QWidget(this);
    auto* column = new QVBoxLayout(page_);
    column->setContentsMargins(theme_.gap(3), theme_.gap(1), theme_.gap(3), theme_.gap(3));
    column->setSpacing(theme_.gap(1));
    const auto shown = std::min(most_, rows_.size());
    for (std::size_t i = 0; i < shown; ++i) addRow(column, rows_[i]);
    if (shown < rows_.size()) {
        const auto next = static_cast<int>(std::min(kRows, rows_.size() - shown));
        auto* more = makeTextButton(theme_, QStringLiteral("chevron-down"), tr("Show %n more", "rules that a policy reaches", next), page_);
        more->setObjectName(QStringLiteral("reachMore"));
        column->addWidget(more, 0, Qt::AlignLeft);
        connect(more, &QToolButton::clicked, this, [this] {
            most_ += kRows;
            build();
        });
    }
    column->addStretch(1);
    // The button that was pressed may be among them: it goes when its event is over.
    if (auto* old = takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    setWidget(page_);
    page_->setAutoFillBackground(false);
    page_->show();
    verticalScrollBar()->setValue(scrolled);
}

void ReachList::addRow(QVBoxLayout* column, const ReachRow& row) {
    auto* line = new QHBoxLayout;
    line->setSpacing(theme_.gap(2));
    auto* icon = new QLabel(page_);
    icon->setPixmap(theme_.icon(isGood(row) ? QStringLiteral("ok") : QStringLiteral("error"), isGood(row) ? Token::Ok : Token::Bad)
                        .pixmap(QSize(theme_.iconSize(), theme_.iconSize()), devicePixelRatioF()));
    line->addWidget(icon);
    auto* where = new QLabel((row.broken    ? tr("%1: answers 500")
                              : row.applies ? tr("%1: applies")
                                            : tr("%1: does not apply"))
                                 .arg(row.where),
                             page_);
    where->setObjectName(QStringLiteral("reachWhere"));
    where->setTextFormat(Qt::PlainText);
    where->setWordWrap(true);
    line->addWidget(where, 1);
    if (!row.object.kind.empty()) {
        auto* open = makeIconButton(theme_, QStringLiteral("chevron-right"), tr("Show %1").arg(QString::fromStdString(row.object.display())), page_);
        connect(open, &QToolButton::clicked, this, [this, id = QString::fromStdString(row.object.id())] { emit objectWanted(id); });
        line->addWidget(open);
    }
    column->addLayout(line);
    auto* why = makeCaption(theme_, row.why, page_);
    why->setObjectName(QStringLiteral("reachWhy"));
    why->setTextFormat(Qt::PlainText);
    why->setWordWrap(true);
    why->setContentsMargins(theme_.iconSize() + theme_.gap(2), 0, 0, theme_.gap(2));
    column->addWidget(why);
}

}  // namespace gatehouse::ui
