// PlaygroundPage: one prompt through two to four lanes at once, through the gateway's own listener as any client would, side by side
// as they stream. The requests run on a thread of their own; this page looks at them ten times a second while it is shown.
// Thread: GUI.
#pragma once

#include "lab/prompt_client.h"
#include "playground/prompt_history.h"
#include "widgets/view.h"

#include <QTimer>

#include <vector>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QSplitter;
class QToolButton;

namespace gatehouse::ui {

class Card;
class LaneCard;
enum class CodeLanguage;

class PlaygroundPage : public View {
    Q_OBJECT
  public:
    static constexpr int kFewest = 2, kMost = 4;

    PlaygroundPage(ViewContext& context, QWidget* parent);
    ~PlaygroundPage() override;

    QString title() const override;
    void setActive(bool active) override;
    void send();
    void cancel();
    bool isRunning() const;
    const std::vector<LaneCard*>& lanes() const { return lanes_; }

  protected:
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildPrompt();
    void buildControls();
    void addLane();
    void removeLane(LaneCard* lane);
    void renumber();
    void readTargets();
    void onStateChanged();
    void look();
    void copyCode(LaneCard& lane, CodeLanguage language);
    void showHistory();
    void offerIdentity();
    void chooseIdentity();
    void setIdentity(const QString& name, std::string pem);
    void fillIn(const HistoryEntry& entry);
    lab::Prompt prompt() const;
    QString usualModel() const;

    lab::PromptClient client_;
    PromptHistory history_;
    std::vector<LaneCard*> lanes_;
    QTimer looking_;
    bool firstTargets_ = true;

    Card* promptCard_ = nullptr;
    QLabel *systemLabel_ = nullptr, *userLabel_ = nullptr, *temperatureLabel_ = nullptr, *tokensLabel_ = nullptr;
    QPlainTextEdit* system_ = nullptr;
    QPlainTextEdit* user_ = nullptr;
    QDoubleSpinBox* temperature_ = nullptr;
    QSpinBox* tokens_ = nullptr;
    QCheckBox* stream_ = nullptr;
    QToolButton* add_ = nullptr;
    QToolButton* past_ = nullptr;
    QToolButton* identity_ = nullptr;
    QString identityName_;      ///< Of the file; empty: none is shown.
    std::string identityPem_;   ///< A client's certificate and its key. Kept in memory alone.
    QPushButton* send_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QSplitter* columns_ = nullptr;
};

}  // namespace gatehouse::ui
