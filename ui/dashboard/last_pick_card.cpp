#include "dashboard/last_pick_card.h"

#include "bridge/engine_bridge.h"
#include "charts/score_bars.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr qint64 kPickMillis = 2000;
constexpr std::size_t kPickSearch = 500;  ///< How far back the last pick is looked for.
constexpr int kMostRows = 8;

}  // namespace

LastPickCard::LastPickCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, QWidget* parent)
    : ChartCard(theme, dialogs, messages, new ScoreBars(theme), QStringLiteral("last-pick"), parent), theme_(theme), scores_(static_cast<ScoreBars*>(frame()->chart())) {
    setObjectName(QStringLiteral("last-pick"));
    scores_->setMostRows(kMostRows);
    scores_->setSteady(true);
    reason_ = new QLabel(this);
    reason_->setObjectName(QStringLiteral("pickReason"));
    reason_->setWordWrap(true);
    reason_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    content()->insertWidget(0, reason_);
    open_ = makeIconButton(theme, QStringLiteral("requests"), {}, this);
    open_->setObjectName(QStringLiteral("openPickRequest"));
    actions()->insertWidget(0, open_);
    connect(open_, &QToolButton::clicked, this, [this] {
        if (!request_.isEmpty()) emit requestChosen(request_);
    });
    connect(&theme, &Theme::changed, this, [this] { setMuted(reason_, theme_); });
    setMuted(reason_, theme);
}

void LastPickCard::retranslate() {
    setName(tr("Why", "title of a card: why the last request went to its pod"));
    frame()->retranslate();
    const auto open = tr("Open the request in Requests");
    open_->setToolTip(open);
    open_->setAccessibleName(open);
}

void LastPickCard::showLast(const EngineBridge& engine, const QString& pool) {
    if (pool == pool_ && shown_.isValid() && shown_.elapsed() < kPickMillis) return;
    if (pool != pool_) request_.clear();
    pool_ = pool;
    const auto& requests = engine.requests();
    const auto oldest = requests.size() > kPickSearch ? requests.size() - kPickSearch : 0;
    for (auto i = requests.size(); i > oldest; --i) {
        const auto& request = requests[i - 1];
        if (!request.pick || (!pool.isEmpty() && toQt(request.pick->pool) != pool)) continue;
        shown_.start();
        request_ = toQt(request.requestId);
        scores_->setPick(request.pick);
        reason_->setText(coreSentence(request.pick->reason));
        setCaption(tr("last pick %1, pool %2", "%1 is a time of day")
                       .arg(toDateTime(request.startedAt).toString(QStringLiteral("HH:mm:ss")), shortName(toQt(request.pick->pool))));
        break;
    }
    open_->setEnabled(!request_.isEmpty());
    if (!request_.isEmpty()) return;
    scores_->setPick(nullptr);
    reason_->setText(tr("No request has been routed to a pool yet. Send one to the gateway and the reason for its pod appears here."));
    setCaption({});
}

}  // namespace gatehouse::ui
