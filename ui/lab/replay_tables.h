// Tables of a replay: how shares of pods would move, and each decision before and after. Thread: GUI. Lifetime: what they show is shared.
#pragma once

#include "lab/replay.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace gatehouse::ui {

class Theme;

/// A replay with what it was made of.
struct ReplayResult {
    std::shared_ptr<const std::vector<lab::RecordedDecision>> decisions;
    lab::ReplayPolicy policy;
    lab::Replay replay;
};
using ReplayResultRef = std::shared_ptr<const ReplayResult>;

class ReplaySharesModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Pod, Before, After, Change, ColumnCount };
    explicit ReplaySharesModel(Theme& theme, QObject* parent = nullptr);
    void set(ReplayResultRef result);
    static constexpr int kValueRole = Qt::UserRole + 1;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    Theme& theme_;
    ReplayResultRef result_;
};

class ReplayDecisionsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Time, Request, Before, After, CostBefore, CostAfter, ColumnCount };
    explicit ReplayDecisionsModel(Theme& theme, QObject* parent = nullptr);
    void set(ReplayResultRef result, bool changedOnly);
    QString requestId(int row) const;
    static constexpr int kValueRole = Qt::UserRole + 1;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QString noteOf(const lab::Retaken& one) const;
    const lab::Retaken& at(int row) const { return result_->replay.decisions[rows_[static_cast<std::size_t>(row)]]; }
    Theme& theme_;
    ReplayResultRef result_;
    std::vector<std::size_t> rows_;  ///< In the replay's decisions, newest first.
};

}  // namespace gatehouse::ui
