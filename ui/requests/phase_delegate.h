// PhaseDelegate: the small bar of a request's phases in the tail, so that slow ones are seen before they are opened. Thread: GUI.
#pragma once

#include "widgets/data_table.h"

namespace gatehouse::ui {

class RequestTableModel;

class PhaseDelegate : public DataCellDelegate {
    Q_OBJECT
  public:
    PhaseDelegate(Theme& theme, const RequestTableModel& model, QObject* parent) : DataCellDelegate(theme, true, parent), model_(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  private:
    const RequestTableModel& model_;
};

}  // namespace gatehouse::ui
