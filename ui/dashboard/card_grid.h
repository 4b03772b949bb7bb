// CardGrid: cards in two columns; in one where two would be too narrow to read. Where they have no room it scrolls rather than squeezing
// them. Thread: GUI. Lifetime: its parent's.
#pragma once

#include <QScrollArea>

#include <utility>
#include <vector>

class QGridLayout;

namespace gatehouse::ui {

class Theme;

class CardGrid : public QScrollArea {
    Q_OBJECT
  public:
    CardGrid(Theme& theme, QWidget* parent);

    /// What cards are made children of.
    QWidget* page() const { return page_; }
    /// Places count row by row. Several cards may have one place: one of them is shown.
    void add(QWidget* card, int place);
    int columns() const { return columns_; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void arrange();

    Theme& theme_;
    QWidget* page_;
    QGridLayout* grid_;
    std::vector<std::pair<QWidget*, int>> cards_;
    int columns_ = 0;
};

}  // namespace gatehouse::ui
