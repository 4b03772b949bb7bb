// DrillPanel: the fault drill of one provider: a rule that leads to it, run with simulated providers of which the first fails in each of the
// ways in which providers fail, and what a client gets each time. Thread: GUI; the drill runs beside it. Lifetime: the Providers view's.
#pragma once

#include "bridge/background_run.h"
#include "gateway/fault_drill.h"
#include "widgets/card.h"

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QToolButton;
class QTreeWidget;

namespace gatehouse::ui {

class MessageBar;
struct ViewContext;

/// "Another provider answered", in the person's language.
QString drillOutcomeText(gateway::DrillOutcome outcome);
/// "429 without Retry-After", the same.
QString faultText(const lab::FaultCase& fault);

class DrillPanel : public Card {
    Q_OBJECT
  public:
    DrillPanel(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    /// The object whose rules can be drilled, and the workspace that is run. Another object stops a drill under way.
    void setObject(const config::ObjectKey& object, std::shared_ptr<const config::ObjectSet> objects);
    /// Reads the rules, once the panel is looked at.
    void activate();
    bool isRunning() const { return run_.running(); }
    const std::vector<gateway::DrillLine>& lines() const { return lines_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct Choice {
        QString name;
        std::string ruleId;
        std::size_t backend = 0;
    };
    void retranslate();
    void takeRules(const std::vector<gateway::RehearsalRule>& rules);
    void start();
    void addLine(const gateway::DrillLine& line);
    void showState();
    void save();

    ViewContext& context_;
    MessageBar& messages_;
    config::ObjectKey object_;
    std::shared_ptr<const config::ObjectSet> objects_;
    bool stale_ = true;    ///< The rules of `object_` were not read yet.
    std::vector<Choice> choices_;
    std::vector<gateway::DrillLine> lines_;
    QString problem_;
    QComboBox* rule_;
    QLabel* ruleLabel_;
    QPushButton* start_;
    QToolButton* save_;
    QLabel* summary_;
    QTreeWidget* table_;
    QStackedLayout* pages_;
    EmptyState* empty_;
    BackgroundRun reading_;
    BackgroundRun run_;  ///< Last: gone before what it hands things to.
};

}  // namespace gatehouse::ui
