// ScenarioForm: what the laboratory shall compare: a scenario with its load and its lags, and the policies. Thread: GUI.
#pragma once

#include "lab/sim/scenario.h"
#include "widgets/card.h"

#include <QHash>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QScrollArea;
class QSpinBox;
class QToolButton;

namespace gatehouse::ui {

class MessageBar;
struct ViewContext;

class ScenarioForm : public Card {
    Q_OBJECT
  public:
    ScenarioForm(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    /// As the fields say.
    lab::sim::Scenario scenario() const;
    /// Why it cannot be run; empty: it can.
    QString problem() const;
    /// Takes over a scenario's values; it becomes a choice of the list where it is none.
    void choose(const lab::sim::Scenario& scenario);
    bool openFile(const QString& path);
    /// Tall enough for all fields.
    QSize sizeHint() const override;

  signals:
    void edited();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void retranslate();
    void takeChoice();
    void showAmount();
    void checkAll(bool checked);

    ViewContext& context_;
    MessageBar& messages_;
    std::vector<lab::sim::Scenario> choices_;
    bool filling_ = false;
    void fitWidth();

    QScrollArea* scroll_;
    QComboBox* choice_;
    QLabel* about_;
    QToolButton* open_;
    QFormLayout* fields_;
    QHash<QWidget*, QLabel*> labels_;
    QSpinBox *servers_, *duration_, *seeds_, *scrape_, *compute_;
    QDoubleSpinBox *rate_, *decision_;
    QCheckBox* race_;
    QLabel* policiesLabel_;
    QToolButton *all_, *none_;
    QListWidget* policies_;
    QLabel* amount_;
};

}  // namespace gatehouse::ui
