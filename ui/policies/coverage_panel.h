// CoveragePanel: what the guards of the chosen policy truly look at: a grid of every API that clients may speak against directions, streams and
// tools, found out by the code that serves requests. Thread: GUI. Lifetime: the Policies view's.
#pragma once

#include "llm/guard_coverage.h"
#include "policies/prompt_trial.h"
#include "widgets/card.h"

#include <optional>
#include <vector>

class QTreeWidget;
class QLabel;

namespace gatehouse::ui {

struct ViewContext;

/// "inspected by ai.promptGuard.request.regex", "not inspected", "no such text"
QString coverageText(const llm::CoverageCell& cell);

class CoveragePanel : public Card {
    Q_OBJECT
  public:
    explicit CoveragePanel(ViewContext& context, QWidget* parent = nullptr);
    void setPolicy(const CompiledPolicy& policy);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void showGrid();
    static QString legendText();

    ViewContext& context_;
    std::vector<llm::CoverageRow> rows_;
    QTreeWidget* grid_;
    QLabel* legend_;
};

}  // namespace gatehouse::ui
