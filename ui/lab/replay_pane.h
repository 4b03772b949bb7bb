// ReplayPane: recorded decisions taken again under another policy: those of the console's own requests, or of a file that the admin page
// /requests printed. Nothing live is changed. Thread: GUI; reading and replaying beside it. Lifetime: the Lab view's.
#pragma once

#include "bridge/background_run.h"
#include "lab/replay_tables.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QMenu;
class QSortFilterProxyModel;
class QSplitter;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Card;
class EmptyState;
class MessageBar;
struct ViewContext;

class ReplayPane : public QWidget {
    Q_OBJECT
  public:
    /// Of the console's own requests the newest that many decisions.
    static constexpr std::size_t kMostDecisions = 5'000;

    ReplayPane(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    /// Takes the chosen decisions again under the chosen policy.
    void run();
    bool isRunning() const { return run_.running(); }
    const ReplayResultRef& result() const { return result_; }
    void openRecords(const QString& path);
    bool openPolicy(const QString& path);
    /// Policies of the workspace may have changed; counts of what there is too.
    void refresh();
    bool save(const QString& path, const QString& format);
    QSplitter* splitter() const { return split_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void retranslate();
    void takePolicies();
    void showSource();
    void showResult();
    void showEmpty();
    void openChosen(const QModelIndex& index);
    void saveAs(const QString& format);
    std::vector<lab::RecordedDecision> liveDecisions() const;
    std::size_t liveCount() const;

    ViewContext& context_;
    MessageBar& messages_;
    std::vector<lab::ReplayPolicy> policies_;      ///< As the box lists them.
    std::vector<lab::ReplayPolicy> filePolicies_;
    std::shared_ptr<const std::vector<lab::RecordedDecision>> file_;  ///< Read from `filePath_`.
    QString filePath_;
    ReplayResultRef result_;
    QComboBox *source_, *policy_;
    QLabel *sourceLabel_, *policyLabel_, *about_, *summary_, *notes_;
    QToolButton *openRecords_, *openPolicy_, *save_;
    QMenu* saveMenu_;
    QStackedLayout* pages_;
    EmptyState* empty_;
    Card *setupCard_, *shareCard_, *decisionCard_;
    QSplitter* split_;
    QTableView *shareTable_, *decisionTable_;
    ReplaySharesModel* shares_;
    ReplayDecisionsModel* decisions_;
    QSortFilterProxyModel *shareRows_, *decisionRows_;
    QCheckBox* changedOnly_;
    BackgroundRun run_;  ///< Last: gone before what it hands things to.
};

}  // namespace gatehouse::ui
