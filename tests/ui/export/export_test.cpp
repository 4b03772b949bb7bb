// Export by clicks: files are written, compared and replaced only after a question; the diff is a diff.
#include "export/diff_pane.h"
#include "export/export_view.h"
#include "export/text_diff.h"
#include "ui/charts/live_fixture.h"
#include "widgets/segmented_control.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QPushButton>
#include <QTreeView>

#include <random>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

TEST(TextDiff, BothSidesCanBeReadBackFromIt) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 300; ++round) {
        QStringList a, b;
        for (unsigned i = random() % 30; i > 0; --i) a << QString::number(random() % 5);
        for (unsigned i = random() % 30; i > 0; --i) b << QString::number(random() % 5);
        const auto text = [](const QStringList& lines) { return lines.isEmpty() ? QString() : lines.join(QLatin1Char('\n')) + QLatin1Char('\n'); };
        QStringList left, right;
        for (const auto& row : textDiff(text(a), text(b))) {
            if (row.kind != TextDiffRow::Kind::Added) {
                left << row.text;
                ASSERT_EQ(row.before, left.size());
            }
            if (row.kind != TextDiffRow::Kind::Removed) {
                right << row.text;
                ASSERT_EQ(row.after, right.size());
            }
        }
        ASSERT_EQ(left, a);
        ASSERT_EQ(right, b);
    }
}

TEST(TextDiff, PairsWhatWasReplaced) {
    const auto pairs = pairRows(textDiff(QStringLiteral("a\nold\nz\n"), QStringLiteral("a\nnew\nmore\nz\n")));
    ASSERT_EQ(pairs.size(), 4u);
    EXPECT_EQ(pairs[1].left.text, QStringLiteral("old"));
    EXPECT_EQ(pairs[1].right.text, QStringLiteral("new"));
    EXPECT_EQ(pairs[2].left.before, 0);
    EXPECT_EQ(pairs[2].right.text, QStringLiteral("more"));
}

struct ExportTest : LiveTest {
    QTemporaryDir out;
    void start() {
        open(kSplitYaml);
        show(makeExportView(context, nullptr));
        dialogs.folder = out.path();
    }
    QString shown() { return view->findChild<DiffPane*>()->shownText(); }
    QStringList written() const { return QDir(out.path() + QStringLiteral("/default")).entryList(QDir::Files, QDir::Name); }
    void select(const QString& name) {
        auto* tree = find<QTreeView>("exportFiles");
        const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchRecursive | Qt::MatchContains);
        ASSERT_FALSE(found.isEmpty()) << name.toStdString();
        tree->setCurrentIndex(found.front());
    }
};

TEST_F(ExportTest, WritesTheFilesToTheChosenFolder) {
    start();
    EXPECT_TRUE(shown().contains(QStringLiteral("apiVersion")));
    QTest::mouseClick(find<QPushButton>("writeExport"), Qt::LeftButton);
    EXPECT_TRUE(written().join(QLatin1Char(' ')).contains(QStringLiteral("httproute-chat.yaml"))) << written().join(QLatin1Char(' ')).toStdString();
    EXPECT_TRUE(QFile::exists(out.filePath(QStringLiteral("kustomization.yaml"))));
    EXPECT_TRUE(dialogs.confirmed.isEmpty()) << "nothing was replaced, so nothing is asked";
    EXPECT_FALSE(find<QPushButton>("writeExport")->isEnabled()) << "the folder is up to date";
}

TEST_F(ExportTest, ShowsTheDifferenceAndAsksBeforeReplacing) {
    start();
    QTest::mouseClick(find<QPushButton>("writeExport"), Qt::LeftButton);
    ASSERT_TRUE(document.setField({"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"}, QStringLiteral("spec.rules[0].backendRefs[1].weight"),
                                  QStringLiteral("25"), text::yaml::Type::Integer, QStringLiteral("Edit")));
    select(QStringLiteral("httproute-chat"));
    find<SegmentedControl>("diffMode")->setCurrent(QStringLiteral("unified"));
    EXPECT_TRUE(shown().contains(QRegularExpression(QStringLiteral("^- +weight: 10$"), QRegularExpression::MultilineOption))) << shown().toStdString();
    EXPECT_TRUE(shown().contains(QRegularExpression(QStringLiteral("^\\+ +weight: 25$"), QRegularExpression::MultilineOption))) << shown().toStdString();
    find<SegmentedControl>("diffMode")->setCurrent(QStringLiteral("side"));
    EXPECT_TRUE(shown().contains(QStringLiteral("weight: 25")));
    dialogs.yes = false;
    QTest::mouseClick(find<QPushButton>("writeExport"), Qt::LeftButton);
    ASSERT_EQ(dialogs.confirmed.size(), 1);
    QFile file(out.filePath(QStringLiteral("default/httproute-chat.yaml")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains("weight: 10"));
    file.close();
    dialogs.yes = true;
    QTest::mouseClick(find<QPushButton>("writeExport"), Qt::LeftButton);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains("weight: 25"));
}

TEST_F(ExportTest, CancellingTheFolderWritesNothing) {
    start();
    dialogs.folder.clear();
    QTest::mouseClick(find<QPushButton>("writeExport"), Qt::LeftButton);
    EXPECT_TRUE(written().isEmpty());
}

TEST_F(ExportTest, ARefusedFieldBlocksWritingAndIsInTheNotes) {
    open(QByteArray(kSplitYaml) + "---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: DirectResponse\nmetadata:\n  name: ok\nspec:\n  status: 200\n---\n"
                                  "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: health\nspec:\n  parentRefs:\n    - name: demo\n  rules:\n"
                                  "    - filters:\n        - type: ExtensionRef\n          extensionRef:\n            group: gateway.kgateway.dev\n            kind: DirectResponse\n            name: ok\n");
    show(makeExportView(context, nullptr));
    auto* target = find<QComboBox>("exportTarget");
    EXPECT_NE(target->currentText(), QStringLiteral("gateway-api")) << "a target that takes everything is suggested";
    target->setCurrentIndex(target->findText(QStringLiteral("gateway-api")));
    EXPECT_FALSE(find<QPushButton>("writeExport")->isEnabled());
    EXPECT_FALSE(find<QPushButton>("writeExport")->toolTip().isEmpty());
    EXPECT_EQ(find<QTreeView>("exportNotes")->model()->index(0, 0).data().toString(), QStringLiteral("Refused"));
}

}  // namespace
