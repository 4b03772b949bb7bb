// DiffPane: one file of an export as text, as a unified diff or side by side. Added and removed lines have a marker and a tint, so
// that colour is never alone. Thread: GUI.
#pragma once

#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QString>

#include <vector>

namespace gatehouse::ui {

class Theme;

/// Read-only text in the fixed font with tinted lines.
class DiffText : public QPlainTextEdit {
    Q_OBJECT
  public:
    enum class Mark { None, Removed, Added, Absent };
    struct Line {
        QString text;
        Mark mark = Mark::None;
    };
    DiffText(Theme& theme, QWidget* parent);
    void setLines(std::vector<Line> lines);

  private:
    void tintLines();

    Theme& theme_;
    std::vector<Line> lines_;
};

class DiffPane : public QStackedWidget {
    Q_OBJECT
  public:
    enum class Mode { Text, Unified, SideBySide };

    DiffPane(Theme& theme, QWidget* parent = nullptr);
    void setMode(Mode mode);
    Mode mode() const { return mode_; }
    void setTexts(const QString& before, const QString& after);
    void retranslate();
    /// What is shown, with markers, for tests and copying.
    QString shownText() const;

  private:
    void show();

    Mode mode_ = Mode::Text;
    QString before_, after_;
    DiffText* single_;
    DiffText* left_;
    DiffText* right_;
};

}  // namespace gatehouse::ui
