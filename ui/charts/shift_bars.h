// ShiftBars: how shares move: a row per thing with two thin bars, before and after, and both numbers. Those that move most stand first. Thread: GUI.
#pragma once

#include "charts/chart.h"

namespace gatehouse::ui {

class ShiftBars : public Chart {
    Q_OBJECT
  public:
    struct Row {
        QString name;
        double before = 0, after = 0;  ///< Percent.
    };

    explicit ShiftBars(Theme& theme, QWidget* parent = nullptr);

    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return rows_; }
    /// At most this many are drawn; the table twin has all.
    void setMostRows(int rows);

    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void restyle() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    int rowHeight() const;
    int legendHeight() const;
    int shownRows() const;

    std::vector<Row> rows_;
    int mostRows_ = 8;
};

}  // namespace gatehouse::ui
