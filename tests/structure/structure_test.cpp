// The rules of the tree that no compiler checks: which folder may include which, no Qt in core, nothing of one machine.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kSource = GATEHOUSE_SOURCE;

// The orders of the design: a folder includes only itself and those before it.
const std::vector<std::string> kCoreOrder{"base", "text", "net", "http", "secret", "config", "upstream", "filter", "llm",
                                          "inference", "route", "canary", "telemetry", "cluster", "gitops", "lab", "gateway"};
const std::vector<std::string> kUiOrder{"theme", "widgets", "bridge", "models", "charts", "editors"};
const std::vector<std::string> kUiViews{"routes", "providers", "policies", "canary", "pools", "dashboard", "requests", "playground", "lab", "export"};

struct Include {
    fs::path file;
    int line = 0;
    std::string header;
    bool angled = false;

    std::string folder() const { return header.substr(0, header.find('/')); }
    std::string where() const { return file.lexically_relative(kSource).string() + ":" + std::to_string(line); }
};

bool isSource(const fs::path& path) { return path.extension() == ".h" || path.extension() == ".cpp"; }

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Include> includesBelow(const fs::path& folder) {
    static const std::regex kInclude(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> includes;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || !isSource(entry.path())) continue;
        std::ifstream file(entry.path());
        std::string line;
        for (int number = 1; std::getline(file, line); ++number) {
            std::smatch match;
            if (std::regex_search(line, match, kInclude)) {
                includes.push_back({entry.path(), number, match[2].str(), match[1].str() == "<"});
            }
        }
    }
    return includes;
}

std::size_t place(const std::vector<std::string>& order, const std::string& folder) {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), folder) - order.begin());
}

bool contains(const std::vector<std::string>& list, const std::string& name) { return place(list, name) < list.size(); }

std::vector<std::string> foldersIn(const fs::path& parent) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(parent)) {
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    }
    return names;
}

TEST(CoreStructure, EveryFolderHasAPlaceInTheOrder) {
    for (const auto& folder : foldersIn(kSource / "core")) EXPECT_TRUE(contains(kCoreOrder, folder)) << "core/" << folder;
}

TEST(CoreStructure, AFolderIncludesOnlyThoseBeforeIt) {
    std::size_t checked = 0;
    for (const auto& folder : foldersIn(kSource / "core")) {
        for (const auto& include : includesBelow(kSource / "core" / folder)) {
            if (include.angled || !contains(kCoreOrder, include.folder())) continue;
            ++checked;
            EXPECT_LE(place(kCoreOrder, include.folder()), place(kCoreOrder, folder))
                << include.where() << " includes " << include.header;
        }
    }
    EXPECT_GT(checked, 100u) << "the includes were not found";
}

TEST(CoreStructure, QuotedIncludesNameACoreHeaderFromItsRoot) {
    for (const auto& include : includesBelow(kSource / "core")) {
        if (include.angled) continue;
        EXPECT_TRUE(fs::exists(kSource / "core" / include.header)) << include.where() << " includes " << include.header;
    }
}

TEST(CoreStructure, NoQtHeader) {
    static const std::regex kQt(R"(^(Qt?[A-Z]|q[a-z]+\.h$|Qsci/|qcustomplot|qt[0-9]?keychain))");
    for (const auto& include : includesBelow(kSource / "core")) {
        EXPECT_FALSE(std::regex_search(include.header, kQt)) << include.where() << " includes " << include.header;
    }
}

TEST(UiStructure, AFolderIncludesOnlyThoseBeforeIt) {
    std::size_t checked = 0;
    for (const auto& folder : foldersIn(kSource / "ui")) {
        const bool view = contains(kUiViews, folder);
        const bool shell = folder == "shell";
        EXPECT_TRUE(view || shell || contains(kUiOrder, folder)) << "ui/" << folder << " has no place in the order";
        for (const auto& include : includesBelow(kSource / "ui" / folder)) {
            // core/canary and ui/canary share a name: a header that core has is core's.
            const bool fromUi = !include.angled && fs::exists(kSource / "ui" / include.header) &&
                                !fs::exists(kSource / "core" / include.header);
            if (!fromUi || include.folder() == folder) continue;
            ++checked;
            const bool basic = contains(kUiOrder, include.folder());
            const bool fine = shell ? true
                              : view ? basic
                                     : basic && place(kUiOrder, include.folder()) < place(kUiOrder, folder);
            EXPECT_TRUE(fine) << include.where() << " includes " << include.header;
        }
    }
    EXPECT_GT(checked, 10u) << "the includes were not found";
}

TEST(AppStructure, OnlyTheApplicationIsAboveTheRest) {
    for (const char* folder : {"core", "ui"}) {
        for (const auto& include : includesBelow(kSource / folder)) {
            EXPECT_FALSE(include.header.starts_with("app/")) << include.where() << " includes " << include.header;
        }
    }
}

TEST(AppStructure, OnlyTheConsoleFileIncludesQt) {
    for (const auto& include : includesBelow(kSource / "app")) {
        if (include.file.stem() == "gui_application") continue;
        EXPECT_FALSE(include.angled && include.header.starts_with("Q")) << include.where();
        EXPECT_FALSE(fs::exists(kSource / "ui" / include.header)) << include.where() << " includes " << include.header;
    }
}

/// Every text of the tree that is ours: no build output, no installed packages.
std::vector<fs::path> texts() {
    static const std::vector<std::string> kSkipped{"build", ".git", "node_modules", ".cache", "__pycache__"};
    static const std::vector<std::string> kTexts{".h", ".cpp", ".txt", ".md", ".cmake", ".json", ".sh", ".py", ".mjs", ".js",
                                                 ".yaml", ".yml", ".qrc", ".ts", ".desktop", ".xml", ".svg", ".conf", ".cfg", ""};
    std::vector<fs::path> files;
    for (auto it = fs::recursive_directory_iterator(kSource); it != fs::recursive_directory_iterator(); ++it) {
        if (it->is_directory() && contains(kSkipped, it->path().filename().string())) it.disable_recursion_pending();
        if (it->is_regular_file() && contains(kTexts, it->path().extension().string())) files.push_back(it->path());
    }
    return files;
}

TEST(TreeStructure, NothingOfOneMachine) {
    // Written in two halves, so that this file does not find itself.
    const std::vector<std::string> banned{std::string("/work") + "/main",        std::string("/work") + "/shared",
                                          std::string("registry.") + "npmjs",    std::string("registry.") + "yarnpkg",
                                          std::string("deb.") + "debian.org",    std::string("pypi") + ".org",
                                          std::string("files.python") + "hosted", std::string("/root") + "/",
                                          std::string("/tmp/") + "bash_jobs"};
    const auto files = texts();
    EXPECT_GT(files.size(), 60u) << "the files were not found";
    for (const auto& file : files) {
        const std::string text = read(file);
        for (const auto& word : banned) {
            EXPECT_EQ(text.find(word), std::string::npos) << file.lexically_relative(kSource).string() << " holds " << word;
        }
    }
}

TEST(CoreSentences, TheConsolesTableIsWhatCoreSays) {
    if (std::system("python3 --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "python3 is not installed";
    const auto command = "python3 '" + (kSource / "translations" / "core_sentences.py").string() + "' --check";
    EXPECT_EQ(std::system(command.c_str()), 0) << "Core has a new sentence: run translations/update.sh and translate it.";
}

TEST(TreeStructure, TopLevelIsTheDesigns) {
    static const std::vector<std::string> kTop{"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "app", "core",
                                               "installer", "resources", "tests", "translations", "ui", ".ci", ".clang-format",
                                               ".clang-tidy", ".gitignore", ".git", "build", ".cache"};
    for (const auto& entry : fs::directory_iterator(kSource)) {
        EXPECT_TRUE(contains(kTop, entry.path().filename().string())) << entry.path().filename().string();
    }
}

}  // namespace
