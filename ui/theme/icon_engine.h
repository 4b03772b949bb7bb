// ThemeIconEngine: draws one SVG of our icon family in a colour of the theme that holds when it is painted, so that icons follow a change of
// theme without being set again. Thread: GUI. Lifetime: owned by its QIcon; the theme may go first.
#pragma once

#include "theme/theme.h"

#include <QIconEngine>
#include <QPointer>

namespace gatehouse::ui {

class ThemeIconEngine : public QIconEngine {
  public:
    ThemeIconEngine(const Theme* theme, QString name, Token token, bool onAccent);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QSize actualSize(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine* clone() const override;
    bool isNull() override;
    QString key() const override { return QStringLiteral("gatehouse"); }

  private:
    QColor colorFor(QIcon::Mode mode) const;

    QPointer<const Theme> theme_;
    QString name_;
    Token token_;
    bool onAccent_;
};

/// The SVG text of icon `name` with its one colour replaced; empty where there is no such icon.
QByteArray coloredIconSvg(const QString& name, const QColor& color);

}  // namespace gatehouse::ui
