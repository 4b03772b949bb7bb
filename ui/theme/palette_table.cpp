#include "theme/palette_table.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {

constexpr std::array<QRgb, 8> kLightSeries = {0xFF1F5FD1, 0xFFC2410C, 0xFF1B7F4B, 0xFF8B3FC7,
                                              0xFFB0195E, 0xFF0E7C86, 0xFF7A6A00, 0xFF5B6472};
constexpr std::array<QRgb, 8> kDarkSeries = {0xFF7AA7FF, 0xFFFF9A62, 0xFF4FC78A, 0xFFC39BFF,
                                             0xFFFF85B3, 0xFF45C9D6, 0xFFD9C34A, 0xFFA7B1BC};

//                        window      surface     border      strong      text        muted       accent      ok          warn        bad
constexpr SchemeColors kLight = {{0xFFF5F6F8, 0xFFFFFFFF, 0xFFD5DAE1, 0xFF7F8B99, 0xFF1A2129, 0xFF55606D, 0xFF1F5FD1,
                                  0xFF1B7F4B, 0xFF8F5B00, 0xFFBF2F26},
                                 0xFFFFFFFF,
                                 kLightSeries};
constexpr SchemeColors kDark = {{0xFF13171C, 0xFF1A2027, 0xFF2E3742, 0xFF66727F, 0xFFE4E9EF, 0xFF9BA7B4, 0xFF7AA7FF,
                                 0xFF4FC78A, 0xFFE0B04A, 0xFFF57F75},
                                0xFF0E1217,
                                kDarkSeries};
constexpr SchemeColors kHighContrast = {{0xFF000000, 0xFF000000, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFE6E6E6,
                                         0xFF7AA7FF, 0xFF4FC78A, 0xFFE0B04A, 0xFFF57F75},
                                        0xFF000000,
                                        kDarkSeries};

double linear(double channel) { return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}  // namespace

const SchemeColors& schemeColors(Theme::Scheme scheme) {
    switch (scheme) {
        case Theme::Scheme::Light: return kLight;
        case Theme::Scheme::Dark: return kDark;
        case Theme::Scheme::HighContrast: return kHighContrast;
    }
    return kLight;
}

QColor blend(const QColor& bottom, const QColor& top, double opacity) {
    const auto mix = [opacity](float low, float high) { return float(low + (high - low) * opacity); };
    return QColor::fromRgbF(mix(bottom.redF(), top.redF()), mix(bottom.greenF(), top.greenF()),
                            mix(bottom.blueF(), top.blueF()));
}

double contrastRatio(const QColor& a, const QColor& b) {
    const auto first = luminance(a);
    const auto second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace gatehouse::ui
