// The token table keeps its contrast promises, things keep their colours, icons follow the theme.
#include "theme/icon_engine.h"
#include "theme/palette_table.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QPushButton>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace gatehouse::ui;

namespace {

constexpr Theme::Scheme kSchemes[] = {Theme::Scheme::Light, Theme::Scheme::Dark, Theme::Scheme::HighContrast};

QColor token(Theme::Scheme scheme, Token name) { return schemeColors(scheme).tokens[std::size_t(name)]; }

/// The colour that most opaque pixels of a picture have.
QColor inkOf(const QImage& image) {
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() == 255) ++counts[pixel.rgb()];
        }
    }
    QRgb best = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (!counts.contains(best) || it.value() > counts[best]) best = it.key();
    }
    return QColor(best);
}

}  // namespace

TEST(PaletteTable, TextReachesContrastFourAndAHalfOnBothBackgrounds) {
    for (const auto scheme : kSchemes) {
        for (const Token background : {Token::Window, Token::Surface}) {
            for (const Token text : {Token::Text, Token::Muted, Token::Accent, Token::Ok, Token::Warn, Token::Bad}) {
                EXPECT_GE(contrastRatio(token(scheme, text), token(scheme, background)), 4.5)
                    << "scheme " << int(scheme) << " token " << int(text) << " on " << int(background);
            }
        }
        EXPECT_GE(contrastRatio(schemeColors(scheme).onAccent, token(scheme, Token::Accent)), 4.5);
    }
}

TEST(PaletteTable, GraphicsReachContrastThree) {
    for (const auto scheme : kSchemes) {
        for (const Token background : {Token::Window, Token::Surface}) {
            EXPECT_GE(contrastRatio(token(scheme, Token::Strong), token(scheme, background)), 3.0);
            for (const QRgb series : schemeColors(scheme).series) {
                EXPECT_GE(contrastRatio(QColor(series), token(scheme, background)), 3.0)
                    << QColor(series).name().toStdString() << " in scheme " << int(scheme);
            }
        }
    }
}

TEST(Theme, StableIsFirstAndCanarySecondInEveryScheme) {
    Theme theme;
    for (const auto scheme : kSchemes) {
        theme.setScheme(scheme);
        EXPECT_EQ(theme.seriesFor(QStringLiteral("InferencePool default/chat-stable")), theme.series(1));
        EXPECT_EQ(theme.seriesFor(QStringLiteral("InferencePool default/chat-canary")), theme.series(2));
    }
}

TEST(Theme, EightPodsGetEightColoursAndKeepThem) {
    Theme theme;
    QSet<QRgb> colours;
    QList<QColor> first;
    for (int i = 0; i < 8; ++i) {
        first << theme.seriesFor(QStringLiteral("default/vllm-%1").arg(i));
        colours.insert(first.back().rgb());
    }
    EXPECT_EQ(colours.size(), 8);
    for (int i = 7; i >= 0; --i) EXPECT_EQ(theme.seriesFor(QStringLiteral("default/vllm-%1").arg(i)), first[i]);
}

TEST(Theme, SeriesNumbersWrap) {
    Theme theme;
    EXPECT_EQ(theme.series(9), theme.series(1));
    EXPECT_EQ(theme.series(0), theme.series(8));
}

TEST(Theme, HeatRisesInLightnessAndMissingIsNoHeat) {
    Theme theme;
    float last = -1;
    for (int i = 0; i <= 20; ++i) {
        const float lightness = theme.heat(i / 20.0).toHsl().lightnessF() + theme.heat(i / 20.0).greenF();
        EXPECT_GT(lightness, last);
        last = lightness;
    }
    EXPECT_EQ(theme.heat(std::numeric_limits<double>::quiet_NaN()), theme.color(Token::Border));
    EXPECT_EQ(theme.heat(-1), theme.heat(0));
    EXPECT_EQ(theme.heat(2), theme.heat(1));
}

TEST(Theme, ChangingSchemeRepaintsEverythingAtOnce) {
    Theme theme;
    theme.setScheme(Theme::Scheme::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    QWidget window;
    window.resize(50, 50);
    window.show();
    EXPECT_EQ(window.grab().toImage().pixelColor(25, 25), theme.color(Token::Window));
    theme.setScheme(Theme::Scheme::Dark);
    EXPECT_EQ(changed.count(), 1);
    QCoreApplication::processEvents();  // Qt hands the palette on with the next event.
    EXPECT_EQ(window.grab().toImage().pixelColor(25, 25), token(Theme::Scheme::Dark, Token::Window));
}

TEST(Theme, TextScaleGrowsFontsAndSpaceWithinItsBounds) {
    Theme theme;
    const double size = theme.bodyFont().pointSizeF();
    const int unit = theme.unit();
    theme.setTextScale(2.0);
    EXPECT_DOUBLE_EQ(theme.bodyFont().pointSizeF(), 2 * size);
    EXPECT_GE(theme.unit(), 2 * unit - 1);
    EXPECT_GT(theme.titleFont().pointSizeF(), theme.bodyFont().pointSizeF());
    EXPECT_LT(theme.captionFont().pointSizeF(), theme.bodyFont().pointSizeF());
    theme.setTextScale(9);
    EXPECT_DOUBLE_EQ(theme.textScale(), 2.0);
    theme.setTextScale(1.0);
    EXPECT_EQ(QApplication::font().pointSizeF(), size);
}

TEST(Theme, TabularDigitsShareOneWidth) {
    Theme theme;
    const QFontMetricsF metrics(theme.tabularFont());
    for (const QChar digit : QStringLiteral("0123456789")) {
        EXPECT_NEAR(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(QLatin1Char('0')), 0.02);
    }
}

TEST(Theme, IconsFollowTheThemeWithoutBeingSetAgain) {
    Theme theme;
    theme.setScheme(Theme::Scheme::Light);
    const QIcon icon = theme.icon(QStringLiteral("stop"), Token::Text);
    EXPECT_EQ(inkOf(icon.pixmap(48, 48).toImage()), theme.color(Token::Text));
    theme.setScheme(Theme::Scheme::Dark);
    EXPECT_EQ(inkOf(icon.pixmap(48, 48).toImage()), token(Theme::Scheme::Dark, Token::Text));
}

TEST(Theme, EveryIconIsOneColourOnTheGrid) {
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    ASSERT_GT(files.size(), 50);
    for (const QString& file : files) {
        const QByteArray svg = coloredIconSvg(file.chopped(4), QColor(Qt::red));
        EXPECT_TRUE(svg.contains("viewBox=\"0 0 24 24\"")) << file.toStdString();
        EXPECT_TRUE(svg.contains("stroke-width=\"1.75\"")) << file.toStdString();
        EXPECT_FALSE(svg.contains("currentColor")) << file.toStdString();
        Theme theme;
        const QImage image = theme.icon(file.chopped(4), Token::Bad).pixmap(24, 24).toImage();
        bool anything = false;
        for (int y = 0; y < 24; ++y) {
            for (int x = 0; x < 24; ++x) anything |= image.pixelColor(x, y).alpha() > 100;
        }
        EXPECT_TRUE(anything) << file.toStdString();
    }
}

TEST(Theme, AnUnknownIconIsNull) {
    Theme theme;
    EXPECT_TRUE(theme.icon(QStringLiteral("no-such-icon")).isNull());
}

TEST(ConsoleStyle, PrimaryButtonIsFilledWithTheAccent) {
    Theme theme;
    theme.setScheme(Theme::Scheme::Light);
    QPushButton button(QStringLiteral("Save"));
    button.setProperty("primary", true);
    button.resize(120, 40);
    EXPECT_EQ(button.grab().toImage().pixelColor(6, 20), theme.color(Token::Accent));
    button.setEnabled(false);
    EXPECT_NE(button.grab().toImage().pixelColor(6, 20), theme.color(Token::Accent));
}
