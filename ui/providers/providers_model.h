// ProvidersModel: the rows of the Providers table. Values change in place; only other objects reset. Thread: GUI.
#pragma once

#include "providers/provider_rows.h"

#include <QAbstractTableModel>

namespace gatehouse::ui {

class Theme;

class ProvidersModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Type, Model, Endpoints, Median, Slowest, Errors, InFlight, Key, Expires, Price, Requests, Tokens, Host, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;

    explicit ProvidersModel(Theme& theme, QObject* parent = nullptr);

    void setRows(std::vector<ProviderRow> rows);
    void setCounters(const gateway::State& state);
    const ProviderRow* at(int row) const;
    /// `provider`: of a Backend with several; where there is none of that name, the first row of the object.
    int rowOf(const config::ObjectKey& key, const QString& provider = {}) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString shownText(const ProviderRow& row, int column) const;
    QVariant sortValue(const ProviderRow& row, int column) const;
    QVariant statusToken(const ProviderRow& row, int column) const;
    QString hint(const ProviderRow& row, int column) const;

    Theme& theme_;
    std::vector<ProviderRow> rows_;
};

}  // namespace gatehouse::ui
