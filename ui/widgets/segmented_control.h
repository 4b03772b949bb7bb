// SegmentedControl: two to five exclusive choices in one outlined row (chart or table, form or YAML). Arrow keys move between them. Thread: GUI.
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QToolButton;

namespace gatehouse::ui {

class Theme;

class SegmentedControl : public QWidget {
    Q_OBJECT
  public:
    /// `name` is the accessible name of the whole choice ("Shown as").
    SegmentedControl(Theme& theme, const QString& name, QWidget* parent = nullptr);

    /// The first one added is current. `icon` may be empty.
    void addSegment(const QString& id, const QString& text, const QString& icon = {});
    void setSegmentText(const QString& id, const QString& text);
    void setSegmentEnabled(const QString& id, bool enabled, const QString& reason = {});
    /// A choice that is no longer offered must not be the current one.
    void setSegmentShown(const QString& id, bool shown);
    QString current() const;
    void setCurrent(const QString& id);  ///< Emits currentChanged when it is another one.

  signals:
    void currentChanged(const QString& id);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Segment {
        QString id;
        QToolButton* button;
    };
    QToolButton* buttonOf(const QString& id) const;
    void shape();

    Theme& theme_;
    std::vector<Segment> segments_;
};

}  // namespace gatehouse::ui
