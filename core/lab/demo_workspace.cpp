// The YAML of the demo (demo.h). The comments in it are for the person who opens the files.
#include "lab/demo.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace gatehouse::lab {

namespace {

/// The first of the servers are stable, the others canary: five of eight.
std::size_t stableCount(std::size_t servers) { return servers - servers * 3 / 8; }

constexpr std::string_view kGateway = R"(# The front door: one plain HTTP listener. Routes in this namespace may attach to it.
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: demo
  namespace: default
spec:
  gatewayClassName: kgateway
  listeners:
    - name: http
      protocol: HTTP
      port: 8080
      allowedRoutes:
        namespaces:
          from: Same
)";

constexpr std::string_view kRoutes = R"(# Chat traffic. The split below is the canary: move it in the Canary view, or edit the weights here.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: chat
  namespace: default
spec:
  parentRefs:
    - name: demo
  rules:
    # Testers ask for the canary by header; two matches are more specific than one, so this rule comes first.
    - name: canary-by-header
      matches:
        - path:
            type: PathPrefix
            value: /v1
          headers:
            - name: x-canary
              value: always
      backendRefs:
        - group: inference.networking.k8s.io
          kind: InferencePool
          name: chat-canary
    - name: split
      matches:
        - path:
            type: PathPrefix
            value: /v1
      backendRefs:
        - group: inference.networking.k8s.io
          kind: InferencePool
          name: chat-stable
          weight: 90
        - group: inference.networking.k8s.io
          kind: InferencePool
          name: chat-canary
          weight: 10
---
# The same models behind a provider: what api.openai.com would be in production.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: provider
  namespace: default
spec:
  parentRefs:
    - name: demo
  rules:
    - name: openai
      matches:
        - path:
            type: PathPrefix
            value: /openai
      backendRefs:
        - group: gateway.kgateway.dev
          kind: Backend
          name: openai
---
# Ordinary web traffic lives on the same gateway.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
  namespace: default
spec:
  parentRefs:
    - name: demo
  rules:
    - name: health
      matches:
        - path:
            type: Exact
            value: /healthz
      filters:
        - type: ExtensionRef
          extensionRef:
            group: gateway.kgateway.dev
            kind: DirectResponse
            name: healthy
    - name: docs
      matches:
        - path:
            type: PathPrefix
            value: /docs
      filters:
        - type: RequestRedirect
          requestRedirect:
            path:
              type: ReplacePrefixMatch
              replacePrefixMatch: /v1/models
            statusCode: 302
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: DirectResponse
metadata:
  name: healthy
  namespace: default
spec:
  status: 200
  body: ok
)";

/// {0} host, {1} port, {2} the token's reference.
constexpr std::string_view kProviders = R"(# An OpenAI-compatible provider. Host and port point at a simulated server; without them it would be api.openai.com:443.
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata:
  name: openai
  namespace: default
spec:
  type: AI
  ai:
    llm:
      host: {0}
      port: {1}
      openai:
        # Overwrites the model that the client asks for.
        model: chat-large
        authToken:
          kind: SecretRef
          secretRef:
            name: openai-token
---
# The key is only referred to: "file:" reads it from a file, "env:" from the environment. No value stands in YAML.
apiVersion: v1
kind: Secret
metadata:
  name: openai-token
  namespace: default
type: Opaque
stringData:
  Authorization: {2}
)";

constexpr std::string_view kPolicies = R"(# Every chat request gets house rules in front, and card numbers and mail addresses leave it masked.
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata:
  name: chat-guard
  namespace: default
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: chat
  ai:
    promptEnrichment:
      prepend:
        - role: system
          content: Answer briefly and never repeat personal data.
    promptGuard:
      request:
        regex:
          action: MASK
          builtins:
            - CREDIT_CARD
            - EMAIL
---
# Towards the provider we are stricter: internal project names do not leave the house at all.
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata:
  name: provider-guard
  namespace: default
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: provider
  ai:
    promptGuard:
      request:
        customResponse:
          message: Internal project names may not be sent to this provider.
          statusCode: 403
        regex:
          action: REJECT
          matches:
            - name: project-name
              pattern: \bproject\s+(nightjar|bluebell)\b
)";

/// {0} name, {1} what it is.
constexpr std::string_view kPool = R"(# {1}
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata:
  name: {0}
  namespace: default
spec:
  selector:
    matchLabels:
      app: {0}
  targetPorts:
    - number: 8000
)";

/// {0} name, {1} pool, {2} real port.
constexpr std::string_view kPod = R"(---
apiVersion: v1
kind: Pod
metadata:
  name: {0}
  namespace: default
  labels:
    app: {1}
  annotations:
    # All simulated pods share one address, so each has a port of its own.
    gatehouse.dev/port: "{2}"
spec:
  containers:
    - name: vllm
      image: vllm/vllm-openai
      ports:
        - containerPort: 8000
status:
  phase: Running
  podIP: 127.0.0.1
  conditions:
    - type: Ready
      status: "True"
)";

std::string poolsYaml(const std::vector<ServerInfo>& servers) {
    const std::size_t stable = stableCount(servers.size());
    std::string text = fmt::format(kPool, "chat-stable", "The pods that serve most users. The gateway picks by queue, KV use and load.");
    std::string canary = "---\n" + fmt::format(kPool, "chat-canary", "The candidate: faster steps, less memory. Watch both before you promote it.");
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const std::string pool = i < stable ? "chat-stable" : "chat-canary";
        (i < stable ? text : canary) += fmt::format(kPod, servers[i].name, pool, servers[i].port);
    }
    return text + canary;
}

/// A path as a YAML double-quoted scalar.
std::string doubleQuoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

Result<void> write(const std::filesystem::path& file, std::string_view text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return fail("write-failed", fmt::format("Cannot write {}.", file.string()));
    return {};
}

}  // namespace

Result<void> writeDemoWorkspace(const std::filesystem::path& directory, const ModelServers& servers) {
    const auto& infos = servers.servers();
    if (infos.empty()) return fail("no-servers", "The demo needs at least one simulated server.");
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error)
        return fail("write-failed", fmt::format("Cannot create {}: {}.", directory.string(), error.message()));
    const auto token = std::filesystem::absolute(directory, error) / "openai-token.txt";
    const std::array<std::pair<std::filesystem::path, std::string>, 6> files = {{
        {directory / "gateway.yaml", std::string(kGateway)},
        {directory / "routes.yaml", std::string(kRoutes)},
        {directory / "providers.yaml",
         fmt::format(kProviders, "127.0.0.1", infos.front().port, doubleQuoted("file:" + token.string()))},
        {directory / "policies.yaml", std::string(kPolicies)},
        {directory / "pools.yaml", poolsYaml(infos)},
        {token, "demo-key-of-no-worth\n"},
    }};
    for (const auto& [file, text] : files)
        if (auto written = write(file, text); !written) return written;
    std::filesystem::permissions(token, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    return {};
}

}  // namespace gatehouse::lab
