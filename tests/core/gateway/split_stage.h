// A gateway with one rule that splits its requests between two static backends, "stable" and "canary".
#pragma once

#include "core/gateway/provider_stage.h"

namespace gatehouse::test {

class SplitStage : public ProviderStage {
  protected:
    static std::string splitYaml(std::uint16_t stable, std::uint16_t canary, int canaryWeight, std::string_view annotations = "{}") {
        return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  gatewayClassName: kgateway
  listeners: [{{name: http, protocol: HTTP, port: 80}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: split, annotations: {}}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs:
        - {{group: gateway.kgateway.dev, kind: Backend, name: stable, weight: 1}}
        - {{group: gateway.kgateway.dev, kind: Backend, name: canary, weight: {}}}
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
)", annotations, canaryWeight, stable, canary);
    }
    /// `extra`: lines of the head.
    Message get(const std::string& extra) const {
        auto wire = Wire::connect(port);
        wire.send("GET /x HTTP/1.1\r\nHost: a.test\r\n" + extra + "\r\n");
        return readMessage(wire);
    }
};

}  // namespace gatehouse::test
