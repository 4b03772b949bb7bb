#include "widgets/data_table.h"

#include "theme/theme.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QSettings>
#include <QStyle>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <utility>
#include <vector>

namespace gatehouse::ui {

namespace {

constexpr int kSaveDelayMillis = 500;
constexpr char kRestored[] = "gatehouseRestored";

QString headerKey(const QString& key) { return QStringLiteral("columns/") + key; }
QString unitKey(const QString& key) { return QStringLiteral("columnUnits/") + key; }

/// What widths are measured by: they grow with the text.
int unitOf(const Theme& theme) { return std::max(1, QFontMetrics(theme.bodyFont()).horizontalAdvance(QLatin1Char('0'))); }

void scaleColumns(QHeaderView* header, int from, int to) {
    if (from <= 0 || from == to) return;
    for (int column = 0; column < header->count(); ++column)
        if (!header->isSectionHidden(column)) header->resizeSection(column, (header->sectionSize(column) * to + from / 2) / from);
}

/// Restores the header once the model has its columns, and keeps later changes.
void keepHeader(QHeaderView* header, Theme& theme, const QString& key) {
    if (key.isEmpty()) return;
    const QByteArray state = QSettings().value(headerKey(key)).toByteArray();
    if (!state.isEmpty()) {
        const int unit = QSettings().value(unitKey(key)).toInt();
        const auto restore = [header, state, unit, &theme] {
            if (header->count() > 0 && !header->property(kRestored).toBool() && header->restoreState(state)) {
                header->setProperty(kRestored, true);
                scaleColumns(header, unit, unitOf(theme));
            }
        };
        restore();
        QObject::connect(header, &QHeaderView::sectionCountChanged, header, restore);
    }
    auto* delay = new QTimer(header);
    delay->setSingleShot(true);
    delay->setInterval(kSaveDelayMillis);
    QObject::connect(delay, &QTimer::timeout, header, [header, key, &theme] {
        QSettings().setValue(headerKey(key), header->saveState());
        QSettings().setValue(unitKey(key), unitOf(theme));
    });
    const auto arm = [delay, header] {
        if (header->isVisible()) delay->start();
    };
    QObject::connect(header, &QHeaderView::sectionResized, delay, arm);
    QObject::connect(header, &QHeaderView::sortIndicatorChanged, delay, arm);
}

void setUpView(QAbstractItemView* view, QHeaderView* header, Theme& theme, const QString& name, const QString& key) {
    view->setAccessibleName(name);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTextElideMode(Qt::ElideMiddle);
    view->setAlternatingRowColors(false);
    view->setMouseTracking(true);
    view->setAttribute(Qt::WA_Hover);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setTextElideMode(Qt::ElideRight);
    const auto apply = [view, header, &theme] {
        header->setFont(theme.captionFont());
        header->setMinimumSectionSize(theme.gap(8));
        view->setIconSize(QSize(theme.iconSize(), theme.iconSize()));
        view->viewport()->update();
    };
    apply();
    QObject::connect(&theme, &Theme::changed, view, apply);
    QObject::connect(&theme, &Theme::changed, header, [header, &theme, unit = unitOf(theme)]() mutable {
        const int now = unitOf(theme);
        scaleColumns(header, std::exchange(unit, now), now);
    });
    keepHeader(header, theme, key);
}

/// Gives one column what the others leave, but never less than its words need; then the table scrolls.
class FillColumn : public QObject {
  public:
    FillColumn(QHeaderView* header, int column, int leastCharacters) : QObject(header), header_(header), column_(column), leastCharacters_(leastCharacters) {
        header->setStretchLastSection(false);
        header->viewport()->installEventFilter(this);
        header->installEventFilter(this);
        connect(header, &QHeaderView::sectionResized, this, [this](int changed) {
            if (changed != column_) fill();
        });
        fill();
    }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize || event->type() == QEvent::Show) fill();
        return QObject::eventFilter(watched, event);
    }

  private:
    void fill() {
        if (column_ >= header_->count()) return;
        const int others = header_->length() - header_->sectionSize(column_);
        const int least = leastCharacters_ * header_->parentWidget()->fontMetrics().horizontalAdvance(QLatin1Char('0'));
        header_->resizeSection(column_, std::max(least, header_->viewport()->width() - others));
    }

    QHeaderView* header_;
    int column_;
    int leastCharacters_;
};

constexpr int kFillCharacters = 16;

void setWidths(QHeaderView* header, QWidget* view, const std::vector<int>& characters) {
    // The width of a digit, which is the widest that a usual character gets in either font.
    const int average = view->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    // What the style leaves free at both sides of a cell, and a little for glyphs wider than a digit.
    const int padding = 2 * (view->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, view) + 1) + average;
    const bool restored = header->property(kRestored).toBool();
    for (int column = 0; column < int(characters.size()) && column < header->count(); ++column) {
        const int count = characters[std::size_t(column)];
        if (count == 0) new FillColumn(header, column, kFillCharacters);
        else if (!restored) header->resizeSection(column, std::max(average * count + padding, header->sectionSizeHint(column)));
    }
}

void setWidthsOnce(QHeaderView* header, QWidget* view, std::vector<int> characters) {
    if (header->count() > 0) {
        setWidths(header, view, characters);
        return;
    }
    // The model comes later.
    auto* once = new QObject(header);
    QObject::connect(header, &QHeaderView::sectionCountChanged, once, [=](int, int now) {
        if (now == 0) return;
        once->deleteLater();
        setWidths(header, view, characters);
    });
}

}  // namespace

DataCellDelegate::DataCellDelegate(Theme& theme, bool hairlines, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme), hairlines_(hairlines) {}

void DataCellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(kFixedFontRole).toBool()) {
        option->font = theme_.fixedFont();
        option->fontMetrics = QFontMetrics(option->font);
    } else if (option->displayAlignment & Qt::AlignRight) {
        option->font = theme_.tabularFont();
        option->fontMetrics = QFontMetrics(option->font);
    }
    // A state says its first word; names keep both ends.
    const bool state = option->features.testFlag(QStyleOptionViewItem::HasDecoration) && index.column() > 0;
    if (state || index.data(kSentenceRole).toBool()) option->textElideMode = Qt::ElideRight;
    const QVariant token = index.data(kStatusTokenRole);
    if (token.isValid()) {
        const QColor color = theme_.color(Token(token.toInt()));
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
}

void DataCellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (const QVariant bar = index.data(kBarRole); bar.isValid()) {
        const double part = std::clamp(bar.toDouble(), 0.0, 1.0);
        QRectF area = QRectF(option.rect).adjusted(theme_.gap(1), theme_.gap(1), -theme_.gap(1), -theme_.gap(1));
        area.setWidth(area.width() * part);
        painter->fillRect(area, theme_.tint(Token::Accent, 0.16));
    }
    QStyledItemDelegate::paint(painter, option, index);
    if (!hairlines_) return;
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme_.tint(Token::Border, 0.6));
}

QSize DataCellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(theme_.rowHeight());
    return size;
}

bool DataCellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) {
    if (event->type() == QEvent::ToolTip && !index.data(Qt::ToolTipRole).isValid()) {
        QStyleOptionViewItem whole = option;
        initStyleOption(&whole, index);
        // The whole name, only where the cell shows a part of it.
        const bool cut = QStyledItemDelegate::sizeHint(option, index).width() > option.rect.width();
        QToolTip::showText(event->globalPos(), cut ? whole.text : QString(), view, option.rect);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

void setUpTable(QTableView* table, Theme& theme, const QString& name, const QString& settingsKey) {
    setUpView(table, table->horizontalHeader(), theme, name, settingsKey);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setCornerButtonEnabled(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->setTabKeyNavigation(false);
    table->setItemDelegate(new DataCellDelegate(theme, true, table));
    const auto rows = [table, &theme] {
        table->verticalHeader()->setMinimumSectionSize(1);
        table->verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    };
    rows();
    QObject::connect(&theme, &Theme::changed, table, rows);
}

void setUpTree(QTreeView* tree, Theme& theme, const QString& name, const QString& settingsKey) {
    setUpView(tree, tree->header(), theme, name, settingsKey);
    tree->setUniformRowHeights(true);
    tree->setAnimated(false);
    tree->setItemDelegate(new DataCellDelegate(theme, false, tree));
    const auto indent = [tree, &theme] { tree->setIndentation(theme.gap(5)); };
    indent();
    QObject::connect(&theme, &Theme::changed, tree, [tree, indent] {
        indent();
        tree->doItemsLayout();
    });
}

void setColumnCharacters(QTableView* table, std::initializer_list<int> characters) {
    setWidthsOnce(table->horizontalHeader(), table, characters);
}

void setColumnCharacters(QTreeView* tree, std::initializer_list<int> characters) {
    setWidthsOnce(tree->header(), tree, characters);
}

void setColumnCharacters(QTreeView* tree, const std::vector<int>& characters) { setWidthsOnce(tree->header(), tree, characters); }

}  // namespace gatehouse::ui
