#include "core/gitops/exports.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

namespace gatehouse::gitops {
namespace {

using NoteKind = ExportNote::Kind;

std::shared_ptr<const config::ObjectSet> read(const std::string& yaml) { return config::readObjects({{"a.yaml", yaml}}); }

bool hasFile(const ExportResult& result, const std::string& path) {
    return std::any_of(result.files.begin(), result.files.end(), [&](const auto& file) { return file.path == path; });
}

const ExportNote* findNote(const ExportResult& result, NoteKind kind, const std::string& object, const std::string& part) {
    for (const auto& note : result.notes) {
        if (note.kind == kind && note.object.display() == object && (note.message + " " + note.fieldPath).find(part) != std::string::npos) {
            return &note;
        }
    }
    return nullptr;
}

std::string workspaceText() { return vectorText("workspace.yaml"); }

const char* const kUnsorted = R"(# a comment that need not survive
status:
  parents: []
spec:
  rules:
  - backendRefs:
    - {port: 80, name: web}
    matches:
    - path: {value: /a, type: PathPrefix}
      headers:
      - {value: "1", name: x-on}
  hostnames: ['*.example.com']
  parentRefs: [{name: demo}]
metadata:
  resourceVersion: "12"
  uid: 0c
  generation: 4
  creationTimestamp: null
  managedFields: []
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}"
    deployment.kubernetes.io/revision: "3"
    argocd.argoproj.io/tracking-id: x
    gatehouse.dev/port: "8001"
    team: "on"
    owner: me
  labels:
    app.kubernetes.io/managed-by: Helm
    kustomize.toolkit.fluxcd.io/name: x
    app: chat
  name: plain
kind: HTTPRoute
apiVersion: gateway.networking.k8s.io/v1
)";

TEST(Export, WritesKeysInOrderAndStripsWhatAServerSets) {
    const auto result = exported(kUnsorted);
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_EQ(textOf(result, "default/httproute-plain.yaml"), R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: plain
  namespace: default
  labels:
    app: chat
  annotations:
    owner: me
    team: "on"
spec:
  parentRefs:
  - name: demo
  hostnames:
  - "*.example.com"
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /a
      headers:
      - name: x-on
        value: "1"
    backendRefs:
    - name: web
      port: 80
)");
}

TEST(Export, ListsEveryFileInTheKustomization) {
    const auto result = exported(kUnsorted);
    const auto text = textOf(result, "kustomization.yaml");
    EXPECT_NE(text.find("kind: Kustomization\n"), std::string::npos) << text;
    EXPECT_NE(text.find("- default/httproute-plain.yaml\n"), std::string::npos) << text;
}

TEST(Export, GivesTheSameBytesTwiceInAnyOrderOfFiles) {
    const std::string text = workspaceText();
    ASSERT_FALSE(text.empty());
    const auto once = exportObjects(*config::readObjects({{"a.yaml", text}, {"b.yaml", kUnsorted}}), "kgateway-2.1");
    const auto again = exportObjects(*config::readObjects({{"z.yaml", text}, {"b.yaml", kUnsorted}}), "kgateway-2.1");
    ASSERT_TRUE(once && again);
    EXPECT_FALSE(once->refused()) << allNotes(*once);
    ASSERT_EQ(once->files.size(), again->files.size());
    for (std::size_t i = 0; i < once->files.size(); ++i) {
        EXPECT_EQ(once->files[i].path, again->files[i].path);
        EXPECT_EQ(once->files[i].text, again->files[i].text);
    }
}

TEST(Export, ReadsBackToTheSameBytes) {
    for (const auto& target : targets()) {
        const auto first = exported(workspaceText() + "---\n" + kUnsorted, target.name);
        std::map<std::string, std::string> files;
        for (const auto& file : first.files) {
            files[file.path] = file.text;  // The kustomization too, as in a folder that is opened again.
        }
        ASSERT_GT(files.size(), 1u);
        const auto objects = config::readObjects(files);
        for (const auto& diagnostic : objects->diagnostics) {
            EXPECT_NE(diagnostic.severity, config::Severity::Error) << diagnostic.where.file << ": " << diagnostic.message;
        }
        const auto second = exportObjects(*objects, target.name);
        ASSERT_TRUE(second);
        ASSERT_EQ(first.files.size(), second->files.size());
        for (std::size_t i = 0; i < first.files.size(); ++i) {
            EXPECT_EQ(first.files[i].path, second->files[i].path);
            EXPECT_EQ(first.files[i].text, second->files[i].text);
        }
    }
}

TEST(Export, NamesTheKnownTargetsForAnUnknownOne) {
    const auto result = exportObjects(*read(kUnsorted), "istio");
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, "unknown-target");
    EXPECT_NE(result.error().message.find("gateway-api"), std::string::npos);
    EXPECT_NE(result.error().message.find("kgateway-2.1"), std::string::npos);
}

const char* const kInlineBackend = R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: openai}
spec:
  type: AI
  ai:
    llm:
      openai:
        authToken:
          kind: Inline
          inline: sk-very-secret-token
)";

TEST(ExportToKgateway, RefusesAnInlineToken) {
    const auto result = exported(kInlineBackend);
    EXPECT_TRUE(result.refused());
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "Backend default/openai", "spec.ai.llm.openai.authToken")) << allNotes(result);
    EXPECT_EQ(allNotes(result).find("sk-very"), std::string::npos);
}

/// Without the annotation the key would go to another company.
TEST(ExportToKgateway, RefusesAPresetWithoutAHost) {
    const auto text = [](const char* host) {
        return std::string(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: fast, annotations: {gatehouse.dev/provider: groq}}
spec: {type: AI, ai: {llm: {)") + host + "openai: {authToken: {kind: SecretRef, secretRef: {name: s}}}}}}\n";
    };
    const auto result = exported(text(""));
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "Backend default/fast", "spec.ai.llm")) << allNotes(result);
    const auto named = exported(text("host: api.groq.com, port: 443, path: {full: /openai/v1/chat/completions}, "));
    EXPECT_FALSE(named.refused()) << allNotes(named);
}

TEST(ExportToKgateway, RefusesCredentialsThatClustersDoNotKnow) {
    for (const auto* annotation : {"gatehouse.dev/credentials: ambient", "gatehouse.dev/aws-role: \"arn:aws:iam::1:role/r\""}) {
        const auto result = exported(std::string(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: fast, annotations: {)") + annotation + "}}\nspec: {type: AI, ai: {llm: {openai: {authToken: {kind: SecretRef, secretRef: {name: s}}}}}}\n");
        EXPECT_TRUE(result.refused()) << annotation << allNotes(result);
    }
}

TEST(ExportToKgateway, RefusesTheFormOfTwoPointZero) {
    const auto result = exported(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: openai}
spec: {type: AI, ai: {llm: {provider: {openai: {authToken: {kind: SecretRef, secretRef: {name: s}}}}}}}
)");
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "Backend default/openai", "spec.ai.llm.provider")) << allNotes(result);
}

TEST(ExportToKgateway, WritesReferenceGrantInTheVersionThatItServes) {
    const std::string grant = R"(apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: {name: g, namespace: models}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}]
  to: [{group: "", kind: Service}]
)";
    const auto result = exported(grant);
    EXPECT_NE(textOf(result, "models/referencegrant-g.yaml").find("gateway.networking.k8s.io/v1beta1\n"), std::string::npos);
    EXPECT_TRUE(findNote(result, NoteKind::Changed, "ReferenceGrant models/g", "v1beta1")) << allNotes(result);
    EXPECT_NE(textOf(exported(grant, "gateway-api"), "models/referencegrant-g.yaml").find("k8s.io/v1\n"), std::string::npos);
}

TEST(ExportToGatewayApi, RefusesARouteThatNeedsAKgatewayKind) {
    const auto result = exported(R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: demo}]
  rules:
  - backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: openai}]
  - filters: [{type: ExtensionRef, extensionRef: {group: gateway.kgateway.dev, kind: DirectResponse, name: teapot}}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: DirectResponse
metadata: {name: teapot}
spec: {status: 418}
)",
                                 "gateway-api");
    EXPECT_TRUE(result.refused());
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "HTTPRoute default/chat", "spec.rules[0].backendRefs[0]")) << allNotes(result);
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "HTTPRoute default/chat", "spec.rules[1].filters[0].extensionRef")) << allNotes(result);
    EXPECT_TRUE(findNote(result, NoteKind::LeftOut, "DirectResponse default/teapot", "kgateway")) << allNotes(result);
}

TEST(ExportToGatewayApi, SaysWhatTheStandardChannelDrops) {
    const auto result = exported(R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: demo}]
  rules:
  - retry: {attempts: 2}
    backendRefs: [{name: web, port: 80}]
)",
                                 "gateway-api");
    EXPECT_TRUE(findNote(result, NoteKind::Kept, "HTTPRoute default/chat", "experimental")) << allNotes(result);
    EXPECT_FALSE(result.refused()) << allNotes(result);
}

// ---- Listener policies: one idea, two kinds.

const char* const kListenerPolicy = R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: ListenerPolicy
metadata: {name: edge, namespace: default}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
  default:
    httpSettings:
      xffNumTrustedHops: 1
      idleTimeout: 20s
)";

TEST(ExportListenerPolicy, IsWrittenAsTheOlderKindForKgateway21) {
    const auto result = exported(kListenerPolicy);
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_EQ(textOf(result, "default/httplistenerpolicy-edge.yaml"),
              "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: HTTPListenerPolicy\nmetadata:\n  name: edge\n  namespace: default\n"
              "spec:\n  targetRefs:\n  - group: gateway.networking.k8s.io\n    kind: Gateway\n    name: gw\n"
              "  xffNumTrustedHops: 1\n  idleTimeout: 20s\n");
    EXPECT_TRUE(findNote(result, NoteKind::Changed, "ListenerPolicy default/edge", "HTTPListenerPolicy"));
}

TEST(ExportListenerPolicy, IsWrittenAsItIsForKgateway24) {
    const auto result = exported(kListenerPolicy, "kgateway-2.4");
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_NE(textOf(result, "default/listenerpolicy-edge.yaml").find("  default:\n    httpSettings:\n      xffNumTrustedHops: 1\n"), std::string::npos);
}

TEST(ExportListenerPolicy, TheOlderKindIsWrittenAsTheNewerForKgateway24) {
    const std::string older = "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: HTTPListenerPolicy\nmetadata: {name: edge, namespace: default}\n"
                              "spec:\n  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]\n  idleTimeout: 20s\n";
    const auto newer = exported(older, "kgateway-2.4");
    EXPECT_FALSE(newer.refused()) << allNotes(newer);
    EXPECT_NE(textOf(newer, "default/listenerpolicy-edge.yaml").find("kind: ListenerPolicy\n"), std::string::npos);
    EXPECT_NE(textOf(newer, "default/listenerpolicy-edge.yaml").find("  default:\n    httpSettings:\n      idleTimeout: 20s\n"), std::string::npos);
    EXPECT_TRUE(hasFile(exported(older), "default/httplistenerpolicy-edge.yaml"));
}

TEST(ExportListenerPolicy, WhatTheOlderKindCannotSayIsRefused) {
    std::string text = kListenerPolicy;
    text += "      maxHeadersCount: 5\n    proxyProtocol: {}\n  perPort: [{port: 80, listener: {}}]\n";
    text.replace(text.find("name: gw}"), 9, "name: gw, sectionName: http}");
    const auto result = exported(text);
    for (const auto* path : {"spec.default.httpSettings.maxHeadersCount", "spec.default.proxyProtocol", "spec.perPort", "spec.targetRefs[0].sectionName"})
        EXPECT_TRUE(findNote(result, NoteKind::Refused, "ListenerPolicy default/edge", path)) << path << "\n" << allNotes(result);
    EXPECT_FALSE(exported(text, "kgateway-2.4").refused());
}

TEST(ExportListenerPolicy, OneNameOfBothKindsIsRefused) {
    const std::string both = std::string(kListenerPolicy) + "---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: HTTPListenerPolicy\n"
                             "metadata: {name: edge, namespace: default}\nspec: {idleTimeout: 1s}\n";
    EXPECT_TRUE(exported(both, "kgateway-2.4").refused());
}

TEST(ExportListenerPolicy, PlainGatewayApiHasNothingLikeIt) {
    const auto result = exported(kListenerPolicy, "gateway-api");
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "ListenerPolicy default/edge", "nothing like it")) << allNotes(result);
}

TEST(ExportToKgateway24, RefusesWhatWasTakenOut) {
    const auto result = exported("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: {name: p}\nspec:\n"
                                 "  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]\n  ai: {routeType: CHAT}\n", "kgateway-2.4");
    EXPECT_TRUE(findNote(result, NoteKind::Refused, "TrafficPolicy default/p", "spec.ai")) << allNotes(result);
}

TEST(Export, LeavesOutWhatTheClusterMakesAndSecrets) {
    const auto result = exported(R"(apiVersion: v1
kind: Pod
metadata: {name: vllm-0}
status: {podIP: 10.0.0.1}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: []
ports: []
---
apiVersion: v1
kind: Secret
metadata: {name: openai}
stringData: {Authorization: "env:OPENAI_API_KEY"}
)");
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_EQ(result.files.size(), 1u);
    EXPECT_TRUE(findNote(result, NoteKind::LeftOut, "Pod default/vllm-0", "")) << allNotes(result);
    EXPECT_TRUE(findNote(result, NoteKind::LeftOut, "EndpointSlice default/web-1", "")) << allNotes(result);
    EXPECT_TRUE(findNote(result, NoteKind::LeftOut, "Secret default/openai", "Authorization")) << allNotes(result);
}

TEST(Export, KeepsUnknownKindsAndFieldsAndSaysSo) {
    const auto result = exported(R"(apiVersion: example.com/v1
kind: Widget
metadata: {name: w, namespace: shop}
spec: {b: 1, a: [x, {y: 2}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  sparkle: true
  ports: [{port: 80}]
)");
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_TRUE(findNote(result, NoteKind::Kept, "Widget shop/w", "example.com/v1")) << allNotes(result);
    EXPECT_TRUE(findNote(result, NoteKind::Kept, "Service default/web", "spec.sparkle")) << allNotes(result);
    const auto service = textOf(result, "default/service-web.yaml");
    EXPECT_LT(service.find("ports:"), service.find("sparkle: true")) << service;
    EXPECT_NE(textOf(result, "shop/widget-w.yaml").find("b: 1"), std::string::npos);
}

TEST(Export, WritesAliasesOut) {
    const auto result = exported(R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: demo}]
  rules:
  - backendRefs: &refs [{name: web, port: 80}]
  - matches: [{path: {value: /b}}]
    backendRefs: *refs
)");
    const auto text = textOf(result, "default/httproute-r.yaml");
    EXPECT_EQ(text.find('&'), std::string::npos) << text;
    EXPECT_EQ(text.find('*'), std::string::npos) << text;
    const auto first = text.find("name: web");
    EXPECT_NE(text.find("name: web", first + 1), std::string::npos) << text;
}

TEST(Export, RefusesAnAliasBomb) {
    std::string yaml = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        yaml += "  a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j) yaml += (j ? ", " : "") + before;
        yaml += "]\n";
    }
    EXPECT_TRUE(exported(yaml).refused());
}

TEST(Export, WritesNoMergeKey) {
    const auto result = exported(R"(apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports:
  - &p {port: 80}
  - <<: *p
    name: b
)");
    // Kubernetes YAML has none: either the fields are written out, or the object is refused.
    if (result.refused()) return;
    const auto text = textOf(result, "default/service-web.yaml");
    EXPECT_EQ(text.find("<<"), std::string::npos) << text;
    const auto first = text.find("port: 80");
    EXPECT_NE(text.find("port: 80", first + 1), std::string::npos) << text;
}

TEST(Export, RefusesANameThatWouldLeaveTheFolder) {
    for (const char* name : {"../../etc/x", "a/b", "..", ".hidden", "A B"}) {
        const auto result = exported(std::string("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: \"") + name + "\"}\n");
        EXPECT_TRUE(result.refused()) << name;
        for (const auto& file : result.files) EXPECT_EQ(file.path.find(".."), std::string::npos) << file.path;
    }
}

TEST(Export, TellsKindsOfTwoGroupsApart) {
    const auto result = exported("apiVersion: a.example.com/v1\nkind: Widget\nmetadata: {name: w}\n---\n"
                                 "apiVersion: b.example.com/v1\nkind: Widget\nmetadata: {name: w}\n");
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_TRUE(hasFile(result, "default/widget.a.example.com-w.yaml"));
    EXPECT_TRUE(hasFile(result, "default/widget.b.example.com-w.yaml"));
}

TEST(Export, RefusesAWorkspaceThatIsNotReadWhole) {
    const auto objects = config::readObjects({{"a.yaml", kUnsorted}, {"b.yaml", "apiVersion: v1\nkind: [\n"}});
    const auto result = exportObjects(*objects, "kgateway-2.1");
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->refused());
    EXPECT_NE(allNotes(*result).find("b.yaml:"), std::string::npos) << allNotes(*result);
}

/// Values that YAML 1.1 would read as something else than text, one a line.
TEST(Export, QuotesWhatYamlWouldRetype) {
    std::ifstream file(GATEHOUSE_VECTORS "/gitops/quoting.txt");
    ASSERT_TRUE(file);
    std::string value;
    int cases = 0;
    while (std::getline(file, value)) {
        if (value.empty() || value.starts_with("## ")) continue;
        ++cases;
        std::string quoted;
        for (const char c : value) quoted += c == '\'' ? std::string("''") : std::string(1, c);
        const auto result = exported("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  labels:\n    k: '" + quoted +
                                     "'\nspec: {ports: [{port: 80}]}\n");
        const auto text = textOf(result, "default/service-web.yaml");
        const auto again = text::yaml::parse(text);
        ASSERT_TRUE(again) << value << "\n" << text;
        const auto* metadata = again->front().root.find("metadata");
        const auto* node = metadata && metadata->find("labels") ? metadata->find("labels")->find("k") : nullptr;
        ASSERT_TRUE(node) << text;
        EXPECT_EQ(node->value, value);
        EXPECT_EQ(node->type(), text::yaml::Type::String) << text;
    }
    EXPECT_GT(cases, 30);
}

TEST(Export, NeverHoldsTheValueOfASecret) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    const auto base64 = [](const std::string& text) {
        static const char* table = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        std::string out;
        for (std::size_t i = 0; i < text.size(); i += 3) {
            unsigned bits = static_cast<unsigned char>(text[i]) << 16;
            if (i + 1 < text.size()) bits |= static_cast<unsigned char>(text[i + 1]) << 8;
            if (i + 2 < text.size()) bits |= static_cast<unsigned char>(text[i + 2]);
            out += table[bits >> 18 & 63];
            out += table[bits >> 12 & 63];
            out += i + 1 < text.size() ? table[bits >> 6 & 63] : '=';
            out += i + 2 < text.size() ? table[bits & 63] : '=';
        }
        return out;
    };
    for (int round = 0; round < 60; ++round) {
        std::string value;
        for (unsigned i = 0, length = 8 + random() % 40; i < length; ++i) value += letters[random() % letters.size()];
        const bool encoded = random() % 2;
        const bool copied = random() % 2;
        std::string yaml = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: {note: \"" +
                           (random() % 2 ? value : std::string("x")) + "\"}}\n" +
                           (encoded ? "data: {Authorization: \"" + base64(value) + "\"}\n"
                                    : "stringData: {Authorization: \"" + value + "\"}\n");
        // A value that was copied elsewhere, at random: a label, a policy, an object of an unknown kind.
        const std::string copy = copied ? (random() % 2 && encoded ? base64(value) : value) : "harmless-text";
        yaml += "---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {deep: [{token: \"" + copy + "\"}]}\n";
        yaml += "---\n" + workspaceText();
        for (const auto& target : targets()) {
            const auto result = exported(yaml, target.name);
            for (const auto& file : result.files) {
                EXPECT_EQ(file.text.find(value), std::string::npos) << file.path;
                EXPECT_EQ(file.text.find(base64(value)), std::string::npos) << file.path;
            }
            EXPECT_EQ(allNotes(result).find(value), std::string::npos);
            EXPECT_EQ(findNote(result, NoteKind::Refused, "Widget default/w", "value of Secret") != nullptr, copied);
        }
    }
}

}  // namespace
}  // namespace gatehouse::gitops
