// Theme: the one table of colours, type and space of the console (see the look document): light, dark and high contrast.
// No view sets a colour, a pixel or a font of its own. Thread: GUI. Lifetime: the application's; emits changed() when live.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

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
    /// Applies palette, style sheet tokens and fonts to the application and emits changed().
    void setScheme(Scheme scheme);
    /// What the desktop asks for (portal setting or the platform palette).
    static Scheme systemScheme();
    /// Text size relative to the system font, 1.0 to 2.0.
    void setTextScale(double factor);

    QColor color(Token token) const;
    /// Series colours 1 to 8; wraps. A thing keeps its colour in every view: stable = 1, canary = 2.
    QColor series(int number) const;
    /// Series colour of a thing by its stable name ("InferencePool default/chat-stable"), the same in every view.
    QColor seriesFor(const QString& name) const;
    /// Sequential colour at 0..1 (viridis-like, the same in both schemes).
    QColor heat(double fraction) const;

    /// One unit of space: a quarter of the font's height. Gaps are 2, 4 or 6 units.
    int unit() const;
    int gap(int units) const { return unit() * units; }
    QFont bodyFont() const;
    QFont captionFont() const;  ///< 0.9
    QFont titleFont() const;    ///< 1.3, semibold
    QFont fixedFont() const;    ///< YAML, header names, ids
    QFont tabularFont() const;  ///< Body font with tabular digits.

    /// One of our own icons (resources/icons/NAME.svg), drawn in `token`'s colour, crisp at 16, 20 and 24.
    QIcon icon(const QString& name, Token token = Token::Text) const;

  signals:
    void changed();

  private:
    Scheme scheme_ = Scheme::Light;
    double textScale_ = 1.0;
};

}  // namespace gatehouse::ui
