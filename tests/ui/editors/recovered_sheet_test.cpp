// What a crash left behind: seen as a difference, taken over as edits that can be undone, or thrown away.
#include "console_fixture.h"

#include "shell/recovered_sheet.h"

#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

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

}  // namespace
}  // namespace gatehouse::ui::test
