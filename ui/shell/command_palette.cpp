#include "shell/command_palette.h"

#include "shell/settings.h"
#include "widgets/buttons.h"
#include "widgets/fade.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

namespace {

/// Category muted, name with the matched letters in bold, detail muted; shortcut or the reason why not at the right.
class PaletteDelegate : public QStyledItemDelegate {
  public:
    PaletteDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, theme_.rowHeight()}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const bool selected = option.state & QStyle::State_Selected;
        const QString reason = index.data(PaletteModel::ReasonRole).toString();
        const bool enabled = reason.isEmpty() && index.flags().testFlag(Qt::ItemIsEnabled);
        painter->save();
        if (selected) {
            painter->fillRect(option.rect, theme_.tint(Token::Accent, 0.16));
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), std::max(2, theme_.unit() / 2), option.rect.height()),
                              theme_.color(Token::Accent));
        } else if (option.state & QStyle::State_MouseOver) {
            painter->fillRect(option.rect, theme_.tint(Token::Text, 0.05));
        }
        QRect area = option.rect.adjusted(theme_.gap(4), 0, -theme_.gap(4), 0);
        const QString right = reason.isEmpty() ? index.data(PaletteModel::ShortcutRole).toString() : reason;
        painter->setFont(theme_.captionFont());
        painter->setPen(theme_.color(Token::Muted));
        if (!right.isEmpty()) {
            const int width = std::min(painter->fontMetrics().horizontalAdvance(right) + 1, area.width() / 2);
            painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, painter->fontMetrics().elidedText(right, Qt::ElideRight, width));
            area.setRight(area.right() - width - theme_.gap(4));
        }
        const QString category = index.data(PaletteModel::CategoryRole).toString();
        const int column = theme_.gap(24);
        painter->drawText(QRect(area.left(), area.top(), column - theme_.gap(2), area.height()), Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(category, Qt::ElideRight, column - theme_.gap(2)));
        area.setLeft(area.left() + column);
        const int used = drawName(painter, area, index, enabled);
        const QString detail = index.data(PaletteModel::DetailRole).toString();
        if (!detail.isEmpty() && used < area.width()) {
            painter->setFont(theme_.captionFont());
            painter->setPen(theme_.color(Token::Muted));
            area.setLeft(area.left() + used + theme_.gap(3));
            painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(detail, Qt::ElideMiddle, area.width()));
        }
        painter->restore();
    }

  private:
    int drawName(QPainter* painter, const QRect& area, const QModelIndex& index, bool enabled) const {
        const QString text = painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, area.width());
        QTextLayout layout(text, theme_.bodyFont());
        QList<QTextLayout::FormatRange> formats;
        for (const int position : index.data(PaletteModel::PositionsRole).value<QList<int>>()) {
            if (position >= text.size()) continue;
            QTextCharFormat format;
            format.setForeground(theme_.color(Token::Accent));
            format.setFontWeight(QFont::DemiBold);
            formats.append({position, 1, format});
        }
        layout.setFormats(formats);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(area.width());
        layout.endLayout();
        painter->setPen(theme_.color(enabled ? Token::Text : Token::Muted));
        layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2));
        return int(line.naturalTextWidth());
    }

    Theme& theme_;
};

QString plain(QString text) { return text.remove(QLatin1Char('&')); }

}  // namespace

CommandPalette::CommandPalette(Theme& theme, ActionRegistry& actions, QWidget* window)
    : QFrame(window), theme_(theme), actions_(actions) {
    setObjectName(QStringLiteral("commandPalette"));
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    field_ = new QLineEdit(this);
    field_->setObjectName(QStringLiteral("paletteField"));
    field_->addAction(theme.icon(QStringLiteral("search"), Token::Muted), QLineEdit::LeadingPosition);
    list_ = new QListView(this);
    list_->setObjectName(QStringLiteral("paletteList"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setItemDelegate(new PaletteDelegate(theme, list_));
    model_ = new PaletteModel(this);
    list_->setModel(model_);
    none_ = new QLabel(this);
    none_->setObjectName(QStringLiteral("paletteNone"));
    none_->setWordWrap(true);
    column->addWidget(field_);
    column->addWidget(list_, 1);
    column->addWidget(none_);
    const auto look = [this, column] {
        column->setContentsMargins(theme_.gap(2), theme_.gap(2), theme_.gap(2), theme_.gap(2));
        column->setSpacing(theme_.gap(2));
        none_->setContentsMargins(theme_.gap(2), theme_.gap(2), theme_.gap(2), theme_.gap(2));
        setMuted(none_, theme_);
        if (isVisible()) place();
    };
    look();
    connect(&theme, &Theme::changed, this, look);
    connect(field_, &QLineEdit::textChanged, this, [this](const QString& text) {
        model_->setQuery(text);
        none_->setVisible(model_->rowCount() == 0);
        list_->setVisible(model_->rowCount() > 0);
        moveCurrent(0);
    });
    connect(list_, &QListView::clicked, this, &CommandPalette::runCurrent);
    field_->installEventFilter(this);
    window->installEventFilter(this);
    retranslate();
    hide();
}

void CommandPalette::retranslate() {
    field_->setPlaceholderText(tr("Find an action, view, object or pod"));
    field_->setAccessibleName(tr("Find an action, view, object or pod"));
    list_->setAccessibleName(tr("Matches"));
    none_->setText(tr("Nothing has these letters in this order."));
}

void CommandPalette::collect() {
    std::vector<PaletteModel::Item> items;
    for (const QAction* action : actions_.all()) {
        if (!action->isVisible() || action->text().isEmpty()) continue;
        PaletteModel::Item item;
        item.id = action->objectName();
        item.category = ActionRegistry::categoryOf(action);
        item.text = plain(action->text());
        item.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        if (!action->isEnabled()) {
            item.reason = ActionRegistry::disabledReason(action);
            if (item.reason.isEmpty()) item.reason = tr("not possible now");
        }
        item.run = [action = QPointer(const_cast<QAction*>(action))] {
            if (action) action->trigger();
        };
        items.push_back(std::move(item));
    }
    for (auto& entry : actions_.entries()) {
        PaletteModel::Item item;
        item.id = entry.category + QLatin1Char('/') + entry.text;
        item.category = entry.category;
        item.text = entry.text;
        item.detail = entry.detail;
        item.run = std::move(entry.run);
        items.push_back(std::move(item));
    }
    model_->setItems(std::move(items), settings::recentCommands());
}

void CommandPalette::open(const QString& query) {
    if (!isVisible()) before_ = QApplication::focusWidget();
    collect();
    place();
    const bool appears = !isVisible();
    show();
    if (appears) fadeIn(this, theme_);
    raise();
    field_->setText(query);
    field_->selectAll();
    model_->setQuery(query);
    none_->setVisible(model_->rowCount() == 0);
    list_->setVisible(model_->rowCount() > 0);
    moveCurrent(0);
    field_->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::close() {
    if (!isVisible()) return;
    hide();
    if (before_) before_->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::place() {
    const QWidget* window = parentWidget();
    const int width = std::min(theme_.gap(180), window->width() - theme_.gap(12));
    const int height = std::min(theme_.rowHeight() * 13 + theme_.gap(14), window->height() - theme_.gap(24));
    setGeometry((window->width() - width) / 2, theme_.gap(14), width, height);
}

void CommandPalette::moveCurrent(int step) {
    const int rows = model_->rowCount();
    if (rows == 0) return;
    const int row = step == 0 ? 0 : std::clamp(list_->currentIndex().row() + step, 0, rows - 1);
    list_->setCurrentIndex(model_->index(row));
}

void CommandPalette::runCurrent() {
    const PaletteModel::Item* item = model_->at(list_->currentIndex().row());
    if (!item || !item->reason.isEmpty()) return;
    // Copied: running may change the window, and closing gives the focus back first.
    const auto run = item->run;
    settings::addRecentCommand(item->id);
    close();
    if (run) run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int page = std::max(1, list_->height() / std::max(1, theme_.rowHeight()) - 1);
        switch (key->key()) {
            case Qt::Key_Down: moveCurrent(1); return true;
            case Qt::Key_Up: moveCurrent(-1); return true;
            case Qt::Key_PageDown: moveCurrent(page); return true;
            case Qt::Key_PageUp: moveCurrent(-page); return true;
            case Qt::Key_Return:
            case Qt::Key_Enter: runCurrent(); return true;
            case Qt::Key_Escape: close(); return true;
            case Qt::Key_Tab:
            case Qt::Key_Backtab: return true;  // Nothing else in here takes the keyboard.
            default: break;
        }
    }
    if (watched == field_ && event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
            before_ = nullptr;  // The focus went where the person clicked.
            hide();
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = std::max(1, theme_.borderWidth());
    painter.fillRect(rect(), theme_.color(Token::Window));
    painter.setPen(QPen(theme_.color(Token::Strong), line));
    painter.setBrush(theme_.color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), theme_.radius(), theme_.radius());
}

}  // namespace gatehouse::ui
