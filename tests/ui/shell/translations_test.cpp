// The German catalogue is whole: nothing unfinished, placeholders kept, no string of the sources missing, and no English left on the screen.
#include "shell_fixture.h"

#include <QAbstractButton>
#include <QFileInfo>
#include <QLabel>
#include <QLibraryInfo>
#include <QLineEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <set>

using namespace gatehouse::ui;

namespace {

struct Message {
    QString context, source;
    QStringList translations;
    QString type;
    bool plural = false;
};

QList<Message> readCatalogue(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const auto name = xml.name();
        if (name == QLatin1String("name")) context = xml.readElementText();
        else if (name == QLatin1String("message")) {
            messages.append({context, {}, {}, {}, xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes")});
        } else if (name == QLatin1String("source")) messages.last().source = xml.readElementText();
        else if (name == QLatin1String("translation")) {
            messages.last().type = xml.attributes().value(QLatin1String("type")).toString();
            if (!messages.last().plural) messages.last().translations << xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else if (name == QLatin1String("numerusform")) messages.last().translations << xml.readElementText();
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return messages;
}

QString catalogue(const char* language) {
    return QStringLiteral(GATEHOUSE_SOURCE "/translations/gatehouse_%1.ts").arg(QLatin1String(language));
}

std::multiset<QString> placeholders(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("%(L?[0-9]+|n)"));
    std::multiset<QString> found;
    for (auto it = pattern.globalMatch(text); it.hasNext();) found.insert(it.next().captured());
    return found;
}

class Catalogues : public testing::TestWithParam<const char*> {};

}  // namespace

TEST_P(Catalogues, NothingIsUnfinishedAndPlaceholdersAreKept) {
    const auto messages = readCatalogue(catalogue(GetParam()));
    ASSERT_GT(messages.size(), 10);
    for (const Message& message : messages) {
        const std::string where = (message.context + QStringLiteral(": ") + message.source).toStdString();
        EXPECT_TRUE(message.type.isEmpty()) << where << " is " << message.type.toStdString();
        ASSERT_FALSE(message.translations.isEmpty()) << where;
        for (const QString& translation : message.translations) {
            EXPECT_FALSE(translation.isEmpty()) << where;
            auto wanted = placeholders(message.source), has = placeholders(translation);
            if (message.plural) {  // "one" may be said without the number.
                wanted.erase(QStringLiteral("%n"));
                has.erase(QStringLiteral("%n"));
            }
            EXPECT_EQ(wanted, has) << where << " -> " << translation.toStdString();
            EXPECT_EQ(message.source.endsWith(QChar(0x2026)), translation.endsWith(QChar(0x2026))) << where;
        }
    }
}

TEST_P(Catalogues, TheSourcesHoldNoStringThatIsMissing) {
    QString lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
    if (!QFileInfo::exists(lupdate)) lupdate = QStringLiteral("/usr/lib/qt6/bin/lupdate");
    if (!QFileInfo::exists(lupdate)) GTEST_SKIP() << "lupdate is not installed";
    QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("copy.ts"));
    ASSERT_TRUE(QFile::copy(catalogue(GetParam()), copy));
    QStringList arguments = {QStringLiteral("-silent"), QStringLiteral("-no-obsolete"), QStringLiteral("-locations"), QStringLiteral("none"),
                             QStringLiteral(GATEHOUSE_SOURCE "/ui"), QStringLiteral("-ts"), copy};
    if (QLatin1String(GetParam()) == QLatin1String("en")) arguments.prepend(QStringLiteral("-pluralonly"));
    QProcess process;
    process.start(lupdate, arguments);
    ASSERT_TRUE(process.waitForFinished(60'000));
    for (const Message& message : readCatalogue(copy)) {
        EXPECT_NE(message.type, QStringLiteral("unfinished")) << "run translations/update.sh: " << message.context.toStdString() << ": " << message.source.toStdString();
    }
}

INSTANTIATE_TEST_SUITE_P(All, Catalogues, testing::Values("en", "de"), [](const auto& info) { return std::string(info.param); });

TEST_F(ShellTest, NoEnglishIsLeftOnTheScreenInGerman) {
    // Source texts whose German is another: seeing one means that it was not translated where it is shown.
    std::map<QString, QString> english;
    std::set<QString> same;
    for (const Message& message : readCatalogue(catalogue("de"))) {
        if (message.translations.value(0) == message.source) same.insert(message.source);
        else english[message.source] = message.translations.value(0);
    }
    languages.use(QStringLiteral("de"));
    openWorkspace();
    window->createAllViews();
    for (const ViewEntry& entry : viewTable()) window->navigate(QLatin1String(entry.id), {});
    for (const auto& object : document.objects()->objects) window->navigate(viewOfKind(object.key.kind), QString::fromStdString(object.key.id()));
    QCoreApplication::processEvents();
    const auto check = [&](const QWidget* widget, const QString& text) {
        if (same.count(text) > 0) return;
        EXPECT_EQ(english.count(text), 0u) << widget->metaObject()->className() << " '" << widget->objectName().toStdString() << "' shows '"
                                           << text.toStdString() << "', not '" << english[text].toStdString() << "'";
    };
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        if (widget->objectName().startsWith(QLatin1String("toggle:"))) continue;  // A field's name of the API, the same in every language.
        check(widget, widget->toolTip());
        check(widget, widget->accessibleName());
        if (const auto* label = qobject_cast<const QLabel*>(widget)) check(widget, label->text());
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) check(widget, button->text());
        if (const auto* edit = qobject_cast<const QLineEdit*>(widget)) check(widget, edit->placeholderText());
    }
    for (const QAction* action : actions.all()) EXPECT_EQ(english.count(action->text()), 0u) << action->text().toStdString();
}
