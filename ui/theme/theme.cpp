#include "theme/theme.h"

#include "theme/console_style.h"
#include "theme/icon_engine.h"
#include "theme/palette_table.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QHash>
#include <QPalette>
#include <QPixmapCache>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {

/// The usual size where no desktop says one.
constexpr double kDefaultPointSize = 10;

/// viridis at 0, 1/8 .. 1 (Smith and van der Walt, matplotlib, CC0).
constexpr std::array<QRgb, 9> kViridis = {0xFF440154, 0xFF472D7B, 0xFF3B528B, 0xFF2C728E, 0xFF21918C,
                                          0xFF28AE80, 0xFF5EC962, 0xFFADDC30, 0xFFFDE725};

bool isFallbackFamily(const QString& family) {
    static const QStringList fallbacks = {QStringLiteral("Sans Serif"), QStringLiteral("Sans"),
                                          QStringLiteral("sans-serif"), QStringLiteral("DejaVu Sans"), QString()};
    return fallbacks.contains(family);
}

QFont desktopFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    // A desktop that names a font is obeyed; where fontconfig only fell back, the packaged family is the better default.
    if (isFallbackFamily(font.family())) {
        if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) font.setFamily(QStringLiteral("Inter"));
        font.setPointSizeF(kDefaultPointSize);
    }
    if (font.pointSizeF() <= 0) font.setPointSizeF(kDefaultPointSize);
    return font;
}

bool hasTabularDigits(const QFont& font) {
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (std::abs(metrics.horizontalAdvance(QLatin1Char(digit)) - width) > 0.01) return false;
    }
    return true;
}

/// Qt 6.4 cannot ask a font for its tabular figures, so the fixed font stands in, its digits as high as the text's.
QFont tabularTwin(const QFont& base) {
    if (hasTabularDigits(base)) return base;
    QFont twin = base;
    twin.setFamily(QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    const double wanted = QFontMetricsF(base).tightBoundingRect(QStringLiteral("0")).height();
    const double has = QFontMetricsF(twin).tightBoundingRect(QStringLiteral("0")).height();
    if (has > 0 && wanted > 0) twin.setPointSizeF(base.pointSizeF() * std::clamp(wanted / has, 0.8, 1.0));
    return twin;
}

QFont scaled(QFont font, double factor) {
    font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

}  // namespace

Theme::Theme(QObject* parent) : QObject(parent), base_(desktopFont()), tabular_(tabularTwin(base_)) { measure(); }

void Theme::measure() { unit_ = std::max(3, int(std::lround(QFontMetricsF(bodyFont()).height() / 4.0))); }

void Theme::setScheme(Scheme scheme) {
    scheme_ = scheme;
    install();
}

void Theme::setTextScale(double factor) {
    textScale_ = std::clamp(factor, 1.0, 2.0);
    measure();
    install();
}

void Theme::install() {
    QPixmapCache::clear();
    QPalette palette;
    const QColor window = color(Token::Window), surface = color(Token::Surface), text = color(Token::Text);
    const QColor muted = color(Token::Muted), accent = color(Token::Accent);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, surface);
    palette.setColor(QPalette::AlternateBase, blend(surface, window, 0.6));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, surface);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, color(Token::Bad));
    palette.setColor(QPalette::PlaceholderText, muted);
    palette.setColor(QPalette::Highlight, tint(Token::Accent, scheme_ == Scheme::HighContrast ? 0.4 : 0.2));
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::ToolTipBase, surface);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Light, surface);
    palette.setColor(QPalette::Midlight, blend(surface, color(Token::Border), 0.5));
    palette.setColor(QPalette::Mid, color(Token::Border));
    palette.setColor(QPalette::Dark, color(Token::Strong));
    palette.setColor(QPalette::Shadow, blend(window, Qt::black, 0.5));
    const QColor disabled = blend(surface, muted, 0.75);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, disabled);
    }
    palette.setColor(QPalette::Inactive, QPalette::Highlight, tint(Token::Accent, 0.14));

    auto* style = dynamic_cast<ConsoleStyle*>(QApplication::style());
    if (!style) {
        style = new ConsoleStyle;
        QApplication::setStyle(style);  // The application owns it.
    }
    style->setTokens({window, surface, color(Token::Border), color(Token::Strong), text, muted, accent, onAccent(),
                      color(Token::Bad), unit(), borderWidth()});
    QApplication::setPalette(palette);
    QApplication::setFont(bodyFont());
    QToolTip::setPalette(palette);
    QToolTip::setFont(bodyFont());
    emit changed();
}

QColor Theme::color(Token token) const { return schemeColors(scheme_).tokens[std::size_t(token)]; }
QColor Theme::onAccent() const { return schemeColors(scheme_).onAccent; }
QColor Theme::tint(Token token, double strength) const { return blend(color(Token::Surface), color(token), strength); }

QColor Theme::series(int number) const {
    const auto& colors = schemeColors(scheme_).series;
    const int count = int(colors.size());
    return colors[std::size_t(((number - 1) % count + count) % count)];
}

QColor Theme::seriesFor(const QString& name) const {
    if (name.endsWith(QLatin1String("stable"), Qt::CaseInsensitive)) return series(1);
    if (name.endsWith(QLatin1String("canary"), Qt::CaseInsensitive)) return series(2);
    if (const auto known = seriesByName_.find(name); known != seriesByName_.end()) return series(known->second);
    // Starts at a number that follows from the name, so that runs agree, and moves on to the least used of its kind.
    const QString kind = name.contains(QLatin1Char(' ')) ? name.section(QLatin1Char(' '), 0, 0) : QString();
    auto& use = seriesUse_[kind];
    const std::size_t start = qHash(name, 0) % use.size();
    std::size_t best = start;
    for (std::size_t step = 0; step < use.size(); ++step) {
        const std::size_t candidate = (start + step) % use.size();
        if (use[candidate] < use[best]) best = candidate;
    }
    ++use[best];
    const int number = int(best) + 1;
    seriesByName_.emplace(name, number);
    return series(number);
}

QColor Theme::heat(double fraction) const {
    if (std::isnan(fraction)) return color(Token::Border);
    const double position = std::clamp(fraction, 0.0, 1.0) * double(kViridis.size() - 1);
    const auto low = std::min(std::size_t(position), kViridis.size() - 2);
    return blend(QColor(kViridis[low]), QColor(kViridis[low + 1]), position - double(low));
}

QColor Theme::textOn(const QColor& background) {
    const QColor dark(schemeColors(Scheme::Light).tokens[std::size_t(Token::Text)]);
    return contrastRatio(background, dark) >= contrastRatio(background, Qt::white) ? dark : QColor(Qt::white);
}

int Theme::iconSize() const {
    // Icons are drawn on a 24 grid and stay crisp on even sides.
    const int side = int(std::lround(unit() * 4.0));
    return std::max(16, side - side % 2);
}

int Theme::rowHeight() const { return int(std::lround(QFontInfo(bodyFont()).pixelSize() * 2.2)); }

QFont Theme::bodyFont() const { return scaled(base_, textScale_); }
QFont Theme::captionFont() const { return scaled(base_, textScale_ * 0.9); }

QFont Theme::titleFont() const {
    QFont font = scaled(base_, textScale_ * 1.3);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::strongFont() const {
    QFont font = bodyFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::fixedFont() const {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // Monospaced families run large beside a text family of the same size.
    font.setPointSizeF(base_.pointSizeF() * textScale_ * 0.95);
    return font;
}

QFont Theme::tabularFont() const { return scaled(tabular_, textScale_); }

QIcon Theme::icon(const QString& name, Token token) const {
    return QIcon(new ThemeIconEngine(this, name, token, false));
}

QIcon Theme::iconOnAccent(const QString& name) const {
    return QIcon(new ThemeIconEngine(this, name, Token::Surface, true));
}

}  // namespace gatehouse::ui
