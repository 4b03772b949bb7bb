#include "config/keep_running.h"

#include "config/diagnostic_codes.h"
#include "config/workspace.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

std::string service(const std::string& name) {
    return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {ports: [{port: 80}]}\n";
}
const std::string kBroken = "apiVersion: v1\nkind: Service\nmetadata: {name: [\n";

std::vector<std::string> names(const ObjectSet& set) {
    std::vector<std::string> all;
    for (const auto& object : set.objects) all.push_back(object.key.name);
    return all;
}

std::vector<std::string> told(const ObjectSet& set) {
    std::vector<std::string> all;
    for (const auto& finding : set.diagnostics)
        if (finding.code == codes::kKeptRunning) all.push_back(finding.where.file + ": " + finding.message);
    return all;
}

TEST(KeepRunning, KeepsTheDocumentThatCannotBeReadAndTakesOverTheOthers) {
    const auto before = readObjects({{"a.yaml", service("one") + "---\n" + service("two")}, {"b.yaml", service("three")}});
    const auto now = readObjects({{"a.yaml", service("renamed") + "---\n" + kBroken}, {"b.yaml", service("four")}});
    const auto runs = keepRunning(now, before);
    auto found = names(*runs);
    std::sort(found.begin(), found.end());
    // Nobody can tell which of a.yaml's two the broken text was, so both go on; b.yaml is as it says.
    EXPECT_EQ(found, (std::vector<std::string>{"four", "one", "renamed", "two"}));
    EXPECT_EQ(told(*runs), std::vector<std::string>{"a.yaml: Service default/one and 1 more run on as they were read last, "
                                                    "until this can be read."});
    ASSERT_NE(runs->find("Service", "default", "two"), nullptr) << "the index knows what was kept";
}

TEST(KeepRunning, GoesOnKeepingUntilTheTextCanBeRead) {
    const auto first = readObjects({{"a.yaml", service("one")}});
    const auto broken = readObjects({{"a.yaml", kBroken}});
    const auto second = keepRunning(broken, first);
    const auto third = keepRunning(readObjects({{"a.yaml", "{" + kBroken}}), second);
    EXPECT_EQ(names(*third), std::vector<std::string>{"one"});
    EXPECT_EQ(told(*third).size(), 1U);
    const auto mended = readObjects({{"a.yaml", service("two")}});
    EXPECT_EQ(keepRunning(mended, third), mended);
}

TEST(KeepRunning, DropsWhatWasRemovedFromTextThatCanBeRead) {
    const auto before = readObjects({{"a.yaml", service("one")}, {"b.yaml", service("two")}});
    const auto now = readObjects({{"a.yaml", kBroken}});
    EXPECT_EQ(names(*keepRunning(now, before)), std::vector<std::string>{"one"});
    EXPECT_EQ(keepRunning(now, nullptr), now);
}

TEST(KeepRunning, DoesNotKeepWhatMovedToAnotherFile) {
    const auto before = readObjects({{"a.yaml", service("one")}});
    const auto now = readObjects({{"a.yaml", kBroken}, {"b.yaml", service("one")}});
    EXPECT_EQ(keepRunning(now, before), now);
}

TEST(KeepRunning, KeepsTheFilesOfAFolderThatCannotBeRead) {
    const auto before = readObjects({{"sub/a.yaml", service("one")}, {"subway.yaml", service("two")}});
    ObjectSet now;
    Diagnostic closed;
    closed.code = codes::kUnreadable;
    closed.where.file = "sub";
    now.diagnostics.push_back(closed);
    EXPECT_EQ(names(*keepRunning(std::make_shared<ObjectSet>(now), before)), std::vector<std::string>{"one"});
}

}  // namespace
}  // namespace gatehouse::config
