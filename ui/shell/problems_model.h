// ProblemsModel: the diagnostics of the last apply (or of the text alone while the gateway is stopped) as a table, worst first. Thread: GUI.
#pragma once

#include "config/object.h"
#include "theme/theme.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

class ProblemsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Message, Object, Place, Code, Columns };

    explicit ProblemsModel(Theme& theme, QObject* parent = nullptr);

    /// Takes over a new list; nothing is reset when it says the same.
    void set(std::vector<config::Diagnostic> diagnostics);
    const config::Diagnostic* at(int row) const;
    int errors() const { return errors_; }
    int warnings() const { return warnings_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    Theme& theme_;
    std::vector<config::Diagnostic> rows_;
    int errors_ = 0;
    int warnings_ = 0;
};

}  // namespace gatehouse::ui
