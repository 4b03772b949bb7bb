// What InferencePools say beside the pick, through the data plane: model rewrites with their shares, pools that fail open or closed.
#include "pool_stage.h"

#include "config/workspace.h"
#include "route/model_rewrites.h"

#include <nlohmann/json.hpp>

#include <map>

namespace gatehouse::test {
namespace {

const std::string kAnswer = R"({"id":"x","model":"m","choices":[{"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":8,"completion_tokens":2}})";

std::shared_ptr<const route::ModelRewrites> rewritesOf(const std::string& rules) {
    const auto set = config::readObjects({{"r.yaml", "apiVersion: llm-d.ai/v1alpha2\nkind: InferenceModelRewrite\nmetadata: {name: r}\nspec:\n  poolRef: {name: p}\n  rules: " + rules + "\n"}});
    const auto spec = config::decodeInferenceModelRewrite(set->objects.front());
    if (!spec) throw std::runtime_error(spec.error().message);
    auto rewrites = std::make_shared<route::ModelRewrites>();
    rewrites->add(*spec, set->objects.front());
    return rewrites;
}

class PoolDataPlane : public PoolStage {
  protected:
    void serve(const std::vector<std::uint16_t>& ports, const std::function<void(route::Backend&)>& change) { PoolStage::serve(ports, nullptr, change); }
};

TEST_F(PoolDataPlane, RewritesTheModelByShareAndTouchesNothingElse) {
    std::mutex mutex;
    std::map<std::string, int> asked;
    std::string rest;
    Origin origin(Origin::answering([&](const Message& request) {
        const std::lock_guard lock(mutex);
        ++asked[nlohmann::json::parse(request.body)["model"]];
        rest = request.body.substr(request.body.find("\"messages\""));
        return ok(kAnswer, "Content-Type: application/json\r\n");
    }));
    serve({origin.port()}, [](route::Backend& backend) {
        backend.modelRewrites = rewritesOf("[{matches: [{model: {value: chat}}], targets: [{modelRewrite: v1, weight: 3}, {modelRewrite: v2-long, weight: 1}]}]");
    });
    const std::string messages = R"("messages":[{"role":"user","content":"my model is \"chat\""}], "odd" : 1e2})";
    for (int i = 0; i < 400; ++i) ASSERT_EQ(ask(R"({"model":"chat",)" + messages).status(), 200);
    {
        const std::lock_guard lock(mutex);
        EXPECT_EQ(asked.size(), 2U);
        EXPECT_NEAR(asked["v2-long"], 100, 45);  // 5 standard deviations.
        EXPECT_EQ(rest, messages);
    }
    const auto seen = record();
    ASSERT_EQ(ask(R"({"model":"other",)" + messages).status(), 200);
    const std::lock_guard lock(mutex);
    EXPECT_EQ(asked["other"], 1);
}

TEST_F(PoolDataPlane, TheRecordSaysWhichModelWasAskedForAndWhy) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve({origin.port()}, [](route::Backend& backend) { backend.modelRewrites = rewritesOf("[{targets: [{modelRewrite: base}]}]"); });
    ASSERT_EQ(ask(R"({"model":"m","messages":[{"role":"user","content":"hi"}]})").status(), 200);
    const auto text = telemetry::toJson(record());
    EXPECT_NE(text.find("asks for base, by InferenceModelRewrite default/r"), std::string::npos) << text;
}

TEST_F(PoolDataPlane, ABodyThatNamesNoModelGoesOnAsItIs) {
    std::string body;
    std::mutex mutex;
    Origin origin(Origin::answering([&](const Message& request) {
        const std::lock_guard lock(mutex);
        body = request.body;
        return ok(kAnswer, "Content-Type: application/json\r\n");
    }));
    serve({origin.port()}, [](route::Backend& backend) { backend.modelRewrites = rewritesOf("[{targets: [{modelRewrite: base}]}]"); });
    const std::string sent = R"({"messages":[{"role":"user","content":"hi"}]})";
    ASSERT_EQ(ask(sent).status(), 200);
    const std::lock_guard lock(mutex);
    EXPECT_EQ(body, sent);
}

TEST_F(PoolDataPlane, AnEmptyPoolAnswers503HoweverItFails) {
    serve({}, [](route::Backend& backend) { backend.failOpen = true; });
    EXPECT_EQ(ask(R"({"model":"m","messages":[]})").status(), 503);
}

TEST_F(PoolDataPlane, WhereNothingCanBePickedAPoolFailsClosedOrOpen) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve({origin.port()}, {});
    // Its last scrape was refused, so it is no candidate; it serves all the same.
    all[0]->storeFailure("refused", base::MonoClock::now(), true);
    EXPECT_EQ(ask(R"({"model":"m","messages":[{"role":"user","content":"hi"}]})").status(), 503);
    swapTo(nullptr, [](route::Backend& backend) { backend.failOpen = true; });
    EXPECT_EQ(ask(R"({"model":"m","messages":[{"role":"user","content":"hi"}]})").status(), 200);
    EXPECT_TRUE(eventually([&] { return all[0]->endpoint->inFlight.load() == 0; }));
}

}  // namespace
}  // namespace gatehouse::test
