// StartPage: what the window shows while no workspace is open: three ways in, and the folders opened before. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace gatehouse::ui {

class StartCard;

class StartPage : public QWidget {
    Q_OBJECT
  public:
    explicit StartPage(Theme& theme, QWidget* parent = nullptr);
    void retranslate();
    void setRecent(const QStringList& folders);

  signals:
    void demoChosen();
    void folderChosen();
    void recentChosen(const QString& folder);

  private:
    void applyTheme();

    Theme& theme_;
    QLabel* title_;
    QLabel* caption_;
    StartCard* demo_;
    StartCard* folder_;
    StartCard* cluster_;
    QLabel* recentTitle_;
    QVBoxLayout* recent_;
    QStringList folders_;
};

}  // namespace gatehouse::ui
