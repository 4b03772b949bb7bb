// PromptPanel: type a prompt, see at once what the chosen policy does to it: hits with their names, the masked text or the rejection, and the messages
// that would go upstream. Thread: GUI. Lifetime: the Policies view's.
#pragma once

#include "policies/prompt_trial.h"
#include "widgets/card.h"

#include <QTimer>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QScrollArea;

namespace gatehouse::ui {

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
    void showMessages(const PromptTrial* trial);

    ViewContext& context_;
    std::optional<config::AiPolicySpec> spec_;
    QPlainTextEdit* input_;
    StatusChip* verdict_;
    QLabel* detail_;
    QLabel* upstreamLabel_;
    QScrollArea* upstream_;
    QTimer delay_;
};

}  // namespace gatehouse::ui
