#include "gitops/object_diff.h"

#include "config/workspace.h"
#include "core/filter/blocks.h"
#include "gitops/clean.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace gatehouse::gitops {
namespace {

TEST(ObjectDiff, TellsWhatDiffersInMeaning) {
    const auto blocks = gatehouse::testing::readBlocks(GATEHOUSE_VECTORS "/gitops/object_diff.txt");
    ASSERT_GT(blocks.size(), 12u);
    for (const auto& block : blocks) {
        const auto before = config::readObjects({{"before.yaml", block.get("before") + "\n"}}), after = config::readObjects({{"after.yaml", block.get("after") + "\n"}});
        ASSERT_EQ(before->objects.size(), 1u) << block.get("case");
        ASSERT_EQ(after->objects.size(), 1u) << block.get("case");
        const auto told = [](const std::vector<FieldChange>& fields, bool turned) {
            std::vector<std::string> out;
            for (const auto& field : fields)
                out.push_back(fmt::format("{}: {} -> {}", field.path, (turned ? field.after : field.before).value_or("(none)"), (turned ? field.before : field.after).value_or("(none)")));
            return out;
        };
        EXPECT_EQ(told(diffFields(before->objects[0], after->objects[0]), false), block.all("change")) << block.get("case");
        EXPECT_EQ(told(diffFields(after->objects[0], before->objects[0]), true), block.all("change")) << block.get("case") << ", turned round";
        EXPECT_TRUE(diffFields(after->objects[0], after->objects[0]).empty()) << block.get("case");
    }
}

TEST(ObjectDiff, TellsObjectsThatOneSideLacks) {
    const auto object = [](const char* name, const char* value) {
        return fmt::format("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {}}}\ndata: {{k: {}}}\n---\n", name, value);
    };
    const auto before = config::readObjects({{"a.yaml", object("both", "v") + object("gone", "v") + object("other", "v")}});
    const auto after = config::readObjects({{"b.yaml", object("new", "v") + object("other", "w") + object("both", "v")}});
    const auto changes = diffObjects(*before, *after);
    ASSERT_EQ(changes.size(), 3u);
    EXPECT_EQ(changes[0].object.name, "gone");
    EXPECT_EQ(changes[0].kind, ObjectChange::Kind::OnlyBefore);
    EXPECT_EQ(changes[1].object.name, "new");
    EXPECT_EQ(changes[1].kind, ObjectChange::Kind::OnlyAfter);
    EXPECT_EQ(changes[2].object.name, "other");
    ASSERT_EQ(changes[2].fields.size(), 1u);
    EXPECT_EQ(changes[2].fields[0].after, "\"w\"");
}

TEST(Clean, KeepsOwnAnnotationsForWhoReadsThemBack) {
    const auto set = config::readObjects({{"a.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a, annotations: {gatehouse.dev/x: '1', meta.helm.sh/release-name: r}}\nspec: {gatewayClassName: c}\n"}});
    const auto annotations = [&](const CleanOptions& options) {
        auto cleaned = clean(set->objects.at(0), options);
        const auto* found = member(*member(cleaned->root, "metadata"), "annotations");
        return found == nullptr ? std::string() : text::yaml::writeNode(*found);
    };
    EXPECT_EQ(annotations({}), "");
    EXPECT_EQ(annotations({.keepOwn = true}), "gatehouse.dev/x: \"1\"\n");
}

}  // namespace
}  // namespace gatehouse::gitops
