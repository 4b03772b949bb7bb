// StatusRow: the bottom line of the window: problems, unsaved files, the age of the data, settings. Each item opens something. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QWidget>

class QToolButton;

namespace gatehouse::ui {

class StatusChip;

class StatusRow : public QWidget {
    Q_OBJECT
  public:
    explicit StatusRow(Theme& theme, QWidget* parent = nullptr);

    void setProblems(int errors, int warnings);
    /// Without a workspace nothing is said about problems.
    void setChecked(bool checked);
    void setUnsaved(int files, bool demo);
    /// Texts that cannot be taken over yet.
    void setDrafts(int count);
    /// Milliseconds; -1 = no data.
    void setAge(qint64 millis, bool running);
    QToolButton* gear() { return gear_; }  ///< The shell gives it its menu.
    void retranslate();

  signals:
    void problemsClicked();
    void unsavedClicked();
    void draftsClicked();
    void ageClicked();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme& theme_;
    StatusChip* problems_;
    StatusChip* warnings_;
    StatusChip* unsaved_;
    StatusChip* drafts_;
    StatusChip* age_;
    QToolButton* gear_;
};

}  // namespace gatehouse::ui
