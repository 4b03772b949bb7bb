// PromptPanel: type a prompt or an answer, choose the client's dialect, see at once what the chosen policy does to it: hits with their names, and the
// body as it would leave with the masked places marked, or the rejection. Services of guards are asked by a button alone, which names them.
// Thread: GUI; services are asked beside it. Lifetime: the Policies view's.
#pragma once

#include "bridge/background_run.h"
#include "gateway/guard_trial.h"
#include "policies/prompt_trial.h"
#include "widgets/card.h"

#include <QTimer>

#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace gatehouse::ui {

class SegmentedControl;
class StatusChip;
struct ViewContext;

class PromptPanel : public Card {
    Q_OBJECT
  public:
    explicit PromptPanel(ViewContext& context, QWidget* parent = nullptr);
    /// The policy to try with; nothing where there is none.
    void setPolicy(CompiledPolicy policy);
    /// Who is asked by guards of the policy, and where it runs; without a name or a rule nobody can be asked.
    struct ServicesAt {
        std::vector<std::string> names;
        std::string rule;
        std::size_t backend = 0;
        std::shared_ptr<const config::ObjectSet> objects;
    };
    void setServices(ServicesAt services);
    void run();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void showHits(const std::vector<llm::GuardHit>& hits);
    void showBody(const PromptTrial* trial);
    TrialQuestion question() const;
    void showServices();
    void askServices();
    void forgetAsked();
    void showAsked(const Result<gateway::GuardTrialResult>& result);
    static QString outcomeText(llm::GuardOutcome outcome);

    ViewContext& context_;
    CompiledPolicy policy_;
    ServicesAt services_;
    QComboBox* dialect_;
    SegmentedControl* direction_;
    QPlainTextEdit* input_;
    StatusChip* verdict_;
    QLabel* detail_;
    QLabel* upstreamLabel_;
    QPlainTextEdit* upstream_;
    QPushButton* ask_;
    QLabel* askNote_;
    QLabel* askedList_;
    QTimer delay_;
    BackgroundRun asking_;  ///< Last: gone before what it hands things to.
};

}  // namespace gatehouse::ui
