#include "shell/command_palette.h"
#include "shell/fuzzy.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {
constexpr std::size_t kShown = 200;
/// A hit in the category or the detail counts, but less than one in the name.
constexpr int kElsewhere = 400;
}  // namespace

PaletteModel::PaletteModel(QObject* parent) : QAbstractListModel(parent) {}

void PaletteModel::setItems(std::vector<Item> items, const QStringList& recent) {
    items_ = std::move(items);
    recency_.clear();
    for (const Item& item : items_) {
        const auto position = recent.indexOf(item.id);
        recency_.push_back(position < 0 ? 0 : int(recent.size() - position));
    }
    const QString query = query_;
    query_ = QString();
    setQuery(query);
}

void PaletteModel::setQuery(const QString& query) {
    beginResetModel();
    query_ = query;
    hits_.clear();
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const Item& item = items_[i];
        if (const auto inText = fuzzyMatch(query, item.text)) {
            hits_.push_back({i, inText->score, inText->positions});
        } else if (const auto wider = fuzzyMatch(query, item.category + QLatin1Char(' ') + item.text + QLatin1Char(' ') + item.detail)) {
            hits_.push_back({i, wider->score - kElsewhere, {}});
        }
    }
    std::stable_sort(hits_.begin(), hits_.end(), [this](const Hit& a, const Hit& b) {
        if (query_.trimmed().isEmpty()) return recency_[a.item] > recency_[b.item];
        return a.score + recency_[a.item] > b.score + recency_[b.item];
    });
    if (hits_.size() > kShown) hits_.resize(kShown);
    endResetModel();
}

const PaletteModel::Item* PaletteModel::at(int row) const {
    return row >= 0 && row < int(hits_.size()) ? &items_[hits_[std::size_t(row)].item] : nullptr;
}

int PaletteModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(hits_.size()); }

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    const Item* item = at(index.row());
    if (!item) return {};
    switch (role) {
        case Qt::DisplayRole: return item->text;
        case Qt::AccessibleTextRole: {
            QString text = QStringLiteral("%1: %2").arg(item->category, item->text);
            if (!item->shortcut.isEmpty()) text += QStringLiteral(", ") + item->shortcut;
            if (!item->reason.isEmpty()) text += QStringLiteral(", ") + item->reason;
            return text;
        }
        case CategoryRole: return item->category;
        case DetailRole: return item->detail;
        case ShortcutRole: return item->shortcut;
        case ReasonRole: return item->reason;
        case PositionsRole: return QVariant::fromValue(hits_[std::size_t(index.row())].positions);
        default: return {};
    }
}

}  // namespace gatehouse::ui
