// ReflowArea: content with a splitter in it, side by side where there is width for that; where text is large or the window small, its parts
// stand below each other with the height that they need, and the whole scrolls. Thread: GUI.
#pragma once

#include <QScrollArea>

#include <vector>

class QSplitter;

namespace gatehouse::ui {

class Theme;

class ReflowArea : public QScrollArea {
    Q_OBJECT
  public:
    /// Stacked below `characters` of width. `lines`: the least height of each part, in lines of text; a 0 asks the part itself.
    ReflowArea(Theme& theme, QWidget* content, QSplitter* split, int characters, std::vector<int> lines, QWidget* parent = nullptr);
    bool isStacked() const { return stacked_; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void arrange();

    Theme& theme_;
    QSplitter* split_;
    int characters_;
    std::vector<int> lines_;
    bool stacked_ = false;
};

}  // namespace gatehouse::ui
