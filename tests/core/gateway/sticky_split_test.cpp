// A sticky split in the data plane: a key keeps its arm from request to request, the record says by what, and others are drawn.
#include "core/gateway/provider_stage.h"

#include <set>

namespace gatehouse::test {
namespace {

class StickyStage : public ProviderStage {
  protected:
    static std::string yaml(std::uint16_t stable, std::uint16_t canary) {
        return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  gatewayClassName: kgateway
  listeners: [{{name: http, protocol: HTTP, port: 80}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: sticky, annotations: {{gatehouse.dev/sticky-split: cookie sid}}}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs:
        - {{group: gateway.kgateway.dev, kind: Backend, name: stable, weight: 1}}
        - {{group: gateway.kgateway.dev, kind: Backend, name: canary, weight: 1}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: stable}}
spec: {{type: Static, static: {{hosts: [{{host: 127.0.0.1, port: {}}}]}}}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: canary}}
spec: {{type: Static, static: {{hosts: [{{host: 127.0.0.1, port: {}}}]}}}}
)", stable, canary);
    }
    std::string get(const std::string& extra) const {
        auto wire = Wire::connect(port);
        wire.send("GET /x HTTP/1.1\r\nHost: a.test\r\n" + extra + "\r\n");
        return readMessage(wire).body;
    }
};

TEST_F(StickyStage, AKeyKeepsItsArm) {
    Recorder stable([](const Message&) { return jsonAnswer("\"stable\""); });
    Recorder canary([](const Message&) { return jsonAnswer("\"canary\""); });
    serve(yaml(stable.port(), canary.port()));
    std::set<std::string> seen;
    for (int user = 0; user < 12; ++user) {
        const auto field = "Cookie: theme=dark; sid=user-" + std::to_string(user) + "\r\n";
        const auto first = get(field);
        seen.insert(first);
        for (int again = 0; again < 4; ++again) EXPECT_EQ(get(field), first) << "user " << user;
    }
    EXPECT_EQ(seen.size(), 2U) << "twelve keys at even weights: both arms but once in two thousand splits";
    const auto kept = record(60);
    EXPECT_NE(kept.armKey, 0U);
    EXPECT_NE(stepsOf(kept, "backend").find("by cookie sid"), std::string::npos) << stepsOf(kept, "backend");
    std::set<std::string> drawn;
    for (int i = 0; i < 40 && drawn.size() < 2; ++i) drawn.insert(get(""));
    EXPECT_EQ(drawn.size(), 2U) << "without a key";
}

}  // namespace
}  // namespace gatehouse::test
