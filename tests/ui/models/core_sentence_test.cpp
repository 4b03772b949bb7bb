// What core says comes out in German: the matcher by hand-made patterns, and every sentence that the case files of the tree bring about.
#include "models/core_sentence.h"

#include "config/diagnostic_codes.h"
#include "config/schema.h"
#include "config/workspace.h"
#include "core/config/cases.h"
#include "core/route/routing_cases.h"
#include "gitops/export.h"
#include "route/translate.h"
#include "config/validate.h"
#include "shell/languages.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

namespace gatehouse::ui {
namespace {

// ---- The matcher.

using Rows = std::vector<std::pair<const char*, const char*>>;

/// A book of these patterns and what they are.
struct Book {
    explicit Book(const Rows& rows) {
        std::vector<const char*> patterns;
        std::map<std::string, QString> said;
        for (const auto& [english, german] : rows) {
            patterns.push_back(english);
            said[english] = QString::fromUtf8(german);
        }
        book = std::make_unique<SentenceBook>(patterns, [&](const char* pattern) { return said.at(pattern); });
    }
    std::string operator()(std::string_view english) const { return book->say(english).toStdString(); }
    std::unique_ptr<SentenceBook> book;
};

TEST(SentenceBook, SaysWhatHasNoHole) {
    const Book book(Rows{{"All fine.", "Alles gut."}});
    EXPECT_EQ(book("All fine."), "Alles gut.");
    EXPECT_EQ(book("All fine"), "All fine");
    EXPECT_EQ(book(""), "");
    EXPECT_TRUE(book.book->knows("All fine."));
    EXPECT_FALSE(book.book->knows("Something else."));
}

TEST(SentenceBook, KeepsWhatIsInTheHoles) {
    const Book book(Rows{{"{} has no port {}; name one.", "{} hat keinen Port {}; nennen Sie einen."}});
    EXPECT_EQ(book("Service shop/cart has no port 80; name one."), "Service shop/cart hat keinen Port 80; nennen Sie einen.");
}

TEST(SentenceBook, HolesMayStandInAnotherOrderOrBeLeftOut) {
    const Book book(Rows{{"{} hit{} of {}", "{3}: {1} Treffer"}});
    EXPECT_EQ(book("2 hits of EMAIL"), "EMAIL: 2 Treffer");
    EXPECT_EQ(book("1 hit of EMAIL"), "EMAIL: 1 Treffer");
}

TEST(SentenceBook, TheMostLiteralPatternWins) {
    const Book book(Rows{{"{} does not exist; create it.", "{} fehlt; anlegen."},
                     {"{} does not exist; {}.", "{} fehlt; {}."},
                     {"Secret {}/{} does not exist; create it.", "Geheimnis {}/{} fehlt; anlegen."}});
    EXPECT_EQ(book("Secret a/b does not exist; create it."), "Geheimnis a/b fehlt; anlegen.");
    EXPECT_EQ(book("Service a/b does not exist; create it."), "Service a/b fehlt; anlegen.");
    EXPECT_EQ(book("Service a/b does not exist; wait."), "Service a/b fehlt; wait.");
}

TEST(SentenceBook, AHoleThatSwallowsWordsIsTheWorseReading) {
    const Book book(Rows{{"Secret {}/{} has no key {}.", "Secret {}/{} ohne Schlüssel {}."}, {"{} has no key {}; add it.", "{} ohne Schlüssel {}; ergänzen."}});
    EXPECT_EQ(book("Secret a/b has no key tls.crt; add it."), "Secret a/b ohne Schlüssel tls.crt; ergänzen.");
    EXPECT_EQ(book("Secret a/b has no key tls.crt."), "Secret a/b ohne Schlüssel tls.crt.");
}

TEST(SentenceBook, PatternsWithTheSameBeginningAreToldApart) {
    const Book book(Rows{{"port {}, {}", "Port {}, {}"}, {"port {}, any hostname", "Port {}, jeder Hostname"}, {"port {}", "Port {}"},
                     {"port {}, hostname {} covers {}", "Port {}, Hostname {} deckt {} ab"}});
    EXPECT_EQ(book("port 80, any hostname"), "Port 80, jeder Hostname");
    EXPECT_EQ(book("port 80, hostname *.a covers b.a"), "Port 80, Hostname *.a deckt b.a ab");
    EXPECT_EQ(book("port 80"), "Port 80");
}

TEST(SentenceBook, HolesHoldSentencesOfTheirOwn) {
    const Book book(Rows{{"Listener {} is not in use: {}", "Listener {} ruht: {}"},
                     {"The Gateway is not accepted: {}", "Gateway abgelehnt: {}"},
                     {"{} is listed twice.", "{} steht zweimal da."}});
    EXPECT_EQ(book("Listener web is not in use: The Gateway is not accepted: 10.0.0.1 is listed twice."),
              "Listener web ruht: Gateway abgelehnt: 10.0.0.1 steht zweimal da.");
}

TEST(SentenceBook, FragmentsInHolesAreSaidToo) {
    const Book book(Rows{{"{} must be {}, but is {}.", "{} muss {} sein, ist aber {}."}, {"a list", "eine Liste"}, {"a mapping", "eine Zuordnung"},
                     {"{} is missing{}.", "{} fehlt{}."}, {"in {}", "in {}"}});
    EXPECT_EQ(book("rules must be a list, but is a mapping."), "rules muss eine Liste sein, ist aber eine Zuordnung.");
    EXPECT_EQ(book("port is missing in spec."), "port fehlt in spec.");
    EXPECT_EQ(book("spec is missing."), "spec fehlt.");
}

TEST(SentenceBook, SingleWordsAreSaidOnlyWhereTheHoleIsMarked) {
    const Book book(Rows{{"{} is no {}.", "{} ist kein {w}."}, {"listener", "Lauscher"}, {"none", "keiner"}, {"Secret {}/{} is gone.", "Secret {}/{} ist weg."},
                         {"a {} of {}", "{2w}: {1}"}});
    EXPECT_EQ(book("listener is no listener."), "listener ist kein Lauscher.");
    EXPECT_EQ(book("Secret listener/none is gone."), "Secret listener/none ist weg.");
    EXPECT_EQ(book("a listener of none"), "keiner: listener");
    EXPECT_EQ(book("none"), "keiner");
}

TEST(SentenceBook, QuotedAndNamedValuesAreNeverOurWords) {
    const Book book(Rows{{"'{}' is no host.", "„{w}“ ist kein Host."}, {"Another listener is named {} already.", "Ein anderer heißt schon {w}."},
                         {"listener", "Lauscher"}});
    EXPECT_EQ(book("'listener' is no host."), "„listener“ ist kein Host.");
    EXPECT_EQ(book("Another listener is named listener already."), "Ein anderer heißt schon listener.");
}

TEST(SentenceBook, ValuesMayHoldQuotesDotsAndWholeSentences) {
    const Book book(Rows{{"'{}' is not a host name.", "„{}“ ist kein Hostname."}, {"All fine.", "Alles gut."},
                     {"The regular expression '{}' cannot be read: {}", "Regex „{}“ unlesbar: {}"}});
    EXPECT_EQ(book("'a 'quoted'. All fine.' is not a host name."), "„a 'quoted'. All fine.“ ist kein Hostname.");
    EXPECT_EQ(book("The regular expression '(' cannot be read: missing ): ("), "Regex „(“ unlesbar: missing ): (");
    EXPECT_EQ(book("The regular expression 'x' cannot be read: y' cannot be read: no"), "Regex „x“ unlesbar: y' cannot be read: no");
}

TEST(SentenceBook, JoinsOfSentencesAreTakenApart) {
    const Book book(Rows{{"{} does not exist.", "{} fehlt."}, {"The rule answers 500.", "Die Regel antwortet mit 500."}, {"no name", "kein Name"},
                     {"try {}", "Versuch {}"}, {"answered {}", "mit {} beantwortet"}, {"another try after {:.0f} ms", "weiterer nach {} ms"},
                     {"on a kept connection", "auf einer gehaltenen Verbindung"}, {"TLS for {}", "TLS für {}"}, {"attempt {}", "Versuch {}"}});
    EXPECT_EQ(book("Service a/b.c does not exist. The rule answers 500."), "Service a/b.c fehlt. Die Regel antwortet mit 500.");
    EXPECT_EQ(book("try 1: answered 503; another try after 25 ms"), "Versuch 1: mit 503 beantwortet; weiterer nach 25 ms");
    EXPECT_EQ(book("on a kept connection, HTTP/2, TLS for no name, attempt 2"),
              "auf einer gehaltenen Verbindung, HTTP/2, TLS für kein Name, Versuch 2");
    EXPECT_EQ(book("http.request.timeouts: Service a/b does not exist."), "http.request.timeouts: Service a/b fehlt.");
}

TEST(SentenceBook, HolesSideBySideAreDividedWhereAWordBegins) {
    const Book book(Rows{{"{}{} is named twice.", "{}{} steht doppelt."}, {"port {}", "Anschluss {}"}});
    EXPECT_EQ(book("Service a/b port http is named twice."), "Service a/b Anschluss http steht doppelt.");
    EXPECT_EQ(book("Service a/b is named twice."), "Service a/b steht doppelt.");
}

TEST(SentenceBook, DecimalsFollowTheLanguage) {
    const auto before = QLocale();
    QLocale::setDefault(QLocale(QStringLiteral("de")));
    const Book book(Rows{{"best score {:.2f} of {:.0f}, {}", "beste Wertung {} von {}, {}"}, {"margin {:.2f} to {}", "Abstand {} zu {}"}});
    EXPECT_EQ(book("best score 2.84 of 3, margin 0.10 to llm-0.5"), "beste Wertung 2,84 von 3, Abstand 0,10 zu llm-0.5");
    QLocale::setDefault(before);
}

TEST(SentenceBook, TextOfAnySizeIsAnswered) {
    const Book book(Rows{{"{}{}{} of {}{}", "{}{}{} von {}{}"}, {"{}, {}", "{}, {}"}, {"a {}", "ein {}"}});
    std::string text;
    for (int i = 0; i < 2000; ++i) text += "of a, ";
    EXPECT_FALSE(book(text).empty());
}

// ---- The catalogue.

/// Words of English that no German sentence holds.
QString englishIn(const QString& german) {
    static const QRegularExpression quoted(QStringLiteral("„[^“]*“|\"[^\"]*\"|'[^']*'|`[^`]*`"));
    static const QRegularExpression words(QStringLiteral(
        "(?<![\\w/.:=-])(the|is|are|of|to|not|has|have|with|for|this|and|that|its|it|by|be|does|from|than|cannot|which|there|their|answers|"
        "requests|needs|names|matches|starts|fits|takes|refers|uses|lies|holds|speaks|or)(?![\\w/:=-]|\\.\\w)"));
    auto bare = german;
    bare.remove(quoted);
    const auto match = words.match(bare);
    return match.hasMatch() ? match.captured() : QString();
}

class CoreInGerman : public ::testing::Test {
  protected:
    CoreInGerman() { languages_.use(QStringLiteral("de")); }
    ~CoreInGerman() override { languages_.use(QStringLiteral("en")); }

    void say(const std::string& text, const std::string& where) {
        if (text.empty() || !said_.insert(text).second) return;
        const auto german = coreSentence(text);
        const bool sentence = text.find(' ') != std::string::npos;
        const auto left = englishIn(german);
        if (!left.isEmpty()) ADD_FAILURE() << where << ": '" << left.toStdString() << "' is left of\n  " << text << "\n  " << german.toStdString();
        else if (sentence && !kNames.count(text) && (text.back() == '.' || text.back() == '?') && german == QString::fromStdString(text))
            ADD_FAILURE() << where << ": not said in German:\n  " << text;
    }

    void sayAll(const std::string& yaml, const std::string& where, const std::vector<route::ExplainRequest>& requests) {
        const auto objects = config::readObjects({{"case.yaml", yaml}});
        for (const auto& finding : config::validate(*objects)) {
            say(finding.message, where);
            if (finding.fix) say(finding.fix->label, where);
        }
        const auto conditions = [&](const std::vector<config::Condition>& list) {
            for (const auto& condition : list) say(condition.message, where);
        };
        for (const auto& status : config::computeStatus(*objects)) {
            conditions(status.conditions);
            for (const auto& listener : status.listeners) conditions(listener.conditions);
            for (const auto& parent : status.parents) conditions(parent.conditions);
        }
        for (const auto& attachment : config::attachments(*objects)) say(attachment.message, where);
        route::Runtime runtime;
        const auto translation = route::translate(*objects, runtime, 1);
        for (const auto& finding : translation.diagnostics) say(finding.message, where);
        for (const auto& rule : translation.snapshot->rules) {
            say(rule->broken, where);
            for (const auto& source : rule->provenance) say(source.reason, where);
            for (const auto& [name, what] : rule->chain.description) say(what, where);
            for (const auto& backend : rule->backends) say(backend.invalidReason, where);
        }
        for (const auto& request : requests) {
            const auto explanation = route::explain(*translation.snapshot, request);
            if (!explanation) {
                say(explanation.error().message, where);
                continue;
            }
            for (const auto& step : explanation->steps) {
                say(step.subject, where);
                say(step.detail, where);
            }
            for (const auto& arm : explanation->arms) say(arm.note, where);
            for (const auto& policy : explanation->policies) say(policy.reason, where);
            if (explanation->pick) {
                say(explanation->pick->reason, where);
                for (const auto& candidate : explanation->pick->candidates) say(candidate.excluded, where);
            }
        }
        for (const auto& target : gitops::targets()) {
            const auto result = gitops::exportObjects(*objects, target.name);
            if (!result) say(result.error().message, where);
            else
                for (const auto& note : result->notes) say(note.message, where);
        }
    }

    std::set<std::string> said_;
    /// The same in every language.
    inline static const std::set<std::string> kNames{"Google Gemini.", "Google Vertex AI.", "Amazon Bedrock."};

  private:
    Languages languages_;
};

TEST(CoreSentence, IsItsInputInEnglishAndFollowsTheLanguage) {
    Languages languages;
    const char* const sentence = "Listener web is not in use: The Gateway is not accepted.";
    languages.use(QStringLiteral("en"));
    EXPECT_EQ(coreSentence(sentence), QLatin1String(sentence));
    languages.use(QStringLiteral("de"));
    EXPECT_EQ(coreSentence(sentence), QStringLiteral("Listener web ist nicht in Betrieb: Das Gateway wird nicht angenommen."));
    languages.use(QStringLiteral("en"));
    EXPECT_EQ(coreSentence(sentence), QLatin1String(sentence));
}

TEST_F(CoreInGerman, TranslationsFillInOnlyHolesThatAreThere) {
    static const QRegularExpression hole(QStringLiteral("\\{(\\d*)w?\\}"));
    for (const char* pattern : corePatterns()) {
        const auto english = QString::fromUtf8(pattern), german = QCoreApplication::translate("CoreSentence", pattern);
        const auto holes = english.count(QLatin1Char('{'));
        int next = 0;
        for (auto it = hole.globalMatch(german); it.hasNext();) {
            const auto number = it.next().captured(1);
            EXPECT_LE(number.isEmpty() ? ++next : number.toInt(), holes) << pattern << " -> " << german.toStdString();
        }
        EXPECT_EQ(german.count(QLatin1Char('{')), german.count(hole)) << pattern << " -> " << german.toStdString();
    }
}

TEST_F(CoreInGerman, CodesHelpAndTargets) {
    for (const auto& row : config::diagnosticCodes()) say(std::string(row.meaning), std::string(row.code));
    for (const auto& target : gitops::targets()) say(target.description, target.name);
    const std::function<void(const config::FieldSpec&, const std::string&, int)> help = [&](const config::FieldSpec& spec, const std::string& where, int depth) {
        say(spec.help, where + "." + spec.name);
        say(spec.notRun, where + "." + spec.name);
        if (depth > 12) return;
        for (const auto& field : spec.fields) help(field, where + "." + spec.name, depth + 1);
        if (const auto* element = spec.element()) help(*element, where + "." + spec.name, depth + 1);
    };
    for (const auto& kind : config::kinds()) help(kind.root, kind.kind, 0);
    EXPECT_GT(said_.size(), 300u);
}

TEST_F(CoreInGerman, EverythingThatTheConfigurationCasesBringAbout) {
    for (const char* prefix : {"findings", "status"})
        for (const auto& section : gatehouse::testing::readCases(prefix)) sayAll(section.parts[0], section.name, {});
    EXPECT_GT(said_.size(), 200u);
}

TEST_F(CoreInGerman, EverythingThatTheRoutingCasesBringAbout) {
    for (const char* folder : {"routing", "conformance"})
        for (const auto& entry : std::filesystem::directory_iterator(std::string(GATEHOUSE_VECTORS) + "/" + folder)) {
            std::map<std::string, std::pair<std::string, std::vector<route::ExplainRequest>>> byManifests;
            for (const auto& one : gatehouse::testing::readRoutingCases(entry.path())) {
                auto& [name, requests] = byManifests[one.manifests];
                name = std::string(folder) + "/" + one.file + ": " + one.name;
                requests.push_back(one.request);
            }
            for (const auto& [manifests, cases] : byManifests) {
                std::string yaml;
                std::istringstream lines(manifests);
                for (std::string line; std::getline(lines, line);)
                    if (line.empty() || line[0] != '@') yaml += line + "\n";
                sayAll(gatehouse::testing::expanded(yaml, {}), cases.first, cases.second);
            }
        }
    EXPECT_GT(said_.size(), 300u);
}

TEST_F(CoreInGerman, EverythingThatTheExportCasesBringAbout) {
    std::ifstream file(std::string(GATEHOUSE_VECTORS) + "/gitops/workspace.yaml");
    sayAll({std::istreambuf_iterator<char>(file), {}}, "gitops/workspace.yaml", {});
    EXPECT_GT(said_.size(), 10u);
}

}  // namespace
}  // namespace gatehouse::ui
