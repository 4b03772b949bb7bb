#include "lab/reflow_area.h"

#include "theme/theme.h"

#include <QResizeEvent>
#include <QSplitter>

namespace gatehouse::ui {
namespace {

/// Of a part that stands beside another one: below that nothing of it could be read.
constexpr int kLeastLines = 14;

}  // namespace

ReflowArea::ReflowArea(Theme& theme, QWidget* content, QSplitter* split, int characters, std::vector<int> lines, QWidget* parent)
    : QScrollArea(parent), theme_(theme), split_(split), characters_(characters), lines_(std::move(lines)) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    connect(&theme_, &Theme::changed, this, &ReflowArea::arrange);
    arrange();
}

void ReflowArea::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    arrange();
}

void ReflowArea::arrange() {
    const QFontMetrics body(theme_.bodyFont());
    const bool stacked = width() < body.averageCharWidth() * characters_;
    if (stacked != stacked_) {
        stacked_ = stacked;
        split_->setOrientation(stacked ? Qt::Vertical : Qt::Horizontal);
    }
    for (int i = 0; i < split_->count(); ++i) {
        const int wished = lines_[static_cast<std::size_t>(i)];
        const int own = split_->widget(i)->sizeHint().height();
        const int least = !stacked ? body.lineSpacing() * kLeastLines : wished > 0 ? body.lineSpacing() * wished : own;
        if (split_->widget(i)->minimumHeight() != least) split_->widget(i)->setMinimumHeight(least);
    }
}

}  // namespace gatehouse::ui
