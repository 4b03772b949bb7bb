#include "requests/decision_pane.h"

#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "charts/score_bars.h"
#include "charts/shift_bars.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "requests/what_if_panel.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/splitter_state.h"
#include "widgets/view.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int kPause = 120;  ///< Milliseconds after the last move of a slider.
constexpr std::size_t kLookedThrough = 50'000;  ///< Of the newest requests, for the last decisions.
constexpr int kMostBars = 12;
constexpr int kSideBySideCharacters = 100;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DecisionPane)
};

/// "8 pods: 2 removed by utilization-filter, 6 compared."
QString funnel(const inference::PickRecord& pick) {
    QStringList parts;
    int out = 0;
    for (const auto& [why, count] : pick.removed) {
        parts << Words::tr("%1 %2", "%1 count of pods, %2 why they were left out").arg(count).arg(coreSentence(why));
        out += count;
    }
    if (pick.removed.empty())
        for (const auto& candidate : pick.candidates) out += !candidate.excluded.empty();
    const int pods = std::max(pick.pods, static_cast<int>(pick.candidates.size()));
    if (parts.isEmpty() && out > 0) parts << Words::tr("%n left out", "pods", out);
    parts << Words::tr("%n compared", "pods", std::max(0, pods - out));
    if (pods > static_cast<int>(pick.candidates.size())) parts << Words::tr("the record keeps %n of them", "pods", static_cast<int>(pick.candidates.size()));
    return Words::tr("%n pod(s): %1.", nullptr, pods).arg(parts.join(QStringLiteral(", ")));
}

QString ages(const inference::PickRecord& pick) {
    int oldest = -1, missing = 0, stale = 0;
    for (const auto& candidate : pick.candidates) {
        if (!candidate.excluded.empty()) continue;
        oldest = std::max(oldest, candidate.ageMillis);
        missing += candidate.ageMillis < 0;
        stale += candidate.estimated && candidate.ageMillis >= 0;
    }
    QStringList said;
    if (oldest >= 0) said << Words::tr("Metrics were at most %1 old.").arg(formatAge(oldest));
    if (stale > 0) said << Words::tr("%n too old to rely on.", "pods", stale);
    if (missing > 0) said << Words::tr("%n without any.", "pods", missing);
    return said.join(QLatin1Char(' '));
}

}  // namespace

QStringList pickSentences(const inference::PickRecord& pick) {
    QStringList all{funnel(pick), ages(pick)};
    if (pick.promptTokens > 0) all << Words::tr("The prompt was taken to have %1 tokens.").arg(formatNumber(pick.promptTokens));
    if (pick.waitedSeconds > 0) all << Words::tr("It waited %1 for room, with priority %2.").arg(formatDuration(static_cast<qint64>(pick.waitedSeconds * 1e6))).arg(pick.priority);
    all.removeAll(QString());
    return all;
}

DecisionPane::DecisionPane(ViewContext& context, MessageBar& messages, QWidget* parent) : QWidget(parent), context_(context), messages_(messages) {
    auto& theme = context.theme;
    setObjectName(QStringLiteral("decision"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    back_ = makeTextButton(theme, QStringLiteral("arrow-left"), {}, this);
    back_->setObjectName(QStringLiteral("decisionBack"));
    title_ = new QLabel(this);
    title_->setObjectName(QStringLiteral("decisionTitle"));
    title_->setFont(theme.strongFont());
    caption_ = makeCaption(theme, {}, this);
    caption_->setWordWrap(true);
    row->addWidget(back_);
    row->addWidget(title_);
    row->addWidget(caption_, 1);
    column->addLayout(row);

    scroll_ = new QScrollArea(this);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    split_ = new QSplitter(Qt::Horizontal, scroll_);
    auto* left = new QWidget(split_);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(theme.gap(3));
    why_ = new Card(theme, {}, left);
    words_ = new QLabel(why_);
    words_->setObjectName(QStringLiteral("decisionWords"));
    words_->setWordWrap(true);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    why_->content()->addWidget(words_);
    leftColumn->addWidget(why_);
    const auto card = [&](Chart* chart, const char* stem, QWidget* parent_) {
        auto* made = new ChartCard(theme, context_.dialogs, messages_, chart, QLatin1String(stem), parent_);
        made->setObjectName(QLatin1String(stem));
        return made;
    };
    was_ = new ScoreBars(theme);
    would_ = new ScoreBars(theme);
    for (auto* bars : {was_, would_}) bars->setMostRows(kMostBars);
    asWas_ = card(was_, "decision-recorded", left);
    asWould_ = card(would_, "decision-what-if", left);
    leftColumn->addWidget(asWas_);
    leftColumn->addWidget(asWould_);
    leftColumn->addStretch(1);
    auto* right = new QWidget(split_);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(theme.gap(3));
    whatIf_ = new Card(theme, {}, right);
    panel_ = new WhatIfPanel(theme, whatIf_);
    whatIf_->content()->addWidget(panel_);
    rightColumn->addWidget(whatIf_);
    shifts_ = new ShiftBars(theme);
    shares_ = card(shifts_, "decision-shares", right);
    result_ = new QLabel(shares_);
    result_->setObjectName(QStringLiteral("whatIfResult"));
    result_->setWordWrap(true);
    resultNote_ = makeCaption(theme, {}, shares_);
    resultNote_->setWordWrap(true);
    shares_->content()->insertWidget(0, result_);
    shares_->content()->addWidget(resultNote_);
    rightColumn->addWidget(shares_);
    rightColumn->addStretch(1);
    split_->addWidget(left);
    split_->addWidget(right);
    keepSplitter(split_, QStringLiteral("requests/decision"), {58, 42});
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setWidget(split_);
    scroll_->viewport()->setAutoFillBackground(false);
    split_->setAutoFillBackground(false);
    column->addWidget(scroll_, 1);

    soon_.setSingleShot(true);
    soon_.setInterval(kPause);
    connect(&soon_, &QTimer::timeout, this, &DecisionPane::judgeAll);
    connect(panel_, &WhatIfPanel::changed, this, &DecisionPane::judge);
    connect(back_, &QToolButton::clicked, this, &DecisionPane::closed);
    connect(&theme, &Theme::changed, this, [this] { title_->setFont(context_.theme.strongFont()); });
    retranslate();
}

void DecisionPane::retranslate() {
    back_->setText(tr("Back", "button: to the list of requests"));
    why_->setTitle(tr("Decision", "title of a card: why a request went to its pod"));
    asWas_->setName(tr("As it was", "title of a chart: candidates of a pick"));
    asWould_->setName(tr("As it would be", "title of a chart: candidates of a pick, with other weights"));
    whatIf_->setTitle(tr("What if", "title of a card"));
    whatIf_->setCaption(tr("changes nothing that runs"));
    shares_->setName(tr("Last decisions", "title of a chart: shares of pods"));
    for (auto* card : {asWas_, asWould_, shares_}) card->frame()->retranslate();
    panel_->retranslate();
    showWords();
    if (pick_) judge();
}

void DecisionPane::showRequest(const telemetry::RequestRecord& record) {
    pick_ = record.pick;
    heading_ = QStringLiteral("%1 %2").arg(toQt(record.method), toQt(record.path));
    when_ = toDateTime(record.startedAt).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    takeDecisions();
    was_->setPick(pick_);
    panel_->setPick(pick_);
    showWords();
    judge();
}

/// The last ones of the same pool, as of now: they stay what they are while sliders move.
void DecisionPane::takeDecisions() {
    decisions_.clear();
    const auto& requests = context_.engine.requests();
    std::size_t looked = 0;
    for (auto request = requests.rbegin(); request != requests.rend() && looked < kLookedThrough && decisions_.size() < kDecisions; ++request, ++looked)
        if (request->pick && request->pick->chosen >= 0 && request->pick->pool == pick_->pool && request->pick->termNames == pick_->termNames) decisions_.push_back(request->pick);
}

void DecisionPane::showWords() {
    if (!pick_) return;
    const auto chosen = pick_->chosen < 0 ? tr("no pod", "none was picked") : shortName(toQt(pick_->candidates[std::size_t(pick_->chosen)].pod));
    title_->setText(QStringLiteral("%1 → %2").arg(shortName(toQt(pick_->pool)), chosen));
    caption_->setText(heading_ + QStringLiteral(" · ") + when_);
    auto reason = coreSentence(pick_->reason);
    if (!reason.isEmpty()) reason[0] = reason[0].toUpper();
    words_->setText((QStringList{reason + (reason.endsWith(QLatin1Char('.')) ? QString() : QStringLiteral("."))} + pickSentences(*pick_)).join(QLatin1Char('\n')));
}

/// This pick at once, the last ones a moment later and beside.
void DecisionPane::judge() {
    const auto what = panel_->wish();
    const bool changed = !what.changesNothing();
    auto anew = inference::judgeAnew(*pick_, what);
    anew.record.reason.clear();
    const auto shown = std::make_shared<inference::PickRecord>(std::move(anew.record));
    would_->setPick(shown);
    QString caption;
    if (changed && shown->chosen < 0) caption = tr("no pod would be left");
    else if (changed && shown->chosen == pick_->chosen) caption = tr("the same pod");
    else if (changed) caption = tr("%1 instead of %2", "%1 and %2 pods").arg(shortName(toQt(shown->candidates[std::size_t(shown->chosen)].pod)), pick_->chosen < 0 ? QStringLiteral("–") : shortName(toQt(pick_->candidates[std::size_t(pick_->chosen)].pod)));
    asWould_->setCaption(caption);
    asWould_->setVisible(changed);
    soon_.start();
}

void DecisionPane::judgeAll() {
    const auto what = panel_->wish();
    const bool changed = !what.changesNothing();
    run_.start([what, changed, decisions = decisions_, this](const BackgroundRun::Stopped& stopped, const BackgroundRun::Hand& hand) {
        auto tally = std::make_shared<inference::WhatIfTally>();
        for (const auto& decision : decisions) {
            if (stopped()) return;
            tally->add(*decision, what);
        }
        hand([this, tally, changed] { showResult(*tally, changed); });
    });
}

void DecisionPane::showResult(const inference::WhatIfTally& tally, bool changed) {
    const auto count = static_cast<int>(tally.decisions());
    std::vector<ShiftBars::Row> rows;
    for (const auto& share : tally.shares())
        rows.push_back({shortName(toQt(share.pod)), count > 0 ? 100 * share.before / count : 0, count > 0 ? 100 * share.after / count : 0});
    shifts_->setRows(std::move(rows));
    const double moved = tally.elsewhere();
    shares_->setCaption(tr("%n decision(s) of this pool", nullptr, count));
    result_->setText(!changed ? tr("Move a slider, and see how many of these would have gone to another pod.")
                     : count == 0 ? QString()
                                  : tr("%1 of %2 (%3) would have gone to another pod.", "decisions").arg(formatCount(static_cast<quint64>(std::llround(moved))), formatCount(tally.decisions()), formatPercent(100 * moved / count, 1)));
    QStringList notes;
    if (tally.nowhere() >= 0.5) notes << tr("%n would have found no pod.", "decisions", static_cast<int>(std::llround(tally.nowhere())));
    if (tally.incomplete() > 0) notes << tr("Of %n the record keeps only the best pods; one that is not in it cannot win.", "decisions", static_cast<int>(tally.incomplete()));
    if (tally.notJudged() > 0) notes << tr("%n went by something else than their scores, so they stay.", "decisions", static_cast<int>(tally.notJudged()));
    if (changed) notes << tr("Each is judged by what was recorded; what later requests would have met then is not played through.");
    resultNote_->setText(notes.join(QLatin1Char(' ')));
    resultNote_->setVisible(!notes.isEmpty());
}

/// One above the other where the window is narrow or the text large.
void DecisionPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    split_->setOrientation(width() < fontMetrics().averageCharWidth() * kSideBySideCharacters ? Qt::Vertical : Qt::Horizontal);
}

void DecisionPane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) emit closed();
    else QWidget::keyPressEvent(event);
}

}  // namespace gatehouse::ui
