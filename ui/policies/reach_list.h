// ReachList: the rules that a policy was found to reach, each with the reason, and those it misses. Of many only the first stand there; a
// button shows more, so that a policy of a whole Gateway holds nothing up. Thread: GUI. Lifetime: its card's.
#pragma once

#include "policies/policy_rows.h"

#include <QScrollArea>

#include <vector>

class QVBoxLayout;

namespace gatehouse::ui {

class Theme;

class ReachList : public QScrollArea {
    Q_OBJECT
  public:
    ReachList(Theme& theme, QWidget* parent);

    /// Of more than stand there at once, what answers 500 or is not reached comes first: somebody has to mend it.
    void showRows(std::vector<ReachRow> rows);
    void clear();

  signals:
    void objectWanted(const QString& id);

  private:
    void build();
    void addRow(QVBoxLayout* column, const ReachRow& row);

    Theme& theme_;
    std::vector<ReachRow> rows_;
    std::size_t most_;
    QWidget* page_ = nullptr;
};

}  // namespace gatehouse::ui
