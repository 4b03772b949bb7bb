#include "charts/chart.h"

#include "theme/theme.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace gatehouse::ui {
namespace {

bool missing(const QVariant& cell) {
    return !cell.isValid() || (cell.typeId() == QMetaType::Double && !std::isfinite(cell.toDouble()));
}

}  // namespace

double roundUp(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (value <= factor * power) return factor * power;
    return 10 * power;
}

QString csvField(QString field) {
    if (!field.contains(QLatin1Char('"')) && !field.contains(QLatin1Char(',')) && !field.contains(QLatin1Char('\n')) &&
        !field.contains(QLatin1Char('\r')))
        return field;
    return QLatin1Char('"') + field.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QString ChartTable::display(std::size_t row, std::size_t column) const {
    const auto& cell = rows[row][column];
    if (missing(cell)) return QStringLiteral("–");
    if (cell.typeId() == QMetaType::QDateTime) return cell.toDateTime().toString(QStringLiteral("HH:mm:ss.zzz"));
    if (columns[column].decimals < 0) return cell.toString();
    return QLocale().toString(cell.toDouble(), 'f', columns[column].decimals);
}

QString ChartTable::toCsv() const {
    QString out;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) out += QLatin1Char(',');
        out += csvField(columns[i].name);
    }
    out += QLatin1Char('\n');
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) out += QLatin1Char(',');
            const auto& cell = row[i];
            if (missing(cell)) continue;
            if (cell.typeId() == QMetaType::QDateTime)
                out += cell.toDateTime().toOffsetFromUtc(cell.toDateTime().offsetFromUtc()).toString(Qt::ISODateWithMs);
            else if (columns[i].decimals < 0)
                out += csvField(cell.toString());
            else
                out += QString::number(cell.toDouble(), 'f', columns[i].decimals);
        }
        out += QLatin1Char('\n');
    }
    return out;
}

Chart::Chart(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] { restyle(); });
}

void Chart::setPaused(bool paused) {
    if (paused_ == paused) return;
    paused_ = paused;
    restyle();
}

QImage Chart::image(double scale) const {
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(theme_.color(Token::Surface));
    QPainter painter(&image);
    const_cast<Chart*>(this)->render(&painter, QPoint(), QRegion(), DrawChildren);
    return image;
}

QColor Chart::ink(const QColor& color) const { return paused_ ? mixColors(theme_.color(Token::Surface), color, 0.5) : color; }

QColor mixColors(const QColor& base, const QColor& color, double strength) {
    const auto channel = [&](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * strength)); };
    return QColor(channel(base.red(), color.red()), channel(base.green(), color.green()), channel(base.blue(), color.blue()));
}

}  // namespace gatehouse::ui
