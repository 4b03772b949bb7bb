// PromptPanel: type a prompt or an answer, choose the client's dialect, see at once what the chosen policy does to it: hits with their names, and the
// body as it would leave with the masked places marked, or the rejection. Thread: GUI. Lifetime: the Policies view's.
#pragma once

#include "policies/prompt_trial.h"
#include "widgets/card.h"

#include <QTimer>

#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace gatehouse::ui {

class SegmentedControl;
class StatusChip;
struct ViewContext;

class PromptPanel : public Card {
    Q_OBJECT
  public:
    explicit PromptPanel(ViewContext& context, QWidget* parent = nullptr);
    /// The policy to try with; nothing where there is none.
    void setPolicy(std::optional<config::AiPolicySpec> spec);
    void run();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void showHits(const std::vector<llm::GuardHit>& hits);
    void showBody(const PromptTrial* trial);
    TrialQuestion question() const;

    ViewContext& context_;
    std::optional<config::AiPolicySpec> spec_;
    QComboBox* dialect_;
    SegmentedControl* direction_;
    QPlainTextEdit* input_;
    StatusChip* verdict_;
    QLabel* detail_;
    QLabel* upstreamLabel_;
    QPlainTextEdit* upstream_;
    QTimer delay_;
};

}  // namespace gatehouse::ui
