// RequestsPage: the tail of finished requests with follow, pause, mark and a filter, and the inspector of the selected one.
// Selection is held by request id; the user's own sort or scroll ends following. Thread: GUI.
#pragma once

#include "widgets/view.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Card;
class DecisionPane;
class EmptyState;
class FilterEdit;
class ReceiptsPane;
class RequestColumns;
class RequestCsv;
class RequestInspector;
class RequestTableModel;
class SegmentedControl;
class StatusChip;
class XrayPane;

class RequestsPage : public View {
    Q_OBJECT
  public:
    RequestsPage(ViewContext& context, QWidget* parent);

    QString title() const override;
    void setActive(bool active) override;
    /// `wanted`: a request id; "xray:" before it opens its X-ray, "decision:" how its pod was picked.
    void openTarget(const QString& wanted) override;
    void focusFilter() override;

    void setFilterText(const QString& text);
    void setPaused(bool paused);
    void setFollowing(bool following);
    bool isFollowing() const { return following_; }
    /// The tail, or what models cost.
    void showReceipts(bool receipts);
    /// The X-ray of the selected request; of a body of one's own where `pasted`.
    void showXray(bool pasted);
    bool isXrayShown() const;
    void closeXray();
    /// How the pod of the selected request was picked, and what if.
    void showDecision();

  protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void buildControls();
    void buildTable();
    void buildReceipts();
    void buildXray();
    void buildDecision();
    void showCapture();
    void hideTail(bool hidden);
    void applyFilter(const QString& text);
    void onCurrentChanged();
    void restoreSelection();
    void showCounts();
    void showEmptyState();
    void scrollToEnd();
    void toggleMark();
    void contextMenu(const QPoint& position);
    void saveCsv();
    void onCsvSaved(const QString& path, const QString& error, int written, int gone);

    RequestTableModel* model_ = nullptr;
    QTableView* table_ = nullptr;
    Card* card_ = nullptr;
    QSplitter* splitter_ = nullptr;
    QStackedLayout* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    FilterEdit* filter_ = nullptr;
    QLabel* filterError_ = nullptr;
    QLabel* counts_ = nullptr;
    StatusChip* drops_ = nullptr;
    StatusChip* pausedChip_ = nullptr;
    QPushButton* newer_ = nullptr;
    QPushButton* follow_ = nullptr;
    QPushButton* pause_ = nullptr;
    QToolButton* mark_ = nullptr;
    QToolButton* save_ = nullptr;
    RequestInspector* inspector_ = nullptr;
    RequestColumns* columns_ = nullptr;
    RequestCsv* csv_ = nullptr;
    SegmentedControl* shown_ = nullptr;
    ReceiptsPane* receipts_ = nullptr;
    QPushButton* capture_ = nullptr;
    QToolButton* paste_ = nullptr;
    XrayPane* xray_ = nullptr;
    DecisionPane* decision_ = nullptr;
    QString selectedId_;
    bool following_ = true;
    bool restoring_ = false;
};

}  // namespace gatehouse::ui
