// StallWatchdog: notices when the GUI thread was held up, by a heartbeat that comes late. Debug builds warn over 100 ms; tests read worst().
// Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace gatehouse::ui {

class StallWatchdog : public QObject {
    Q_OBJECT
  public:
    explicit StallWatchdog(QObject* parent = nullptr);
    void start();
    void stop();
    qint64 worst() const { return worst_; }  ///< Longest delay in milliseconds since start().

  signals:
    void stalled(qint64 millis);

  private:
    void beat();

    QTimer timer_;
    QElapsedTimer since_;
    qint64 worst_ = 0;
};

}  // namespace gatehouse::ui
