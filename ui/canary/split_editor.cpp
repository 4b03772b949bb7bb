#include "canary/split_editor.h"

#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int kPresets[] = {1, 5, 10, 25, 50};

/// A square in the colour of an arm.
class Swatch : public QWidget {
  public:
    Swatch(Theme& theme, std::function<QColor()> color, QWidget* parent) : QWidget(parent), theme_(theme), color_(std::move(color)) {
        connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
    }
    QSize sizeHint() const override { return {theme_.gap(3), theme_.gap(3)}; }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const int side = theme_.gap(3);
        painter.fillRect(QRect((width() - side) / 2, (height() - side) / 2, side, side), color_());
    }

  private:
    Theme& theme_;
    std::function<QColor()> color_;
};

}  // namespace

SplitBar::SplitBar(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setObjectName(QStringLiteral("splitBar"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Split"));
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void SplitBar::setArms(const std::vector<SplitArm>& arms) {
    arms_ = arms;
    dragged_ = hovered_ = -1;
    current_ = 0;
    update();
}

void SplitBar::setShares(const SplitShares& shares) {
    shares_ = shares;
    describe();
    update();
}

QSize SplitBar::sizeHint() const { return {QFontMetrics(theme_.bodyFont()).averageCharWidth() * 60, theme_.gap(11)}; }
QSize SplitBar::minimumSizeHint() const { return {QFontMetrics(theme_.bodyFont()).averageCharWidth() * 20, theme_.gap(11)}; }

QRectF SplitBar::track() const {
    const int ring = theme_.unit();
    return QRectF(rect()).adjusted(ring, ring, -ring, -ring);
}

int SplitBar::dividerAt(const QPointF& position) const {
    const double reach = std::max(12.0, theme_.gap(2) * 1.0);
    int nearest = -1;
    double distance = reach;
    for (std::size_t i = 0; i + 1 < shares_.size(); ++i) {
        const double x = track().left() + track().width() * shares_.divider(i) / 100.0;
        // Dividers that lie upon each other: take the one that can move away from the edge.
        const double here = std::abs(position.x() - x) - (position.x() > x ? 0.01 * static_cast<double>(i) : 0);
        if (here < distance) {
            distance = here;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

void SplitBar::move(int divider, int percent) {
    const auto before = shares_;
    shares_.moveDivider(static_cast<std::size_t>(divider), percent);
    if (shares_ == before) return;
    describe();
    update();
    emit sharesEdited();
}

void SplitBar::describe() {
    QStringList parts;
    for (std::size_t i = 0; i < arms_.size() && i < shares_.size(); ++i) parts << QStringLiteral("%1 %2").arg(arms_[i].name, formatPercent(shares_[i]));
    setAccessibleDescription(parts.join(QStringLiteral(", ")) + QLatin1Char('.'));
}

void SplitBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto area = track();
    const double radius = theme_.radius();
    QPainterPath outline;
    outline.addRoundedRect(area, radius, radius);
    painter.save();
    painter.setClipPath(outline);
    painter.setFont(theme_.strongFont());
    const QFontMetrics metrics(theme_.strongFont());
    double left = area.left();
    for (std::size_t i = 0; i < arms_.size() && i < shares_.size(); ++i) {
        const double width = area.width() * shares_[i] / 100.0;
        const QRectF part(left, area.top(), width, area.height());
        const auto color = isEnabled() ? arms_[i].color() : theme_.color(Token::Border);
        painter.fillRect(part, color);
        painter.setPen(Theme::textOn(color));
        const int room = static_cast<int>(width) - theme_.gap(4);
        const auto percent = formatPercent(shares_[i]);
        const auto both = QStringLiteral("%1  %2").arg(arms_[i].name, percent);
        const auto inside = part.adjusted(theme_.gap(2), 0, -theme_.gap(2), 0);
        if (metrics.horizontalAdvance(both) <= room)
            painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, both);
        else if (metrics.horizontalAdvance(percent) <= room)
            painter.drawText(inside, Qt::AlignCenter, percent);
        left += width;
    }
    painter.restore();
    // Dividers: a gap in the surface's colour and a grip, so that they are seen to be handles.
    for (std::size_t i = 0; i + 1 < shares_.size(); ++i) {
        const double x = std::clamp(area.left() + area.width() * shares_.divider(i) / 100.0, area.left(), area.right());
        painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), theme_.color(Token::Surface));
        const bool active = static_cast<int>(i) == dragged_ || static_cast<int>(i) == hovered_ || (hasFocus() && static_cast<int>(i) == current_);
        const QRectF grip(x - theme_.unit() * 0.75, area.top() + area.height() * 0.22, theme_.unit() * 1.5, area.height() * 0.56);
        painter.setPen(QPen(theme_.color(active ? Token::Accent : Token::Strong), active ? 2 : 1));
        painter.setBrush(theme_.color(Token::Surface));
        painter.drawRoundedRect(grip, theme_.unit() * 0.6, theme_.unit() * 0.6);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.color(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius + 2, radius + 2);
    }
}

void SplitBar::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    dragged_ = dividerAt(event->position());
    if (dragged_ >= 0) current_ = dragged_;
    update();
}

void SplitBar::mouseMoveEvent(QMouseEvent* event) {
    if (dragged_ >= 0) {
        const double share = (event->position().x() - track().left()) / std::max(1.0, track().width());
        move(dragged_, static_cast<int>(std::lround(share * 100)));
        return;
    }
    const int before = hovered_;
    hovered_ = dividerAt(event->position());
    setCursor(hovered_ >= 0 ? Qt::SplitHCursor : Qt::ArrowCursor);
    if (before != hovered_) update();
}

void SplitBar::mouseReleaseEvent(QMouseEvent*) {
    dragged_ = -1;
    update();
}

void SplitBar::leaveEvent(QEvent*) {
    hovered_ = -1;
    update();
}

void SplitBar::keyPressEvent(QKeyEvent* event) {
    if (shares_.size() < 2) return QWidget::keyPressEvent(event);
    const int at = shares_.divider(static_cast<std::size_t>(current_));
    const int last = static_cast<int>(shares_.size()) - 2;
    switch (event->key()) {
        case Qt::Key_Left: move(current_, at - 1); break;
        case Qt::Key_Right: move(current_, at + 1); break;
        case Qt::Key_PageDown: move(current_, at - 10); break;
        case Qt::Key_PageUp: move(current_, at + 10); break;
        case Qt::Key_Home: move(current_, 0); break;
        case Qt::Key_End: move(current_, 100); break;
        // Between dividers, where there are several.
        case Qt::Key_Up: current_ = std::max(0, current_ - 1); update(); break;
        case Qt::Key_Down: current_ = std::min(last, current_ + 1); update(); break;
        default: QWidget::keyPressEvent(event);
    }
}

void SplitBar::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void SplitBar::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

CanarySplitEditor::CanarySplitEditor(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    bar_ = new SplitBar(theme, this);
    spinRow_ = new QGridLayout;
    presetRow_ = new QHBoxLayout;
    presetLabel_ = makeCaption(theme, {}, this);
    presetRow_->addWidget(presetLabel_);
    for (const int percent : kPresets) {
        auto* button = new QPushButton(this);
        button->setObjectName(QStringLiteral("preset%1").arg(percent));
        connect(button, &QPushButton::clicked, this, [this, percent] {
            auto shares = bar_->shares();
            shares.set(std::min(presetArm_, shares.size() - 1), percent);
            bar_->setShares(shares);
            showShares();
            emit sharesEdited();
        });
        presets_.push_back(button);
        presetRow_->addWidget(button);
    }
    presetRow_->addStretch(1);
    column->addWidget(bar_);
    column->addLayout(spinRow_);
    column->addLayout(presetRow_);
    const auto space = [this, column] {
        column->setSpacing(theme_.gap(3));
        spinRow_->setHorizontalSpacing(theme_.gap(2));
        spinRow_->setVerticalSpacing(theme_.gap(2));
        presetRow_->setSpacing(theme_.gap(2));
    };
    space();
    connect(&theme_, &Theme::changed, this, space);
    connect(bar_, &SplitBar::sharesEdited, this, [this] {
        showShares();
        emit sharesEdited();
    });
    retranslate();
}

void CanarySplitEditor::retranslate() {
    for (std::size_t i = 0; i < presets_.size(); ++i) presets_[i]->setText(formatPercent(kPresets[i]));
    showPresets();
}

void CanarySplitEditor::setArms(const std::vector<SplitArm>& arms) {
    arms_ = arms;
    bar_->setArms(arms);
    for (auto* widget : spinWidgets_) {
        widget->hide();
        widget->deleteLater();
    }
    spinWidgets_.clear();
    spins_.clear();
    presetArm_ = arms.size() > 1 ? 1 : 0;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        auto* spin = new QSpinBox(this);
        spin->setObjectName(QStringLiteral("share%1").arg(i));
        spin->setRange(0, 100);
        spin->setSuffix(QStringLiteral(" %"));
        spin->setAlignment(Qt::AlignRight);
        spin->setKeyboardTracking(false);
        spin->setAccessibleName(tr("Share of %1 in percent").arg(arms[i].name));
        spin->setFont(theme_.tabularFont());
        auto* swatch = new Swatch(theme_, arms[i].color, this);
        auto* name = new QLabel(arms[i].name, this);
        name->setBuddy(spin);
        // At most two rows of boxes for the usual number of arms.
        const int row = static_cast<int>(i / 3), column = static_cast<int>(i % 3) * 4;
        spinRow_->addWidget(swatch, row, column);
        spinRow_->addWidget(name, row, column + 1);
        spinRow_->addWidget(spin, row, column + 2);
        spinRow_->setColumnMinimumWidth(column + 3, theme_.gap(4));
        for (QWidget* widget : {static_cast<QWidget*>(swatch), static_cast<QWidget*>(name), static_cast<QWidget*>(spin)}) spinWidgets_.push_back(widget);
        spins_.push_back(spin);
        connect(spin, &QSpinBox::valueChanged, this, [this, i](int value) {
            auto shares = bar_->shares();
            shares.set(i, value);
            presetArm_ = i;
            bar_->setShares(shares);
            showShares();
            showPresets();
            emit sharesEdited();
        });
    }
    spinRow_->setColumnStretch(12, 1);
    showPresets();
}

void CanarySplitEditor::setShares(const SplitShares& shares) {
    bar_->setShares(shares);
    showShares();
}

void CanarySplitEditor::showShares() {
    for (std::size_t i = 0; i < spins_.size() && i < shares().size(); ++i) {
        QSignalBlocker block(spins_[i]);
        spins_[i]->setValue(shares()[i]);
    }
}

void CanarySplitEditor::showPresets() {
    const auto arm = presetArm_ < arms_.size() ? arms_[presetArm_].name : QString();
    presetLabel_->setText(tr("Give %1", "label before buttons 1 % 5 % 10 %; %1 is an arm of a split").arg(arm));
    for (std::size_t i = 0; i < presets_.size(); ++i)
        presets_[i]->setAccessibleName(tr("Give %1 %2", "%1 arm, %2 percentage").arg(arm, formatPercent(kPresets[i])));
}

void CanarySplitEditor::setReadOnly(bool readOnly, const QString& reason) {
    setEnabled(!readOnly);
    setToolTip(reason);
}

}  // namespace gatehouse::ui
