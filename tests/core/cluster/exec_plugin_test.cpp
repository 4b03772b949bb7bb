#include "cluster/exec_plugin.h"

#include "cluster/credentials.h"
#include "core/cluster/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/stat.h>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::TemporaryFolder;
using Json = nlohmann::json;

constexpr char kVersion[] = "client.authentication.k8s.io/v1";

struct Program {
    TemporaryFolder folder;
    ExecSpec spec;
    Target target;

    explicit Program(const std::string& script) {
        spec.command = folder.write("plugin", "#!/bin/sh\n" + script, true).string();
        spec.file = (folder.path() / "config").string();
        spec.user = "u";
        spec.apiVersion = kVersion;
        spec.interactive = Interactive::Never;
        target.server = "https://api.example:6443";
        target.exec = spec;
    }
    Result<Credential> run(ExecOptions options = {}) { return runExecPlugin(spec, target, options); }
};

std::string answer(const std::string& status) { return fmt::format(R"({{"kind":"ExecCredential","apiVersion":"{}","status":{}}})", kVersion, status); }

TEST(ExecPlugin, StartsWithoutAShellAndHandsWordsOverAsTheyAre) {
    Program program("printf '%s\\n' \"$@\" > \"$(dirname \"$0\")/words\"; printf '%s' \"$COLOUR\" > \"$(dirname \"$0\")/variable\"; echo '" + answer(R"({"token":"t"})") + "'");
    program.spec.args = {"a b", "$(touch injected)", "; exit 9", "", "--x='y'"};
    program.spec.env = {{"COLOUR", "blue $HOME"}};
    const auto got = program.run();
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(got->bearer.reveal(), "t");
    EXPECT_EQ(program.folder.read("words"), "a b\n$(touch injected)\n; exit 9\n\n--x='y'\n");
    EXPECT_EQ(program.folder.read("variable"), "blue $HOME");
}

TEST(ExecPlugin, TellsWhatTheClusterIsWhereItIsAsked) {
    Program program("printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$(dirname \"$0\")/info\"; echo '" + answer(R"({"token":"t"})") + "'");
    ASSERT_TRUE(program.run());
    EXPECT_FALSE(Json::parse(program.folder.read("info"))["spec"].contains("cluster"));
    program.spec.provideClusterInfo = true;
    program.spec.clusterConfig = R"({"audience":"gw"})";
    program.target.authorityPem = "PEM";
    program.target.tlsServerName = "api";
    ASSERT_TRUE(program.run());
    const auto info = Json::parse(program.folder.read("info"));
    EXPECT_EQ(info["apiVersion"], kVersion);
    EXPECT_EQ(info["spec"]["interactive"], false);
    EXPECT_EQ(info["spec"]["cluster"]["server"], "https://api.example:6443");
    EXPECT_EQ(info["spec"]["cluster"]["tls-server-name"], "api");
    EXPECT_EQ(info["spec"]["cluster"]["certificate-authority-data"], "UEVN");
    EXPECT_EQ(info["spec"]["cluster"]["config"]["audience"], "gw");
}

TEST(ExecPlugin, SaysWhatWentWrong) {
    const std::pair<std::string, std::string> cases[] = {
        {"echo 'log in first' >&2; exit 3", "ended with exit code 3. It said: log in first"},
        {"kill -9 $$", "ended on signal 9"},
        {"echo nonsense", "answered with no ExecCredential"},
        {R"(echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}}')", "and the kubeconfig says client.authentication.k8s.io/v1"},
        {"echo '" + answer("{}") + "'", "neither a token nor a certificate"},
        {"echo '" + answer(R"({"clientCertificateData":"c"})") + "'", "a certificate without its key"},
        {"echo '" + answer(R"({"token":"t","expirationTimestamp":"soon"})") + "'", "no time"},
        {"head -c 2000000 /dev/zero", "more than 1 MiB"},
    };
    for (const auto& [script, sentence] : cases) {
        Program program(script);
        const auto got = program.run();
        ASSERT_FALSE(got) << script;
        EXPECT_EQ(got.error().code, "exec-plugin");
        EXPECT_NE(got.error().message.find(sentence), std::string::npos) << got.error().message;
    }
}

TEST(ExecPlugin, HintsHowToInstallWhatIsMissing) {
    Program program("");
    program.spec.command = (program.folder.path() / "not-there").string();
    program.spec.installHint = "Install not-there from example.org.";
    const auto got = program.run();
    ASSERT_FALSE(got);
    EXPECT_NE(got.error().message.find("cannot be started"), std::string::npos);
    EXPECT_NE(got.error().message.find("Install not-there from example.org."), std::string::npos);
}

TEST(ExecPlugin, StopsWhatDoesNotEnd) {
    Program program("exec sleep 60");
    const auto begin = std::chrono::steady_clock::now();
    const auto late = program.run({std::chrono::milliseconds(100), false, nullptr});
    ASSERT_FALSE(late);
    EXPECT_NE(late.error().message.find("was stopped"), std::string::npos);
    const std::atomic<bool> stopped{true};
    EXPECT_FALSE(program.run({std::chrono::milliseconds(60'000), false, &stopped}));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(ExecPlugin, AsksOnNoTerminalThatIsNotThere) {
    Program program("echo '" + answer(R"({"token":"t"})") + "'");
    program.spec.interactive = Interactive::Always;
    EXPECT_NE(program.run().error().message.find("needs a terminal"), std::string::npos);
}

TEST(ExecPlugin, AgreementHoldsUntilTheFileSaysSomethingElse) {
    Program program("");
    const ExecAgreements agreements(program.folder.path() / "state" / "agreed");
    EXPECT_FALSE(agreements.has(program.spec));
    ASSERT_TRUE(agreements.remember(program.spec));
    EXPECT_TRUE(agreements.has(program.spec));
    for (int i = 0; i < 5; ++i) {
        auto changed = program.spec;
        if (i == 0) changed.file += "2";
        if (i == 1) changed.command += "2";
        if (i == 2) changed.args.push_back("x");
        if (i == 3) changed.env.emplace_back("A", "b");
        if (i == 4) changed.user = "v";
        EXPECT_FALSE(agreements.has(changed)) << i;
    }
    auto other = program.spec;
    other.args = {"more"};
    ASSERT_TRUE(agreements.remember(other));
    EXPECT_TRUE(agreements.has(program.spec)) << "the earlier one is kept";
    EXPECT_EQ(program.folder.read("state/agreed").find(program.spec.command), std::string::npos);
}

TEST(ExecPlugin, ShowsTheCommandWithoutValuesOfVariables) {
    ExecSpec spec;
    spec.command = "/opt/get token";
    spec.args = {"--a", "x y", "it's"};
    spec.env = {{"KEY", "secret"}};
    EXPECT_EQ(shownCommand(spec), "KEY=… '/opt/get token' --a 'x y' 'it'\\''s'");
}

TEST(ExecPlugin, ReadsTimes) {
    const auto at = [](const char* text) { return std::chrono::duration_cast<std::chrono::seconds>(parseRfc3339(text)->time_since_epoch()).count(); };
    EXPECT_EQ(at("1970-01-01T00:01:00Z"), 60);
    EXPECT_EQ(at("1970-01-01T02:01:00.123456+02:00"), 60);
    EXPECT_EQ(at("1969-12-31T23:00:00-01:01"), 60);
    for (const char* bad : {"", "tomorrow", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00:00+x"}) EXPECT_FALSE(parseRfc3339(bad)) << bad;
}

// ---- What is kept of it

struct Counted : Program {
    explicit Counted(const std::string& expiry)
        : Program("echo run >> \"$(dirname \"$0\")/runs\"; echo '" + answer(fmt::format(R"({{"token":"t"{}}})", expiry.empty() ? "" : ",\"expirationTimestamp\":\"" + expiry + "\"")) + "'") {}
    std::size_t runs() const { return folder.read("runs").size() / 4; }
};

TEST(Credentials, ProgramRunsOnceUntilItsTokenEnds) {
    const Counted lasting("2099-01-01T00:00:00Z");
    Credentials kept(lasting.target, [](const ExecSpec&) { return true; }, {});
    EXPECT_EQ(kept.ready(), nullptr);
    ASSERT_TRUE(kept.get());
    ASSERT_TRUE(kept.get());
    EXPECT_EQ(lasting.runs(), 1u);
    EXPECT_NE(kept.ready(), nullptr);
    // A 401 asks for another; an answer that came meanwhile is kept.
    const auto shown = kept.ready();
    EXPECT_TRUE(kept.refused(shown));
    EXPECT_EQ(kept.ready(), nullptr);
    ASSERT_TRUE(kept.get());
    EXPECT_EQ(lasting.runs(), 2u);
    EXPECT_TRUE(kept.refused(shown));
    EXPECT_NE(kept.ready(), nullptr);

    const Counted over("2001-01-01T00:00:00Z");
    Credentials ended(over.target, [](const ExecSpec&) { return true; }, {});
    EXPECT_NE(ended.get().error().message.find("over already"), std::string::npos);
}

TEST(Credentials, NothingRunsWithoutAnAgreement) {
    const Counted program("");
    int asked = 0;
    Credentials refused(program.target, [&](const ExecSpec& spec) { ++asked; return spec.user != "u"; }, {});
    const auto got = refused.get();
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, "exec-refused");
    EXPECT_NE(got.error().message.find(program.spec.command), std::string::npos);
    EXPECT_EQ(Credentials(program.target, nullptr, {}).get().error().code, "exec-refused");
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(program.runs(), 0u);
}

TEST(Credentials, TokenFileIsReadAgain) {
    const TemporaryFolder folder;
    Target target;
    target.file = "config";
    target.tokenFile = folder.write("token", "one\n").string();
    Credentials credentials(target, nullptr, {});
    const auto first = credentials.get();
    ASSERT_TRUE(first);
    EXPECT_EQ((*first)->bearer.reveal(), "one");
    folder.write("token", "two");
    credentials.refused(*first);
    EXPECT_EQ((*credentials.get())->bearer.reveal(), "two");
    folder.write("token", "");
    credentials.refused(credentials.ready());
    EXPECT_EQ(credentials.get().error().code, "token-file");
}

TEST(Credentials, ReadsWhenAnIdTokenEnds) {
    // {"exp":1500000000} between a header and a signature.
    const auto expiry = expiryOfJwt("eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDB9.x");
    ASSERT_TRUE(expiry);
    EXPECT_EQ(std::chrono::duration_cast<std::chrono::seconds>(expiry->time_since_epoch()).count(), 1'500'000'000);
    for (const char* bad : {"", "a.b", "a.!.c", "a.e30.c"}) EXPECT_FALSE(expiryOfJwt(bad)) << bad;
}

}  // namespace
}  // namespace gatehouse::cluster
