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
    /// Adds a "gateway", "listenerSet", "listener", "tlsListener", "passthrough", "route", "grpcRoute", "tlsRoute", "rule" or "tlsPolicy" at the
    /// chosen place.
    void addHere(const QString& what);
    /// Both menus at a place of the list.
    void popup(const QPoint& at);
    void retranslate();

  signals:
    void aboutToEdit();  ///< Hand over what is typed elsewhere.
    void made(const config::ObjectKey& object, const config::FieldPath& at);
    void fieldWanted(const config::FieldPath& path);
    void targetWanted();  ///< What the chosen reference leads to.

  private:
    void registerActions();
    void fillAddMenu();
    void fillBackendMenu(const RouteNode& route);
    void apply(PreparedEdit prepared);
    void addRouteHere(std::string_view kind);
    void addListenerHere(ListenerKind kind);
    config::ObjectKey serviceHere() const;
    void showEndpoints();
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
    QAction* target_ = nullptr;
    QAction* endpoints_ = nullptr;
};

}  // namespace gatehouse::ui
