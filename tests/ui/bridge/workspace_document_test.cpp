// Edits as undo steps on real files, and what happens when the files change outside.
#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

const char* const kRoute = R"(# the main route
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: chat
spec:
  rules:
  - backendRefs:
    - name: stable
      port: 80
      weight: 90   # percent
    - name: canary
      port: 80
      weight: 10
)";

const config::ObjectKey kChat{"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"};
const QString kWeight = QStringLiteral("spec.rules[0].backendRefs[0].weight");

struct DocumentTest : testing::Test {
    QTemporaryDir folder;
    EngineBridge engine;
    WorkspaceDocument document{engine};

    void SetUp() override {
        write(kRoute);
        ASSERT_TRUE(document.open({folder.path().toStdString()}, false));
    }
    QString path() const { return folder.filePath(QStringLiteral("routes.yaml")); }
    void write(const QByteArray& text) const {
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QByteArray onDisk() const {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::string inDocument() { return document.workspace().text("routes.yaml").value_or(""); }
    Result<void> setWeight(const char* value, const char* mergeKey = "") {
        return document.setField(kChat, kWeight, QString::fromLatin1(value), text::yaml::Type::Integer, QStringLiteral("Set weight"), QString::fromLatin1(mergeKey));
    }
};

}  // namespace

TEST_F(DocumentTest, AnEditChangesOnlyItsBytesAndIsANamedStep) {
    QSignalSpy changed(&document, &WorkspaceDocument::changed);
    ASSERT_TRUE(setWeight("80"));
    QByteArray expected = kRoute;
    expected.replace("weight: 90 ", "weight: 80 ");
    EXPECT_EQ(inDocument(), expected.toStdString());
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Set weight"));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_TRUE(document.modified());
    EXPECT_EQ(document.unsavedFiles(), 1);
    EXPECT_EQ(onDisk(), QByteArray(kRoute)) << "nothing is written before save";
}

TEST_F(DocumentTest, UndoAndRedoWalkTheTexts) {
    ASSERT_TRUE(setWeight("80"));
    ASSERT_TRUE(setWeight("70"));
    EXPECT_EQ(document.undoStack().count(), 2);
    document.undoStack().undo();
    EXPECT_NE(inDocument().find("weight: 80"), std::string::npos);
    document.undoStack().undo();
    EXPECT_EQ(inDocument(), kRoute);
    EXPECT_FALSE(document.modified());
    document.undoStack().redo();
    document.undoStack().redo();
    EXPECT_NE(inDocument().find("weight: 70"), std::string::npos);
}

TEST_F(DocumentTest, ADragIsOneStep) {
    for (const char* value : {"89", "88", "87", "60"}) ASSERT_TRUE(setWeight(value, "drag-1"));
    EXPECT_EQ(document.undoStack().count(), 1);
    document.undoStack().undo();
    EXPECT_EQ(inDocument(), kRoute);
}

TEST_F(DocumentTest, ADragBackToTheStartLeavesNoStep) {
    ASSERT_TRUE(setWeight("60", "drag-1"));
    ASSERT_TRUE(setWeight("90", "drag-1"));
    EXPECT_EQ(inDocument(), kRoute);
    EXPECT_EQ(document.undoStack().count(), 0);
}

TEST_F(DocumentTest, ARefusedEditChangesNothing) {
    const auto result = document.setField({"", "Service", "default", "missing"}, kWeight, QStringLiteral("1"), text::yaml::Type::Integer, QStringLiteral("No"));
    ASSERT_FALSE(result);
    EXPECT_FALSE(result.error().message.empty());
    EXPECT_EQ(document.undoStack().count(), 0);
    EXPECT_FALSE(document.modified());
    EXPECT_FALSE(document.setField(kChat, QStringLiteral("spec.["), QStringLiteral("1"), text::yaml::Type::Integer, QStringLiteral("No")));
}

TEST_F(DocumentTest, SavingWritesTheFileAndMarksTheStackClean) {
    ASSERT_TRUE(setWeight("80"));
    ASSERT_TRUE(document.save());
    EXPECT_TRUE(onDisk().contains("weight: 80"));
    EXPECT_FALSE(document.modified());
    EXPECT_TRUE(document.undoStack().isClean());
    document.undoStack().undo();
    EXPECT_TRUE(document.modified()) << "undoing a saved edit is an edit";
}

TEST_F(DocumentTest, AChangeOutsideIsTakenOver) {
    QSignalSpy outside(&document, &WorkspaceDocument::filesChangedOutside);
    write(QByteArray(kRoute).replace("weight: 90", "weight: 55555"));
    document.refreshNow();
    ASSERT_EQ(outside.count(), 1);
    EXPECT_EQ(outside.at(0).at(0).toStringList(), QStringList{QStringLiteral("routes.yaml")});
    EXPECT_NE(inDocument().find("55555"), std::string::npos);
}

TEST_F(DocumentTest, AConflictKeepsTheUnsavedEditsUntilDecided) {
    ASSERT_TRUE(setWeight("80"));
    QSignalSpy outside(&document, &WorkspaceDocument::filesChangedOutside);
    write(QByteArray(kRoute).replace("weight: 90", "weight: 55555"));
    document.refreshNow();
    ASSERT_EQ(outside.count(), 1);
    EXPECT_EQ(outside.at(0).at(1).toStringList(), QStringList{QStringLiteral("routes.yaml")});
    EXPECT_NE(inDocument().find("weight: 80"), std::string::npos);
    EXPECT_FALSE(document.save()) << "a conflicted file is not overwritten";
    EXPECT_TRUE(onDisk().contains("55555"));
    ASSERT_TRUE(document.resolveConflict(QStringLiteral("routes.yaml"), true));
    ASSERT_TRUE(document.save());
    EXPECT_TRUE(onDisk().contains("weight: 80"));
}

TEST_F(DocumentTest, AConflictDecidedForTheDiskForgetsStepsThatNoLongerFit) {
    ASSERT_TRUE(setWeight("80"));
    write(QByteArray(kRoute).replace("weight: 90", "weight: 55555"));
    document.refreshNow();
    ASSERT_TRUE(document.resolveConflict(QStringLiteral("routes.yaml"), false));
    EXPECT_NE(inDocument().find("55555"), std::string::npos);
    EXPECT_EQ(document.undoStack().count(), 0);
    EXPECT_FALSE(document.modified());
}

TEST_F(DocumentTest, DiscardingLeavesNothingToRecover) {
    ASSERT_TRUE(setWeight("80"));
    document.discardEdits();
    EXPECT_FALSE(document.modified());
    EXPECT_EQ(inDocument(), kRoute);
    EXPECT_EQ(document.undoStack().count(), 0);
}

TEST_F(DocumentTest, AReadOnlyWorkspaceRefusesEdits) {
    ASSERT_TRUE(document.open({folder.path().toStdString()}, true));
    const auto result = setWeight("80");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "read-only");
}

TEST(Document, AFolderThatIsNotThereIsASentence) {
    EngineBridge engine;
    WorkspaceDocument document(engine);
    const auto opened = document.open({"/no/such/folder"}, false);
    ASSERT_FALSE(opened);
    EXPECT_FALSE(opened.error().message.empty());
    EXPECT_FALSE(document.isOpen());
    EXPECT_TRUE(document.objects()->objects.empty());
}

TEST_F(DocumentTest, AnEditReachesTheRunningGateway) {
    gateway::Options options;
    options.workers = 1;
    ASSERT_TRUE(engine.start(options));
    document.applyNow();
    const auto applied = [this] { return engine.report() && engine.report()->revision == document.objects()->revision; };
    ASSERT_TRUE(QTest::qWaitFor(applied, 5000));
    const auto generation = engine.report()->generation;
    ASSERT_TRUE(setWeight("80"));
    ASSERT_TRUE(QTest::qWaitFor(applied, 5000));
    EXPECT_GT(engine.report()->generation, generation);
    engine.shutdown();
    EXPECT_FALSE(engine.running());
}
