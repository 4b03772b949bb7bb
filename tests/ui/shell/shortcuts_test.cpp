// Keys that a person chooses: set, refused, taken over, kept, given back.
#include "shell_fixture.h"

#include "widgets/fade.h"

#include <QGraphicsEffect>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

namespace gatehouse::ui {
namespace {

struct ShortcutsTest : ShellTest {
    template <class T>
    T* part(const char* name) {
        auto* found = window->findChild<T*>(QLatin1String(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    void openSheet() {
        openWorkspace();
        action("go.rebind")->trigger();
        ASSERT_TRUE(part<QWidget>("shortcutSheet")->isVisible());
    }
    void choose(const char* id) {
        auto* list = part<QTreeWidget>("shortcutList");
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            for (int j = 0; j < list->topLevelItem(i)->childCount(); ++j)
                if (auto* item = list->topLevelItem(i)->child(j); item->data(0, Qt::UserRole + 1).toString() == QLatin1String(id)) list->setCurrentItem(item);
        ASSERT_NE(list->currentItem(), nullptr);
        ASSERT_EQ(list->currentItem()->data(0, Qt::UserRole + 1).toString(), QLatin1String(id));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
        auto* keys = part<QKeySequenceEdit>("shortcutKeys");
        keys->setFocus();
        QSignalSpy taken(keys, &QKeySequenceEdit::editingFinished);
        QTest::keyClick(keys, key, modifiers);
        // It waits whether more keys follow.
        EXPECT_TRUE(taken.count() > 0 || taken.wait());
    }
    QString sentence() { return part<QLabel>("shortcutSentence")->text(); }
};

TEST_F(ShortcutsTest, NewKeysWorkAtOnceAndAreRemembered) {
    openSheet();
    choose("go.limits");
    press(Qt::Key_L, Qt::ControlModifier);
    EXPECT_EQ(action("go.limits")->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_L));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    window->navigate(QStringLiteral("routes"), {});
    part<QWidget>("shortcutSheet")->hide();
    QTest::keyClick(window.get(), Qt::Key_L, Qt::ControlModifier);
    EXPECT_EQ(window->currentView(), QStringLiteral("dashboard"));

    ActionRegistry next;
    QObject owner;
    EXPECT_EQ(next.add(&owner, QStringLiteral("go.limits"), {}, {}, {}, {})->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_L));
}

TEST_F(ShortcutsTest, KeysOfAnotherActionAreReportedAndTakenOnlyWhenAskedFor) {
    openSheet();
    choose("go.limits");
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(action("go.limits")->shortcuts().isEmpty());
    EXPECT_TRUE(sentence().contains(action("file.save")->text())) << sentence().toStdString();
    auto* take = part<QPushButton>("takeOverShortcut");
    ASSERT_TRUE(take->isVisible());
    QTest::mouseClick(take, Qt::LeftButton);
    EXPECT_EQ(action("go.limits")->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_S));
    EXPECT_TRUE(action("file.save")->shortcuts().isEmpty());
    EXPECT_FALSE(take->isVisible());
    QTest::mouseClick(part<QPushButton>("resetAllShortcuts"), Qt::LeftButton);
    EXPECT_TRUE(action("go.limits")->shortcuts().isEmpty());
    EXPECT_EQ(action("file.save")->shortcut(), QKeySequence(QKeySequence::Save));
}

TEST_F(ShortcutsTest, WhatLeavesAndMovesCannotBeGivenAway) {
    openSheet();
    choose("go.limits");
    press(Qt::Key_Return, Qt::NoModifier);
    EXPECT_TRUE(action("go.limits")->shortcuts().isEmpty());
    EXPECT_FALSE(sentence().isEmpty());
    EXPECT_FALSE(part<QPushButton>("takeOverShortcut")->isVisible());
}

TEST_F(ShortcutsTest, TwoViewsMayHaveTheSameKeys) {
    window->createAllViews();
    auto* pause = action("dashboard.pause");
    ASSERT_NE(pause, nullptr);
    EXPECT_EQ(actions.holderOf(action("requests.pause")->shortcut(), pause), nullptr);
    EXPECT_EQ(actions.holderOf(QKeySequence(Qt::CTRL | Qt::Key_K), pause), action("go.palette"));
    EXPECT_EQ(actions.holderOf(QKeySequence(QStringLiteral("Ctrl+K, Ctrl+L")), pause), action("go.palette")) << "the one begins the other";
}

TEST_F(ShortcutsTest, ChangedKeysShowWhereKeysAreShown) {
    openWorkspace();
    actions.rebind(action("go.palette"), QKeySequence(Qt::CTRL | Qt::Key_J));
    bool found = false;
    const auto shown = QKeySequence(Qt::CTRL | Qt::Key_J).toString(QKeySequence::NativeText);
    for (const auto* button : window->findChildren<QAbstractButton*>()) found |= button->isVisible() && button->text() == shown;
    EXPECT_TRUE(found);
    actions.resetAllShortcuts();
}

TEST_F(ShortcutsTest, TheFilterFindsActionsByNameAndByKeys) {
    openSheet();
    auto* list = part<QTreeWidget>("shortcutList");
    auto* filter = part<QLineEdit>("shortcutFilter");
    const auto visible = [&] {
        int count = 0;
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            for (int j = 0; j < list->topLevelItem(i)->childCount(); ++j) count += list->topLevelItem(i)->child(j)->isHidden() ? 0 : 1;
        return count;
    };
    EXPECT_GT(visible(), 20);
    filter->setFocus();
    QTest::keyClicks(filter, QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
    EXPECT_TRUE(QTest::qWaitFor([&] { return visible() == 1; }));
}

TEST_F(ShortcutsTest, WhatAppearsFadesInUnlessMotionIsReduced) {
    openWorkspace();
    theme.setReducedMotion(false);
    auto* sheet = part<QWidget>("cheatSheet");
    action("go.shortcuts")->trigger();
    EXPECT_NE(sheet->graphicsEffect(), nullptr);
    EXPECT_TRUE(QTest::qWaitFor([&] { return sheet->graphicsEffect() == nullptr; })) << "nothing stays on the widget";
    sheet->hide();
    action("look.motion")->trigger();
    EXPECT_TRUE(theme.reducedMotion());
    EXPECT_EQ(settings::reducedMotion(), std::optional(true));
    action("go.shortcuts")->trigger();
    EXPECT_TRUE(sheet->isVisible());
    EXPECT_EQ(sheet->graphicsEffect(), nullptr);
}

}  // namespace
}  // namespace gatehouse::ui
