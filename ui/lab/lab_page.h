// LabPage: the laboratory: policies compared on simulated model servers, and recorded decisions taken again under another policy.
// Thread: GUI.
#pragma once

#include "widgets/view.h"

class QPushButton;
class QStackedLayout;

namespace gatehouse::ui {

class LabRuns;
class ReflowArea;
class ReplayPane;
class ResultsPane;
class ScenarioForm;
class SegmentedControl;

class LabPage : public View {
    Q_OBJECT
  public:
    LabPage(ViewContext& context, QWidget* parent);

    QString title() const override;
    void setActive(bool active) override;
    /// "replay" or "simulation"; a built-in scenario's name chooses it.
    void openTarget(const QString& target) override;

    LabRuns& runs() { return *runs_; }
    ScenarioForm& form() { return *form_; }
    ResultsPane& results() { return *results_; }
    ReplayPane& replay() { return *replay_; }
    /// What the primary button does: compare, or replay.
    void run();

  protected:
    void retranslate() override;

  private:
    void showState();
    bool replays() const;

    LabRuns* runs_;
    SegmentedControl* part_;
    QPushButton* start_;
    QStackedLayout* pages_;
    ReflowArea* simulation_;
    ScenarioForm* form_;
    ResultsPane* results_;
    ReplayPane* replay_;
};

}  // namespace gatehouse::ui
