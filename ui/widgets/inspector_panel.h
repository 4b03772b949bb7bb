// InspectorPanel: the right-hand details of what is selected, instead of a dialog: a heading, a caption, then sections of aligned label and value
// rows or of widgets, scrolling as one. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QFrame>
#include <QString>

#include <vector>

class QGridLayout;
class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::ui {

class InspectorPanel : public QFrame {
    Q_OBJECT
  public:
    /// `name` is the accessible name ("Request details").
    InspectorPanel(Theme& theme, const QString& name, QWidget* parent = nullptr);

    void setHeading(const QString& heading, const QString& caption = {});
    void setClosable(bool closable);  ///< A close button that emits closed(); off by default.
    void clear();                     ///< Removes every section.

    /// Starts a section; rows and widgets go to the last one. An empty title only makes a gap.
    void addSection(const QString& title);
    enum class Style { Plain, Fixed, Number };
    /// One row; the value can be selected and wraps. Returns the value's label, valid until clear().
    QLabel* addRow(const QString& label, const QString& value, Style style = Style::Plain);
    QLabel* addRow(const QString& label, const QString& value, Style style, Token token);
    /// A paragraph over the whole width.
    QLabel* addText(const QString& text, bool muted = false);
    /// A widget over the whole width; the panel owns it.
    void addWidget(QWidget* widget);

    QVBoxLayout* header() { return headerColumn_; }  ///< Below heading and caption: chips, buttons.

  signals:
    void closed();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void applyTheme();
    void colorLabel(QLabel* label) const;

    Theme& theme_;
    QLabel* heading_;
    QLabel* caption_;
    QToolButton* close_;
    QVBoxLayout* headerColumn_;
    QScrollArea* scroll_;
    QWidget* content_ = nullptr;
    QGridLayout* grid_ = nullptr;
    int row_ = 0;
};

}  // namespace gatehouse::ui
