#include "widgets/fade.h"

#include "theme/theme.h"

#include <QGraphicsOpacityEffect>
#include <QPropertyAnimation>
#include <QWidget>

namespace gatehouse::ui {
namespace {

constexpr int kFadeMillis = 120;

}  // namespace

void fadeIn(QWidget* widget, const Theme& theme) {
    if (theme.reducedMotion() || widget->graphicsEffect()) return;
    auto* effect = new QGraphicsOpacityEffect(widget);
    effect->setOpacity(0);
    widget->setGraphicsEffect(effect);
    auto* animation = new QPropertyAnimation(effect, "opacity", effect);
    animation->setDuration(kFadeMillis);
    animation->setStartValue(0.0);
    animation->setEndValue(1.0);
    // Later: the effect must not go while its own animation speaks.
    QObject::connect(animation, &QPropertyAnimation::finished, widget, [widget] { widget->setGraphicsEffect(nullptr); }, Qt::QueuedConnection);
    animation->start();
}

}  // namespace gatehouse::ui
