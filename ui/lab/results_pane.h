// ResultsPane: what comparisons of the laboratory came to: how far the one under way is, the plot of a result (beside that of another one, if
// wished), and below it who is better, or all figures. Thread: GUI. Lifetime: the Lab view's.
#pragma once

#include "lab/lab_runs.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QStackedLayout;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Card;
class ChartFrame;
class ColumnFit;
class EmptyState;
class FiguresModel;
class MessageBar;
class PolicyPlot;
class SegmentedControl;
class VerdictsModel;
struct ViewContext;

class ResultsPane : public QWidget {
    Q_OBJECT
  public:
    ResultsPane(ViewContext& context, MessageBar& messages, LabRuns& runs, QWidget* parent = nullptr);

    LabResultRef result() const { return chosen(shown_); }
    LabResultRef other() const { return chosen(against_); }
    /// "json" (as `gatehouse simulate --json`), "csv" or "png".
    bool save(const QString& path, const QString& format);

  signals:
    void runWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    QWidget* buildProgress();
    QWidget* buildTables();
    void retranslate();
    void takeState();
    void takeResults();
    void showChosen();
    void showProgress();
    void saveAs(const QString& format);
    LabResultRef chosen(const QComboBox* box) const;
    QString nameOf(const LabResult& result) const;

    ViewContext& context_;
    MessageBar& messages_;
    LabRuns& runs_;
    int newest_ = 0;
    QStackedLayout* pages_;
    EmptyState* empty_;
    QWidget* progressRow_;
    QProgressBar* bar_;
    QLabel* progress_;
    QPushButton* cancel_;
    Card* plotCard_;
    QComboBox *shown_, *against_;
    QLabel* againstLabel_;
    QToolButton* save_;
    QMenu* saveMenu_;
    PolicyPlot* plot_;
    ChartFrame* frame_;
    Card* tableCard_;
    SegmentedControl* part_;
    QStackedWidget* tables_;
    QTableView *verdictTable_, *figureTable_;
    VerdictsModel* verdicts_;
    FiguresModel* figures_;
    QSortFilterProxyModel* sorted_;
};

}  // namespace gatehouse::ui
