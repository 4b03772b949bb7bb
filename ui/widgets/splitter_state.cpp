#include "widgets/splitter_state.h"

#include <QEvent>
#include <QSettings>
#include <QSplitter>
#include <QTimer>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr int kSaveDelayMillis = 500;

/// Turns shares into sizes at the first layout, when the splitter knows its width.
class FirstSizes : public QObject {
  public:
    FirstSizes(QSplitter* splitter, QList<int> shares) : QObject(splitter), splitter_(splitter), shares_(std::move(shares)) {
        splitter->installEventFilter(this);
    }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        const int length = splitter_->orientation() == Qt::Horizontal ? splitter_->width() : splitter_->height();
        const bool shown = event->type() == QEvent::Show;
        if ((shown || event->type() == QEvent::Resize) && length > 0) {
            int total = 0;
            for (const int share : shares_) total += share;
            QList<int> sizes;
            for (const int share : shares_) sizes << length * share / std::max(1, total);
            splitter_->setSizes(sizes);
            // Later resizes keep the proportions by the stretch factors; a person's drag is kept by the settings.
            if (shown || splitter_->isVisible()) {
                splitter_->removeEventFilter(this);
                deleteLater();
            }
        }
        return QObject::eventFilter(watched, event);
    }

  private:
    QSplitter* splitter_;
    QList<int> shares_;
};

}  // namespace

void keepSplitter(QSplitter* splitter, const QString& key, const QList<int>& shares) {
    splitter->setChildrenCollapsible(false);
    for (int i = 0; i < splitter->count() && i < shares.size(); ++i) splitter->setStretchFactor(i, shares[i]);
    const QString name = QStringLiteral("splitters/") + key;
    const QByteArray state = QSettings().value(name).toByteArray();
    if (state.isEmpty() || !splitter->restoreState(state)) new FirstSizes(splitter, shares);
    splitter->setChildrenCollapsible(false);
    auto* delay = new QTimer(splitter);
    delay->setSingleShot(true);
    delay->setInterval(kSaveDelayMillis);
    QObject::connect(delay, &QTimer::timeout, splitter, [splitter, name] { QSettings().setValue(name, splitter->saveState()); });
    QObject::connect(splitter, &QSplitter::splitterMoved, delay, [delay] { delay->start(); });
}

}  // namespace gatehouse::ui
