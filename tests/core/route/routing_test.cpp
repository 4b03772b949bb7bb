// Runs every case of tests/vectors/routing through reading, translation and explain, which share the code that serves.
#include "core/net/certificates.h"
#include "core/route/routing_cases.h"

#include "config/workspace.h"
#include "route/translate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace gatehouse::route {
namespace {

using testing::RoutingCase;

struct World {
    Runtime runtime;
    Translation translation;
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// The value of a forwarded header; "(absent)" where there is none, several joined by " | ".
std::string header(const Explanation& explanation, const std::string& name) {
    std::string found;
    bool any = false;
    for (const auto& [field, value] : explanation.forwardedHeaders) {
        if (!http::equalsIgnoreCase(field, name)) continue;
        found += (any ? " | " : "") + value;
        any = true;
    }
    return any ? found : "(absent)";
}

std::string stepsText(const Explanation& explanation) {
    static constexpr const char* kOutcomes[] = {"chosen", "rejected", "applied", "info", "failed"};
    std::string text;
    for (const auto& step : explanation.steps)
        text += step.stage + " " + kOutcomes[static_cast<int>(step.outcome)] + " " + step.subject + ": " + step.detail + "\n";
    return text;
}

std::string armsText(const Explanation& explanation) {
    std::string text;
    for (const auto& arm : explanation.arms) {
        char share[16];
        std::snprintf(share, sizeof share, "%.3f", arm.share);
        text += arm.backend + " " + share + (arm.note.empty() ? "" : " " + arm.note) + "\n";
    }
    return text;
}

std::string policiesText(const Explanation& explanation) {
    std::string text;
    for (const auto& policy : explanation.policies)
        text += policy.field + " " + policy.origin.ns + "/" + policy.origin.name + (policy.effective ? " effective: " : " lost: ") +
                policy.reason + "\n";
    return text;
}

/// How the backend is spoken to: "h2 tls web.test", "broken: why".
std::string transportText(const World& world, const Explanation& got) {
    for (const auto& cluster : world.translation.snapshot->clusters) {
        const bool holds = std::any_of(cluster->endpoints.begin(), cluster->endpoints.end(),
                                       [&](const auto& endpoint) { return endpoint->id == got.endpoint; });
        if (!holds && !cluster->endpoints.empty()) continue;
        if (cluster->transport == nullptr) return "plain";
        const auto& transport = *cluster->transport;
        if (!transport.broken.empty()) return "broken: " + transport.broken;
        std::string text = transport.protocol == upstream::Protocol::Http2   ? "h2"
                           : transport.protocol == upstream::Protocol::Bytes ? "bytes"
                                                                             : "http/1.1";
        return transport.tls ? text + " tls " + transport.sni : text;
    }
    return "(no cluster)";
}

std::string findingsText(const Translation& translation) {
    std::string text;
    for (const auto& finding : translation.diagnostics)
        text += finding.code + " " + finding.object.display() + " " + finding.fieldPath + " " + finding.message + "\n";
    return text;
}

/// One expectation: what stands there instead, empty when it holds.
void check(const std::string& key, const std::string& value, const World& world, const Explanation& got) {
    const auto expectContains = [&](const std::string& text) {
        EXPECT_TRUE(contains(text, value)) << key << " \"" << value << "\" is not in:\n" << text;
    };
    if (key == "status") EXPECT_EQ(std::to_string(got.status), value) << got.answer;
    else if (key == "answer") expectContains(got.answer);
    else if (key == "location") EXPECT_EQ(got.answer, value);
    else if (key == "listener") EXPECT_EQ(got.listener, value);
    else if (key == "route") EXPECT_EQ(got.route, value);
    else if (key == "rule") EXPECT_EQ(got.rule, value);
    else if (key == "backend") EXPECT_EQ(got.backend, value);
    else if (key == "endpoint") EXPECT_EQ(got.endpoint, value);
    else if (key == "transport") EXPECT_EQ(transportText(world, got), value);
    else if (key == "path") EXPECT_EQ(got.forwardedPath, value);
    else if (key == "host") EXPECT_EQ(got.forwardedHost, value);
    else if (key == "header") {
        const auto [name, wanted] = testing::splitAt(value, ':');
        EXPECT_EQ(header(got, name), wanted) << name;
    }
    else if (key == "answerheader") {
        const auto [name, wanted] = testing::splitAt(value, ':');
        std::string found = "(absent)";
        for (const auto& [field, text] : got.answerHeaders)
            if (http::equalsIgnoreCase(field, name)) found = text;
        EXPECT_EQ(found, wanted) << name;
    }
    else if (key == "body") expectContains(got.forwardedBody);
    else if (key == "nobody") EXPECT_FALSE(contains(got.forwardedBody, value)) << got.forwardedBody;
    else if (key == "arm") expectContains(armsText(got));
    else if (key == "arms") EXPECT_EQ(std::to_string(got.arms.size()), value);
    else if (key == "policy") expectContains(policiesText(got));
    else if (key == "policies") EXPECT_EQ(std::to_string(got.policies.size()), value) << policiesText(got);
    else if (key == "step") expectContains(stepsText(got));
    else if (key == "nostep") EXPECT_FALSE(contains(stepsText(got), value)) << stepsText(got);
    else if (key == "finding") expectContains(findingsText(world.translation));
    else if (key == "nofinding") EXPECT_FALSE(contains(findingsText(world.translation), value)) << findingsText(world.translation);
    else ADD_FAILURE() << "no such expectation: " << key;
}

std::vector<RoutingCase> allCases() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(GATEHOUSE_VECTORS) + "/routing"))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<RoutingCase> cases;
    for (const auto& file : files)
        for (auto& entry : testing::readRoutingCases(file)) cases.push_back(std::move(entry));
    return cases;
}

const test::Authority& authority() {
    static const test::Authority made;
    return made;
}

/// "%certificate NAME%", "%key NAME%" and "%ca%", within double quotes, become PEM.
std::string withCertificates(std::string text) {
    static std::map<std::string, net::TlsIdentity> issued;
    for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at + 1)) {
        const auto end = text.find_first_of("%\n", at + 1);
        if (end == std::string::npos || text[end] != '%') continue;
        const auto [what, name] = testing::splitAt(text.substr(at + 1, end - at - 1), ' ');
        std::string pem;
        if (what == "ca") {
            pem = authority().pem();
        } else if (what == "certificate" || what == "key") {
            if (!issued.contains(name)) issued.emplace(name, authority().issue(name));
            pem = what == "key" ? issued.at(name).keyPem : issued.at(name).certificatePem;
        } else {
            continue;
        }
        std::string escaped;
        for (const char c : pem) escaped += c == '\n' ? std::string("\\n") : std::string(1, c);
        text.replace(at, end - at + 1, escaped);
        at += escaped.size() - 1;
    }
    return text;
}

class Routing : public ::testing::TestWithParam<RoutingCase> {};

TEST_P(Routing, TakesTheExpectedWay) {
    const auto& param = GetParam();
    SCOPED_TRACE(param.file + ":" + std::to_string(param.line));
    ASSERT_FALSE(param.expected.empty());
    World world;
    const auto objects = config::readObjects({{"routing.yaml", withCertificates(param.manifests)}});
    world.translation = translate(*objects, world.runtime, 1);
    const auto got = explain(*world.translation.snapshot, param.request);
    ASSERT_TRUE(got.has_value()) << got.error().message;
    for (const auto& [key, value] : param.expected) check(key, value, world, *got);
    if (HasFailure()) std::printf("%s%s%s", stepsText(*got).c_str(), armsText(*got).c_str(), findingsText(world.translation).c_str());
}

std::string caseName(const ::testing::TestParamInfo<RoutingCase>& info) {
    std::string name = info.param.file.substr(0, info.param.file.size() - 4) + "_" + info.param.name;
    for (auto& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Vectors, Routing, ::testing::ValuesIn(allCases()), caseName);

}  // namespace
}  // namespace gatehouse::route
