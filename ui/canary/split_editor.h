// CanarySplitEditor: one bar with draggable dividers and a spin box per arm; the shares add up to 100 by construction. Arrow keys
// move a divider by 1, Page keys by 10. Changes are staged: nothing happens until the page applies them. Thread: GUI.
#pragma once

#include "canary/split_shares.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace gatehouse::ui {

class Theme;

struct SplitArm {
    QString name;                   ///< "chat-canary"
    std::function<QColor()> color;  ///< Asked again when the theme changes.
};

/// The bar alone.
class SplitBar : public QWidget {
    Q_OBJECT
  public:
    explicit SplitBar(Theme& theme, QWidget* parent = nullptr);

    void setArms(const std::vector<SplitArm>& arms);
    void setShares(const SplitShares& shares);
    const SplitShares& shares() const { return shares_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void sharesEdited();  ///< By the person.

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    QRectF track() const;
    int dividerAt(const QPointF& position) const;
    void move(int divider, int percent);
    void describe();

    Theme& theme_;
    std::vector<SplitArm> arms_;
    SplitShares shares_;
    int dragged_ = -1;
    int hovered_ = -1;
    int current_ = 0;  ///< Divider that keys move.
};

class CanarySplitEditor : public QWidget {
    Q_OBJECT
  public:
    explicit CanarySplitEditor(Theme& theme, QWidget* parent = nullptr);

    void setArms(const std::vector<SplitArm>& arms);
    void setShares(const SplitShares& shares);
    const SplitShares& shares() const { return bar_->shares(); }
    void setReadOnly(bool readOnly, const QString& reason);
    void retranslate();

  signals:
    void sharesEdited();

  private:
    void showShares();
    void showPresets();

    Theme& theme_;
    SplitBar* bar_;
    QGridLayout* spinRow_;
    QHBoxLayout* presetRow_;
    QLabel* presetLabel_;
    std::vector<QPushButton*> presets_;
    std::vector<SplitArm> arms_;
    std::vector<QSpinBox*> spins_;
    std::vector<QWidget*> spinWidgets_;
    std::size_t presetArm_ = 1;  ///< The arm that presets speak of: the one whose box was last used.
};

}  // namespace gatehouse::ui
