// The demo's YAML is a workspace without a single finding, and its pools hold the simulated pods.
#include "config/workspace.h"
#include "lab/demo.h"
#include "route/translate.h"

#include <gtest/gtest.h>

namespace gatehouse::lab {
namespace {

TEST(DemoWorkspace, TranslatesWithoutFindings) {
    auto demo = Demo::prepare({});
    ASSERT_TRUE(demo);
    auto workspace = config::Workspace::open({(*demo)->directory()});
    ASSERT_TRUE(workspace) << workspace.error().message;
    route::Runtime runtime;
    const auto translation = route::translate(*workspace->objects(), runtime, 1);
    for (const auto& diagnostic : translation.diagnostics)
        ADD_FAILURE() << diagnostic.where.file << ":" << diagnostic.where.line << " " << diagnostic.code << " "
                      << diagnostic.message;
    const auto& snapshot = *translation.snapshot;
    ASSERT_EQ(snapshot.pools.size(), 2U);
    std::size_t pods = 0;
    for (const auto& pool : snapshot.pools) {
        pods += pool->pods().size();
        for (const auto& pod : pool->pods()) EXPECT_EQ(pod->metricsPort, pod->endpoint->port);
    }
    EXPECT_EQ(pods, 8U);
    ASSERT_NE(snapshot.findPort(kDemoPort), nullptr);
    for (const auto& rule : snapshot.rules) {
        EXPECT_TRUE(rule->broken.empty()) << rule->id << ": " << rule->broken;
        for (const auto& backend : rule->backends) EXPECT_TRUE(backend.invalidReason.empty()) << backend.invalidReason;
    }
}

}  // namespace
}  // namespace gatehouse::lab
