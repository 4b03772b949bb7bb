// RoutesView: the tree of gateways, listeners, routes and rules beside what is chosen in it. Thread: GUI. Lifetime: the shell's.
#pragma once

#include "editors/workspace_facts.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QTimer>

#include <set>
#include <string>
#include <vector>

class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class Card;
class EmptyState;
class FilterEdit;
class RouteCommands;
class RouteDetails;
class RoutesModel;
class StatusChip;
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
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildTitleRow();
    void buildBody();
    void buildTree(Card& card);
    void refresh();
    void refreshCounters();
    void fitColumns();
    void showLive();
    void onSelected();
    void showTarget(const RouteNode& node);
    void select(const config::ObjectKey& object, const config::FieldPath& at);
    void expandAll(const QModelIndex& under, int depth);
    const RouteNode* current() const;

    WorkspaceFacts facts_;
    RoutesModel* model_;
    QSortFilterProxyModel* filter_;
    StatusChip* live_ = nullptr;
    QPushButton* add_ = nullptr;
    QToolButton* try_ = nullptr;
    QToolButton* more_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    FilterEdit* filterEdit_ = nullptr;
    QTreeView* tree_ = nullptr;
    RouteCommands* commands_ = nullptr;
    RouteDetails* details_ = nullptr;
    std::string selectedId_;
    config::ObjectKey wanted_;    ///< Selected once a coming reading has it.
    config::FieldPath wantedAt_;
    std::set<std::string> collapsed_;
    std::set<std::string> opened_;  ///< Of those that start closed.
    QTimer counterTimer_;
    bool selecting_ = false;
    bool pending_ = true;
    bool applying_ = false;
    bool dragged_ = false;  ///< The person has set the widths of the tree's columns.
};

}  // namespace gatehouse::ui
