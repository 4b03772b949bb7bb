// Theme: the one table of colours, type and space of the console (see the look document): light, dark and high contrast.
// No view sets a colour, a pixel or a font of its own. Thread: GUI. Lifetime: the application's; emits changed() when live.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

#include <array>
#include <map>

class QApplication;

namespace gatehouse::ui {

enum class Token { Window, Surface, Border, Strong, Text, Muted, Accent, Ok, Warn, Bad };

class Theme : public QObject {
    Q_OBJECT
  public:
    enum class Scheme { Light, Dark, HighContrast };
    Q_ENUM(Scheme)

    explicit Theme(QObject* parent = nullptr);

    Scheme scheme() const { return scheme_; }
    /// Applies palette, style and fonts to the application and emits changed().
    void setScheme(Scheme scheme);
    /// What the desktop asks for (portal setting or the platform palette).
    static Scheme systemScheme();
    /// Text size relative to the system font, 1.0 to 2.0.
    void setTextScale(double factor);
    double textScale() const { return textScale_; }

    /// Nothing moves or fades; so it is until the desktop or the person says otherwise, and in pictures and tests.
    bool reducedMotion() const { return reducedMotion_; }
    void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }
    /// What the desktop asks for.
    static bool systemReducesMotion();

    QColor color(Token token) const;
    /// What is written on a filled accent area (the primary button).
    QColor onAccent() const;
    /// `token` laid thinly (0..1) over the surface: tinted rows, chips, message bars.
    QColor tint(Token token, double strength = 0.12) const;
    /// Series colours 1 to 8; wraps. A thing keeps its colour in every view: stable = 1, canary = 2.
    QColor series(int number) const;
    /// Series colour of a thing by its stable name ("InferencePool default/chat-stable"), the same in every view.
    QColor seriesFor(const QString& name) const;
    /// Sequential colour at 0..1 (viridis-like, the same in both schemes).
    QColor heat(double fraction) const;
    /// The colour of text that stays readable on `background`.
    static QColor textOn(const QColor& background);

    /// Width of a border in pixels: 1, or 2 in high contrast.
    int borderWidth() const { return scheme_ == Scheme::HighContrast ? 2 : 1; }
    /// Corner radius of surfaces and controls.
    int radius() const { return unit(); }
    /// Side of an icon beside body text (16 at the usual size).
    int iconSize() const;

    /// One unit of space: a quarter of the font's height. Gaps are 2, 4 or 6 units.
    int unit() const { return unit_; }
    int gap(int units) const { return unit() * units; }
    /// Height of a table row: 2.2 times the font, rounded.
    int rowHeight() const;
    QFont bodyFont() const;
    QFont captionFont() const;  ///< 0.9
    QFont titleFont() const;    ///< 1.3, semibold
    QFont strongFont() const;   ///< Body size, semibold: titles of cards, names in an inspector.
    QFont fixedFont() const;    ///< YAML, header names, ids
    QFont tabularFont() const;  ///< Body font with tabular digits.

    /// One of our own icons (resources/icons/NAME.svg), drawn in `token`'s colour, crisp at 16, 20 and 24. The icon follows a
    /// change of the theme by itself: it only needs repainting.
    QIcon icon(const QString& name, Token token = Token::Text) const;
    /// The same drawn in white or black for a filled accent area.
    QIcon iconOnAccent(const QString& name) const;

  signals:
    void changed();

  private:
    void install();
    void measure();

    Scheme scheme_ = Scheme::Light;
    double textScale_ = 1.0;
    bool reducedMotion_ = true;
    QFont base_;     ///< The desktop's font at scale 1.
    QFont tabular_;  ///< A family whose digits share one width, sized like base_.
    int unit_ = 4;
    mutable std::map<QString, int> seriesByName_;
    mutable std::map<QString, std::array<int, 8>> seriesUse_;  ///< Per kind of thing: how often each number is taken.
};

}  // namespace gatehouse::ui
