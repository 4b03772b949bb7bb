// Conditions by case file, attachment's hostnames, and the cost of an edit among a thousand routes.
#include "config/status.h"

#include "config/relations.h"
#include "config/validate.h"
#include "config/workspace.h"
#include "core/config/cases.h"
#include "core/net/certificates.h"

#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <map>
#include <sstream>

namespace gatehouse::config {
namespace {

std::string listed(const std::vector<Condition>& conditions) {
    std::string out;
    for (const auto& condition : conditions) {
        out += " " + condition.type + "=" + (condition.status ? "True/" : "False/") + condition.reason;
        EXPECT_TRUE(condition.message.ends_with('.')) << condition.type << " " << condition.reason << ": " << condition.message;
    }
    return out + "\n";
}

TEST(Status, IsWhatTheCaseFilesSay) {
    for (const auto& section : testing::readCases("status")) {
        SCOPED_TRACE(section.name + " (line " + std::to_string(section.line) + ")");
        ASSERT_EQ(section.parts.size(), 2u);
        const auto set = readObjects({{"case.yaml", section.parts[0]}});
        std::string out;
        for (const auto& status : computeStatus(*set)) {
            out += status.object.display();
            if (status.attachedListenerSets.value_or(0) > 0) out += " sets=" + std::to_string(*status.attachedListenerSets);
            out += listed(status.conditions);
            for (const auto& listener : status.listeners)
                out +=
                    "  " + listener.name + " " + std::to_string(listener.attachedRoutes) + listed(listener.conditions);
            for (const auto& parent : status.parents) out += "  " + parent.parent + listed(parent.conditions);
        }
        EXPECT_EQ(out, section.parts[1]);
    }
}

/// Each reason that is written stands in at least three places of the case files, so that none rests on one example.
TEST(Status, EachReasonIsCoveredByThreeCases) {
    const char* reasons[] = {
        "Accepted=True/Accepted", "Accepted=False/InvalidParameters", "SupportedVersion=True/SupportedVersion",
        "SupportedVersion=False/UnsupportedVersion", "Accepted=True/ListenersNotValid", "Accepted=False/ListenersNotValid",
        "Accepted=False/UnsupportedAddress", "Accepted=False/Invalid", "Programmed=True/Programmed", "Programmed=False/Invalid",
        "ResolvedRefs=True/ResolvedRefs", "ResolvedRefs=False/InvalidClientCertificateRef", "ResolvedRefs=False/ListenersNotResolved",
        "InsecureFrontendValidationMode=True/ConfigurationChanged", "Accepted=False/UnsupportedProtocol",
        "Accepted=False/UnsupportedValue", "Accepted=False/NoValidCACertificate", "ResolvedRefs=False/InvalidCertificateRef",
        "ResolvedRefs=False/InvalidRouteKinds", "ResolvedRefs=False/RefNotPermitted", "ResolvedRefs=False/InvalidCACertificateRef",
        "ResolvedRefs=False/InvalidCACertificateKind", "Conflicted=False/NoConflicts", "Conflicted=True/HostnameConflict",
        "Conflicted=True/ProtocolConflict", "OverlappingTLSConfig=True/OverlappingHostnames", "Accepted=False/NotAllowed",
        "Accepted=False/ParentNotAccepted", "Programmed=False/ListenersNotValid", "Programmed=False/NotAllowed",
        "Programmed=False/ParentNotAccepted", "Accepted=False/NotAllowedByListeners", "Accepted=False/NoMatchingListenerHostname",
        "Accepted=False/NoMatchingParent", "Accepted=False/IncompatibleFilters", "Accepted=False/HostnameConflict",
        "ResolvedRefs=False/InvalidKind", "ResolvedRefs=False/BackendNotFound", "ResolvedRefs=False/UnsupportedProtocol",
        "PartiallyInvalid=True/UnsupportedValue", "PartiallyInvalid=True/IncompatibleFilters", "Accepted=False/Conflicted",
        "Accepted=False/TargetNotFound",
    };
    std::map<std::string, int> seen;
    for (const auto& section : testing::readCases("status")) {
        std::istringstream in(section.parts.at(1));
        for (std::string word; in >> word;) ++seen[word];
    }
    for (const auto* reason : reasons) EXPECT_GE(seen[reason], 3) << reason;
}

TEST(Status, CarriesTheGeneration) {
    const auto set = readObjects({{"g.yaml",
                                   "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: c, "
                                   "generation: 7}\nspec: {controllerName: a/b}\n"}});
    const auto statuses = computeStatus(*set);
    ASSERT_EQ(statuses.size(), 1u);
    EXPECT_EQ(statuses[0].conditions[0].observedGeneration, 7);
}

TEST(CommonHostname, FollowsTheSpecification) {
    const std::optional<std::string> none;
    EXPECT_EQ(commonHostname("", ""), "");
    EXPECT_EQ(commonHostname("", "a.example"), "a.example");
    EXPECT_EQ(commonHostname("a.example", ""), "a.example");
    EXPECT_EQ(commonHostname("*.example", "a.b.example"), "a.b.example");
    EXPECT_EQ(commonHostname("*.example", "example"), none);
    EXPECT_EQ(commonHostname("a.example", "*.example"), "a.example");
    EXPECT_EQ(commonHostname("*.example", "*.a.example"), "*.a.example");
    EXPECT_EQ(commonHostname("*.a.example", "*.example"), "*.a.example");
    EXPECT_EQ(commonHostname("*.a.example", "*.b.example"), none);
    EXPECT_EQ(commonHostname("*.example", "*.badexample"), none);
}

/// Prints the cost of one edit; what it asserts is that only one document is read anew, not how fast the machine is.
TEST(Workspace, AThousandRoutesCostOneDocumentPerEdit) {
    std::string text =
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: gw\nspec:\n  gatewayClassName: "
        "any\n  listeners:\n  - name: http\n    port: 80\n    protocol: HTTP\n";
    for (int i = 0; i < 1000; ++i) {
        const auto n = std::to_string(i);
        text += "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r" + n +
                "\nspec:\n  parentRefs:\n  - name: gw\n  hostnames:\n  - h" + n +
                ".example.com\n  rules:\n  - matches:\n    - path:\n        type: PathPrefix\n        value: /v" + n +
                "\n      headers:\n      - name: x-a\n        value: b\n    backendRefs:\n    - name: s\n      port: "
                "80\n      weight: 90\n    - name: s\n      port: 81\n      weight: 10\n";
    }
    text +=
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n  - {name: a, port: 80}\n  - "
        "{name: b, port: 81}\n";
    std::string folder = (std::filesystem::temp_directory_path() / "gatehouse-thousand-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    auto workspace = Workspace::open({folder});
    ASSERT_TRUE(workspace);
    ASSERT_TRUE(
        workspace->apply(*workspace->addObject("all.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n")));
    ASSERT_TRUE(workspace->apply(*workspace->replaceText("all.yaml", text)));
    const auto before = workspace->objects();
    ASSERT_EQ(before->objects.size(), 1002u);
    EXPECT_EQ(validate(*before).size(), 1u);  // As after the edit before this one.
    using Clock = std::chrono::steady_clock;
    const auto millis = [](Clock::time_point from) {
        return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
    };
    auto start = Clock::now();
    const auto edit =
        workspace->setField({"gateway.networking.k8s.io", "HTTPRoute", "default", "r500"},
                            *FieldPath::parse("spec.rules[0].backendRefs[0].weight"), "80", text::yaml::Type::Integer);
    ASSERT_TRUE(edit) << edit.error().message;
    std::cout << "prepare " << millis(start) << " ms";
    start = Clock::now();
    ASSERT_TRUE(workspace->apply(*edit));
    const auto after = workspace->objects();
    std::cout << ", apply and read " << millis(start) << " ms";
    start = Clock::now();
    const auto findings = validate(*after);
    std::cout << ", validate " << millis(start) << " ms";
    start = Clock::now();
    const auto statuses = computeStatus(*after);
    std::cout << ", status " << millis(start) << " ms\n";
    std::size_t reread = 0;
    for (std::size_t i = 0; i < 1002; ++i) reread += before->objects[i].root != after->objects[i].root ? 1 : 0;
    EXPECT_EQ(reread, 1u);
    EXPECT_EQ(statuses.size(), 1001u);
    EXPECT_EQ(findings.size(), 1u) << findings.front().message;  // The Service has no endpoints.
    std::filesystem::remove_all(folder);
}

std::string secretYaml(const std::string& name, const net::TlsIdentity& pair) {
    const auto quoted = [](const std::string& pem) {
        std::string out = "\"";
        for (const char c : pem) out += c == '\n' ? std::string("\\n") : std::string(1, c);
        return out + "\"";
    };
    return "---\napiVersion: v1\nkind: Secret\nmetadata: {name: " + name + "}\ntype: kubernetes.io/tls\nstringData: {tls.crt: " +
           quoted(pair.certificatePem) + ", tls.key: " + quoted(pair.keyPem) + "}\n";
}

TEST(Status, TellsOfListenersWhoseCertificatesAreGoodForEachOther) {
    const test::Authority authority;
    const auto issue = [&](std::vector<std::string> names) {
        return authority.issue(test::CertificateSpec{.commonName = names.front(), .dns = names});
    };
    std::string yaml = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec:\n  gatewayClassName: any\n  listeners:\n";
    for (const auto* line : {"{name: a, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {certificateRefs: [{name: wild}]}}",
                             "{name: b, port: 443, protocol: HTTPS, hostname: b.example.com, tls: {certificateRefs: [{name: wild}]}}",
                             "{name: deep, port: 443, protocol: HTTPS, hostname: x.deep.example.com, tls: {certificateRefs: [{name: deep}]}}",
                             "{name: elsewhere, port: 444, protocol: HTTPS, hostname: c.example.com, tls: {certificateRefs: [{name: wild}]}}",
                             "{name: one, port: 443, protocol: HTTPS, hostname: one.test, tls: {certificateRefs: [{name: both}]}}",
                             "{name: other, port: 443, protocol: HTTPS, hostname: other.test, tls: {certificateRefs: [{name: other}]}}",
                             "{name: every, port: 443, protocol: HTTPS, hostname: '*.test', tls: {certificateRefs: [{name: every}]}}"})
        yaml += std::string("  - ") + line + "\n";
    yaml += secretYaml("wild", issue({"*.example.com"})) + secretYaml("deep", issue({"x.deep.example.com"})) +
            secretYaml("both", issue({"one.test", "other.test"})) + secretYaml("other", issue({"other.test"})) + secretYaml("every", issue({"every.test"}));
    const auto set = readObjects({{"case.yaml", yaml}});
    std::string out;
    for (const auto& status : computeStatus(*set))
        for (const auto& listener : status.listeners)
            for (const auto& condition : listener.conditions)
                if (condition.type == "OverlappingTLSConfig")
                    out += listener.name + " " + condition.reason + (condition.status ? " True\n" : " False\n");
    EXPECT_EQ(out,
              "a OverlappingCertificates True\n"
              "b OverlappingCertificates True\n"
              "one OverlappingCertificates True\n"
              "other OverlappingCertificates True\n"
              "every OverlappingHostnames True\n");
}

TEST(Status, NamesEveryListenerThatTookARoute) {
    const auto set = readObjects({{"case.yaml", R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: any
  listeners:
  - {name: any, port: 80, protocol: HTTP}
  - {name: ours, port: 80, protocol: HTTP, hostname: "*.example"}
  - {name: theirs, port: 80, protocol: HTTP, hostname: "*.test"}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: two}
spec: {parentRefs: [{name: gw}], hostnames: [a.example]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: one}
spec: {parentRefs: [{name: gw, sectionName: ours}], hostnames: [a.example]}
)"}});
    std::map<std::string, std::string> said;
    for (const auto& status : computeStatus(*set))
        if (!status.parents.empty()) said[status.object.name] = status.parents.front().conditions.front().message;
    EXPECT_EQ(said["two"], "Attached to listeners any, ours.");
    EXPECT_EQ(said["one"], "Attached to listener ours.");
}

TEST(Status, SignsAndDatesWhatItWrites) {
    const auto set = readObjects({{"case.yaml", R"(apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: theirs}
spec: {controllerName: example.net/theirs}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, creationTimestamp: "2024-01-02T03:04:05Z"}
spec:
  gatewayClassName: theirs
  allowedListeners: {namespaces: {from: Same}}
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: more}
spec:
  parentRef: {group: gateway.networking.k8s.io, kind: Gateway, name: gw}
  listeners: [{name: extra, port: 81, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: gw, sectionName: http, port: 80}, {kind: ListenerSet, name: more}, {name: nobody}]
  rules:
  - filters: [{type: ExtensionRef, extensionRef: {group: gateway.kgateway.dev, kind: DirectResponse, name: d}}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: DirectResponse
metadata: {name: d}
spec: {status: 200}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: p, creationTimestamp: yesterday}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]
)"}});
    std::map<std::string, ObjectStatus> by;
    for (auto& status : computeStatus(*set)) by[status.object.display()] = status;
    const auto& gateway = by["Gateway default/gw"];
    EXPECT_EQ(gateway.conditions.at(0).lastTransitionTime, "2024-01-02T03:04:05Z");
    EXPECT_EQ(gateway.addresses, (std::vector<std::pair<std::string, std::string>>{{"IPAddress", "127.0.0.1"}}));
    const auto& parents = by["HTTPRoute default/r"].parents;
    ASSERT_EQ(parents.size(), 3U);
    EXPECT_EQ(parents[0].controllerName, "example.net/theirs");
    EXPECT_EQ(parents[0].sectionName, "http");
    EXPECT_EQ(parents[0].port, std::uint16_t{80});
    EXPECT_EQ(parents[1].ref.kind, "ListenerSet");
    EXPECT_EQ(parents[1].controllerName, "example.net/theirs");
    EXPECT_EQ(parents[2].controllerName, kController);
    EXPECT_EQ(parents[0].conditions.at(0).lastTransitionTime, "1970-01-01T00:00:00Z");
    for (const auto* name : {"TrafficPolicy default/p", "DirectResponse default/d"}) {
        const auto& ancestors = by[name].parents;
        ASSERT_EQ(ancestors.size(), 1U) << name;
        EXPECT_EQ(ancestors[0].ref.display(), "Gateway default/gw") << name;
        EXPECT_EQ(ancestors[0].controllerName, "example.net/theirs") << name;
        EXPECT_EQ(ancestors[0].conditions.at(0).lastTransitionTime, "1970-01-01T00:00:00Z") << "what is no time is not passed on";
    }
}

}  // namespace
}  // namespace gatehouse::config
