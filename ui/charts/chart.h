// Chart: the base of every drawing of data in the console. A chart can always be read as a table (its twin), saved as a picture or
// as CSV, paused so that it looks paused, and described in one sentence to a screen reader. Thread: GUI.
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QWidget>

#include <vector>

namespace gatehouse::ui {

class Theme;

/// What a chart shows, as a table. Cells are text, numbers or QDateTime; a NaN or an invalid cell is a missing value.
struct ChartTable {
    struct Column {
        QString name;
        int decimals = -1;  ///< Numbers are written with these; -1 = text.
    };
    std::vector<Column> columns;
    std::vector<std::vector<QVariant>> rows;

    /// The cell as shown, by the user's locale; "–" for a missing value.
    QString display(std::size_t row, std::size_t column) const;
    /// RFC 4180 with a header line and LF; numbers and times the same for every locale; missing values empty.
    QString toCsv() const;
};

class Chart : public QWidget {
    Q_OBJECT
  public:
    explicit Chart(Theme& theme, QWidget* parent = nullptr);

    virtual ChartTable table() const = 0;
    /// The chart as shown, at `scale` pixels per unit.
    virtual QImage image(double scale) const;
    /// Display only: what is drawn stays and looks so. The owner stops feeding.
    void setPaused(bool paused);
    bool isPaused() const { return paused_; }

  protected:
    Theme& theme() const { return theme_; }
    /// Colours, fonts and metrics again: the theme changed, or pause began or ended.
    virtual void restyle() = 0;
    /// A drawing colour: as it is, or faded while paused.
    QColor ink(const QColor& color) const;

  private:
    Theme& theme_;
    bool paused_ = false;
};

/// The next of 1, 2, 5, 10, 20 ... at or above a value: steps of an axis.
double roundUp(double value);
/// A field of a CSV line, in quotes where it must be (RFC 4180).
QString csvField(QString field);
/// `color` laid over `base` with `strength` 0..1.
QColor mixColors(const QColor& base, const QColor& color, double strength);

}  // namespace gatehouse::ui
