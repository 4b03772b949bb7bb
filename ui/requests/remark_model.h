// RemarkModel: what happened to fields on their way, as a list: dropped, defaulted, coerced, added, hit by a guard. Thread: GUI.
#pragma once

#include "requests/message_model.h"
#include "requests/xray.h"

#include <QAbstractTableModel>

namespace gatehouse::ui {

class RemarkModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { What, Field, Why, ColumnCount };

    explicit RemarkModel(Theme& theme, QObject* parent = nullptr) : QAbstractTableModel(parent), theme_(theme) {}
    void set(std::vector<XrayRemark> remarks);
    const XrayRemark& at(int row) const { return remarks_[std::size_t(row)]; }
    int count(XrayRemark::Kind kind) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// How the field itself is marked in its pane.
    static MessageModel::Mark markOf(XrayRemark::Kind kind);
    static QString why(const XrayRemark& remark);

  private:
    Theme& theme_;
    std::vector<XrayRemark> remarks_;
};

}  // namespace gatehouse::ui
