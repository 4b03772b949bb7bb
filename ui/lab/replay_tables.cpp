#include "lab/replay_tables.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

double percent(std::uint64_t part, std::uint64_t whole) { return whole > 0 ? 100.0 * double(part) / double(whole) : std::numeric_limits<double>::quiet_NaN(); }

QString millis(double seconds) { return std::isnan(seconds) ? QStringLiteral("–") : formatNumber(seconds * 1e3, seconds < 0.01 ? 2 : seconds < 0.1 ? 1 : 0); }

}  // namespace

ReplaySharesModel::ReplaySharesModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {}

void ReplaySharesModel::set(ReplayResultRef result) {
    beginResetModel();
    result_ = std::move(result);
    endResetModel();
}

int ReplaySharesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() || !result_ ? 0 : static_cast<int>(result_->replay.pods.size()); }
int ReplaySharesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ReplaySharesModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& share = result_->replay.pods[static_cast<std::size_t>(index.row())];
    const auto all = result_->replay.taken();
    const double before = percent(share.before, all), after = percent(share.after, all);
    const auto change = static_cast<qint64>(share.after) - static_cast<qint64>(share.before);
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Pod: return shortName(toQt(share.pod));
                case Before: return formatNumber(before, 1);
                case After: return formatNumber(after, 1);
                case Change: return (change > 0 ? QStringLiteral("+") : change < 0 ? QStringLiteral("−") : QString()) + formatNumber(double(std::abs(change)));
                default: return {};
            }
        case kValueRole: return index.column() == Pod ? QVariant(toQt(share.pod)) : index.column() == Before ? QVariant(before) : index.column() == After ? QVariant(after) : QVariant(double(change));
        case kBarRole: return index.column() == Before ? QVariant(before / 100) : index.column() == After ? QVariant(after / 100) : QVariant();
        case Qt::ToolTipRole:
            return tr("%1 of %2: %3 picks, and %4 under the other policy.", "%1 pod, %2 pool").arg(toQt(share.pod), toQt(share.pool), formatCount(share.before), formatCount(share.after));
        case Qt::TextAlignmentRole: return int((index.column() == Pod ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case Qt::FontRole: return index.column() == Pod ? QVariant() : QVariant(theme_.tabularFont());
        default: return {};
    }
}

QVariant ReplaySharesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == Pod ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Pod: return tr("Pod", "column");
        case Before: return tr("Before %", "column: share of picks, as it was");
        case After: return tr("After %", "column: share of picks under the other policy");
        case Change: return tr("Change", "column: how many picks more or less");
        default: return {};
    }
}

ReplayDecisionsModel::ReplayDecisionsModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {}

void ReplayDecisionsModel::set(ReplayResultRef result, bool changedOnly) {
    beginResetModel();
    result_ = std::move(result);
    rows_.clear();
    if (result_)
        for (std::size_t i = result_->replay.decisions.size(); i-- > 0;)
            if (!changedOnly || result_->replay.decisions[i].changed()) rows_.push_back(i);
    // Records come as requests end; times of RFC 3339 in UTC order as texts.
    std::stable_sort(rows_.begin(), rows_.end(), [this](std::size_t a, std::size_t b) {
        const auto time = [this](std::size_t i) -> const std::string& { return (*result_->decisions)[result_->replay.decisions[i].decision].time; };
        return time(a) > time(b);
    });
    endResetModel();
}

QString ReplayDecisionsModel::requestId(int row) const { return row >= 0 && row < rowCount() ? toQt((*result_->decisions)[at(row).decision].requestId) : QString(); }
QString ReplayDecisionsModel::noteOf(const lab::Retaken& one) const {
    if (one.why != lab::NotTaken::Taken) return tr("It was not taken again: %1.").arg(coreSentence(lab::sentence(one.why)));
    if (one.changed()) return tr("Another pod would be picked.");
    return one.tied > 1 ? tr("It stays: it ties with the best, %n in all.", nullptr, static_cast<int>(one.tied)) : tr("It stays.", "a decision under another policy");
}

int ReplayDecisionsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() || !result_ ? 0 : static_cast<int>(rows_.size()); }
int ReplayDecisionsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ReplayDecisionsModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& one = at(index.row());
    const auto& decision = (*result_->decisions)[one.decision];
    const auto pod = [&](int candidate) { return shortName(toQt(decision.pick->candidates[static_cast<std::size_t>(candidate)].pod)); };
    const bool taken = one.why == lab::NotTaken::Taken, changed = one.changed();
    const bool number = index.column() == CostBefore || index.column() == CostAfter;
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Time: {
                    const auto at = QDateTime::fromString(toQt(decision.time), Qt::ISODateWithMs);
                    return at.isValid() ? at.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz")) : QStringLiteral("–");
                }
                case Request: return toQt(decision.requestId);
                case Before: return pod(one.before);
                case After: return taken ? pod(one.after) : coreSentence(lab::sentence(one.why));
                case CostBefore: return millis(one.costBefore);
                case CostAfter: return millis(one.costAfter);
                default: return {};
            }
        case kValueRole:
            if (index.column() == Time) return toQt(decision.time);
            if (index.column() == CostBefore) return one.costBefore;
            if (index.column() == CostAfter) return one.costAfter;
            return data(index, Qt::DisplayRole);
        case Qt::DecorationRole:
            if (index.column() != After) return {};
            return theme_.icon(!taken ? QStringLiteral("info") : changed ? QStringLiteral("arrow-right") : QStringLiteral("ring"), changed ? Token::Warn : Token::Muted);
        case kFixedFontRole: return index.column() == Request;
        case kSentenceRole: return index.column() == After && !taken;
        case kStatusTokenRole: return !taken ? QVariant(int(Token::Muted)) : QVariant();
        case Qt::ToolTipRole: return index.column() == Request ? toQt(decision.requestId) : index.column() == Before ? coreSentence(decision.pick->reason) : index.column() == After ? QVariant(noteOf(one)) : QVariant();
        case Qt::FontRole: return number || index.column() == Time ? QVariant(theme_.tabularFont()) : index.column() == After && changed ? QVariant(theme_.strongFont()) : QVariant();
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default: return {};
    }
}

QVariant ReplayDecisionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == CostBefore || section == CostAfter ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && (section == CostBefore || section == CostAfter)) return tr("What the cost model predicted for that pod when the request came; not measured.");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Time: return tr("Time", "column");
        case Request: return tr("Request", "column: its id");
        case Before: return tr("Picked", "column: the pod that was picked");
        case After: return tr("Otherwise", "column: the pod that another policy would pick");
        case CostBefore: return tr("Cost ms", "column: predicted, of the pod that was picked");
        case CostAfter: return tr("Then ms", "column: predicted cost of the other pod");
        default: return {};
    }
}

}  // namespace gatehouse::ui
