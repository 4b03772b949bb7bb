// What a crash left behind: seen as a difference, taken over as edits that can be undone, or thrown away.
#include "console_fixture.h"

#include "editors/object_editor.h"
#include "editors/object_text_pane.h"
#include "editors/workspace_facts.h"
#include "shell/recovered_sheet.h"

#include <QDir>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>

namespace gatehouse::ui::test {
namespace {

class RecoveredSheetTest : public ConsoleTest {
  protected:
    void SetUp() override {
        // An earlier run that ended with an edit unsaved. Its folder is not the fixture's, which a living document would hold.
        QFile file(left_.filePath(QStringLiteral("routes.yaml")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(kWorkspace);
        file.close();
        EngineBridge earlierEngine;
        WorkspaceDocument earlier(earlierEngine);
        ASSERT_TRUE(earlier.open({left_.path().toStdString()}, false));
        ASSERT_TRUE(earlier.setField(routeKey("chat"), QStringLiteral("spec.rules[0].name"), QStringLiteral("kept"), text::yaml::Type::String, QStringLiteral("x")));
    }
    void reopen() {
        window_ = shown(new QWidget);
        sheet_ = new RecoveredSheet(theme, document, dialogs, window_);
        QObject::connect(&document, &WorkspaceDocument::recoveredFound, sheet_, &RecoveredSheet::offer);
        ASSERT_TRUE(document.open({left_.path().toStdString()}, false));
        QTest::qWait(0);
    }
    std::string now() { return *document.workspace().text("routes.yaml"); }

    QTemporaryDir left_;
    QWidget* window_ = nullptr;
    RecoveredSheet* sheet_ = nullptr;
};

TEST_F(RecoveredSheetTest, ShowsTheDifferenceAndTakesItOverAsAnEdit) {
    reopen();
    ASSERT_TRUE(sheet_->isVisible());
    ASSERT_EQ(child<QListWidget>(QStringLiteral("recoveredFiles"))->count(), 1);
    const auto diff = child<QPlainTextEdit>(QStringLiteral("recoveredDiff"))->toPlainText();
    EXPECT_TRUE(diff.contains(QLatin1String("- name: main"))) << diff.toStdString();
    EXPECT_TRUE(diff.contains(QLatin1String("- name: kept"))) << diff.toStdString();
    EXPECT_EQ(now(), kWorkspace) << "nothing is taken over before the person says so";
    picture(QStringLiteral("recovered"));
    click(QStringLiteral("recoveredTake"));
    EXPECT_NE(now().find("- name: kept"), std::string::npos);
    EXPECT_EQ(document.unsavedFiles(), 1);
    document.undoStack().undo();
    EXPECT_EQ(now(), kWorkspace);
}

TEST_F(RecoveredSheetTest, ThrownAwayEditsAreNotOfferedAgain) {
    reopen();
    ASSERT_TRUE(sheet_->isVisible());
    click(QStringLiteral("recoveredDiscard"));
    EXPECT_EQ(now(), kWorkspace);
    EXPECT_TRUE(document.workspace().recovered().empty());
    ASSERT_TRUE(document.open({left_.path().toStdString()}, false));
    EXPECT_TRUE(document.workspace().recovered().empty());
}

TEST_F(RecoveredSheetTest, DecidingLaterKeepsThem) {
    reopen();
    sheet_->close();
    EXPECT_FALSE(document.workspace().recovered().empty());
}

/// An earlier run that ended while a text was typed that cannot be read.
class RecoveredDraftTest : public ConsoleTest {
  protected:
    void SetUp() override {
        QFile file(left_.filePath(QStringLiteral("routes.yaml")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(kWorkspace);
        file.close();
        EngineBridge earlierEngine;
        WorkspaceDocument earlier(earlierEngine);
        ASSERT_TRUE(earlier.open({left_.path().toStdString()}, false));
        WorkspaceFacts facts(earlierEngine, earlier);
        ViewContext other{theme, earlierEngine, earlier, actions, navigator, dialogs};
        ObjectEditor editor(other, facts, QString());
        editor.resize(1100, 640);
        editor.show();
        editor.showObject(routeKey("chat"));
        QTest::qWait(0);
        auto& yaml = editor.textPane().editor();
        yaml.textWidget()->setFocus();
        yaml.setCaret(yaml.text().find("hostnames: [") + 12);
        QTest::keyClicks(yaml.textWidget(), QStringLiteral("[[ typed "));
        typed_ = yaml.text();
        EXPECT_TRUE(eventually([&] { return earlier.drafts().find(routeKey("chat").id()) != nullptr; })) << "without leaving the field";
        EXPECT_FALSE(earlier.modified());
    }
    void reopen() {
        auto* window = shown(new QWidget);
        auto* sheet = new RecoveredSheet(theme, document, dialogs, window);
        QObject::connect(&document, &WorkspaceDocument::recoveredFound, sheet, &RecoveredSheet::offer);
        QObject::connect(sheet, &RecoveredSheet::draftsTaken, [this](const QStringList& ids) { taken_ = ids; });
        ASSERT_TRUE(document.open({left_.path().toStdString()}, false));
        QTest::qWait(0);
        ASSERT_TRUE(sheet->isVisible());
        EXPECT_EQ(child<QListWidget>(QStringLiteral("recoveredFiles"))->item(0)->text(), QStringLiteral("HTTPRoute default/chat (cannot be read yet)"));
        const auto diff = child<QPlainTextEdit>(QStringLiteral("recoveredDiff"))->toPlainText();
        EXPECT_TRUE(diff.contains(QLatin1String("+ "))) << diff.toStdString();
        EXPECT_TRUE(diff.contains(QLatin1String("[[ typed"))) << diff.toStdString();
    }
    /// What a third run would be offered.
    std::size_t offeredLater() {
        const auto there = QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(QStringLiteral("journal/drafts"));
        std::size_t count = 0;
        for (const auto& entry : QDir(there).entryInfoList({QStringLiteral("*.journal"), QStringLiteral("*.left")}, QDir::Files)) {
            QFile file(entry.filePath());
            if (file.open(QIODevice::ReadOnly)) count += file.readAll().contains(left_.path().toUtf8()) ? 1 : 0;
        }
        return count;
    }

    QTemporaryDir left_;
    std::string typed_;
    QStringList taken_;
};

TEST_F(RecoveredDraftTest, GoesBackToItsEditorAndIsGoneOnceItCanBeRead) {
    reopen();
    click(QStringLiteral("recoveredTake"));
    EXPECT_EQ(taken_, QStringList{QString::fromStdString(routeKey("chat").id())});
    EXPECT_EQ(*document.workspace().text("routes.yaml"), kWorkspace) << "nothing of it is applied";
    EXPECT_EQ(offeredLater(), 1u) << "still kept, once";
    WorkspaceFacts facts(engine, document);
    auto* editor = shown(new ObjectEditor(context, facts, QString()), {1100, 640});
    editor->showObject(routeKey("chat"));
    QTest::qWait(0);
    auto& yaml = editor->textPane().editor();
    EXPECT_EQ(yaml.text(), typed_);
    EXPECT_FALSE(editor->textPane().errorText().isEmpty());
    yaml.textWidget()->setFocus();
    yaml.setCaret(yaml.text().find("[[ typed ") + 9);
    for (int i = 0; i < 9; ++i) QTest::keyClick(yaml.textWidget(), Qt::Key_Backspace);
    EXPECT_TRUE(editor->textPane().commit());
    EXPECT_TRUE(document.drafts().drafts().empty());
    EXPECT_EQ(offeredLater(), 0u);
}

TEST_F(RecoveredDraftTest, ThrownAwayIsGone) {
    reopen();
    click(QStringLiteral("recoveredDiscard"));
    EXPECT_TRUE(document.drafts().drafts().empty());
    EXPECT_EQ(offeredLater(), 0u);
}

TEST_F(RecoveredDraftTest, DecidedLaterIsOfferedAgain) {
    reopen();
    EXPECT_EQ(offeredLater(), 1u);
    EXPECT_EQ(document.drafts().left().size(), 1u);
}

}  // namespace
}  // namespace gatehouse::ui::test
