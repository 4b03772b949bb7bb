// Walks over the whole window with every view made: names for the focusable, unique mnemonics, no clipped text at 200 %.
#include "shell_fixture.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <map>

using namespace gatehouse::ui;

namespace {

std::string describe(const QWidget* widget) {
    QString path;
    for (const QWidget* at = widget; at; at = at->parentWidget()) {
        path.prepend(QStringLiteral("/%1#%2").arg(QString::fromLatin1(at->metaObject()->className()), at->objectName()));
    }
    return path.toStdString();
}

/// A part of a composite widget that the composite speaks for.
bool isInnerPart(const QWidget* widget) {
    const QString name = widget->objectName();
    return name.startsWith(QLatin1String("qt_")) || widget->inherits("QHeaderView") || widget->inherits("QScrollBar") || !widget->parentWidget() ||
           widget->parentWidget()->inherits("QAbstractSpinBox") || widget->parentWidget()->inherits("QComboBox") ||
           widget->inherits("QComboBoxPrivateContainer") || widget->inherits("QComboBoxListView") || widget->inherits("QLineEditIconButton") || widget->inherits("QSplitterHandle") || widget->inherits("QTableCornerButton");
}

}  // namespace

TEST_F(ShellTest, EveryFocusableWidgetHasAnAccessibleName) {
    openWorkspace();
    window->createAllViews();
    for (const ViewEntry& entry : viewTable()) window->navigate(QLatin1String(entry.id), {});
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || isInnerPart(widget)) continue;
        // A button that is hidden until it gets its words (EmptyState without an action).
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        if (button && button->isHidden() && button->text().isEmpty() && button->icon().isNull()) continue;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(spoken, nullptr) << describe(widget);
        EXPECT_FALSE(spoken->text(QAccessible::Name).trimmed().isEmpty()) << describe(widget);
    }
}

TEST_F(ShellTest, MnemonicsAreUniqueInEachView) {
    openWorkspace();
    window->createAllViews();
    for (const ViewEntry& entry : viewTable()) {
        std::map<QString, std::string> used;
        for (QAbstractButton* button : window->view(QLatin1String(entry.id))->findChildren<QAbstractButton*>()) {
            const QString key = QKeySequence::mnemonic(button->text()).toString();
            if (key.isEmpty() || button->isHidden()) continue;
            EXPECT_TRUE(used.emplace(key, describe(button)).second) << key.toStdString() << " of " << describe(button) << " is also " << used[key];
        }
    }
    for (QMenu* menu : window->findChildren<QMenu*>()) {
        std::map<QString, QString> used;
        for (QAction* action : menu->actions()) {
            const QString key = QKeySequence::mnemonic(action->text()).toString();
            if (key.isEmpty()) continue;
            EXPECT_TRUE(used.emplace(key, action->text()).second) << action->text().toStdString();
        }
    }
}

TEST_F(ShellTest, ShortcutsOfTheWindowAreUnique) {
    std::map<QString, QString> used;
    for (const QAction* action : actions.all()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            EXPECT_TRUE(used.emplace(keys.toString(), action->objectName()).second)
                << keys.toString().toStdString() << ": " << action->objectName().toStdString() << " and " << used[keys.toString()].toStdString();
        }
    }
}

class TextScaleTest : public ShellTest, public testing::WithParamInterface<const char*> {};

QStringList clippedIn(const View& view) {
    QStringList clipped;
    for (QWidget* widget : view.findChildren<QWidget*>()) {
        const auto* label = qobject_cast<QLabel*>(widget);
        const bool plain = label && !label->wordWrap() && !label->text().isEmpty() && label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored;
        if (!widget->isVisible() || isInnerPart(widget) || (!plain && !qobject_cast<QPushButton*>(widget) && !qobject_cast<QToolButton*>(widget))) continue;
        const QSize needed = widget->minimumSizeHint().boundedTo(widget->sizeHint());
        if (widget->width() + 1 >= needed.width() && widget->height() + 1 >= needed.height()) continue;
        const QString text = label ? label->text() : widget->property("text").toString();
        clipped << QStringLiteral("%1 '%2' is %3x%4, needs %5x%6")
                       .arg(QString::fromStdString(describe(widget)), text)
                       .arg(widget->width()).arg(widget->height()).arg(needed.width()).arg(needed.height());
    }
    return clipped;
}

TEST_P(TextScaleTest, NoLabelOrButtonIsClippedAtTwiceTheSize) {
    languages.use(QString::fromLatin1(GetParam()));
    theme.setTextScale(2.0);
    QCoreApplication::processEvents();  // The font travels with the next event.
    window->resize(2560, 1600);
    openWorkspace();
    for (const ViewEntry& entry : viewTable()) {
        window->navigate(QLatin1String(entry.id), {});
        const View& view = *window->view(QLatin1String(entry.id));
        if (QTest::qWaitFor([&] { return clippedIn(view).isEmpty(); }, 1500)) continue;
        for (const QString& clipped : clippedIn(view)) ADD_FAILURE() << clipped.toStdString();
    }
    theme.setTextScale(1.0);
}

INSTANTIATE_TEST_SUITE_P(Languages, TextScaleTest, testing::Values("en", "de"), [](const auto& info) { return std::string(info.param); });
