// LastPickCard: why the last request went to its pod: the reason in words, the scores of the candidates, the way to the request. A pick stays
// long enough to be read. Thread: GUI.
#pragma once

#include "charts/chart_frame.h"

#include <QElapsedTimer>

class QLabel;
class QToolButton;

namespace gatehouse::ui {

class EngineBridge;
class ScoreBars;

class LastPickCard : public ChartCard {
    Q_OBJECT
  public:
    LastPickCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, QWidget* parent);

    void retranslate();
    /// Looks for a newer pick of the pool (empty = of any).
    void showLast(const EngineBridge& engine, const QString& pool);

  signals:
    void requestChosen(const QString& requestId);

  private:
    Theme& theme_;
    ScoreBars* scores_;
    QLabel* reason_;
    QToolButton* open_;
    QElapsedTimer shown_;
    QString request_;
    QString pool_;
};

}  // namespace gatehouse::ui
