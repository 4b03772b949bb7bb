// DecisionPane: one pick through and through: which pods there were, what was taken out and why, each candidate's terms as stacked bars, the margin,
// how ties were drawn, how old the data was. Beside it "what if": other weights, or a pod that stood otherwise, judge this pick and the last 1,000
// of its pool anew, on a thread beside; nothing that runs is touched. Thread: GUI.
#pragma once

#include "bridge/background_run.h"
#include "inference/what_if.h"
#include "telemetry/request_record.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QScrollArea;
class QSplitter;
class QToolButton;

namespace gatehouse::ui {

class Card;
class ChartCard;
class MessageBar;
class ScoreBars;
class ShiftBars;
class WhatIfPanel;
struct ViewContext;

/// What a pick's own reason leaves open: who was left out, how old the data was, the prompt, the wait: one sentence each.
QStringList pickSentences(const inference::PickRecord& pick);

class DecisionPane : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t kDecisions = 1'000;

    DecisionPane(ViewContext& context, MessageBar& messages, QWidget* parent);

    /// The record must have a pick.
    void showRequest(const telemetry::RequestRecord& record);
    void retranslate();
    /// The last decisions are being judged.
    bool isJudging() const { return run_.running() || soon_.isActive(); }

  signals:
    void closed();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void takeDecisions();
    void judge();
    void judgeAll();
    void showResult(const inference::WhatIfTally& tally, bool changed);
    void showWords();

    ViewContext& context_;
    MessageBar& messages_;
    std::shared_ptr<const inference::PickRecord> pick_;
    std::vector<std::shared_ptr<const inference::PickRecord>> decisions_;
    QString heading_, when_;
    BackgroundRun run_;
    QTimer soon_;

    QToolButton* back_;
    QLabel* title_;
    QLabel* caption_;
    QScrollArea* scroll_;
    QSplitter* split_;
    Card* why_;
    QLabel* words_;
    ChartCard* asWas_;
    ChartCard* asWould_;
    ChartCard* shares_;
    ScoreBars* was_;
    ScoreBars* would_;
    ShiftBars* shifts_;
    Card* whatIf_;
    WhatIfPanel* panel_;
    QLabel* result_;
    QLabel* resultNote_;
};

}  // namespace gatehouse::ui
