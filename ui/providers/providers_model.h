// ProvidersModel: the rows of the Providers table. Values change in place; only other objects reset. Thread: GUI.
#pragma once

#include "providers/provider_rows.h"

#include <QAbstractTableModel>

namespace gatehouse::ui {

class Theme;

class ProvidersModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Type, Host, Model, Key, Endpoints, Requests, Errors, Tokens, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;

    explicit ProvidersModel(Theme& theme, QObject* parent = nullptr);

    void setRows(std::vector<ProviderRow> rows);
    void setCounters(const gateway::State& state);
    const ProviderRow* at(int row) const;
    int rowOf(const config::ObjectKey& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    Theme& theme_;
    std::vector<ProviderRow> rows_;
};

}  // namespace gatehouse::ui
