// CanaryCard: the plan of one split's canary with its keys, the verdict and where a difference sits, and the metrics. What it shows and
// does is CanaryStudio's. Thread: GUI.
#pragma once

#include "canary/canary_studio.h"
#include "widgets/card.h"

#include <string>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableView;

namespace gatehouse::ui {

class MessageBar;
class StatusChip;
class VerdictTableModel;
struct ViewContext;

class CanaryCard : public Card {
    Q_OBJECT
  public:
    /// Actions belong to `owner`, the view: their keys work wherever in it the focus is.
    CanaryCard(ViewContext& context, CanaryStudio& studio, MessageBar& messages, QWidget* owner, QWidget* parent);

    void showSplit(const std::string& id);
    void retranslate();
    /// The split's canary runs, waits or is over: its own buttons change the weights.
    bool engaged() const;

  private:
    void buildControls();
    void buildPlan();
    void addActions(QWidget* owner);
    QPushButton* addButton(const QString& name, const QString& icon, const QString& action);
    void refresh();
    void showVerdict();
    void showButtons();
    void showPlan();
    bool takePlan();
    void tell(const Result<void>& done);
    void startOrStep();
    void exportReport();
    QString nextText(const canary::CanaryRun& run) const;
    QString lastEvent(const canary::CanaryRun& run) const;
    canary::CanaryRun* run() { return studio_.runOf(id_); }

    ViewContext& view_;
    CanaryStudio& studio_;
    MessageBar& messages_;
    std::string id_;
    StatusChip* verdict_;
    QLabel* summary_;
    QLabel* where_;
    QLabel* event_;
    QPushButton *step_ = nullptr, *pause_ = nullptr, *promote_ = nullptr, *rollBack_ = nullptr, *undo_ = nullptr, *report_ = nullptr;
    QCheckBox *armed_ = nullptr, *automatic_ = nullptr;
    QLabel *stepsLabel_ = nullptr, *holdLabel_ = nullptr, *armLabel_ = nullptr;
    QLineEdit* steps_ = nullptr;
    QSpinBox* hold_ = nullptr;
    QComboBox* arm_ = nullptr;
    QTableView* table_;
    VerdictTableModel* model_;
};

}  // namespace gatehouse::ui
