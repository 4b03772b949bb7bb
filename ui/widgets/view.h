// View: the base of every page of the console. A view has a title row (its controls right, at most one primary button) and
// content on surfaces. Hidden views do no work. Thread: GUI. Lifetime: owned by the shell.
#pragma once

#include <QString>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace gatehouse::ui {

class ActionRegistry;
class Dialogs;
class EngineBridge;
class MessageBar;
class Theme;
class WorkspaceDocument;

/// Asks the shell to show something elsewhere.
class Navigator {
  public:
    virtual ~Navigator() = default;
    /// Opens view `viewId` ("routes", "requests", ...) at `target`: an object's id (config::ObjectKey::id()), a request
    /// id, or empty.
    virtual void navigate(const QString& viewId, const QString& target) = 0;
};

/// Everything a view may use; references outlive it.
struct ViewContext {
    Theme& theme;
    EngineBridge& engine;
    WorkspaceDocument& document;
    ActionRegistry& actions;
    Navigator& navigator;
    Dialogs& dialogs;
};

class View : public QWidget {
    Q_OBJECT
  public:
    View(ViewContext& context, const QString& id, QWidget* parent = nullptr);

    const QString& viewId() const { return id_; }
    virtual QString title() const = 0;  ///< Translated.
    /// Called by the shell when the view is shown or hidden: hidden views stop sampling.
    virtual void setActive(bool active);
    bool isActive() const { return active_; }
    /// Shows `target` (see Navigator).
    virtual void openTarget(const QString& target);
    /// Puts the caret in the view's filter, if it has one ("/").
    virtual void focusFilter();

  protected:
    ViewContext& context() const { return context_; }
    QHBoxLayout* titleControls() { return controls_; }  ///< Right side of the title row.
    QVBoxLayout* body() { return body_; }               ///< Below the title row and the message bar.
    MessageBar& messages() { return *messages_; }       ///< Inline bar at the top of the view.
    void changeEvent(QEvent* event) override;           ///< Calls retranslate() on LanguageChange.
    void showEvent(QShowEvent* event) override;         ///< Fills in the title; call the base.
    virtual void retranslate();                         ///< Sets every visible string again; call the base.

  private:
    ViewContext& context_;
    QString id_;
    bool active_ = false;
    QLabel* titleLabel_ = nullptr;
    QHBoxLayout* controls_ = nullptr;
    QVBoxLayout* body_ = nullptr;
    MessageBar* messages_ = nullptr;
};

}  // namespace gatehouse::ui
