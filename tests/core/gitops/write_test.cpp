#include "config/workspace.h"
#include "gitops/export.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace gatehouse::gitops {
namespace {

namespace fs = std::filesystem;

class WriteExport : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "gatehouse-export-XXXXXX").string();
        ASSERT_TRUE(mkdtemp(pattern.data()));
        folder_ = pattern;
    }
    void TearDown() override { fs::remove_all(folder_); }

    static ExportResult services(const std::vector<std::string>& names) {
        std::string yaml;
        for (const auto& name : names) {
            yaml += "---\napiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {ports: [{port: 80}]}\n";
        }
        auto result = exportObjects(*config::readObjects({{"a.yaml", yaml}}), "gateway-api");
        EXPECT_TRUE(result.has_value());
        return *result;
    }
    std::string read(const std::string& path) const {
        std::ifstream file(folder_ / path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::string& path, const std::string& text) const {
        fs::create_directories((folder_ / path).parent_path());
        std::ofstream(folder_ / path, std::ios::binary) << text;
    }
    DiffState stateOf(const ExportResult& result, const std::string& path) const {
        for (const auto& diff : diffExport(result, folder_)) {
            if (diff.path == path) return diff.state;
        }
        ADD_FAILURE() << "no diff for " << path;
        return DiffState::Same;
    }
    std::size_t countFiles() const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_)) count += entry.is_regular_file();
        return count;
    }

    fs::path folder_;
};

TEST_F(WriteExport, WritesWhatTheDiffNamed) {
    const auto result = services({"web", "api"});
    EXPECT_EQ(stateOf(result, "default/service-web.yaml"), DiffState::Added);
    ASSERT_TRUE(writeExport(result, folder_ / "deep" / "er"));
    ASSERT_TRUE(writeExport(result, folder_));
    for (const auto& diff : diffExport(result, folder_)) EXPECT_EQ(diff.state, DiffState::Same) << diff.path;
    EXPECT_EQ(read("default/service-api.yaml"), read("deep/er/default/service-api.yaml"));
}

TEST_F(WriteExport, RemovesAFileThatLeftTheExport) {
    ASSERT_TRUE(writeExport(services({"web", "api"}), folder_));
    const auto next = services({"web"});
    EXPECT_EQ(stateOf(next, "default/service-api.yaml"), DiffState::Removed);
    ASSERT_TRUE(writeExport(next, folder_));
    EXPECT_FALSE(fs::exists(folder_ / "default/service-api.yaml"));
    EXPECT_TRUE(fs::exists(folder_ / "default/service-web.yaml"));
}

TEST_F(WriteExport, LeavesFilesOfOthersAlone) {
    ASSERT_TRUE(writeExport(services({"web"}), folder_));
    write("default/mine.yaml", "kept: true\n");
    ASSERT_TRUE(writeExport(services({"api"}), folder_));
    EXPECT_EQ(read("default/mine.yaml"), "kept: true\n");
}

TEST_F(WriteExport, ShowsWhatChanged) {
    ASSERT_TRUE(writeExport(services({"web"}), folder_));
    write("default/service-web.yaml", "edited: by hand\n");
    const auto result = services({"web"});
    EXPECT_EQ(stateOf(result, "default/service-web.yaml"), DiffState::Changed);
    ASSERT_TRUE(writeExport(result, folder_));
    EXPECT_EQ(stateOf(result, "default/service-web.yaml"), DiffState::Same);
}

TEST_F(WriteExport, RefusesAKustomizationOfSomebodyElse) {
    write("kustomization.yaml", "resources:\n- default/precious.yaml\n");
    write("default/precious.yaml", "precious: true\n");
    const auto result = services({"web"});
    for (const auto& diff : diffExport(result, folder_)) EXPECT_NE(diff.state, DiffState::Removed) << diff.path;
    const auto written = writeExport(result, folder_);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "foreign-kustomization");
    EXPECT_EQ(read("default/precious.yaml"), "precious: true\n");
    EXPECT_EQ(countFiles(), 2u);
}

TEST_F(WriteExport, NeverRemovesOutsideItsFolder) {
    ASSERT_TRUE(writeExport(services({"web"}), folder_ / "out"));
    write("precious.yaml", "precious: true\n");
    std::string list = read("out/kustomization.yaml");
    write("out/kustomization.yaml", list + "  - ../precious.yaml\n");
    ASSERT_TRUE(writeExport(services({"web"}), folder_ / "out"));
    EXPECT_EQ(read("precious.yaml"), "precious: true\n");
}

TEST_F(WriteExport, WritesNothingOfARefusedResult) {
    auto result = services({"web"});
    result.notes.push_back({ExportNote::Kind::Refused, {}, "", "for the test"});
    EXPECT_FALSE(writeExport(result, folder_));
    EXPECT_EQ(countFiles(), 0u);
}

TEST_F(WriteExport, LeavesNoHalfExportWhereAFolderCannotBeMade) {
    write("default", "a file where a folder should be\n");
    const auto written = writeExport(services({"web", "api"}), folder_);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "export-write");
    EXPECT_EQ(countFiles(), 1u);
}

TEST_F(WriteExport, KeepsTheOldFilesWhenTheDiskTakesNoMore) {
    ASSERT_TRUE(writeExport(services({"web"}), folder_));
    write("default/service-web.yaml", "old: true\n");
    // A file size limit of zero fails every write, as a full disk does.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 0;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &none), 0);
    const auto written = writeExport(services({"web", "api"}), folder_);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "export-write");
    EXPECT_EQ(read("default/service-web.yaml"), "old: true\n");
    EXPECT_EQ(countFiles(), 2u);
}

}  // namespace
}  // namespace gatehouse::gitops
