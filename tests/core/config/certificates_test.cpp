// Certificates out of Secrets and ConfigMaps: every way to write them, and what is wrong with the others.
#include "config/certificates.h"

#include "config/backend_tls.h"
#include "config/listeners.h"
#include "config/status.h"
#include "config/validate.h"
#include "config/workspace.h"
#include "core/config/cases.h"

#include <gtest/gtest.h>

#include <fstream>

namespace gatehouse::config {
namespace {

std::shared_ptr<const ObjectSet> read(const std::string& text) {
    return readObjects({{"x.yaml", testing::expanded(text, {})}});
}

const ObjectKey kSecret{"", "Secret", "default", "s"};

std::string secret(const std::string& members) {
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n" + members + "\n";
}

std::string pairError(const std::string& members) {
    const auto pair = readTlsSecret(*read(secret(members)), kSecret);
    return pair ? "" : pair.error().code;
}

TEST(Certificates, AreReadAsTextAndAsBase64) {
    EXPECT_EQ(pairError("stringData: {tls.crt: @crt, tls.key: @key}"), "");
    EXPECT_EQ(pairError("data: {tls.crt: @crt64, tls.key: @key64}"), "");
    EXPECT_EQ(pairError("data: {tls.crt: @crt64}\nstringData: {tls.key: @key}"), "");
    const auto info = inspectTlsSecret(*read(secret("stringData: {tls.crt: @crt, tls.key: @key}")), kSecret);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->dnsNames, std::vector<std::string>{"a.example"});
}

TEST(Certificates, SayWhatIsWrong) {
    EXPECT_EQ(pairError("stringData: {tls.crt: @crt}"), "secret-key-missing");
    EXPECT_EQ(pairError("stringData: {tls.crt: @crt, tls.key: @key-b}"), "tls-key-mismatch");
    EXPECT_EQ(pairError("stringData: {tls.crt: hello, tls.key: @key}"), "tls-bad-certificate");
    EXPECT_EQ(pairError("stringData: {tls.crt: @crt, tls.key: hello}"), "tls-bad-key");
    EXPECT_EQ(pairError("data: {tls.crt: '!!', tls.key: @key64}"), "secret-base64");
    EXPECT_EQ(pairError("stringData: {tls.crt: 'env:GATEHOUSE_NO_SUCH_VARIABLE', tls.key: @key}"), "secret-missing");
    EXPECT_EQ(readTlsSecret(*read(secret("{}")), {"", "Secret", "default", "other"}).error().code, "secret-missing");
    EXPECT_EQ(readTlsSecret(*read(secret("{}")), {"", "ConfigMap", "default", "s"}).error().code, "secret-missing");
}

TEST(Certificates, KeysNeverStandInMessages) {
    const auto pair = readTlsSecret(*read(secret("stringData: {tls.crt: @crt, tls.key: hunter2}")), kSecret);
    ASSERT_FALSE(pair);
    EXPECT_EQ(pair.error().message.find("hunter2"), std::string::npos) << pair.error().message;
}

/// A reference is followed each time: a renewed file is seen though the workspace's text is the same.
TEST(Certificates, ReferencesAreFollowedAnew) {
    std::string folder = (std::filesystem::temp_directory_path() / "gatehouse-certificates-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const test::Authority authority;
    const auto write = [&](const std::string& name) {
        const auto pair = authority.issue(name);
        std::ofstream(folder + "/crt") << pair.certificatePem;
        std::ofstream(folder + "/key") << pair.keyPem;
    };
    const auto set = read(secret("stringData: {tls.crt: 'file:" + folder + "/crt', tls.key: 'file:" + folder + "/key'}"));
    EXPECT_FALSE(inspectTlsSecret(*set, kSecret));
    write("one.example");
    EXPECT_EQ(inspectTlsSecret(*set, kSecret)->dnsNames.at(0), "one.example");
    write("two.example");
    EXPECT_EQ(inspectTlsSecret(*set, kSecret)->dnsNames.at(0), "two.example");
    EXPECT_TRUE(readTlsSecret(*set, kSecret));
    std::filesystem::remove_all(folder);
}

TEST(Certificates, AuthoritiesStandInConfigMapsAndSecrets) {
    const auto set = read(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: text}\ndata: {ca.crt: @ca}\n---\n"
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: binary}\nbinaryData: {ca.crt: @ca64}\n---\n"
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: reference}\ndata: {ca.crt: 'file:/etc/hostname'}\n---\n"
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty}\n---\n"
        "apiVersion: v1\nkind: Secret\nmetadata: {name: secret}\ndata: {ca.crt: @ca64}\n");
    const auto code = [&](const char* kind, const char* name) {
        const auto bundle = readCaBundle(*set, {"", kind, "default", name});
        EXPECT_EQ(bundle.has_value(), checkCaBundle(*set, {"", kind, "default", name}).has_value());
        return bundle ? std::string() : bundle.error().code;
    };
    EXPECT_EQ(code("ConfigMap", "text"), "");
    EXPECT_EQ(code("ConfigMap", "binary"), "");
    EXPECT_EQ(code("Secret", "secret"), "");
    EXPECT_EQ(code("ConfigMap", "reference"), "tls-bad-ca");  // Only Secrets refer to files.
    EXPECT_EQ(code("ConfigMap", "empty"), "ca-missing");
    EXPECT_EQ(code("ConfigMap", "gone"), "ca-missing");
    EXPECT_EQ(code("Pod", "text"), "ca-kind");
}

TEST(Certificates, ExpiredOnesAreUsedAndTold) {
    const auto set = read(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: {gatewayClassName: any, listeners: [{name: l, "
        "port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: s}]}}]}\n---\n" +
        secret("stringData: {tls.crt: @crt-old, tls.key: @key-old}"));
    const auto merged = mergeListeners(*set);
    ASSERT_EQ(merged.size(), 1u);
    ASSERT_EQ(merged[0].listeners.at(0).state.warnings.size(), 1u);
    EXPECT_NE(merged[0].listeners[0].state.warnings[0].find("expired on 20"), std::string::npos);
    EXPECT_TRUE(merged[0].listeners[0].state.programmed());
    const auto statuses = computeStatus(*set);
    EXPECT_NE(statuses.at(0).listeners.at(0).conditions.at(2).message.find("renew it"), std::string::npos);
    const auto findings = validate(*set);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].code, "GH3305");
}

TEST(MergedListeners, TellTheirOwnerAndTheClientsAuthorities) {
    const auto set = read(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec:\n  gatewayClassName: any\n"
        "  allowedListeners: {namespaces: {from: All}}\n  listeners: [{name: http, port: 80, protocol: HTTP}]\n"
        "  tls: {frontend: {default: {validation: {mode: AllowInsecureFallback, caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}, {group: '', kind: ConfigMap, name: gone}]}}}}\n---\n"
        "apiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {name: more}\nspec: {parentRef: {name: gw}, listeners: [{name: "
        "https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: s}]}}]}\n---\n"
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ca}\ndata: {ca.crt: @ca}\n---\n" +
        secret("stringData: {tls.crt: @crt, tls.key: @key}") +
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {parentRefs: [{kind: ListenerSet, name: more}]}\n");
    const auto merged = mergeListeners(*set);
    ASSERT_EQ(merged.size(), 1u);
    ASSERT_EQ(merged[0].listeners.size(), 2u);
    EXPECT_EQ(merged[0].own, 1u);
    EXPECT_FALSE(merged[0].listeners[0].clients);
    const auto& added = merged[0].listeners[1];
    EXPECT_EQ(added.owner.display(), "ListenerSet default/more");
    EXPECT_EQ(added.gateway.display(), "Gateway default/gw");
    ASSERT_TRUE(added.clients);
    EXPECT_TRUE(added.clients->insecureFallback);
    ASSERT_EQ(added.clients->caRefs.size(), 1u);  // The other one does not exist.
    const auto attached = attachments(*set);
    ASSERT_EQ(attached.size(), 1u);
    EXPECT_TRUE(attached[0].accepted);
    EXPECT_EQ(attached[0].owner, added.owner);
    EXPECT_EQ(attached[0].gateway, added.gateway);
    EXPECT_EQ(attached[0].listener, "https");
}

/// A port with a thousand server names from as many ListenerSets: every place is found, and so is each clash.
TEST(MergedListeners, AThousandListenerSetsShareAPort) {
    std::string text =
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: {gatewayClassName: any, allowedListeners: "
        "{namespaces: {from: All}}, listeners: [{name: any, port: 443, protocol: TLS, tls: {mode: Passthrough}}]}\n";
    for (int i = 0; i < 1000; ++i) {
        const auto n = std::to_string(i);
        text += "---\napiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {name: s" + n +
                "}\nspec: {parentRef: {name: gw}, listeners: [{name: l" + n + ", port: 443, protocol: TLS, hostname: h" +
                std::to_string(i % 500) + ".example, tls: {mode: Passthrough}}]}\n";
    }
    const auto merged = mergeListeners(*readObjects({{"x.yaml", text}}));
    ASSERT_EQ(merged.size(), 1u);
    ASSERT_EQ(merged[0].listeners.size(), 1001u);
    std::size_t conflicted = 0;
    for (const auto& listener : merged[0].listeners) {
        conflicted += listener.state.conflicted ? 1 : 0;
        if (!listener.state.conflicted && listener.owner.kind == "ListenerSet") {
            EXPECT_EQ(listener.state.overlaps, std::vector<std::string>{"any"});
        }
    }
    EXPECT_EQ(conflicted, 500u);
    EXPECT_EQ(merged[0].listeners[0].state.overlaps.size(), 500u);
}

TEST(BackendTls, TheOneForThePortGoesFirst) {
    const auto policy = [](const std::string& name, const std::string& section, const std::string& trust) {
        return "---\napiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {name: " + name +
               "}\nspec: {targetRefs: [{group: '', kind: Service, name: s" + (section.empty() ? "" : ", sectionName: " + section) +
               "}], validation: {hostname: a.example, " + trust + "}}\n";
    };
    const auto set = read("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{name: a, port: 1}, {name: b, port: 2}]}\n" +
                          policy("whole", "", "wellKnownCACertificates: System") +
                          policy("port", "a", "caCertificateRefs: [{group: '', kind: ConfigMap, name: gone}]") +
                          policy("z", "", "wellKnownCACertificates: System"));
    const BackendTlsPolicies policies(*set);
    const ObjectKey service{"", "Service", "default", "s"};
    ASSERT_NE(policies.find(service, "a"), nullptr);
    EXPECT_EQ(policies.find(service, "a")->spec.key.name, "port");
    EXPECT_FALSE(policies.find(service, "a")->usable());  // Its connections fail; they do not fall back on the other.
    ASSERT_NE(policies.find(service, "b"), nullptr);
    EXPECT_EQ(policies.find(service, "b")->spec.key.name, "whole");
    EXPECT_TRUE(policies.find(service, "b")->usable());
    EXPECT_EQ(policies.find(service, "")->spec.key.name, "whole");
    EXPECT_EQ(policies.find({"", "Service", "default", "other"}, "a"), nullptr);
}

}  // namespace
}  // namespace gatehouse::config
