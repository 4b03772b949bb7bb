// RoutesView: the tree of gateways, listeners, routes and rules; form and YAML of the chosen object; its problems, its status conditions, and a
// box to try a request. Thread: GUI. Lifetime: the shell's.
#pragma once

#include "editors/object_edits.h"
#include "editors/workspace_facts.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QTimer>

#include <set>
#include <string>
#include <vector>

class QLabel;
class QMenu;
class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class Card;
class ConditionList;
class DiagnosticList;
class EmptyState;
class FilterEdit;
class ObjectEditor;
class RoutesModel;
class SegmentedControl;
class StatusChip;
class TryRequestPanel;
struct RouteNode;

class RoutesView : public View {
    Q_OBJECT
  public:
    RoutesView(ViewContext& context, QWidget* parent);

    QString title() const override;
    void setActive(bool active) override;
    void openTarget(const QString& target) override;
    void focusFilter() override;

  protected:
    void retranslate() override;

  private:
    void buildTitleRow();
    void buildBody();
    void registerActions();
    void refresh();
    void refreshDetails();
    void refreshCounters();
    void showLive();
    void onSelected();
    void select(const config::ObjectKey& object, const config::FieldPath& at);
    void expandAll(const QModelIndex& under, int depth);
    const RouteNode* current() const;
    void apply(PreparedEdit prepared);
    void addHere(const QString& what);
    void fillAddMenu();
    void rename();
    void duplicate();
    void remove();
    void openDrawer(const QString& page);
    void contextMenu(const QPoint& at);

    WorkspaceFacts facts_;
    RoutesModel* model_;
    QSortFilterProxyModel* filter_;
    StatusChip* live_ = nullptr;
    QPushButton* add_ = nullptr;
    QMenu* addMenu_ = nullptr;
    QToolButton* try_ = nullptr;
    QToolButton* more_ = nullptr;
    QMenu* moreMenu_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    FilterEdit* filterEdit_ = nullptr;
    QTreeView* tree_ = nullptr;
    QLabel* objectIcon_ = nullptr;
    QLabel* objectName_ = nullptr;
    QLabel* objectKind_ = nullptr;
    StatusChip* objectState_ = nullptr;
    ObjectEditor* editor_ = nullptr;
    SegmentedControl* drawerChoice_ = nullptr;
    QStackedWidget* drawer_ = nullptr;
    QSplitter* drawerSplitter_ = nullptr;
    DiagnosticList* problems_ = nullptr;
    ConditionList* conditions_ = nullptr;
    TryRequestPanel* tryPanel_ = nullptr;
    std::string selectedId_;
    config::ObjectKey wanted_;    ///< Selected once a coming reading has it.
    config::FieldPath wantedAt_;
    std::set<std::string> collapsed_;
    QTimer counterTimer_;
    bool selecting_ = false;
    bool pending_ = true;
    bool applying_ = false;
};

}  // namespace gatehouse::ui
