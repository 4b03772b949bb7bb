// Form and YAML of one object, clicked and typed into.
#include "console_fixture.h"

#include "editors/object_editor.h"
#include "editors/object_text_pane.h"
#include "editors/schema_form.h"
#include "editors/workspace_facts.h"

#include <QComboBox>
#include <QLabel>
#include <QSpinBox>

namespace gatehouse::ui::test {
namespace {

class ObjectEditorTest : public ConsoleTest {
  protected:
    ObjectEditor* open(const config::ObjectKey& key = routeKey("chat")) {
        facts = std::make_unique<WorkspaceFacts>(engine, document);
        auto* editor = shown(new ObjectEditor(context, *facts, QString()), {1100, 640});
        editor->showObject(key);
        QTest::qWait(0);
        return editor;
    }
    void replaceInPane(ObjectEditor& editor, const std::string& from, const std::string& to) {
        auto& yaml = editor.textPane().editor();
        const auto at = yaml.text().find(from);
        ASSERT_NE(at, std::string::npos);
        yaml.textWidget()->setFocus();
        yaml.setCaret(at + from.size());
        for (std::size_t i = 0; i < from.size(); ++i) QTest::keyClick(yaml.textWidget(), Qt::Key_Backspace);
        QTest::keyClicks(yaml.textWidget(), QString::fromStdString(to));
    }
    void TearDown() override {
        ConsoleTest::TearDown();
        facts.reset();
    }
    std::unique_ptr<WorkspaceFacts> facts;
};

TEST_F(ObjectEditorTest, AFieldOfTheFormChangesOnlyItsTextAndTheDiagnosticsFollow) {
    auto* editor = open();
    const auto before = text();
    typeInto(QStringLiteral("field:spec.rules[0].matches[0].path.value"), QStringLiteral("/v2"));
    auto expected = before;
    expected.replace(expected.find("value: /v1"), 10, "value: /v2");
    EXPECT_EQ(text(), expected);
    EXPECT_NE(editor->textPane().editor().text().find("value: /v2"), std::string::npos);
    const auto good = facts->of(routeKey("chat")).size();
    typeInto(QStringLiteral("field:spec.rules[0].matches[0].path.value"), QStringLiteral("no-slash"));
    EXPECT_GT(facts->of(routeKey("chat")).size(), good);
    EXPECT_FALSE(editor->textPane().editor().marks().empty());
    document.undoStack().undo();
    document.undoStack().undo();
    EXPECT_EQ(text(), before);
    EXPECT_EQ(child<QLineEdit>(QStringLiteral("field:spec.rules[0].matches[0].path.value"))->text(), QStringLiteral("/v1"));
}

TEST_F(ObjectEditorTest, TypedYamlReachesTheForm) {
    auto* editor = open();
    replaceInPane(*editor, "weight: 90", "weight: 55");
    QTest::keyClick(editor->textPane().editor().textWidget(), Qt::Key_Return, Qt::ControlModifier);
    EXPECT_NE(text().find("weight: 55"), std::string::npos);
    editor->goTo(parsePath("spec.rules[0].backendRefs[0].weight"));
    QTest::qWait(0);
    auto* weight = child<QSpinBox>(QStringLiteral("field:spec.rules[0].backendRefs[0].weight"));
    ASSERT_NE(weight, nullptr);
    EXPECT_EQ(weight->value(), 55);
    EXPECT_EQ(document.undoStack().count(), 1) << "the whole text edit is one step";
    document.undoStack().undo();
    EXPECT_EQ(weight->value(), 90);
}

TEST_F(ObjectEditorTest, APauseTakesTheTextOver) {
    auto* editor = open();
    replaceInPane(*editor, "name: main", "name: first");
    EXPECT_EQ(text().find("name: first"), std::string::npos) << "not while typing";
    EXPECT_TRUE(eventually([this] { return text().find("name: first") != std::string::npos; }));
}

TEST_F(ObjectEditorTest, BrokenYamlStaysInThePaneAndNothingIsLost) {
    auto* editor = open();
    const auto before = text();
    replaceInPane(*editor, "hostnames: [\"chat.example.com\"]", "hostnames: [\"chat");
    QTest::keyClick(editor->textPane().editor().textWidget(), Qt::Key_Return, Qt::ControlModifier);
    const auto typed = editor->textPane().editor().text();
    EXPECT_NE(typed, *document.workspace().objectText(routeKey("chat")));
    EXPECT_EQ(text(), before);
    EXPECT_FALSE(editor->textPane().errorText().isEmpty());
    EXPECT_TRUE(editor->textPane().hasDraft(routeKey("chat")));
    // Another object and back: the draft is still there.
    editor->showObject({"", "Service", "default", "web"});
    EXPECT_NE(editor->textPane().editor().text(), typed);
    editor->showObject(routeKey("chat"));
    EXPECT_EQ(editor->textPane().editor().text(), typed);
    EXPECT_FALSE(editor->textPane().errorText().isEmpty());
    // An edit elsewhere does not overwrite it.
    ASSERT_TRUE(document.setField({"", "Service", "default", "web"}, QStringLiteral("spec.ports[0].port"), QStringLiteral("81"), text::yaml::Type::Integer, QStringLiteral("x")));
    EXPECT_EQ(editor->textPane().editor().text(), typed);
    editor->textPane().discardDraft();
    EXPECT_EQ(editor->textPane().editor().text(), *document.workspace().objectText(routeKey("chat")));
    EXPECT_TRUE(editor->textPane().errorText().isEmpty());
}

TEST_F(ObjectEditorTest, RenamingInTheTextFollowsTheObject) {
    auto* editor = open();
    replaceInPane(*editor, "name: chat", "name: talk");
    QTest::keyClick(editor->textPane().editor().textWidget(), Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(editor->object(), routeKey("talk"));
    EXPECT_NE(document.objects()->find(routeKey("talk")), nullptr);
}

TEST_F(ObjectEditorTest, AddAndRemoveButtonsWorkAndUndo) {
    open();
    const auto before = text();
    click(QStringLiteral("add:spec.hostnames"));
    EXPECT_NE(child<QLineEdit>(QStringLiteral("field:spec.hostnames[1]")), nullptr);
    typeInto(QStringLiteral("field:spec.hostnames[1]"), QStringLiteral("b.example.com"));
    EXPECT_NE(text().find("[\"chat.example.com\", b.example.com]"), std::string::npos) << text();
    click(QStringLiteral("remove:spec.hostnames[0]"));
    EXPECT_EQ(text().find("chat.example.com"), std::string::npos);
    while (document.undoStack().canUndo()) document.undoStack().undo();
    EXPECT_EQ(text(), before);
}

TEST_F(ObjectEditorTest, TheFocusedFieldIsExplainedAndTinted) {
    auto* editor = open();
    child<QWidget>(QStringLiteral("field:spec.rules[0].matches[0].path.value"))->setFocus();
    EXPECT_FALSE(child<QLabel>(QStringLiteral("fieldHelp"))->text().isEmpty());
    EXPECT_NE(child<QLabel>(QStringLiteral("fieldHelp"))->text(), QStringLiteral(""));
    Q_UNUSED(editor);
    picture(QStringLiteral("object-editor"));
}

TEST_F(ObjectEditorTest, ASecretsValueIsNeverShownInTheForm) {
    open({"", "Secret", "default", "openai-key"});
    auto* value = child<QLineEdit>(QStringLiteral("field:stringData.Authorization"));
    ASSERT_NE(value, nullptr);
    EXPECT_FALSE(value->displayText().contains(QLatin1String("sk-do-not-show")));
}

TEST_F(ObjectEditorTest, TypingInAPaneThatStandsOffTheScreenIsSafe) {
    auto* editor = open();
    editor->move(5000, 5000);
    QTest::qWait(0);
    ASSERT_NO_FATAL_FAILURE(replaceInPane(*editor, "value: /v1", "value: /v3"));
    EXPECT_NE(editor->textPane().editor().text().find("value: /v3"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::ui::test
