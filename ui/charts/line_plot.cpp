#include "charts/line_plot.h"

#include "charts/label_stack.h"
#include "charts/plot_sync.h"
#include "charts/qcustomplot_include.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace gatehouse::ui {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

/// Small multiples: wide enough to read, few enough rows to keep height.
int columnsFor(int panels) { return panels <= 2 ? panels : panels <= 4 ? 2 : panels <= 6 ? 3 : 4; }

/// The next of 4, 10, 20, 40, 100, ... at or above `value`: halves are round too.
double roundUpper(double value, double least) {
    double upper = least;
    for (int step = 0; upper < value; ++step) {
        constexpr double kSteps[] = {1, 2, 4};
        upper = std::pow(10, 1 + step / 3) * kSteps[step % 3];
        if (upper < least) upper = least;
    }
    return upper;
}

QString gapDash() { return QStringLiteral("–"); }

}  // namespace

LinePlot::LinePlot(Theme& theme, PlotSync& sync, QWidget* parent) : TimePlot(theme, sync, parent) { restyle(); }

void LinePlot::setValueAxis(const ValueAxis& axis) {
    axis_ = axis;
    setAccessibleName(axis.name);
    upper_ = 0;
    restyle();
}

void LinePlot::setLimit(double value, const QString& name) {
    limit_ = value;
    limitName_ = name;
    restyle();
}

void LinePlot::clearPanels() {
    for (auto& line : lines_) {
        plot().removeItem(line.label);
        if (line.swatch) plot().removeItem(line.swatch);
        plot().removeGraph(line.graph);
    }
    for (auto& header : headers_) {
        plot().removeItem(header.title_);
        plot().removeItem(header.note_);
        plot().removeItem(header.limit);
        plot().removeItem(header.limitName);
    }
    lines_.clear();
    headers_.clear();
    byId_.clear();
    upper_ = 0;
}

void LinePlot::setPanels(const std::vector<PanelSpec>& specs) {
    clearPanels();
    makePanels(static_cast<int>(specs.size()), columnsFor(static_cast<int>(specs.size())));
    const auto overlay = QStringLiteral("overlay");
    for (std::size_t i = 0; i < specs.size(); ++i) {
        auto* rect = panels()[i].rect;
        auto* x = rect->axis(QCPAxis::atBottom);
        auto* y = rect->axis(QCPAxis::atLeft);
        const auto text = [&] {
            auto* item = new QCPItemText(&plot());
            item->setLayer(overlay);
            item->setClipToAxisRect(false);
            item->setSelectable(false);
            item->position->setType(QCPItemPosition::ptAbsolute);
            return item;
        };
        Header header;
        header.title = specs[i].title;
        header.title_ = text();
        header.note_ = text();
        header.limitName = text();
        header.limit = new QCPItemLine(&plot());
        header.limit->setSelectable(false);
        header.limit->setClipAxisRect(rect);
        for (auto* position : {header.limit->start, header.limit->end}) {
            position->setAxes(x, y);
            position->setAxisRect(rect);
            position->setTypeX(QCPItemPosition::ptAxisRectRatio);
            position->setTypeY(QCPItemPosition::ptPlotCoords);
        }
        header.several = specs[i].lines.size() > 1;
        headers_.push_back(header);
        for (const auto& spec : specs[i].lines) {
            Drawn line;
            line.spec = spec;
            line.panel = static_cast<int>(i);
            line.graph = plot().addGraph(x, y);
            line.graph->setAntialiased(false);
            line.graph->setAdaptiveSampling(true);
            line.graph->setSelectable(QCP::stNone);
            line.label = text();
            if (header.several && !spec.unnamed) {
                line.swatch = new QCPItemRect(&plot());
                line.swatch->setLayer(overlay);
                line.swatch->setClipToAxisRect(false);
                line.swatch->setSelectable(false);
                line.swatch->topLeft->setType(QCPItemPosition::ptAbsolute);
                line.swatch->bottomRight->setType(QCPItemPosition::ptAbsolute);
            }
            byId_.emplace(spec.id.toStdString(), lines_.size());
            lines_.push_back(line);
        }
        for (auto& line : lines_)
            if (const auto other = byId_.find(line.spec.fillTo.toStdString()); line.panel == static_cast<int>(i) && other != byId_.end())
                line.graph->setChannelFillGraph(lines_[other->second].graph);
    }
    restyle();
}

void LinePlot::append(const QString& lineId, double time, double value) {
    const auto found = byId_.find(lineId.toStdString());
    if (found != byId_.end()) lines_[found->second].graph->addData(time, value);
}

void LinePlot::replace(const QString& lineId, const QVector<double>& times, const QVector<double>& values) {
    const auto found = byId_.find(lineId.toStdString());
    if (found != byId_.end()) lines_[found->second].graph->setData(times, values, true);
}

void LinePlot::trim(double time) {
    for (auto& line : lines_) line.graph->data()->removeBefore(time);
}

void LinePlot::commit() {
    fitValues();
    replotSoon();
}

void LinePlot::setNote(int panel, const QString& note) {
    if (panel < 0 || panel >= static_cast<int>(headers_.size()) || headers_[static_cast<std::size_t>(panel)].note == note) return;
    auto& header = headers_[static_cast<std::size_t>(panel)];
    header.note = note;
    panels()[static_cast<std::size_t>(panel)].rect->setBackground(
        note.isEmpty() ? QBrush(Qt::NoBrush) : QBrush(mixColors(theme().color(Token::Surface), theme().color(Token::Border), 0.7), Qt::BDiagPattern));
    replotSoon();
}

int LinePlot::sampleCount(const QString& lineId) const {
    const auto found = byId_.find(lineId.toStdString());
    return found == byId_.end() ? 0 : lines_[found->second].graph->dataCount();
}

double LinePlot::valueAt(const QString& lineId, double time) const {
    const auto found = byId_.find(lineId.toStdString());
    if (found == byId_.end()) return kNan;
    const auto data = lines_[found->second].graph->data();
    auto at = data->findEnd(time, false);
    return at == data->constBegin() ? kNan : std::prev(at)->value;
}

double LinePlot::readAt(const Drawn& line) const { return valueAt(line.spec.id, sync().cursor().value_or(sync().upper())); }

QString LinePlot::valueText(double value) const { return std::isfinite(value) ? QLocale().toString(value, 'f', axis_.decimals) : gapDash(); }

/// Room for the widest value, and for the names where panels hold several lines.
int LinePlot::labelRoom() const {
    const QFontMetrics metrics(theme().captionFont());
    const double widest = axis_.fixedUpper > 0 ? axis_.fixedUpper : std::max(upper_, 100.0);
    const auto value = valueText(widest);
    int room = metrics.horizontalAdvance(value) + 2 * theme().unit();
    for (const auto& line : lines_) {
        if (line.spec.unnamed || !headers_[static_cast<std::size_t>(line.panel)].several) continue;
        room = std::max(room, metrics.horizontalAdvance(line.spec.label + QLatin1Char(' ') + value) + 6 * theme().unit());
    }
    return room;
}

void LinePlot::fitValues() {
    double upper = axis_.fixedUpper;
    if (upper <= 0) {
        double highest = limit_;
        for (const auto& line : lines_)
            for (auto at = line.graph->data()->findBegin(sync().lower()); at != line.graph->data()->constEnd(); ++at)
                if (std::isfinite(at->value)) highest = std::max(highest, at->value);
        upper = roundUpper(highest, axis_.leastUpper);
        // Shrinks only when half of it stays empty, so that the scale does not flutter.
        if (upper < upper_ && highest > upper_ * 0.4) upper = upper_;
    }
    if (upper == upper_) return;
    upper_ = upper;
    const QFontMetrics metrics(theme().captionFont());
    for (auto& panel : panels()) {
        auto* y = panel.rect->axis(QCPAxis::atLeft);
        y->setRange(0, upper_);
        auto ticker = QSharedPointer<QCPAxisTickerFixed>(new QCPAxisTickerFixed);
        ticker->setTickStep(upper_ / 2);
        y->setTicker(ticker);
        y->setNumberFormat(QStringLiteral("f"));
        y->setNumberPrecision(upper_ / 2 < 1 ? 1 : 0);
    }
    setSideRoom(metrics.horizontalAdvance(valueText(upper_)) + theme().unit(), labelRoom());
}

void LinePlot::placeLabels() {
    const QFontMetrics metrics(theme().captionFont());
    const int unit = theme().unit();
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        auto& header = headers_[i];
        const auto rect = panels()[i].rect->rect();
        const int noteWidth = header.note.isEmpty() ? 0 : metrics.horizontalAdvance(header.note) + 2 * unit;
        const int room = rect.width() + panels()[i].rect->margins().right();
        const auto title = metrics.elidedText(header.title, Qt::ElideMiddle, std::max(room - noteWidth, room / 3));
        const double baseline = rect.top() - unit / 2.0;
        header.title_->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
        header.title_->setText(title);
        header.title_->position->setCoords(rect.left(), baseline);
        header.note_->setVisible(!header.note.isEmpty());
        header.note_->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
        const int titleWidth = title.isEmpty() ? 0 : metrics.horizontalAdvance(title) + 2 * unit;
        header.note_->setText(metrics.elidedText(header.note, Qt::ElideRight, std::max(0, room - titleWidth)));
        header.note_->position->setCoords(rect.left() + titleWidth, baseline);
        if (header.limitName->visible()) {
            // Below the line and at its end: above it, at its start, stands the panel's title.
            header.limitName->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
            header.limitName->position->setCoords(rect.right(), panels()[i].rect->axis(QCPAxis::atLeft)->coordToPixel(limit_));
        }
        std::vector<std::size_t> members;
        std::vector<double> centers;
        for (std::size_t at = 0; at < lines_.size(); ++at) {
            auto& line = lines_[at];
            if (line.panel != static_cast<int>(i) || line.spec.unnamed) continue;
            const double value = readAt(line);
            const auto text = valueText(value);
            line.label->setText(header.several ? QStringLiteral("%1 %2").arg(line.spec.label, text) : text);
            line.label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            members.push_back(at);
            centers.push_back(panels()[i].rect->axis(QCPAxis::atLeft)->coordToPixel(std::isfinite(value) ? std::clamp(value, 0.0, upper_) : 0));
        }
        const auto placed = stackLabels(centers, metrics.height(), rect.top() - metrics.height() / 2.0, rect.bottom() + metrics.height() / 2.0);
        for (std::size_t at = 0; at < members.size(); ++at) {
            auto& line = lines_[members[at]];
            double left = rect.right() + unit;
            if (line.swatch) {
                line.swatch->topLeft->setCoords(left, placed[at] - unit);
                line.swatch->bottomRight->setCoords(left + 2 * unit, placed[at] + unit);
                left += 3 * unit;
            }
            line.label->position->setCoords(left, placed[at]);
        }
    }
}

QString LinePlot::describe() const {
    const Drawn* highest = nullptr;
    double value = kNan;
    int missing = 0;
    for (const auto& line : lines_) {
        if (line.spec.unnamed) continue;
        const double now = readAt(line);
        if (!std::isfinite(now)) {
            ++missing;
        } else if (!highest || now > value) {
            highest = &line;
            value = now;
        }
    }
    if (lines_.empty()) return tr("No lines yet.");
    const auto when = sync().cursor() ? timeText(*sync().cursor()) : tr("now");
    QString sentence = tr("%n line(s).", nullptr, static_cast<int>(lines_.size()));
    if (highest)
        sentence += QLatin1Char(' ') + tr("Highest %1: %2 with %3 %4.", "%1 time, %2 line, %3 value, %4 unit").arg(when, highest->spec.label, valueText(value), axis_.unit);
    if (missing > 0) sentence += QLatin1Char(' ') + tr("%n without a value.", nullptr, missing);
    return sentence;
}

void LinePlot::restyle() {
    TimePlot::restyle();
    const auto caption = theme().captionFont();
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        auto& header = headers_[i];
        header.title_->setFont(caption);
        header.title_->setColor(theme().color(Token::Text));
        header.note_->setFont(caption);
        header.note_->setColor(theme().color(Token::Warn));
        const bool limited = limit_ > 0;
        header.limit->setVisible(limited);
        header.limit->setPen(QPen(ink(theme().color(Token::Warn)), 1, Qt::DashLine));
        header.limit->start->setCoords(0, limit_);
        header.limit->end->setCoords(1, limit_);
        header.limitName->setVisible(limited && i == 0 && headers_.size() == 1);
        header.limitName->setText(limitName_);
        header.limitName->setFont(caption);
        header.limitName->setColor(theme().color(Token::Muted));
    }
    for (auto& line : lines_) {
        const auto color = ink(line.spec.color ? line.spec.color() : theme().series(1));
        line.graph->setPen(line.spec.unnamed ? QPen(Qt::NoPen) : QPen(color, 1));
        line.graph->setBrush(line.spec.fillTo.isEmpty() ? QBrush(Qt::NoBrush) : QBrush(mixColors(theme().color(Token::Surface), color, 0.22)));
        line.label->setFont(caption);
        line.label->setColor(theme().color(isPaused() ? Token::Muted : Token::Text));
        if (line.swatch) {
            line.swatch->setPen(Qt::NoPen);
            line.swatch->setBrush(color);
        }
    }
    upper_ = 0;
    fitValues();
}

ChartTable LinePlot::table() const {
    ChartTable table;
    table.columns.push_back({tr("Time", "column"), -1});
    for (const auto& line : lines_)
        table.columns.push_back({axis_.unit.isEmpty() ? line.spec.label : QStringLiteral("%1 %2").arg(line.spec.label, axis_.unit), axis_.decimals > 0 ? axis_.decimals : 1});
    // Lines are sampled together, so rows meet on equal times; what lacks a sample is missing, not zero.
    std::map<double, std::vector<double>, std::greater<>> rows;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto data = lines_[i].graph->data();
        const auto end = data->findEnd(sync().upper(), false);
        for (auto at = data->findBegin(sync().lower(), false); at < end; ++at) {
            auto& row = rows[at->key];
            if (row.empty()) row.assign(lines_.size(), kNan);
            row[i] = at->value;
        }
    }
    for (const auto& [time, values] : rows) {
        std::vector<QVariant> cells{QDateTime::fromMSecsSinceEpoch(std::llround(time * 1000))};
        for (const double value : values) cells.emplace_back(value);
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace gatehouse::ui
