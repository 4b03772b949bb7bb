// LinePlot: lines over time in one panel or in many small ones with the same axes. One-pixel lines, the last value (or the one at
// the crosshair) as text at the line's end, missing data as a gap. Thread: GUI.
#pragma once

#include "charts/time_plot.h"

#include <QColor>

#include <deque>
#include <functional>
#include <unordered_map>

class QCPGraph;
class QCPItemRect;

namespace gatehouse::ui {

class LinePlot : public TimePlot {
    Q_OBJECT
  public:
    struct Line {
        QString id;
        QString label;  ///< "llm-3"; written before the value where the panel has several lines.
        std::function<QColor()> color;  ///< Asked again when the theme changes.
        QString fillTo{};     ///< The line of the panel down to which the area is tinted.
        bool unnamed = false; ///< Has no label: an edge of a band.
    };
    struct PanelSpec {
        QString title;
        std::vector<Line> lines;
    };
    struct ValueAxis {
        QString name;          ///< "GPU memory", for the description and the table.
        QString unit;          ///< "%", empty for counts.
        double fixedUpper = 0; ///< 0 = grows with the data in round steps.
        double leastUpper = 4; ///< Smallest upper end where it grows.
        int decimals = 0;
    };

    LinePlot(Theme& theme, PlotSync& sync, QWidget* parent = nullptr);

    void setValueAxis(const ValueAxis& axis);
    /// A dashed line across every panel, named once.
    void setLimit(double value, const QString& name);
    /// Replaces all panels and drops their data.
    void setPanels(const std::vector<PanelSpec>& panels);
    /// Adds a sample, newer than the last; NaN is a gap.
    void append(const QString& lineId, double time, double value);
    /// Replaces all samples of a line; times rising.
    void replace(const QString& lineId, const QVector<double>& times, const QVector<double>& values);
    /// Forgets samples before `time`.
    void trim(double time);
    /// Draws what was appended.
    void commit();
    /// Words after a panel's title ("stale 4 s"); a panel with a note is hatched.
    void setNote(int panel, const QString& note);

    int lineCount() const { return static_cast<int>(lines_.size()); }
    int sampleCount(const QString& lineId) const;
    double valueAt(const QString& lineId, double time) const;  ///< Last sample at or before `time`; NaN without one.

    ChartTable table() const override;

  protected:
    void placeLabels() override;
    QString describe() const override;
    void restyle() override;

  private:
    struct Drawn {
        Line spec;
        int panel = 0;
        QCPGraph* graph = nullptr;
        QCPItemText* label = nullptr;
        QCPItemRect* swatch = nullptr;
    };
    struct Header {
        QString title, note;
        QCPItemText* title_ = nullptr;
        QCPItemText* note_ = nullptr;
        QCPItemLine* limit = nullptr;
        QCPItemText* limitName = nullptr;
        bool several = false;
    };

    void clearPanels();
    void fitValues();
    double readAt(const Drawn& line) const;
    QString valueText(double value) const;
    int labelRoom() const;

    ValueAxis axis_;
    double limit_ = 0;
    QString limitName_;
    double upper_ = 0;
    std::vector<Header> headers_;
    std::vector<Drawn> lines_;
    std::unordered_map<std::string, std::size_t> byId_;
};

}  // namespace gatehouse::ui
