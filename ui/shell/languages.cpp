#include "shell/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#include <algorithm>

namespace gatehouse::ui {

const std::vector<Languages::Language>& Languages::all() {
    static const std::vector<Language> languages = {{QStringLiteral("en"), QStringLiteral("English")},
                                                    {QStringLiteral("de"), QStringLiteral("Deutsch")}};
    return languages;
}

QString Catalogue::translate(const char* context, const char* source, const char* disambiguation, int n) const {
    QString text = QTranslator::translate(context, source, disambiguation, n);
    if (!text.isNull() || !context) return text;
    const QByteArray qualified = QByteArrayLiteral("gatehouse::ui::") + context;
    const QByteArray bare = QByteArray(context).mid(QByteArray(context).lastIndexOf(':') + 1);
    for (const char* other : {"gatehouse::ui", qualified.constData(), bare.constData(), "gatehouse::ui::Builder"}) {
        text = QTranslator::translate(other, source, disambiguation, n);
        if (!text.isNull()) return text;
    }
    return text;
}

Languages::Languages(QObject* parent) : QObject(parent) {}

Languages::~Languages() {
    QCoreApplication::removeTranslator(&ours_);
    QCoreApplication::removeTranslator(&qt_);
}

void Languages::use(const QString& code) {
    const auto known = [](const QString& wanted) {
        return std::any_of(all().begin(), all().end(), [&](const Language& language) { return language.code == wanted; });
    };
    QString chosen = code == QLatin1String("system") ? QLocale::system().name().section(QLatin1Char('_'), 0, 0) : code;
    if (!known(chosen)) chosen = QStringLiteral("en");
    if (chosen == current_) return;
    current_ = chosen;
    // Numbers and dates follow the language of the words around them, with the desktop's territory where it fits.
    const QLocale system = QLocale::system();
    QLocale::setDefault(system.name().startsWith(chosen) ? system : QLocale(chosen));
    QCoreApplication::removeTranslator(&ours_);
    QCoreApplication::removeTranslator(&qt_);
    if (qt_.load(QStringLiteral("qtbase_") + chosen, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qt_);
    }
    // English too has a catalogue: its plural forms.
    if (ours_.load(QStringLiteral(":/i18n/gatehouse_") + chosen)) QCoreApplication::installTranslator(&ours_);
}

}  // namespace gatehouse::ui
