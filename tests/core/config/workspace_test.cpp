// Workspace: editing, saving, the journal, and what others write meanwhile.
#include "config/workspace.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gatehouse::config {
namespace {
namespace fs = std::filesystem;
using text::yaml::Type;

constexpr char kRoute[] = R"(# the chat route
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat, namespace: default}  # flow on purpose
spec:
  rules:
  - backendRefs:
    - name: stable   # keeps most
      port: 80
      weight: 90
    - name: canary
      port: 80
      weight: 10
)";

FieldPath path(std::string_view text) {
    return *FieldPath::parse(text);
}
const ObjectKey kChat{"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"};

class WorkspaceTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gatehouse-workspace-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        fs::create_directories(folder_ / "files");
        write("route.yaml", kRoute);
    }
    void TearDown() override {
        std::error_code ignored;
        fs::permissions(folder_ / "files", fs::perms::owner_all, ignored);
        fs::remove_all(folder_, ignored);
    }
    void write(const std::string& name, std::string_view text) const {
        std::ofstream(folder_ / "files" / name, std::ios::binary) << text;
    }
    std::string onDisk(const std::string& name) const {
        std::ifstream in(folder_ / "files" / name, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    Workspace open() const {
        Workspace::Options options;
        options.journalDirectory = folder_ / "journal";
        auto workspace = Workspace::open({folder_ / "files"}, options);
        EXPECT_TRUE(workspace) << workspace.error().message;
        return std::move(*workspace);
    }
    Edit weight(const Workspace& workspace, const std::string& value) const {
        auto edit = workspace.setField(kChat, path("spec.rules[0].backendRefs[1].weight"), value, Type::Integer);
        EXPECT_TRUE(edit) << edit.error().message;
        return *edit;
    }
    static FileState stateOf(const Workspace& workspace, const std::string& name) {
        for (const auto& file : workspace.files())
            if (file.file == name) return file.state;
        ADD_FAILURE() << name << " is not listed";
        return FileState::Clean;
    }
    fs::path folder_;
};

TEST_F(WorkspaceTest, OneFieldEditChangesOnlyThatField) {
    auto workspace = open();
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    std::string expected = kRoute;
    expected.replace(expected.find("weight: 10"), 10, "weight: 25");
    EXPECT_EQ(*workspace.text("route.yaml"), expected);
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Modified);
    EXPECT_EQ(onDisk("route.yaml"), kRoute);
}

TEST_F(WorkspaceTest, InverseGivesTheOriginalBytesAndACleanFile) {
    auto workspace = open();
    const auto edit = weight(workspace, "25");
    ASSERT_TRUE(workspace.apply(edit));
    ASSERT_TRUE(workspace.apply(Workspace::inverse(edit)));
    EXPECT_EQ(*workspace.text("route.yaml"), kRoute);
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Clean);
    EXPECT_FALSE(workspace.modified());
}

TEST_F(WorkspaceTest, ObjectsAreANewValueOnlyAfterAChange) {
    auto workspace = open();
    const auto before = workspace.objects();
    EXPECT_EQ(before, workspace.objects());
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    const auto after = workspace.objects();
    EXPECT_NE(before, after);
    EXPECT_GT(after->revision, before->revision);
    EXPECT_EQ(after->find(kChat)->root->at(path("spec.rules[0].backendRefs[1].weight"))->asInt(), 25);
}

TEST_F(WorkspaceTest, AnEditPreparedOnOlderTextIsRefused) {
    auto workspace = open();
    const auto first = weight(workspace, "25");
    const auto second = weight(workspace, "30");
    ASSERT_TRUE(workspace.apply(first));
    const auto late = workspace.apply(second);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, "stale-edit");
}

TEST_F(WorkspaceTest, SaveKeepsModeAndFollowsLinks) {
    fs::rename(folder_ / "files" / "route.yaml", folder_ / "real.txt");
    fs::create_symlink(folder_ / "real.txt", folder_ / "files" / "route.yaml");
    ASSERT_EQ(::chmod((folder_ / "real.txt").c_str(), 0640), 0);
    auto workspace = open();
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    const auto saved = workspace.save();
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_TRUE(fs::is_symlink(folder_ / "files" / "route.yaml"));
    EXPECT_NE(onDisk("route.yaml").find("weight: 25"), std::string::npos);
    struct stat info {};
    ASSERT_EQ(::stat((folder_ / "real.txt").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0640u);
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Clean);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "files"), fs::directory_iterator()), 1)
        << "a temporary file was left";
}

TEST_F(WorkspaceTest, AChangeFromOutsideIsTakenOverWhereNothingIsUnsaved) {
    auto workspace = open();
    std::string other = kRoute;
    other.replace(other.find("weight: 10"), 10, "weight: 11");  // The same size, within the same clock tick.
    write("route.yaml", other);
    write("new.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: late\nspec: {}\n");
    const auto report = workspace.refresh();
    EXPECT_EQ(report.reloaded, (std::vector<std::string>{"new.yaml", "route.yaml"}));
    EXPECT_EQ(*workspace.text("route.yaml"), other);
    EXPECT_NE(workspace.objects()->find("Service", "default", "late"), nullptr);
    EXPECT_FALSE(workspace.refresh().changed());
}

TEST_F(WorkspaceTest, AChangeFromOutsideNeverOverwritesUnsavedEdits) {
    auto workspace = open();
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    const auto mine = *workspace.text("route.yaml");
    write("route.yaml", std::string(kRoute) + "# theirs\n");
    EXPECT_EQ(workspace.refresh().conflicted, std::vector<std::string>{"route.yaml"});
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Conflicted);
    EXPECT_EQ(*workspace.text("route.yaml"), mine);
    const auto refused = workspace.save();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "conflict");
    EXPECT_NE(onDisk("route.yaml").find("# theirs"), std::string::npos);
    ASSERT_TRUE(workspace.resolveConflict("route.yaml", true));
    ASSERT_TRUE(workspace.save());
    EXPECT_EQ(onDisk("route.yaml"), mine);
}

TEST_F(WorkspaceTest, SavingNoticesAWriteThatNoRefreshHasSeen) {
    auto workspace = open();
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    write("route.yaml", std::string(kRoute) + "# theirs\n");
    EXPECT_FALSE(workspace.save());
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Conflicted);
    ASSERT_TRUE(workspace.resolveConflict("route.yaml", false));
    EXPECT_NE(workspace.text("route.yaml")->find("# theirs"), std::string::npos);
    EXPECT_FALSE(workspace.modified());
}

TEST_F(WorkspaceTest, AFileThatVanishesKeepsItsUnsavedText) {
    auto workspace = open();
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    fs::remove(folder_ / "files" / "route.yaml");
    EXPECT_TRUE(workspace.refresh().changed());
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Deleted);
    ASSERT_TRUE(workspace.save());
    EXPECT_NE(onDisk("route.yaml").find("weight: 25"), std::string::npos);
}

TEST_F(WorkspaceTest, ACrashLosesNoEdit) {
    std::string unsaved;
    {
        auto workspace = open();
        ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
        unsaved = *workspace.text("route.yaml");
    }
    auto workspace = open();
    ASSERT_EQ(workspace.recovered().size(), 1u);
    const auto left = workspace.recovered().front();
    EXPECT_EQ(left.file, "route.yaml");
    EXPECT_EQ(left.onDisk, kRoute);
    EXPECT_EQ(left.unsaved, unsaved);
    EXPECT_EQ(*workspace.text("route.yaml"), kRoute);
    const auto edit = workspace.recoverEdit(left);
    ASSERT_TRUE(edit);
    ASSERT_TRUE(workspace.apply(*edit));
    EXPECT_EQ(*workspace.text("route.yaml"), unsaved);
    EXPECT_TRUE(workspace.recovered().empty());
    ASSERT_TRUE(workspace.save());
    workspace.discardRecovered();
    workspace = open();
    EXPECT_TRUE(workspace.recovered().empty());
}

TEST_F(WorkspaceTest, UnsavedEditsOfALiveProcessAreNotOffered) {
    auto first = open();
    ASSERT_TRUE(first.apply(weight(first, "25")));
    auto second = open();
    EXPECT_TRUE(second.recovered().empty());
}

TEST_F(WorkspaceTest, AnEditAfterACrashDoesNotOverwriteWhatWasLeft) {
    {
        auto workspace = open();
        ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    }
    {
        auto workspace = open();
        ASSERT_TRUE(workspace.apply(weight(workspace, "70")));
    }
    auto workspace = open();
    EXPECT_EQ(workspace.recovered().size(), 2u);
}

TEST_F(WorkspaceTest, ARefusedSaveKeepsTheEditAndTheOldFile) {
    if (::geteuid() == 0) {
        // Root may write anywhere; a folder in place of the target cannot be written by anyone.
        auto workspace = open();
        ASSERT_TRUE(workspace.apply(
            *workspace.addObject("sub/x.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n")));
        write("sub", "a file where the folder should be");
        const auto saved = workspace.save();
        ASSERT_FALSE(saved);
        EXPECT_TRUE(workspace.modified());
        EXPECT_TRUE(workspace.text("sub/x.yaml"));
        return;
    }
    auto workspace = open();
    ASSERT_TRUE(workspace.apply(weight(workspace, "25")));
    fs::permissions(folder_ / "files", fs::perms::owner_read | fs::perms::owner_exec);
    const auto saved = workspace.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(onDisk("route.yaml"), kRoute);
    EXPECT_TRUE(workspace.modified());
}

TEST_F(WorkspaceTest, AWriteThatFailsHalfwayLeavesTheOldFileWhole) {
    // A limit on the size of files stands in for a full disk: the temporary file takes a part of the text, then no
    // more.
    auto workspace = open();
    ASSERT_TRUE(
        workspace.apply(*workspace.replaceText("route.yaml", std::string(kRoute) + std::string(100'000, '#') + "\n")));
    struct rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small {
        4096, before.rlim_max
    };
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto refused = workspace.save();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "unwritable");
    EXPECT_EQ(onDisk("route.yaml"), kRoute);
    EXPECT_EQ(stateOf(workspace, "route.yaml"), FileState::Modified);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "files"), fs::directory_iterator()), 1)
        << "a temporary file was left";
    ASSERT_TRUE(workspace.save());
    EXPECT_EQ(onDisk("route.yaml").size(), sizeof kRoute - 1 + 100'001);
}

TEST_F(WorkspaceTest, ObjectsAreAddedReplacedAndRemoved) {
    auto workspace = open();
    const char service[] = "apiVersion: v1\nkind: Service\nmetadata:\n  name: stable\nspec:\n  ports:\n  - port: 80\n";
    auto added = workspace.addObject("route.yaml", service);
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_EQ(added->name, "Add Service stable");
    ASSERT_TRUE(workspace.apply(*added));
    EXPECT_EQ(*workspace.text("route.yaml"), std::string(kRoute) + "---\n" + service);
    const ObjectKey key{"", "Service", "default", "stable"};
    EXPECT_EQ(*workspace.objectText(key), service);
    EXPECT_EQ(*workspace.objectText(kChat), kRoute);
    auto replaced = workspace.replaceObject(key, "# new\napiVersion: v1\nkind: Service\nmetadata: {name: stable}\n");
    ASSERT_TRUE(replaced) << replaced.error().message;
    ASSERT_TRUE(workspace.apply(*replaced));
    auto removed = workspace.removeObject(kChat);
    ASSERT_TRUE(removed);
    ASSERT_TRUE(workspace.apply(*removed));
    EXPECT_EQ(*workspace.text("route.yaml"), "# new\napiVersion: v1\nkind: Service\nmetadata: {name: stable}\n");
    auto last = workspace.removeObject(key);
    ASSERT_TRUE(last);
    EXPECT_FALSE(last->changes.front().after.has_value());
    ASSERT_TRUE(workspace.apply(*last));
    ASSERT_TRUE(workspace.save());
    EXPECT_FALSE(fs::exists(folder_ / "files" / "route.yaml"));
}

TEST_F(WorkspaceTest, ItemsOfAListAreObjects) {
    write("list.yaml",
          "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: one\n- "
          "apiVersion: v1\n  kind: Service\n  metadata:\n    name: two\n");
    auto workspace = open();
    const ObjectKey two{"", "Service", "default", "two"};
    EXPECT_EQ(*workspace.objectText(two), "apiVersion: v1\nkind: Service\nmetadata:\n  name: two\n");
    auto edit = workspace.setField(two, path("metadata.labels.app"), "on", Type::String);
    ASSERT_TRUE(edit) << edit.error().message;
    ASSERT_TRUE(workspace.apply(*edit));
    EXPECT_EQ(workspace.objects()->find(two)->labels.at("app"), "on");
    EXPECT_EQ(workspace.objects()->find(two)->where.line, 8u);
    auto removed = workspace.removeObject({"", "Service", "default", "one"});
    ASSERT_TRUE(removed) << removed.error().message;
    ASSERT_TRUE(workspace.apply(*removed));
    EXPECT_EQ(workspace.objects()->find("Service", "default", "one"), nullptr);
    EXPECT_NE(workspace.objects()->find(two), nullptr);
}

TEST_F(WorkspaceTest, SeveralEditsBecomeOne) {
    auto workspace = open();
    const auto set = [](std::size_t index, std::string value) {
        return [=](const Workspace& at) {
            return at.setField(kChat, path("spec.rules[0].backendRefs").index(index).key("weight"), value,
                               Type::Integer);
        };
    };
    auto edit = workspace.combine("Split 50/50", {set(0, "50"), set(1, "50")});
    ASSERT_TRUE(edit) << edit.error().message;
    EXPECT_EQ(edit->name, "Split 50/50");
    ASSERT_EQ(edit->changes.size(), 1u);
    EXPECT_EQ(*workspace.text("route.yaml"), kRoute);
    ASSERT_TRUE(workspace.apply(*edit));
    EXPECT_EQ(*edit->changes[0].before, kRoute);
    const auto* root = workspace.objects()->find(kChat)->root.get();
    EXPECT_EQ(root->at(path("spec.rules[0].backendRefs[0].weight"))->asInt(), 50);
    EXPECT_EQ(root->at(path("spec.rules[0].backendRefs[1].weight"))->asInt(), 50);
}

TEST_F(WorkspaceTest, AFixRenamesAMistypedField) {
    write("typo.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  lables:\n    a: b\nspec: {}\n");
    auto workspace = open();
    const auto set = workspace.objects();
    ASSERT_EQ(set->diagnostics.size(), 1u) << set->diagnostics.front().message;
    const auto& finding = set->diagnostics.front();
    EXPECT_EQ(finding.code, "GH1007");
    EXPECT_EQ(finding.where.line, 5u);
    auto edit = workspace.fix(finding);
    ASSERT_TRUE(edit) << edit.error().message;
    ASSERT_TRUE(workspace.apply(*edit));
    EXPECT_EQ(*workspace.text("typo.yaml"),
              "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  labels:\n    a: b\nspec: {}\n");
    EXPECT_TRUE(workspace.objects()->diagnostics.empty());
}

TEST_F(WorkspaceTest, HiddenFilesAndLoopsAreLeftOut) {
    write(".hidden.yaml", kRoute);
    fs::create_directories(folder_ / "files" / "sub");
    fs::create_directory_symlink(folder_ / "files", folder_ / "files" / "sub" / "loop");
    write("sub/more.yml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n");
    auto workspace = open();
    ASSERT_EQ(workspace.files().size(), 2u);
    EXPECT_EQ(workspace.files()[0].file, "route.yaml");
    EXPECT_EQ(workspace.files()[1].file, "sub/more.yml");
}

TEST_F(WorkspaceTest, OneBadFileIsReportedAndTheRestServes) {
    fs::create_symlink(folder_ / "nowhere", folder_ / "files" / "dangling.yaml");
    write("broken.yaml",
          "apiVersion: v1\nkind: Service\n  bad: indent\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: "
          "fine\n");
    auto workspace = open();
    EXPECT_EQ(stateOf(workspace, "dangling.yaml"), FileState::Unreadable);
    const auto set = workspace.objects();
    EXPECT_NE(set->find(kChat), nullptr);
    EXPECT_NE(set->find("Namespace", "", "fine"), nullptr);
    std::vector<std::string> codes;
    for (const auto& finding : set->diagnostics) codes.push_back(finding.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"GH1015", "GH1001"}));
    EXPECT_EQ(set->diagnostics.back().where.line, 3u);
}

TEST_F(WorkspaceTest, NothingToOpenIsAnErrorWithAReason) {
    const auto workspace = Workspace::open({folder_ / "missing"});
    ASSERT_FALSE(workspace);
    EXPECT_NE(workspace.error().message.find("missing"), std::string::npos);
}

TEST_F(WorkspaceTest, OnlyTheChangedDocumentIsReadAgain) {
    std::string many;
    for (int i = 0; i < 50; ++i)
        many += "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: n" + std::to_string(i) + "\n";
    write("many.yaml", many);
    auto workspace = open();
    const auto before = workspace.objects();
    auto edit = workspace.setField({"", "Namespace", "", "n7"}, path("metadata.labels.team"), "a", Type::String);
    ASSERT_TRUE(edit) << edit.error().message;
    ASSERT_TRUE(workspace.apply(*edit));
    const auto after = workspace.objects();
    for (int i = 0; i < 50; ++i) {
        const ObjectKey key{"", "Namespace", "", "n" + std::to_string(i)};
        EXPECT_EQ(before->find(key)->root == after->find(key)->root, i != 7) << i;
        EXPECT_EQ(after->find(key)->locate(path("metadata.name")).line,
                  static_cast<std::uint32_t>(5 + 5 * i + (i > 7 ? 2 : 0)))
            << i;
    }
}

}  // namespace
}  // namespace gatehouse::config
