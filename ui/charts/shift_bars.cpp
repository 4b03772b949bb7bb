#include "charts/shift_bars.h"

#include "models/format.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

ShiftBars::ShiftBars(Theme& theme, QWidget* parent) : Chart(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ShiftBars::setRows(std::vector<Row> rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        const double movedA = std::abs(a.after - a.before), movedB = std::abs(b.after - b.before);
        return movedA != movedB ? movedA > movedB : a.before > b.before;
    });
    const bool resized = rows.size() != rows_.size();
    rows_ = std::move(rows);
    QStringList said;
    for (std::size_t i = 0; i < rows_.size() && i < 3; ++i)
        said << tr("%1 from %2 to %3", "%1 a pod, %2 and %3 shares").arg(rows_[i].name, formatPercent(rows_[i].before, 1), formatPercent(rows_[i].after, 1));
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    if (resized) updateGeometry();
    update();
}

void ShiftBars::setMostRows(int rows) {
    mostRows_ = rows;
    updateGeometry();
    update();
}

int ShiftBars::rowHeight() const { return QFontMetrics(theme().bodyFont()).height() + theme().gap(2); }
int ShiftBars::legendHeight() const { return QFontMetrics(theme().captionFont()).height() + theme().gap(2); }
int ShiftBars::shownRows() const { return std::min(mostRows_, static_cast<int>(rows_.size())); }

QSize ShiftBars::sizeHint() const {
    const int more = static_cast<int>(rows_.size()) > shownRows() ? legendHeight() : 0;
    return {QFontMetrics(theme().bodyFont()).averageCharWidth() * 40, legendHeight() + std::max(1, shownRows()) * rowHeight() + more};
}

QSize ShiftBars::minimumSizeHint() const { return {QFontMetrics(theme().bodyFont()).averageCharWidth() * 26, sizeHint().height()}; }

void ShiftBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int unit = theme().unit();
    const auto body = theme().bodyFont(), caption = theme().captionFont();
    const QFontMetrics metrics(body), captionMetrics(caption);
    if (hasFocus()) {
        painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    int nameWidth = 0;
    double most = 1;
    for (const auto& row : rows_) {
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(row.name) + 1);
        most = std::max({most, row.before, row.after});
    }
    nameWidth = std::min(nameWidth, width() * 35 / 100);
    const auto words = [](const Row& row) { return QStringLiteral("%1 → %2").arg(formatPercent(row.before, 1), formatPercent(row.after, 1)); };
    const int wordsWidth = QFontMetrics(theme().tabularFont()).horizontalAdvance(words({{}, 100, 100})) + unit;
    const int left = 2 * unit + nameWidth + 2 * unit, right = width() - 2 * unit - wordsWidth - 2 * unit;
    const QColor before = ink(theme().color(Token::Strong)), after = ink(theme().series(1));
    painter.setFont(caption);
    int x = left;
    for (const auto& [word, color] : {std::pair(tr("recorded", "legend: shares as they were"), before), std::pair(tr("what if", "legend: shares as they would be"), after)}) {
        painter.fillRect(QRect(x, legendHeight() / 2 - unit, 2 * unit, 2 * unit), color);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRect(x + 3 * unit, 0, width() - x, legendHeight()), Qt::AlignVCenter | Qt::AlignLeft, word);
        x += 6 * unit + captionMetrics.horizontalAdvance(word);
    }
    for (int i = 0; i < shownRows(); ++i) {
        const auto& row = rows_[static_cast<std::size_t>(i)];
        const QRect area(0, legendHeight() + i * rowHeight(), width(), rowHeight());
        painter.setFont(body);
        painter.setPen(theme().color(Token::Text));
        painter.drawText(QRect(2 * unit, area.top(), nameWidth, area.height()), Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(row.name, Qt::ElideMiddle, nameWidth));
        painter.setFont(theme().tabularFont());
        painter.drawText(QRect(right + 2 * unit, area.top(), wordsWidth, area.height()), Qt::AlignVCenter | Qt::AlignRight, words(row));
        const double full = std::max(0, right - left);
        const int bar = std::max(2, (area.height() - 2 * unit) / 3), top = area.top() + (area.height() - 2 * bar - 1) / 2;
        painter.fillRect(QRectF(left, top, full * row.before / most, bar), before);
        painter.fillRect(QRectF(left, top + bar + 1, full * row.after / most, bar), after);
    }
    if (static_cast<int>(rows_.size()) > shownRows()) {
        painter.setFont(caption);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRect(left, legendHeight() + shownRows() * rowHeight(), width() - left, legendHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                         tr("and %n more", "pods of a chart", static_cast<int>(rows_.size()) - shownRows()));
    }
}

bool ShiftBars::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int i = help->pos().y() < legendHeight() ? -1 : (help->pos().y() - legendHeight()) / std::max(1, rowHeight());
        if (i >= 0 && i < shownRows()) {
            const auto& row = rows_[static_cast<std::size_t>(i)];
            QToolTip::showText(help->globalPos(), tr("%1 from %2 to %3", "%1 a pod, %2 and %3 shares").arg(row.name, formatPercent(row.before, 1), formatPercent(row.after, 1)), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return Chart::event(event);
}

void ShiftBars::restyle() {
    updateGeometry();
    update();
}

ChartTable ShiftBars::table() const {
    ChartTable table;
    table.columns = {{tr("Pod", "column")}, {tr("Recorded %", "column: share as it was"), 1}, {tr("What if %", "column: share as it would be"), 1}};
    for (const auto& row : rows_) table.rows.push_back({row.name, row.before, row.after});
    return table;
}

}  // namespace gatehouse::ui
