// ObjectCommands: what a list of objects offers for the chosen one: rename, duplicate, delete, with their keys on the list itself, and the
// message with Undo after a deletion. Thread: GUI. Lifetime: a view's.
#pragma once

#include "editors/object_edits.h"

#include <QObject>

#include <functional>

class QAbstractItemView;
class QMenu;
class QToolButton;
class QWidget;

namespace gatehouse::ui {

class MessageBar;
struct ViewContext;

class ObjectCommands : public QObject {
    Q_OBJECT
  public:
    /// `current` answers the chosen object (empty kind: none); `show` is called with what an edit made.
    ObjectCommands(ViewContext& context, QAbstractItemView* list, MessageBar& messages, std::function<config::ObjectKey()> current,
                   std::function<void(const config::ObjectKey&)> show);

    /// The commands as a quiet "more" button for a title row.
    QToolButton* makeButton(QWidget* parent);
    void apply(PreparedEdit prepared);

  private:
    void rename();
    void duplicate();
    void remove();

    ViewContext& context_;
    QAbstractItemView* list_;
    MessageBar& messages_;
    std::function<config::ObjectKey()> current_;
    std::function<void(const config::ObjectKey&)> show_;
    QMenu* menu_;
};

}  // namespace gatehouse::ui
