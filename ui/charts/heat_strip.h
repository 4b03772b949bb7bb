// HeatStrip: many things over time, one row each, the value as colour: for more pods than small plots can show. Rows come in bands (pools), the
// worst of each band uppermost; what is missing is hatched. The pointer or the arrow keys name a row and read its value. Thread: GUI.
#pragma once

#include "charts/time_plot.h"

#include <vector>

class QCPColorMap;

namespace gatehouse::ui {

class HeatStrip : public TimePlot {
    Q_OBJECT
  public:
    struct Row {
        QString id;
        QString label;  ///< "llm-3"
        QString band;   ///< "chat-stable"; rows of a band come one after another.
        QString note;   ///< "Stale 4 s": shown in place of a value that is missing now.
    };
    struct Scale {
        QString name;           ///< "GPU memory", for the description and the table.
        QString unit;           ///< "%", empty for counts.
        double fixedUpper = 0;  ///< 0 = grows with the data in round steps.
        double leastUpper = 4;
        bool logarithmic = false;
        int decimals = 0;
    };

    HeatStrip(Theme& theme, PlotSync& sync, QWidget* parent = nullptr);

    void setScale(const Scale& scale);
    const Scale& scale() const { return scale_; }
    /// Upper end of the colours now.
    double upper() const { return upper_; }
    /// Where a value lies between the ends of the scale, 0 to 1; NaN where it is missing.
    double fraction(double value) const;
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return rows_; }
    /// `values[row]` holds one value for each step of `step` seconds, the first of them from `begin` on; NaN is missing.
    void setCells(double begin, double step, std::vector<std::vector<float>> values);
    double valueAt(const QString& id, double time) const;
    /// The row that is named now, -1 for none.
    int currentRow() const { return current_; }
    void setCurrentRow(int row);

    ChartTable table() const override;

  signals:
    void rowActivated(const QString& id);  ///< Enter or a double click on a row.
    void scaleChanged();                   ///< upper() is another.

  protected:
    void placeLabels() override;
    QString describe() const override;
    QString readoutDetail(double time) const override;
    void restyle() override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Named {
        QCPItemText* value = nullptr;  ///< "llm-3 96" right of the row.
        QCPItemLine* leader = nullptr;
    };
    struct Band {
        int first = 0, count = 0;
        QCPItemText* name = nullptr;
        QCPItemLine* edge = nullptr;
    };

    int rowAt(int y) const;
    float cell(int row, double time) const;
    double shownValue(int row) const;
    QString valueText(double value) const;
    void makeBands();
    void fill();
    void fitScale();
    std::vector<int> namedRows() const;

    Scale scale_;
    double upper_ = 100;
    std::vector<Row> rows_;
    std::vector<std::vector<float>> values_;
    double begin_ = 0, step_ = 1;
    int current_ = -1;
    QCPColorMap* map_ = nullptr;
    std::vector<Named> named_;
    std::vector<Band> bands_;
};

/// The colours of a strip and what they stand for: a bar from zero to the upper end, and the hatching of missing data.
class HeatLegend : public QWidget {
    Q_OBJECT
  public:
    HeatLegend(Theme& theme, HeatStrip& strip, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void describe();

    Theme& theme_;
    HeatStrip& strip_;
};

}  // namespace gatehouse::ui
