// PodTableCard: the table twin of the dashboard: every pod with its last metrics, sortable, saved as CSV. Thread: GUI.
#pragma once

#include "models/pod_order.h"
#include "widgets/card.h"

class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Dialogs;
class EngineBridge;
class MessageBar;
class PodTableModel;

class PodTableCard : public Card {
    Q_OBJECT
  public:
    PodTableCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, QWidget* parent);

    void retranslate();
    /// `pods`: those of the chosen pool; `pool` its name, empty for all.
    void feed(const EngineBridge& engine, const std::vector<const PodHistory*>& pods, const QString& pool);
    /// Selects a pod by its name ("default/llm-3"); false when it is not in the table.
    bool selectPod(const QString& name);

  private:
    void save();

    Dialogs& dialogs_;
    MessageBar& messages_;
    PodTableModel* model_;
    QTableView* table_;
    QToolButton* save_;
};

}  // namespace gatehouse::ui
