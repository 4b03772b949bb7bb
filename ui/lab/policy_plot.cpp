#include "lab/policy_plot.h"

#include "lab/lab_words.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

using sim::Metric;

constexpr int kLeastPanelCharacters = 14;

}  // namespace

const std::vector<PolicyPlot::PanelSpec>& PolicyPlot::panels() {
    static const std::vector<PanelSpec> kPanels = {
        {{Metric::TtftP50, Metric::TtftP90, Metric::TtftP99}, true}, {{Metric::TpotP50, Metric::TpotP90, Metric::TpotP99}, true},
        {{Metric::E2eP50, Metric::E2eP90, Metric::E2eP99}, true},    {{Metric::Goodput}, false},
        {{Metric::LoadCv}, false},                                   {{Metric::RegretMean}, true},
    };
    return kPanels;
}

PolicyPlot::PolicyPlot(Theme& theme, QWidget* parent) : Chart(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setObjectName(QStringLiteral("labPlot"));
}

void PolicyPlot::setResults(LabResultRef result, LabResultRef other) {
    result_ = std::move(result);
    other_ = std::move(other);
    rows_.clear();
    const auto take = [this](const LabResultRef& from, const sim::PolicyReport* Row::*member) {
        if (!from) return;
        for (const auto& report : from->report.policies) {
            auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.policy == report.policy; });
            if (found == rows_.end()) found = rows_.insert(rows_.end(), Row{toQt(report.policy->name), report.policy});
            (*found).*member = &report;
        }
    };
    take(result_, &Row::first);
    take(other_, &Row::second);
    const auto key = [](const Row& row) {
        const auto* report = row.first ? row.first : row.second;
        const double mean = report->of(Metric::TtftP90).mean;
        return std::isnan(mean) ? INFINITY : mean;
    };
    std::stable_sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
    zoomed_.clear();
    axes_.clear();
    for (int panel = 0; panel < static_cast<int>(panels().size()); ++panel) axes_.push_back(wholeAxis(panel));
    current_ = std::min(current_, rowCount() - 1);
    describe();
    updateGeometry();
    update();
}

QStringList PolicyPlot::order() const {
    QStringList names;
    for (const auto& row : rows_) names << row.name;
    return names;
}

void PolicyPlot::resetZoom() {
    zoomed_.clear();
    update();
}

PolicyPlot::Layout PolicyPlot::layoutFor(int width) const {
    const QFontMetrics body(theme().bodyFont()), caption(theme().captionFont()), strong(theme().strongFont());
    Layout out;
    for (const auto& row : rows_) out.names = std::max(out.names, strong.horizontalAdvance(row.name));
    out.names = std::min(out.names + theme().gap(3), width * 2 / 5);
    const int least = body.averageCharWidth() * kLeastPanelCharacters;
    const int count = static_cast<int>(panels().size());
    for (const int columns : {6, 3, 2, 1}) {
        out.columns = columns;
        if ((width - out.names) / columns >= least) break;
    }
    out.panelWidth = std::max(1, (width - out.names) / out.columns);
    out.blocks = (count + out.columns - 1) / out.columns;
    out.head = body.height() + theme().gap(2);
    out.axis = caption.height() + theme().gap(2);
    out.row = body.height() + theme().gap(other_ && result_ ? 2 : 1);
    out.legend = caption.height() + theme().gap(3);
    out.blockHeight = out.head + out.axis + std::max(1, rowCount()) * out.row + theme().gap(2);
    return out;
}

int PolicyPlot::heightForWidth(int width) const {
    const auto layout = layoutFor(width);
    return layout.legend + layout.blocks * layout.blockHeight;
}

QSize PolicyPlot::sizeHint() const {
    const int width = QFontMetrics(theme().bodyFont()).averageCharWidth() * 110;
    return {width, heightForWidth(width)};
}

QSize PolicyPlot::minimumSizeHint() const {
    // Inside a scroll area the width decides the height.
    const QFontMetrics body(theme().bodyFont());
    return {body.averageCharWidth() * 30, body.height() * 8};
}

QRect PolicyPlot::panelRect(int panel) const {
    const auto layout = layoutFor(width());
    const int column = panel % layout.columns, block = panel / layout.columns;
    const int gap = theme().gap(3);
    return {layout.names + column * layout.panelWidth + gap / 2, layout.legend + block * layout.blockHeight + layout.head + layout.axis, layout.panelWidth - gap,
            std::max(1, rowCount()) * layout.row};
}

int PolicyPlot::panelAt(const QPoint& position) const {
    for (int panel = 0; panel < static_cast<int>(panels().size()); ++panel)
        if (panelRect(panel).contains(position)) return panel;
    return -1;
}

int PolicyPlot::rowAt(const QPoint& position) const {
    const auto layout = layoutFor(width());
    const int inBlock = (position.y() - layout.legend) % std::max(1, layout.blockHeight) - layout.head - layout.axis;
    const int row = inBlock >= 0 ? inBlock / layout.row : -1;
    return position.y() >= layout.legend && row >= 0 && row < rowCount() ? row : -1;
}

PolicyPlot::Axis PolicyPlot::wholeAxis(int panel) const {
    const auto& spec = panels()[static_cast<std::size_t>(panel)];
    double low = INFINITY, high = -INFINITY;
    bool zero = false;
    for (const auto& row : rows_) {
        for (const auto* report : {row.first, row.second}) {
            if (!report) continue;
            for (const Metric metric : spec.metrics) {
                const auto estimate = report->of(metric);
                if (std::isnan(estimate.mean)) continue;
                const double mean = labMetricValue(metric, estimate.mean), half = std::isnan(estimate.half) ? 0 : labMetricValue(metric, estimate.half);
                high = std::max(high, mean + half);
                if (spec.logarithmic && mean < kLeastLog) {
                    zero = true;
                    continue;
                }
                // A whisker that reaches below half its mean would stretch a logarithmic axis without end: it is cut at the edge.
                low = std::min(low, spec.logarithmic ? std::max(mean - half, mean / 2) : mean - half);
            }
        }
    }
    Axis out;
    if (!std::isfinite(high)) return out;
    if (!spec.logarithmic) {
        out.low = 0;
        out.high = high > 0 ? high * 1.08 : 1;
        return out;
    }
    if (!std::isfinite(low)) low = kLeastLog;
    out.low = std::log10(std::max(low, kLeastLog));
    out.high = std::log10(std::max(high, kLeastLog * 2));
    if (out.high - out.low < 0.3) {
        const double middle = (out.high + out.low) / 2;
        out.low = middle - 0.15;
        out.high = middle + 0.15;
    }
    const double margin = (out.high - out.low) * 0.07;
    out.hasZero = zero;
    out.zero = out.low - 3 * margin;
    out.low = (zero ? out.zero : out.low) - margin;
    out.high += margin;
    return out;
}

const PolicyPlot::Axis& PolicyPlot::axis(int panel) const {
    const auto found = zoomed_.constFind(panel);
    return found == zoomed_.constEnd() ? axes_[static_cast<std::size_t>(panel)] : *found;
}

double PolicyPlot::place(int panel, const QRect& area, double shown) const {
    const auto& at = axis(panel);
    const bool logarithmic = panels()[static_cast<std::size_t>(panel)].logarithmic;
    const double value = !logarithmic ? shown : shown < kLeastLog ? (at.hasZero ? at.zero : at.low) : std::log10(shown);
    return area.left() + (value - at.low) / (at.high - at.low) * area.width();
}

QString PolicyPlot::sentence(int row) const {
    const auto& one = rows_[static_cast<std::size_t>(row)];
    QStringList lines;
    for (const auto& [report, result] : {std::pair(one.first, result_), std::pair(one.second, other_)}) {
        if (!report) continue;
        QStringList parts;
        for (const auto& panel : panels())
            for (const Metric metric : panel.metrics) {
                const auto estimate = report->of(metric);
                if (!std::isnan(estimate.mean)) parts << QStringLiteral("%1 %2 %3").arg(labMetricText(metric), labEstimateText(metric, estimate), labMetricUnit(metric)).trimmed();
            }
        const auto which = result_ && other_ ? tr("run %1", "a result of the laboratory by its number").arg(result->number) + QStringLiteral(": ") : QString();
        lines << which + parts.join(QStringLiteral(", ")) + QLatin1Char('.');
    }
    return QStringLiteral("%1 (%2). %3").arg(one.name, coreSentence(one.policy->about), lines.join(QLatin1Char(' ')));
}

void PolicyPlot::describe() {
    if (rows_.empty()) setAccessibleDescription(tr("Nothing was compared yet."));
    else if (current_ >= 0) setAccessibleDescription(sentence(current_));
    else setAccessibleDescription(tr("%n policies.", nullptr, rowCount()) + QLatin1Char(' ') + sentence(0));
}

bool PolicyPlot::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos());
        if (row >= 0) QToolTip::showText(help->globalPos(), sentence(row), this);
        else QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return Chart::event(event);
}

void PolicyPlot::resizeEvent(QResizeEvent* event) {
    Chart::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) updateGeometry();
}

void PolicyPlot::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (event->key() == Qt::Key_Escape && current_ >= 0) {
        current_ = -1;
    } else if (step == 0 || rows_.empty()) {
        return Chart::keyPressEvent(event);
    } else {
        current_ = std::clamp(current_ + step, 0, rowCount() - 1);
    }
    describe();
    update();
}

void PolicyPlot::wheelEvent(QWheelEvent* event) {
    const int panel = panelAt(event->position().toPoint());
    // Without the control key the wheel scrolls the page, as everywhere.
    if (panel < 0 || rows_.empty() || !event->modifiers().testFlag(Qt::ControlModifier)) return event->ignore();
    const QRect area = panelRect(panel);
    auto range = axis(panel);
    const double at = range.low + (event->position().x() - area.left()) / area.width() * (range.high - range.low);
    const double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    range.low = at + (range.low - at) * factor;
    range.high = at + (range.high - at) * factor;
    if (range.high - range.low > 1e-6) zoomed_[panel] = range;
    event->accept();
    update();
}

void PolicyPlot::mousePressEvent(QMouseEvent* event) {
    const auto position = event->position().toPoint();
    dragged_ = panelAt(position);
    dragFrom_ = position;
    if (dragged_ >= 0 && !axes_.empty()) dragAxis_ = axis(dragged_);
    if (const int row = rowAt(position); row >= 0) {
        current_ = row;
        describe();
        update();
    }
}

void PolicyPlot::mouseMoveEvent(QMouseEvent* event) {
    if (dragged_ < 0 || !(event->buttons() & Qt::LeftButton) || rows_.empty()) return;
    const int moved = event->position().toPoint().x() - dragFrom_.x();
    if (moved == 0 && !zoomed_.contains(dragged_)) return;
    const double by = double(moved) / panelRect(dragged_).width() * (dragAxis_.high - dragAxis_.low);
    auto range = dragAxis_;
    range.low -= by;
    range.high -= by;
    zoomed_[dragged_] = range;
    update();
}

void PolicyPlot::mouseReleaseEvent(QMouseEvent*) { dragged_ = -1; }

void PolicyPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    zoomed_.remove(panelAt(event->position().toPoint()));
    update();
}

void PolicyPlot::restyle() {
    updateGeometry();
    update();
}

ChartTable PolicyPlot::table() const {
    ChartTable table;
    table.columns.push_back({tr("Policy", "column"), -1});
    const bool both = result_ && other_;
    if (both) table.columns.push_back({tr("Run", "column: number of a result"), 0});
    for (const auto& panel : panels())
        for (const Metric metric : panel.metrics) {
            const auto unit = labMetricUnit(metric);
            table.columns.push_back({unit.isEmpty() ? labMetricText(metric) : labMetricText(metric) + QLatin1Char(' ') + unit, 2});
            table.columns.push_back({QStringLiteral("±"), 2});
        }
    for (const auto& one : rows_) {
        for (const auto& [report, result] : {std::pair(one.first, result_), std::pair(one.second, other_)}) {
            if (!report) continue;
            auto& row = table.rows.emplace_back();
            row.emplace_back(one.name);
            if (both) row.emplace_back(static_cast<double>(result->number));
            for (const auto& panel : panels())
                for (const Metric metric : panel.metrics) {
                    const auto estimate = report->of(metric);
                    row.emplace_back(labMetricValue(metric, estimate.mean));
                    row.emplace_back(labMetricValue(metric, estimate.half));
                }
        }
    }
    return table;
}

}  // namespace gatehouse::ui
