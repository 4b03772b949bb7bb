#include "widgets/segmented_control.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStyleOptionToolButton>
#include <QToolButton>

#include <algorithm>

namespace gatehouse::ui {

namespace {

/// Where room is short, the icon beside words leaves, then the words, whose place it takes again, rather than being cut to dots; words alone
/// stay whole.
class SegmentButton : public QToolButton {
  public:
    explicit SegmentButton(QWidget* parent) : QToolButton(parent) { setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); }

    QSize sizeHint() const override {
        measuring_ = true;
        const QSize whole = QToolButton::sizeHint();
        measuring_ = false;
        return whole;
    }
    QSize minimumSizeHint() const override {
        const QSize whole = sizeHint();
        return icon().isNull() ? whole : QSize(std::max(whole.width() - wordsWidth(), iconSize().width()), whole.height());
    }

  protected:
    void initStyleOption(QStyleOptionToolButton* option) const override {
        QToolButton::initStyleOption(option);
        if (measuring_ || icon().isNull() || width() >= sizeHint().width()) return;
        const bool words = width() >= wordsWidth() + iconSize().width() / 2;
        option->toolButtonStyle = words ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly;
    }

  private:
    int wordsWidth() const { return fontMetrics().size(Qt::TextShowMnemonic, text()).width(); }

    mutable bool measuring_ = false;
};

}  // namespace

SegmentedControl::SegmentedControl(Theme& theme, const QString& name, QWidget* parent) : QWidget(parent), theme_(theme) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void SegmentedControl::addSegment(const QString& id, const QString& text, const QString& icon) {
    auto* button = new SegmentButton(this);
    button->setObjectName(id);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setText(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(icon.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    if (!icon.isEmpty()) {
        button->setIcon(theme_.icon(icon));
        button->setToolTip(text);
    }
    button->setChecked(segments_.empty());
    layout()->addWidget(button);
    segments_.push_back({id, button});
    connect(button, &QToolButton::toggled, this, [this, id](bool on) {
        if (on) emit currentChanged(id);
    });
    shape();
}

void SegmentedControl::shape() {
    std::vector<QToolButton*> shown;
    for (const Segment& segment : segments_)
        if (!segment.button->isHidden()) shown.push_back(segment.button);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool first = i == 0, last = i + 1 == shown.size();
        shown[i]->setProperty("segment", first && last ? QStringLiteral("only")
                                         : first       ? QStringLiteral("first")
                                         : last        ? QStringLiteral("last")
                                                       : QStringLiteral("middle"));
        shown[i]->update();
    }
}

QToolButton* SegmentedControl::buttonOf(const QString& id) const {
    for (const Segment& segment : segments_) {
        if (segment.id == id) return segment.button;
    }
    return nullptr;
}

void SegmentedControl::setSegmentText(const QString& id, const QString& text) {
    if (QToolButton* button = buttonOf(id)) {
        if (button->toolTip() == button->text()) button->setToolTip(text);
        button->setText(text);
        button->setAccessibleName(text);
    }
}

void SegmentedControl::setSegmentEnabled(const QString& id, bool enabled, const QString& reason) {
    if (QToolButton* button = buttonOf(id)) {
        button->setEnabled(enabled);
        button->setToolTip(reason.isEmpty() && !button->icon().isNull() ? button->text() : reason);
    }
}

void SegmentedControl::setSegmentShown(const QString& id, bool shown) {
    QToolButton* button = buttonOf(id);
    if (button == nullptr || button->isHidden() != shown) return;
    button->setVisible(shown);
    shape();
}

QString SegmentedControl::current() const {
    for (const Segment& segment : segments_) {
        if (segment.button->isChecked()) return segment.id;
    }
    return {};
}

void SegmentedControl::setCurrent(const QString& id) {
    if (QToolButton* button = buttonOf(id)) button->setChecked(true);
}

void SegmentedControl::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int count = int(segments_.size());
    for (int i = 0; i < count; ++i) {
        if (!segments_[std::size_t(i)].button->isChecked()) continue;
        for (int next = i + step; next >= 0 && next < count; next += step) {
            QToolButton* button = segments_[std::size_t(next)].button;
            if (!button->isEnabled() || button->isHidden()) continue;
            button->setChecked(true);
            button->setFocus(Qt::TabFocusReason);
            return;
        }
        return;
    }
}

}  // namespace gatehouse::ui
