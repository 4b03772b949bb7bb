// StackedShareBars: how picks were shared out over time: one stacked column per step, 0 to 100 %, parts grouped (pool by pool) and
// named at the right end with their share now. Thread: GUI.
#pragma once

#include "charts/time_plot.h"

#include <QColor>

#include <functional>

class QCPBars;
class QCPItemRect;

namespace gatehouse::ui {

class StackedShareBars : public TimePlot {
    Q_OBJECT
  public:
    struct Part {
        QString id;
        QString label;                  ///< "llm-3"
        QString group;                  ///< "chat-stable"; parts of a group come one after another.
        std::function<QColor()> color;  ///< The group's colour; parts of one group are told apart by shade.
    };
    struct ColumnData {
        double end = 0;              ///< Right edge.
        std::vector<double> shares;  ///< Percent, in the order of the parts; all 0 = nothing was picked.
    };

    StackedShareBars(Theme& theme, PlotSync& sync, QWidget* parent = nullptr);

    void setName(const QString& name);
    void setParts(const std::vector<Part>& parts);
    /// All columns, oldest first, each `step` seconds wide.
    void setColumns(double step, std::vector<ColumnData> columns);
    /// Share of one group in the last column, percent.
    double groupShare(const QString& group) const;
    int columnCount() const { return static_cast<int>(columns_.size()); }

    ChartTable table() const override;

  protected:
    void placeLabels() override;
    QString describe() const override;
    void restyle() override;

  private:
    struct Drawn {
        Part part;
        double shade = 1;
        QCPBars* bars = nullptr;
        QCPItemText* label = nullptr;
        QCPItemRect* swatch = nullptr;
    };
    const ColumnData* readColumn() const;

    std::vector<Drawn> parts_;
    std::vector<ColumnData> columns_;
    double step_ = 10;
};

}  // namespace gatehouse::ui
