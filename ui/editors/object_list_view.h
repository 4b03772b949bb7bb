// ObjectListView: the frame of a view that lists objects of some kinds and edits the chosen one: filter, commands and one primary button in the title row, an
// empty page where there is none, rename, duplicate and delete on the list. Thread: GUI. Lifetime: the shell's.
#pragma once

#include "editors/object_commands.h"
#include "editors/workspace_facts.h"
#include "widgets/view.h"

class QAbstractItemView;
class QPushButton;
class QStackedWidget;

namespace gatehouse::ui {

class EmptyState;
class FilterEdit;

class ObjectListView : public View {
    Q_OBJECT
  public:
    ObjectListView(ViewContext& context, const QString& id, QWidget* parent);

    void setActive(bool active) override;
    void openTarget(const QString& target) override;
    void focusFilter() override;

  protected:
    struct Words {
        QString add;          ///< The primary button, and the palette's action.
        QString filterHint;
        QString emptyReason;  ///< One sentence.
        QString emptyButton;
    };
    virtual Words words() const = 0;
    virtual QString emptyIcon() const = 0;
    /// Starts to add an object.
    virtual void beginAdd() = 0;
    /// Brings the list and what is shown of the chosen object up to date.
    virtual void refresh() = 0;
    virtual void applyFilter(const QString& text) = 0;
    /// Hands over what is typed and not yet part of the configuration.
    virtual void commitTyped() = 0;
    void retranslate() override;  ///< Call the base.

    /// To be called once by the constructor: `content` shows the objects, `list` is where they are chosen.
    void setContent(QWidget* content, QAbstractItemView* list);
    QStackedWidget* pages() { return pages_; }
    void showEmpty(bool empty);
    void select(const config::ObjectKey& object);

    WorkspaceFacts facts_;
    FilterEdit* filterEdit_;
    ObjectCommands* commands_ = nullptr;
    config::ObjectKey selected_;

  private:
    QStackedWidget* pages_;
    EmptyState* empty_;
    QPushButton* add_;
    bool pending_ = true;  ///< Facts came while the view was hidden.
};

}  // namespace gatehouse::ui
