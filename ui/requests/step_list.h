// StepList: the decisions of a request from top to bottom: an icon for the outcome, what was decided about, and the sentence with
// the values used. Thread: GUI.
#pragma once

#include "route/decision.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace gatehouse::ui {

class Theme;

class StepList : public QWidget {
    Q_OBJECT
  public:
    StepList(Theme& theme, const std::vector<route::Step>& steps, QWidget* parent = nullptr);

    static QString stageName(const std::string& stage);
    static QString outcomeName(route::StepOutcome outcome);
};

}  // namespace gatehouse::ui
