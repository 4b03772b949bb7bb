// PlotSync: what the plots of one page share: the time range, the crosshair and the events. While nobody zoomed or panned the
// range follows the newest data. Times are seconds since the epoch. Thread: GUI. Lifetime: longer than its plots.
#pragma once

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace gatehouse::ui {

class PlotSync : public QObject {
    Q_OBJECT
  public:
    struct Event {
        double time = 0;
        QString text;  ///< "Applied revision 3"
    };

    explicit PlotSync(QObject* parent = nullptr);

    /// Length of the live window, and the longest that one can zoom out to.
    void setSpan(double seconds);
    void setLongest(double seconds) { longest_ = seconds; }
    double span() const { return span_; }
    /// The time of the newest data; moves the window while following.
    void setNow(double time);
    /// The time of the oldest data: the live window starts there while there is less data than its length.
    void setOldest(double time) { oldest_ = time; }
    double now() const { return now_; }

    double lower() const { return lower_; }
    double upper() const { return upper_; }
    bool following() const { return following_; }
    /// Zooms by `factor` (below 1 = closer) so that the time `at` stays where it is.
    void zoom(double factor, double at);
    void pan(double seconds);
    /// Back to the live window.
    void reset();

    void setCursor(std::optional<double> time);
    std::optional<double> cursor() const { return cursor_; }

    void addEvent(double time, const QString& text);
    const std::vector<Event>& events() const { return events_; }

  signals:
    void rangeChanged();
    void followingChanged(bool following);
    void cursorChanged();
    void eventsChanged();

  private:
    void follow();
    void setRange(double lower, double upper, bool following);

    double span_ = 300;
    double longest_ = 600;
    double now_ = 0;
    std::optional<double> oldest_;
    double lower_ = 0, upper_ = 1;
    bool following_ = true;
    std::optional<double> cursor_;
    std::vector<Event> events_;
};

}  // namespace gatehouse::ui
