// BenchPanel: a file of texts through the guards that are being edited: what each one came to, against what was expected, with the exact
// spans, as a table and as CSV. The file is run again with every edit. Thread: GUI. Lifetime: the Policies view's.
#pragma once

#include "policies/guard_bench.h"
#include "widgets/card.h"

#include <optional>

class QLabel;
class QStackedLayout;
class QToolButton;
class QTreeWidget;

namespace gatehouse::ui {

class MessageBar;
struct ViewContext;

class BenchPanel : public Card {
    Q_OBJECT
  public:
    BenchPanel(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);
    void setPolicy(CompiledPolicy policy);
    /// Reads and runs a file; false where it cannot be read.
    bool open(const QString& path);
    const BenchRun& shown() const { return run_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void choose();
    void save();
    void run();
    void showRun();
    void retranslate();

    ViewContext& context_;
    MessageBar& messages_;
    CompiledPolicy policy_;
    BenchFile file_;
    QString name_;
    BenchRun run_;
    QToolButton* open_;
    QToolButton* save_;
    QLabel* totals_;
    QTreeWidget* table_;
    QStackedLayout* pages_;
    EmptyState* empty_;
};

}  // namespace gatehouse::ui
