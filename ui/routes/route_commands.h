// RouteCommands: what the Routes view can do with the chosen part of its tree: add below it, rename, duplicate, delete. Owns the menus that offer it and
// the palette's actions. Thread: GUI. Lifetime: the Routes view's.
#pragma once

#include "editors/object_edits.h"

#include <QMenu>
#include <QObject>

#include <functional>

class QAbstractItemView;

namespace gatehouse::ui {

class MessageBar;
class WorkspaceFacts;
struct RouteNode;
struct ViewContext;

class RouteCommands : public QObject {
    Q_OBJECT
  public:
    /// `current` answers the chosen node (null: none). The keys of rename, duplicate and delete work on `list` alone.
    RouteCommands(ViewContext& context, WorkspaceFacts& facts, MessageBar& messages, QAbstractItemView* list,
                  std::function<const RouteNode*()> current);

    QMenu* addMenu() { return &addMenu_; }
    QMenu* moreMenu() { return &moreMenu_; }
    /// Adds a "gateway", "listener", "route" or "rule" at the chosen place.
    void addHere(const QString& what);
    /// Both menus at a place of the list.
    void popup(const QPoint& at);
    void retranslate();

  signals:
    void aboutToEdit();  ///< Hand over what is typed elsewhere.
    void made(const config::ObjectKey& object, const config::FieldPath& at);
    void fieldWanted(const config::FieldPath& path);

  private:
    void registerActions();
    void fillAddMenu();
    void fillBackendMenu(const RouteNode& route);
    void apply(PreparedEdit prepared);
    void rename();
    void duplicate();
    void remove();

    ViewContext& context_;
    WorkspaceFacts& facts_;
    MessageBar& messages_;
    QAbstractItemView* list_;
    std::function<const RouteNode*()> current_;
    QMenu addMenu_;
    QMenu moreMenu_;
    QAction* rename_ = nullptr;
    QAction* duplicate_ = nullptr;
    QAction* remove_ = nullptr;
};

}  // namespace gatehouse::ui
