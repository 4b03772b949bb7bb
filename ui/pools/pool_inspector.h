// PoolInspector: the facts of the chosen pod and of the shown pools, right of the drawings; values change in place, so that what is selected or scrolled
// to stays. Thread: GUI.
#pragma once

#include "pools/pool_facts.h"
#include "widgets/inspector_panel.h"

class QToolButton;

namespace gatehouse::ui {

class PoolInspector : public InspectorPanel {
    Q_OBJECT
  public:
    PoolInspector(Theme& theme, QWidget* parent);

    void retranslate();
    /// `opens`: the object that the button in the header opens; empty: each section of a pool has a button of its own.
    void show(const QString& heading, const QString& caption, const QString& opens, std::vector<PoolFact> facts);
    void setDecisionEnabled(bool enabled, const QString& tip);

  signals:
    void editWanted(const QString& objectId);
    void decisionWanted();

  private:
    bool sameRows(const std::vector<PoolFact>& facts) const;
    void build();

    Theme& theme_;
    std::vector<PoolFact> facts_;
    std::vector<QLabel*> values_;
    QString opens_;
    QToolButton* decision_;
    QToolButton* edit_;
};

}  // namespace gatehouse::ui
