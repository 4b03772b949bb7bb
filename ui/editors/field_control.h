// FieldControl: the control of one scalar field: line, box of lines, spin box with its unit, check box or choice. Shows the default in muted text while the
// field is not written. Thread: GUI. Lifetime: a form's row.
#pragma once

#include "editors/form_model.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace gatehouse::ui {

class TextBox;
class Theme;

class FieldControl : public QWidget {
    Q_OBJECT
  public:
    /// `names` completes a reference's name; `masked` hides the value (a Secret's).
    FieldControl(Theme& theme, const FormItem& item, const QStringList& names, bool masked, QWidget* parent = nullptr);

    /// Takes over a newer reading; what someone is typing stays.
    void update(const FormItem& item);
    const config::FieldPath& path() const { return path_; }
    const config::FieldSpec& spec() const { return *spec_; }
    FormItem::Control control() const { return control_; }
    QWidget* focusWidget() const { return inner_; }
    /// Hands over what was typed and not yet committed.
    void flush();

  signals:
    void committed(const QString& value);
    void focused();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildLine(Theme& theme, const QStringList& names, bool masked);
    void commitText();

    config::FieldPath path_;
    const config::FieldSpec* spec_;
    FormItem::Control control_;
    QString shown_;  ///< The value that the file has.
    bool updating_ = false;
    QWidget* inner_ = nullptr;
    QLineEdit* line_ = nullptr;
    QSpinBox* spin_ = nullptr;
    QCheckBox* check_ = nullptr;
    QComboBox* choice_ = nullptr;
    TextBox* box_ = nullptr;
};

/// A label that elides in the middle and tells the whole text on hover.
class ElidedLabel : public QWidget {
    Q_OBJECT
  public:
    explicit ElidedLabel(Qt::TextElideMode mode, QWidget* parent = nullptr) : QWidget(parent), mode_(mode) {}
    void setText(const QString& text);
    QString text() const { return text_; }
    void setColor(const QColor& color);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Qt::TextElideMode mode_;
    QString text_;
    QColor color_;
};

}  // namespace gatehouse::ui
