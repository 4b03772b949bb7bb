#include "requests/receipt_table_model.h"

#include "models/format.h"
#include "models/receipt_words.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QStringList>

#include <algorithm>

namespace gatehouse::ui {
namespace {

quint64 tokens(const telemetry::UsageRow& row, llm::Bucket bucket) { return row.tokens[static_cast<std::size_t>(bucket)]; }

}  // namespace

void ReceiptTableModel::update(const std::vector<telemetry::UsageRow>& rows) {
    auto grouped = telemetry::sumsBy(rows, {&telemetry::UsageRow::provider, &telemetry::UsageRow::model, &telemetry::UsageRow::key});
    const bool same = std::equal(grouped.begin(), grouped.end(), rows_.begin(), rows_.end(),
                                 [](const auto& a, const auto& b) { return a.provider == b.provider && a.model == b.model && a.key == b.key; });
    if (!same) beginResetModel();
    rows_ = std::move(grouped);
    sum_ = {};
    for (const auto& row : rows_) sum_.add(row);
    if (!same) endResetModel();
    else if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString ReceiptTableModel::moneyOf(const telemetry::UsageRow& row, bool exact) {
    QStringList amounts;
    for (const auto& [currency, nano] : row.amounts) amounts << (exact ? formatMoneyExact(nano, currency) : formatMoney(nano, currency));
    return amounts.isEmpty() ? QStringLiteral("–") : amounts.join(QStringLiteral(" · "));
}

bool ReceiptTableModel::hasKeys() const {
    return std::any_of(rows_.begin(), rows_.end(), [](const auto& row) { return !row.key.empty(); });
}

int ReceiptTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int ReceiptTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ReceiptTableModel::text(const telemetry::UsageRow& row, int column) const {
    const auto some = [](quint64 count) { return count == 0 ? QStringLiteral("–") : formatCount(count); };
    switch (column) {
        case Provider: return row.provider == "model server" ? tr("Model servers", "models that run in the cluster, not at a provider") : toQt(row.provider);
        case Model: return row.model.empty() ? QStringLiteral("–") : toQt(row.model);
        case Key: return row.key.empty() ? QStringLiteral("–") : toQt(row.key);
        case Requests: return formatCount(row.requests);
        case Input: return some(row.inputTokens());
        case Cached: return some(tokens(row, llm::Bucket::CachedInput));
        case Output: return some(row.outputTokens());
        case Amount: return moneyOf(row);
        case Unpriced: return some(row.unpriced);
        default: return {};
    }
}

QVariant ReceiptTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return text(row, index.column());
        case Qt::TextAlignmentRole: return int((index.column() >= Requests ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kFixedFontRole: return index.column() == Model;
        case kStatusTokenRole: return text(row, index.column()) == QStringLiteral("–") ? QVariant(static_cast<int>(Token::Muted)) : QVariant();
        case Qt::ToolTipRole:
            if (index.column() == Amount && !row.amounts.empty()) return moneyOf(row, true);
            if (index.column() == Output && tokens(row, llm::Bucket::Reasoning) > 0)
                return tr("%1 of them for reasoning", "%1 count of tokens").arg(formatCount(tokens(row, llm::Bucket::Reasoning)));
            if (index.column() == Requests && row.partial > 0) {
                auto sentence = tr("%n broke off before the end; what was used until then counts.", "requests", static_cast<int>(row.partial));
                if (row.estimated > 0) sentence += QLatin1Char(' ') + tr("Of %n the provider never said its tokens, and they are estimated.", "requests", static_cast<int>(row.estimated));
                return sentence;
            }
            return {};
        case kSortRole:
            switch (index.column()) {
                case Requests: return static_cast<qulonglong>(row.requests);
                case Input: return static_cast<qulonglong>(row.inputTokens());
                case Cached: return static_cast<qulonglong>(tokens(row, llm::Bucket::CachedInput));
                case Output: return static_cast<qulonglong>(row.outputTokens());
                case Amount: return row.amounts.empty() ? qint64{-1} : static_cast<qint64>(row.amounts.front().second);
                case Unpriced: return static_cast<qulonglong>(row.unpriced);
                default: return text(row, index.column());
            }
        default: return {};
    }
}

QVariant ReceiptTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section >= Requests ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        if (section == Key) return tr("Secret and name of the key that the requests came with; never the key itself");
        if (section == Input) return tr("Tokens of prompts, cached ones included");
        if (section == Amount) return tr("By the price books: the workspace's own, then the one that comes with Gatehouse");
        if (section == Unpriced) return tr("Requests without an amount: no price book knows the model, or the provider did not say its tokens");
        return {};
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Provider: return tr("Provider", "column");
        case Model: return tr("Model", "column: LLM model");
        case Key: return tr("API key", "column: name of the key that requests came with");
        case Requests: return tr("Requests", "column: count of requests");
        case Input: return tr("Input", "column: tokens of prompts");
        case Cached: return tr("Cached", "column: tokens of prompts that came from a cache");
        case Output: return tr("Output", "column: tokens of answers");
        case Amount: return tr("Amount", "column: money");
        case Unpriced: return tr("No price", "column: count of requests without a price");
        default: return {};
    }
}

}  // namespace gatehouse::ui
