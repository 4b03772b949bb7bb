// ScoreBars: why one pod was picked: a row per candidate with its weighted contributions as one stacked bar, so that lengths add
// to the total; who was left out and why in words. Arrow keys move through the rows. Thread: GUI.
#pragma once

#include "charts/chart.h"
#include "inference/pool.h"

#include <QColor>

#include <memory>

namespace gatehouse::ui {

class ScoreBars : public Chart {
    Q_OBJECT
  public:
    explicit ScoreBars(Theme& theme, QWidget* parent = nullptr);

    /// At most this many rows are drawn, best first; 0 = all. The table twin always has all.
    void setMostRows(int rows);
    /// Rows stay where they are from pick to pick, for a live display, as long as all fit; else (and by default) best first.
    void setSteady(bool steady) { steady_ = steady; }
    void setPick(std::shared_ptr<const inference::PickRecord> pick);
    const inference::PickRecord* pick() const { return pick_.get(); }
    int rowCount() const { return static_cast<int>(order_.size()); }
    /// What a term of a total is called: a cost's in the person's language, a profile's as its file names it.
    static QString termTitle(const std::string& name);

    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void restyle() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Part {
        QString name;
        QColor color;
        double value;
    };
    std::vector<Part> parts(const inference::Candidate& candidate) const;
    /// The candidate's parts are those of the pick's own terms: costs, or scorers of a profile.
    bool byTerms() const { return pick_ && !pick_->termNames.empty(); }
    /// Costs are shown in milliseconds.
    double shown(double value) const { return byTerms() && pick_->lowerIsBetter ? value * 1000 : value; }
    int rowHeight() const;
    int legendHeight() const;
    int shownRows() const;
    QString sentence(const inference::Candidate& candidate) const;
    QString totalText(const inference::Candidate& candidate) const;
    void describe();

    std::shared_ptr<const inference::PickRecord> pick_;
    std::vector<int> order_;  ///< Candidates: the chosen one, the others by score, then those left out.
    int mostRows_ = 0;
    bool steady_ = false;
    int current_ = -1;
};

}  // namespace gatehouse::ui
