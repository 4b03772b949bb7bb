// Languages: installs our catalogue and Qt's own for a language, and changes it while running (Qt then sends LanguageChange to every widget).
// Thread: GUI. Lifetime: the application's.
#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

#include <vector>

namespace gatehouse::ui {

/// Our catalogue. The strings of free functions stand in it under the namespace, where lupdate puts them, whatever context they ask for.
class Catalogue : public QTranslator {
    Q_OBJECT
  public:
    using QTranslator::QTranslator;
    QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

class Languages : public QObject {
    Q_OBJECT
  public:
    struct Language {
        QString code;  ///< "en"
        QString name;  ///< In itself: "Deutsch".
    };
    static const std::vector<Language>& all();

    explicit Languages(QObject* parent = nullptr);
    ~Languages() override;

    /// "system" takes the desktop's language where we have it, English otherwise.
    void use(const QString& code);
    QString current() const { return current_; }

  private:
    Catalogue ours_;
    QTranslator qt_;
    QString current_;
};

}  // namespace gatehouse::ui
