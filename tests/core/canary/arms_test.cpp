#include "canary/arms.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

namespace gatehouse::canary {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSplits = R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: chat   # the one that everybody calls
  annotations:
    gatehouse.dev/sticky-split: "header  X-User"
spec:
  rules:
  - backendRefs:
    - group: inference.networking.k8s.io
      kind: InferencePool
      name: chat-stable
      weight: 90   # most
    - group: inference.networking.k8s.io
      kind: InferencePool
      name: chat-canary
      weight: 10
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ab
spec:
  rules:
  - name: treatment
    matches:
    - path: {value: /v1}
      headers: [{name: x-canary, value: "yes"}]
    backendRefs: [{name: b, port: 80}]
  - matches:
    - path: {value: /v1}
    backendRefs: [{name: a, port: 80}]
  - matches:
    - path: {value: /other}
    backendRefs: [{name: a, port: 80}]
---
apiVersion: inference.networking.x-k8s.io/v1alpha2
kind: InferenceModelRewrite
metadata:
  name: rewrite
spec:
  poolRef: {name: chat-stable}
  rules:
  - matches: [{model: {value: chat}}]
    targets:
    - modelRewrite: chat-v1
      weight: 3
    - modelRewrite: chat-v2
      weight: 1
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayModel
metadata:
  name: fast
spec:
  virtualModel:
    weighted:
      targets:
      - modelRef: {name: model-a}
        weight: 4
      - modelRef: {name: model-b}
        weight: 1
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: broken
spec:
  rules: no list
)";

/// Null: there is none.
const CanaryArms* of(const std::vector<CanaryArms>& all, ArmSource source) {
    for (const auto& arms : all)
        if (arms.source == source) return &arms;
    return nullptr;
}

TEST(CanaryArmsTest, FindsWhatEachKindCompares) {
    const auto all = canaryArms(*config::readObjects({{"a.yaml", kSplits}}));
    ASSERT_EQ(all.size(), 4u);

    const auto* weights = of(all, ArmSource::RouteWeights);
    ASSERT_NE(weights, nullptr);
    EXPECT_EQ(weights->rule, "chat · rule 1");
    ASSERT_EQ(weights->arms.size(), 2u);
    EXPECT_EQ(weights->arms[1].name, "InferencePool default/chat-canary");
    EXPECT_EQ(weights->arms[1].label, "chat-canary");
    EXPECT_EQ(weights->assignment, Assignment::Sticky);
    EXPECT_EQ(weights->key, "header X-User");
    EXPECT_DOUBLE_EQ(weights->shares().at(1), 0.1);

    const auto* matches = of(all, ArmSource::RouteMatches);
    ASSERT_NE(matches, nullptr);
    EXPECT_EQ(matches->assignment, Assignment::ByClient);
    ASSERT_EQ(matches->arms.size(), 2u) << "another path is no arm";
    EXPECT_EQ(matches->arms[0].label, "all others");
    EXPECT_EQ(matches->arms[0].name, "ab · rule 2");
    EXPECT_EQ(matches->arms[1].label, "header x-canary=yes");
    EXPECT_EQ(matches->arms[1].name, "ab · treatment");
    EXPECT_TRUE(matches->shares().empty());

    const auto* rewrite = of(all, ArmSource::ModelRewrite);
    ASSERT_NE(rewrite, nullptr);
    EXPECT_EQ(rewrite->arms[0].name, "chat-v1");
    EXPECT_DOUBLE_EQ(rewrite->shares().at(0), 0.75);

    const auto* model = of(all, ArmSource::VirtualModel);
    ASSERT_NE(model, nullptr);
    EXPECT_EQ(model->rule, "fast");
    EXPECT_EQ(model->arms[0].name, "AgentgatewayModel default/model-a");
    EXPECT_EQ(model->arms[0].weight, 4u);
}

TEST(CanaryArmsTest, WeightsKeepTheProportionsOfTheOthers) {
    using Weights = std::vector<std::uint32_t>;
    EXPECT_EQ(weightsWith({90, 10}, 1, 25), (Weights{75, 25}));
    EXPECT_EQ(weightsWith({60, 30, 10}, 2, 40), (Weights{40, 20, 40}));
    EXPECT_EQ(weightsWith({1, 1, 1}, 0, 1), (Weights{1, 50, 49})) << "what rounding leaves goes to the largest other";
    EXPECT_EQ(weightsWith({0, 100}, 1, 0), (Weights{100, 0})) << "somebody must serve";
    EXPECT_EQ(weightsWith({100, 0}, 0, 100), (Weights{100, 0}));
    EXPECT_EQ(weightsWith({5, 0, 5}, 2, 0), (Weights{100, 0, 0})) << "what had nothing gets nothing";
    EXPECT_EQ(weightsWith({1, 1}, 7, 50), (Weights{1, 1}));
    std::mt19937 random(std::random_device{}());
    for (int i = 0; i < 1000; ++i) {
        Weights weights(2 + random() % 5);
        for (auto& weight : weights) weight = random() % 1000;
        const auto out = weightsWith(weights, random() % weights.size(), static_cast<int>(random() % 101));
        std::uint64_t sum = 0;
        for (const auto weight : out) sum += weight;
        EXPECT_EQ(sum, 100u);
    }
}

class WeightsEditTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("canary-arms-" + std::to_string(std::random_device{}()));
        fs::create_directories(folder_);
        std::ofstream(folder_ / "a.yaml") << kSplits;
        auto opened = config::Workspace::open({folder_});
        ASSERT_TRUE(opened.has_value());
        workspace_ = std::move(*opened);
    }
    void TearDown() override { fs::remove_all(folder_); }
    CanaryArms arms(ArmSource source) {
        const auto all = canaryArms(*workspace_.objects());
        const auto* found = of(all, source);
        return found ? *found : CanaryArms{};
    }

    fs::path folder_;
    config::Workspace workspace_;
};

TEST_F(WeightsEditTest, WritesOnlyTheWeightsAndCanBeTakenBack) {
    const auto before = *workspace_.text("a.yaml");
    const auto edit = weightsEdit(workspace_, arms(ArmSource::RouteWeights), {75, 25}, "Give chat-canary 25 %");
    ASSERT_TRUE(edit.has_value()) << edit.error().message;
    ASSERT_TRUE(workspace_.apply(*edit).has_value());
    auto expected = before;
    expected.replace(expected.find("weight: 90   # most"), 10, "weight: 75");
    expected.replace(expected.find("weight: 10\n"), 10, "weight: 25");
    EXPECT_EQ(*workspace_.text("a.yaml"), expected);
    ASSERT_TRUE(workspace_.apply(config::Workspace::inverse(*edit)).has_value());
    EXPECT_EQ(*workspace_.text("a.yaml"), before);
}

TEST_F(WeightsEditTest, ReachesRewritesAndVirtualModels) {
    for (const auto source : {ArmSource::ModelRewrite, ArmSource::VirtualModel}) {
        const auto edit = weightsEdit(workspace_, arms(source), {95, 5}, "Step");
        ASSERT_TRUE(edit.has_value()) << edit.error().message;
        ASSERT_TRUE(workspace_.apply(*edit).has_value());
        EXPECT_EQ(arms(source).weights(), (std::vector<std::uint32_t>{95, 5}));
    }
}

TEST_F(WeightsEditTest, RefusesWhatHasNoWeightsOrIsGone) {
    const auto byClient = weightsEdit(workspace_, arms(ArmSource::RouteMatches), {1, 2}, "x");
    ASSERT_FALSE(byClient.has_value());
    EXPECT_EQ(byClient.error().code, "canary-arms");
    auto gone = arms(ArmSource::RouteWeights);
    gone.arms[0].name = "Service default/renamed";
    EXPECT_FALSE(weightsEdit(workspace_, gone, {1, 2}, "x").has_value());
    EXPECT_FALSE(weightsEdit(workspace_, arms(ArmSource::RouteWeights), {1}, "x").has_value());
}

}  // namespace
}  // namespace gatehouse::canary
