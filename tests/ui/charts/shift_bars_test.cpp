// How shares move, as bars and as a table; small lines without axes; bands of a line plot.
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "charts/shift_bars.h"
#include "charts/sparkline.h"
#include "theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

#include <limits>

using namespace gatehouse::ui;

namespace {

TEST(ShiftBars, WhatMovesMostStandsFirstInDrawingAndTable) {
    Theme theme;
    ShiftBars bars(theme);
    bars.setRows({{QStringLiteral("a"), 50, 49}, {QStringLiteral("b"), 30, 10}, {QStringLiteral("c"), 20, 41}});
    const auto table = bars.table();
    ASSERT_EQ(table.rows.size(), 3u);
    EXPECT_EQ(table.display(0, 0), QStringLiteral("c"));
    EXPECT_EQ(table.display(1, 1), QStringLiteral("30.0"));
    EXPECT_EQ(table.display(1, 2), QStringLiteral("10.0"));
    EXPECT_TRUE(bars.accessibleDescription().contains(QStringLiteral("20.0"))) << bars.accessibleDescription().toStdString();
    bars.setMostRows(1);
    EXPECT_LT(bars.sizeHint().height(), ShiftBars(theme).sizeHint().height() * 3);
    EXPECT_EQ(bars.table().rows.size(), 3u);
}

int inked(const QImage& image, const QRect& area, QRgb color) {
    int count = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x) count += image.pixel(x, y) == color;
    return count;
}

TEST(Sparkline, DrawsValuesInTheirPlacesAndLeavesGaps) {
    QImage image(100, 20, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> values{0, 0, 0, nan, nan, nan, 100, 100, 100};
    paintSparkline(painter, QRectF(0, 0, 99, 19), values, 100, Qt::red);
    painter.end();
    const auto red = QColor(Qt::red).rgb();
    EXPECT_GT(inked(image, QRect(0, 15, 26, 5), red), 10);
    EXPECT_GT(inked(image, QRect(72, 0, 28, 5), red), 10);
    EXPECT_EQ(inked(image, QRect(30, 0, 40, 20), red), 0);
}

TEST(LinePlot, EdgesOfABandAreInTheTableAndHaveNoLabel) {
    Theme theme;
    PlotSync sync;
    LinePlot plot(theme, sync);
    plot.resize(500, 200);
    plot.show();
    plot.setValueAxis({QStringLiteral("GPU memory"), QStringLiteral("%"), 100, 100, 0});
    const auto color = [] { return QColor(Qt::gray); };
    plot.setPanels({{{}, {{QStringLiteral("p10"), QStringLiteral("p10"), color, {}, true}, {QStringLiteral("p90"), QStringLiteral("p90"), color, QStringLiteral("p10"), true}, {QStringLiteral("median"), QStringLiteral("median"), color}}}});
    sync.setSpan(10);
    sync.setNow(10);
    plot.replace(QStringLiteral("p10"), {0, 10}, {10, 10});
    plot.replace(QStringLiteral("p90"), {0, 10}, {90, 90});
    plot.replace(QStringLiteral("median"), {0, 10}, {50, 50});
    plot.commit();
    QApplication::processEvents();
    EXPECT_EQ(plot.lineCount(), 3);
    EXPECT_EQ(plot.table().columns.size(), 4u);
    // Tinted between the edges, and not beyond them.
    const auto image = plot.image(1);
    const auto surface = theme.color(Token::Surface).rgb();
    int tinted = 0;
    for (int y = 0; y < image.height(); ++y) tinted += image.pixel(image.width() / 2, y) != surface;
    EXPECT_GT(tinted, image.height() / 3);
    EXPECT_LT(tinted, image.height());
}

}  // namespace
