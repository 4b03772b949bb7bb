// ReceiptTableModel: what models used and cost since the gateway started, a row per provider, model and API key. Thread: GUI.
#pragma once

#include "telemetry/usage_totals.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

class ReceiptTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Provider, Model, Key, Requests, Input, Cached, Output, Amount, Unpriced, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps the rows that stay, so that the selection does.
    void update(const std::vector<telemetry::UsageRow>& rows);
    const telemetry::UsageRow& sum() const { return sum_; }
    /// Some request came with an API key.
    bool hasKeys() const;
    /// "12.34 USD · 3.00 EUR"; "–" where nothing was priced.
    static QString moneyOf(const telemetry::UsageRow& row, bool exact = false);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(const telemetry::UsageRow& row, int column) const;

    std::vector<telemetry::UsageRow> rows_;
    telemetry::UsageRow sum_;
};

}  // namespace gatehouse::ui
