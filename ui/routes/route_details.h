// RouteDetails: the right side of the Routes view: what is chosen and how it is, form and YAML of it, and below them its problems, its status
// conditions and a request to try. Thread: GUI. Lifetime: the Routes view's.
#pragma once

#include "config/object.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace gatehouse::ui {

class ConditionList;
class DiagnosticList;
class ObjectEditor;
class SegmentedControl;
class StatusChip;
class TryRequestPanel;
class WorkspaceFacts;
struct ExampleRequest;
struct RouteNode;
struct ViewContext;

class RouteDetails : public QWidget {
    Q_OBJECT
  public:
    RouteDetails(ViewContext& context, WorkspaceFacts& facts, QWidget* parent);

    /// Another node was chosen.
    void show(const RouteNode& node);
    /// State, problems and conditions of the chosen node anew; null: nothing is chosen.
    void refresh(const RouteNode* node);
    void tryRequest();
    /// Explains a request that was served before.
    void tryThis(const ExampleRequest& request);
    /// After another apply: an explanation shown is of the configuration before.
    void markStale();
    void retranslate();
    ObjectEditor& editor() { return *editor_; }

  signals:
    void originWanted(const config::ObjectKey& object);

  private:
    void buildHeading();
    void buildDrawer();
    void openDrawer(const QString& page);

    ViewContext& context_;
    WorkspaceFacts& facts_;
    QLabel* icon_ = nullptr;
    QLabel* name_ = nullptr;
    QLabel* kind_ = nullptr;
    StatusChip* state_ = nullptr;
    ObjectEditor* editor_ = nullptr;
    QSplitter* splitter_ = nullptr;
    SegmentedControl* choice_ = nullptr;
    QStackedWidget* drawer_ = nullptr;
    DiagnosticList* problems_ = nullptr;
    ConditionList* conditions_ = nullptr;
    TryRequestPanel* try_ = nullptr;
};

}  // namespace gatehouse::ui
