#include "charts/score_bars.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gatehouse::ui {

using inference::Candidate;

ScoreBars::ScoreBars(Theme& theme, QWidget* parent) : Chart(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Scores of the candidates"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setMouseTracking(true);
}

void ScoreBars::setMostRows(int rows) {
    mostRows_ = rows;
    updateGeometry();
    update();
}

void ScoreBars::setPick(std::shared_ptr<const inference::PickRecord> pick) {
    if (pick == pick_) return;
    const auto rowsBefore = order_.size();
    pick_ = std::move(pick);
    order_.resize(pick_ ? pick_->candidates.size() : 0);
    std::iota(order_.begin(), order_.end(), 0);
    const bool steady = steady_ && (mostRows_ == 0 || rowCount() <= mostRows_);
    if (steady) {
        std::stable_sort(order_.begin(), order_.end(), [this](int a, int b) {
            return pick_->candidates[static_cast<std::size_t>(a)].pod < pick_->candidates[static_cast<std::size_t>(b)].pod;
        });
    }
    if (!steady) std::stable_sort(order_.begin(), order_.end(), [this](int a, int b) {
        const auto rank = [this](int i) {
            const auto& candidate = pick_->candidates[static_cast<std::size_t>(i)];
            return std::pair(i == pick_->chosen ? 0 : candidate.excluded.empty() ? 1 : 2, (pick_->lowerIsBetter ? 1 : -1) * candidate.total);
        };
        return rank(a) < rank(b);
    });
    current_ = std::min(current_, rowCount() - 1);
    describe();
    if (rowsBefore != order_.size()) updateGeometry();
    update();
}

/// Terms of a cost stand in core/inference/cost_model.cpp, those of scores in core/inference/what_if.cpp.
QString ScoreBars::termTitle(const std::string& name) {
    if (name == "queue") return tr("before it", "term of a pod's cost: prompts ahead of the request");
    if (name == "prefill") return tr("its prompt", "term of a pod's cost: computing what is not cached");
    if (name == "step") return tr("step", "term of a pod's cost: one step of the batch");
    if (name == "room") return tr("room", "term of a pod's cost: waiting for cache or batch");
    if (name == "adapter") return tr("adapter", "term of a pod's cost: loading a LoRA adapter");
    if (name == "eviction") return tr("eviction", "term of a pod's cost: what is pushed out of the cache");
    if (name == "decode") return tr("answer", "term of a pod's cost: the answer's steps");
    if (name == "others") return tr("others", "term of a pod's cost: what it slows others down");
    if (name == "kv") return tr("KV cache", "part of a pod's score: free KV cache");
    if (name == "load") return tr("load", "part of a pod's score: few open requests");
    return toQt(name);
}

std::vector<ScoreBars::Part> ScoreBars::parts(const Candidate& candidate) const {
    if (byTerms()) {
        std::vector<Part> all;
        for (std::size_t i = 0; i < pick_->termNames.size(); ++i) {
            // A term that no candidate has only crowds the legend.
            const bool used = std::any_of(pick_->candidates.begin(), pick_->candidates.end(), [i](const Candidate& one) { return i < one.terms.size() && one.terms[i] > 0; });
            if (used) all.push_back({termTitle(pick_->termNames[i]), theme().series(static_cast<int>(i) + 1), i < candidate.terms.size() ? shown(candidate.terms[i]) : 0});
        }
        return all;
    }
    return {{tr("queue", "part of a pod's score: few waiting requests"), theme().series(5), candidate.queueScore},
            {tr("KV cache", "part of a pod's score: free KV cache"), theme().series(3), candidate.kvScore},
            {tr("load", "part of a pod's score: few open requests"), theme().series(8), candidate.loadScore}};
}

int ScoreBars::rowHeight() const { return QFontMetrics(theme().bodyFont()).height() + theme().gap(2); }
int ScoreBars::legendHeight() const { return QFontMetrics(theme().captionFont()).height() + theme().gap(2); }

int ScoreBars::shownRows() const { return mostRows_ > 0 ? std::min(mostRows_, rowCount()) : rowCount(); }

QSize ScoreBars::sizeHint() const {
    const int more = rowCount() > shownRows() ? legendHeight() : 0;
    return {QFontMetrics(theme().bodyFont()).averageCharWidth() * 42, legendHeight() + std::max(1, shownRows()) * rowHeight() + more};
}

QSize ScoreBars::minimumSizeHint() const {
    return {QFontMetrics(theme().bodyFont()).averageCharWidth() * 26, mostRows_ > 0 ? legendHeight() + rowHeight() * 3 : sizeHint().height()};
}

QString ScoreBars::totalText(const Candidate& candidate) const { return formatNumber(shown(candidate.total), byTerms() && pick_->lowerIsBetter ? 1 : 2); }

QString ScoreBars::sentence(const Candidate& candidate) const {
    const auto known = [](double value, int decimals = 0) { return formatNumber(value, decimals); };
    auto text = tr("%1: queue %2, running %3, KV cache %4, in flight %5.")
                    .arg(toQt(candidate.pod), known(candidate.waiting), known(candidate.running), formatPercent(candidate.kvUse * 100),
                         QString::number(candidate.inFlight));
    text += QLatin1Char(' ');
    text += candidate.ageMillis < 0 ? tr("No metrics.") : tr("Metrics were %1 old.").arg(formatAge(candidate.ageMillis));
    if (!candidate.excluded.empty())
        text += QLatin1Char(' ') + tr("Left out: %1.").arg(coreSentence(candidate.excluded));
    else if (byTerms()) {
        QStringList terms;
        for (const auto& part : parts(candidate))
            if (part.value > 0) terms << part.name + QLatin1Char(' ') + known(part.value, 2);
        text += QLatin1Char(' ') + (pick_->lowerIsBetter ? tr("Cost %1 ms: %2.") : tr("Score %1: %2.")).arg(known(shown(candidate.total), 2), terms.join(QStringLiteral(", ")));
    } else
        text += QLatin1Char(' ') + tr("Score %1 = queue %2 + KV cache %3 + load %4.")
                                       .arg(known(candidate.total, 2), known(candidate.queueScore, 2), known(candidate.kvScore, 2), known(candidate.loadScore, 2));
    return text;
}

void ScoreBars::describe() {
    if (!pick_ || order_.empty()) {
        setAccessibleDescription(tr("No pick yet."));
    } else if (current_ >= 0) {
        setAccessibleDescription(sentence(pick_->candidates[static_cast<std::size_t>(order_[static_cast<std::size_t>(current_)])]));
    } else {
        setAccessibleDescription(coreSentence(pick_->reason));
    }
}

void ScoreBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int unit = theme().unit();
    const auto body = theme().bodyFont();
    const auto caption = theme().captionFont();
    const QFontMetrics bodyMetrics(body), captionMetrics(caption);
    if (hasFocus()) {
        painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    if (!pick_ || order_.empty()) return;

    double scale = 0;
    int nameWidth = 0;
    // Milliseconds of a cost may have seven characters, a score has four.
    int totalWidth = bodyMetrics.horizontalAdvance(QStringLiteral("0.000"));
    for (const auto& candidate : pick_->candidates) {
        if (candidate.excluded.empty()) totalWidth = std::max(totalWidth, bodyMetrics.horizontalAdvance(totalText(candidate)));
        scale = std::max(scale, shown(candidate.total));
        nameWidth = std::max(nameWidth, QFontMetrics(theme().strongFont()).horizontalAdvance(shortName(toQt(candidate.pod))) + 1);
    }
    scale = std::max(scale, 0.01);
    const int icon = theme().iconSize();
    const int iconLeft = unit;
    const int nameLeft = iconLeft + icon + unit;
    nameWidth = std::min(nameWidth, width() * 35 / 100);
    const int totalRight = nameLeft + nameWidth + 2 * unit + totalWidth;
    const int barLeft = totalRight + 3 * unit;
    // Where there is room, what the scores were made of stands beside them.
    const QStringList heads{tr("queue", "column: requests waiting, short"), tr("KV %", "column: KV cache use, short"), tr("in flight", "column: open requests, short"), tr("age", "column: age of the metrics, short")};
    std::vector<int> columnWidths;
    int columnsWidth = 0;
    for (const auto& head : heads) {
        columnWidths.push_back(std::max(captionMetrics.horizontalAdvance(head), captionMetrics.horizontalAdvance(QStringLiteral("0.00 s"))) + 3 * unit);
        columnsWidth += columnWidths.back();
    }
    const Candidate none;
    int legendWidth = 0;
    for (const auto& part : parts(none)) legendWidth += 6 * unit + captionMetrics.horizontalAdvance(part.name);
    const bool detailed = width() - barLeft - columnsWidth > std::max(legendWidth, bodyMetrics.averageCharWidth() * 20);
    const int barRight = width() - 2 * unit - (detailed ? columnsWidth : 0);
    const auto columns = [&](int top, int height, const QStringList& texts) {
        int right = barRight;
        for (qsizetype i = 0; detailed && i < texts.size(); ++i) {
            right += columnWidths[static_cast<std::size_t>(i)];
            painter.drawText(QRect(right - columnWidths[static_cast<std::size_t>(i)], top, columnWidths[static_cast<std::size_t>(i)], height), Qt::AlignVCenter | Qt::AlignRight, texts[i]);
        }
    };

    // Legend, where the bars begin; closer together where they end too soon for it.
    painter.setFont(caption);
    int x = barLeft;
    const auto entries = parts(none);
    const int spare = std::min(0, barRight - barLeft - (legendWidth - 3 * unit));
    const int between = std::max(unit, 3 * unit + spare / std::max(1, static_cast<int>(entries.size()) - 1));
    for (const auto& part : entries) {
        const int wanted = 3 * unit + captionMetrics.horizontalAdvance(part.name) + between;
        painter.fillRect(QRect(x, legendHeight() / 2 - unit, 2 * unit, 2 * unit), ink(part.color));
        painter.setPen(theme().color(Token::Muted));
        const int room = std::max(0, width() - x - 3 * unit);
        painter.drawText(QRect(x + 3 * unit, 0, room, legendHeight()), Qt::AlignVCenter | Qt::AlignLeft, captionMetrics.elidedText(part.name, Qt::ElideRight, room));
        x += wanted;
    }
    painter.drawText(QRect(0, 0, totalRight, legendHeight()), Qt::AlignVCenter | Qt::AlignRight,
                     byTerms() && pick_->lowerIsBetter ? tr("cost ms", "column: cost of a candidate in milliseconds") : tr("score", "column: total score of a candidate"));
    columns(0, legendHeight(), heads);

    for (int row = 0; row < shownRows(); ++row) {
        const int index = order_[static_cast<std::size_t>(row)];
        const auto& candidate = pick_->candidates[static_cast<std::size_t>(index)];
        const QRect area(0, legendHeight() + row * rowHeight(), width(), rowHeight());
        if (area.bottom() > height()) break;
        const bool chosen = index == pick_->chosen;
        const bool out = !candidate.excluded.empty();
        if (chosen) painter.fillRect(area.adjusted(1, 0, -1, 0), theme().tint(Token::Accent, 0.1));
        if (row == current_ && hasFocus()) {
            painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
            painter.drawRect(area.adjusted(1, 0, -2, -1));
        }
        if (chosen)
            theme().icon(QStringLiteral("check"), Token::Accent).paint(&painter, QRect(iconLeft, area.top() + (area.height() - icon) / 2, icon, icon));
        auto nameFont = body;
        if (chosen) nameFont.setWeight(QFont::DemiBold);
        painter.setFont(nameFont);
        painter.setPen(theme().color(out ? Token::Muted : Token::Text));
        painter.drawText(QRect(nameLeft, area.top(), nameWidth, area.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(nameFont).elidedText(shortName(toQt(candidate.pod)), Qt::ElideMiddle, nameWidth));
        painter.setFont(caption);
        columns(area.top(), area.height(), {formatNumber(candidate.waiting), formatNumber(candidate.kvUse * 100), QString::number(candidate.inFlight),
                                            candidate.ageMillis < 0 ? QStringLiteral("–") : formatAge(candidate.ageMillis)});
        if (out) {
            painter.drawText(QRect(barLeft, area.top(), barRight - barLeft, area.height()), Qt::AlignVCenter | Qt::AlignLeft,
                             captionMetrics.elidedText(coreSentence(candidate.excluded), Qt::ElideRight, barRight - barLeft));
            continue;
        }
        painter.setFont(body);
        painter.drawText(QRect(0, area.top(), totalRight, area.height()), Qt::AlignVCenter | Qt::AlignRight, totalText(candidate));
        double left = barLeft;
        const double full = barRight - barLeft;
        const int inset = area.height() / 4;
        for (const auto& part : parts(candidate)) {
            const double length = full * std::max(0.0, part.value) / scale;
            if (length <= 0) continue;
            painter.fillRect(QRectF(left, area.top() + inset, std::max(1.0, length - 1), area.height() - 2 * inset), ink(part.color));
            left += length;
        }
    }
    if (rowCount() > shownRows()) {
        painter.setFont(caption);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRect(nameLeft, legendHeight() + shownRows() * rowHeight(), width() - nameLeft, legendHeight()),
                         Qt::AlignVCenter | Qt::AlignLeft, tr("and %n more", "candidates of a pick", rowCount() - shownRows()));
    }
}

bool ScoreBars::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && pick_) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = (help->pos().y() - legendHeight()) / std::max(1, rowHeight());
        if (help->pos().y() >= legendHeight() && row >= 0 && row < shownRows())
            QToolTip::showText(help->globalPos(), sentence(pick_->candidates[static_cast<std::size_t>(order_[static_cast<std::size_t>(row)])]), this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return Chart::event(event);
}

void ScoreBars::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0 || shownRows() == 0) return Chart::keyPressEvent(event);
    current_ = std::clamp(current_ + step, 0, shownRows() - 1);
    describe();
    update();
}

void ScoreBars::restyle() {
    updateGeometry();
    update();
}

ChartTable ScoreBars::table() const {
    ChartTable table;
    const bool cost = byTerms() && pick_->lowerIsBetter;
    table.columns = {{tr("Pod", "column")}, {tr("Picked", "column: the pod that was chosen")}, {cost ? tr("Cost ms", "column") : tr("Score", "column"), 3}};
    const Candidate none;
    if (byTerms()) {
        for (const auto& part : parts(none)) table.columns.push_back({part.name, 3});
    } else {
        table.columns.push_back({tr("Queue part", "column: part of the score"), 3});
        table.columns.push_back({tr("KV part", "column: part of the score"), 3});
        table.columns.push_back({tr("Load part", "column: part of the score"), 3});
    }
    table.columns.push_back({tr("Queue", "column: requests waiting"), 0});
    table.columns.push_back({tr("Running", "column: requests running"), 0});
    table.columns.push_back({tr("KV %", "column: KV cache use in percent"), 1});
    table.columns.push_back({tr("GPU mem %", "column: GPU memory in percent"), 1});
    table.columns.push_back({tr("In flight", "column: open requests"), 0});
    table.columns.push_back({tr("Age ms", "column: age of the metrics in milliseconds"), 0});
    table.columns.push_back({tr("Left out because", "column")});
    for (const int index : order_) {
        const auto& candidate = pick_->candidates[static_cast<std::size_t>(index)];
        const bool out = !candidate.excluded.empty();
        const auto score = [&](double value) { return out ? QVariant() : QVariant(value); };
        auto& row = table.rows.emplace_back();
        row = {toQt(candidate.pod), index == pick_->chosen ? tr("yes", "this pod was picked") : QString(), score(shown(candidate.total))};
        if (byTerms())
            for (const auto& part : parts(candidate)) row.push_back(score(part.value));
        else
            for (const double part : {candidate.queueScore, candidate.kvScore, candidate.loadScore}) row.push_back(score(part));
        const QVariant rest[] = {candidate.waiting, candidate.running, candidate.kvUse * 100, candidate.gpuMemoryPercent, static_cast<double>(candidate.inFlight),
                                 candidate.ageMillis < 0 ? QVariant() : QVariant(static_cast<double>(candidate.ageMillis)), coreSentence(candidate.excluded)};
        row.insert(row.end(), std::begin(rest), std::end(rest));
    }
    return table;
}

}  // namespace gatehouse::ui
