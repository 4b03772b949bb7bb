// CanaryPage: the weighted splits of the workspace, the editor of the chosen one, and what its arms did. A staged split becomes one
// undo step when applied; rolling back needs no confirmation because it can be undone. Thread: GUI.
#pragma once

#include "base/clock.h"
#include "canary/canary_splits.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QHash>

#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedLayout;
class QTableView;
class QTreeWidget;

namespace gatehouse::gateway {
struct RuleState;
}

namespace gatehouse::ui {

class ArmTableModel;
class CanaryCard;
class CanarySplitEditor;
class CanaryStudio;
class Card;
class ChartCard;
class EmptyState;
class LinePlot;
class PlotSync;
class StatusChip;

class CanaryPage : public View {
    Q_OBJECT
  public:
    CanaryPage(ViewContext& context, QWidget* parent);

    QString title() const override;
    void setActive(bool active) override;
    /// `target`: an HTTPRoute's object id; its first split is chosen.
    void openTarget(const QString& target) override;

  protected:
    void retranslate() override;

  private:
    /// What the counters said when the weights were last changed.
    struct Baseline {
        std::vector<std::uint32_t> weights;
        base::WallTime since{};
        std::vector<std::uint64_t> requests, errors, inputTokens, outputTokens;
        bool sinceStart = true;
    };

    void buildEditor(QWidget* parent);
    void buildObserved(QWidget* parent);
    void takeObjects();
    void noteChanges();
    void choose(int row);
    void showStaged();
    void showObserved();
    void showHistory();
    void apply(const SplitShares& shares, const QString& name);
    void applyStaged();
    void rollBack();
    const CanarySplit* chosen() const;
    const gateway::RuleState* stateOf(const CanarySplit& split) const;
    std::function<QColor()> colorOf(const CanarySplit::Arm& arm, std::size_t index) const;
    QString ruleName(const CanarySplit& split) const;

    QStackedLayout* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    QSplitter* splitter_ = nullptr;
    Card* listCard_ = nullptr;
    QTreeWidget* list_ = nullptr;
    Card* editorCard_ = nullptr;
    CanarySplitEditor* editor_ = nullptr;
    QLabel* stagedNote_ = nullptr;
    QPushButton* rollBack_ = nullptr;
    QPushButton* discard_ = nullptr;
    QPushButton* apply_ = nullptr;
    CanaryStudio* studio_ = nullptr;
    CanaryCard* canary_ = nullptr;
    Card* observedCard_ = nullptr;
    QTableView* table_ = nullptr;
    ArmTableModel* arms_ = nullptr;
    StatusChip* ratioChip_ = nullptr;
    QLabel* ratio_ = nullptr;
    PlotSync* sync_ = nullptr;
    LinePlot* history_ = nullptr;
    ChartCard* historyCard_ = nullptr;

    std::vector<CanarySplit> splits_;
    std::string chosenId_;
    QHash<QString, Baseline> baselines_;  ///< By CanarySplit::id().
    SplitShares configured_;
    QElapsedTimer slow_;
};

}  // namespace gatehouse::ui
