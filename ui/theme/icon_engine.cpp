#include "theme/icon_engine.h"

#include "theme/palette_table.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <utility>

namespace gatehouse::ui {

namespace {
constexpr double kDisabledOpacity = 0.45;
}

QByteArray coloredIconSvg(const QString& name, const QColor& color) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    return svg;
}

ThemeIconEngine::ThemeIconEngine(const Theme* theme, QString name, Token token, bool onAccent)
    : theme_(theme), name_(std::move(name)), token_(token), onAccent_(onAccent) {}

QColor ThemeIconEngine::colorFor(QIcon::Mode mode) const {
    if (!theme_) return Qt::gray;
    const QColor color = onAccent_ ? theme_->onAccent() : theme_->color(token_);
    if (mode != QIcon::Disabled) return color;
    return blend(theme_->color(Token::Surface), color, kDisabledOpacity);
}

void ThemeIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) {
    const qreal scale = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
    painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
}

QPixmap ThemeIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap ThemeIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) {
    if (size.isEmpty()) return {};
    const QColor color = colorFor(mode);
    const QString key = QStringLiteral("gatehouse-icon/%1/%2/%3x%4")
                            .arg(name_, color.name(), QString::number(size.width()), QString::number(size.height()));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    const QByteArray svg = coloredIconSvg(name_, color);
    if (svg.isEmpty()) return {};
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    const int side = std::min(size.width(), size.height());
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QSvgRenderer(svg).render(&painter, QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QSize ThemeIconEngine::actualSize(const QSize& size, QIcon::Mode, QIcon::State) { return size; }

QIconEngine* ThemeIconEngine::clone() const { return new ThemeIconEngine(theme_, name_, token_, onAccent_); }

bool ThemeIconEngine::isNull() { return !QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name_)); }

}  // namespace gatehouse::ui
