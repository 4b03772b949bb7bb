// LaneCard: one lane of the Playground: where the prompt goes (a route, an arm of its split, a model, fields of its own), the answer as it streams, and what
// is known of it. Thread: GUI. Lifetime: the page's.
#pragma once

#include "playground/playground_targets.h"
#include "playground/prompt_code.h"
#include "widgets/card.h"

#include <optional>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace gatehouse::ui {

class StatusChip;
struct ViewContext;

class LaneCard : public Card {
    Q_OBJECT
  public:
    LaneCard(ViewContext& context, lab::PromptClient& client, int number, QWidget* parent = nullptr);
    ~LaneCard() override;

    void setNumber(int number);
    void setTargets(const std::vector<PlaygroundTarget>& targets, int wanted);
    void setRemovable(bool removable);
    /// The certificate and key that are shown to listeners that ask for one, PEM; empty: none.
    void setIdentity(const std::string& pem) { identityPem_ = pem; }
    void setModel(const QString& model);
    QString model() const;

    /// Sends the prompt with this lane's model. Nothing while one is under way.
    void send(lab::Prompt prompt);
    void cancel();
    /// Forgets its request; the client may go before this lane does.
    void letGo();
    bool isRunning() const { return running_; }
    /// Takes what has come since; called ten times a second while it runs.
    void look();
    /// Looks for the gateway's record of its request.
    void findRecord();
    const std::optional<lab::PromptAnswer>& answer() const { return answer_; }
    const std::optional<telemetry::RequestRecord>& record() const { return record_; }
    void retranslate();

    /// What would be sent now; the error's sentence where it cannot be.
    Result<std::pair<lab::PromptRequest, lab::PromptTarget>> request(lab::Prompt prompt) const;

  signals:
    void removeWanted();
    void copyWanted(CodeLanguage language);
    void stateChanged();

  private:
    void buildTarget();
    void buildFacts();
    void chooseTarget();
    void fillArms();
    const PlaygroundTarget* chosenTarget() const;
    lab::PromptTarget target() const;
    void show();
    void fail(const QString& sentence);

    ViewContext& context_;
    lab::PromptClient& client_;
    int number_;
    std::vector<PlaygroundTarget> targets_;
    std::uint64_t call_ = 0;  ///< 0: none.
    bool running_ = false;
    std::optional<lab::PromptAnswer> answer_;
    std::optional<telemetry::RequestRecord> record_;
    QString error_;
    QString shown_;  ///< Of the answer's text, that the output holds.

    QLabel* targetLabel_;
    QComboBox* target_;
    QLabel* armLabel_;
    QComboBox* arm_;  ///< First: as drawn; then the backends of the split, in the rule's order.
    QLabel* modelLabel_;
    QLineEdit* model_;
    QToolButton* more_;
    QWidget* fields_;
    QLabel *pathLabel_, *hostLabel_, *headersLabel_;
    QLineEdit* path_;
    QLineEdit* host_;
    QPlainTextEdit* headers_;
    QPlainTextEdit* output_;
    StatusChip* status_;
    QLabel* problem_;
    QGridLayout* facts_;
    std::vector<std::pair<QLabel*, QLabel*>> factLabels_;
    QToolButton* copy_;
    QToolButton* remove_;
    QToolButton* open_;
    QToolButton* xray_;
    std::string identityPem_;
};

}  // namespace gatehouse::ui
