// TLS against programs that are not ours: curl and openssl, where this machine has them.
#include "core/net/certificates.h"
#include "core/net/loopback.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <csignal>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace gatehouse::net {
namespace {

using test::Authority;
using test::CertificateSpec;
using test::KeyType;
using test::Loopback;

std::string findProgram(const std::string& name) {
    std::istringstream path(std::getenv("PATH") == nullptr ? "" : std::getenv("PATH"));
    for (std::string directory; std::getline(path, directory, ':');)
        if (::access((directory + "/" + name).c_str(), X_OK) == 0) return directory + "/" + name;
    return {};
}

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A program of this machine, its output in a file.
class Child {
  public:
    Child(std::vector<std::string> arguments, std::string output) : output_(std::move(output)) {
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, 1, output_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&files, 1, 2);
        std::vector<char*> pointers;
        for (auto& argument : arguments) pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        if (::posix_spawn(&id_, pointers[0], &files, nullptr, pointers.data(), environ) != 0) id_ = -1;
        posix_spawn_file_actions_destroy(&files);
    }
    ~Child() {
        if (id_ <= 0) return;
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    bool ended(int& code) {
        int status = 0;
        if (::waitpid(id_, &status, WNOHANG) != id_) return false;
        id_ = -1;
        code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return true;
    }
    std::string output() const { return readFile(output_); }

  private:
    pid_t id_ = -1;
    std::string output_;
};

struct Foreign : ::testing::Test {
    Loopback loop;
    asio::basic_socket_acceptor<Tcp, Executor> acceptor{loop.io, {asio::ip::address_v4::loopback(), 0}};
    Authority authority;
    std::string directory, serverError;
    TlsFacts facts;

    void SetUp() override {
        char name[] = "/tmp/gatehouse-tls-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        directory = name;
        write("ca.pem", authority.pem());
    }
    void TearDown() override {
        if (!directory.empty()) std::filesystem::remove_all(directory);
    }
    std::string file(const std::string& name) const { return directory + "/" + name; }
    void write(const std::string& name, const std::string& text) { std::ofstream(file(name)) << text; }
    std::string port() const { return std::to_string(acceptor.local_endpoint().port()); }

    static Task<void> serveOne(Foreign& test, std::shared_ptr<const TlsServerContext> context) {
        Socket socket(test.loop.io.get_executor());
        ErrorCode error;
        co_await test.acceptor.async_accept(socket, asio::redirect_error(kAwait, error));
        if (error) co_return;
        Stream stream(test.loop.sweeper, std::move(socket));
        stream.deadline(base::MonoClock::now() + std::chrono::seconds(10));
        const bool shaken = co_await stream.serverHandshake(context);
        test.facts = stream.tlsFacts();
        while (shaken && stream.input().find("\r\n\r\n") == std::string_view::npos) {
            const std::size_t bytes = co_await stream.receive();
            if (!stream.arrived(bytes)) break;
        }
        if (!stream.input().empty()) co_await test::send(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
        test.serverError = stream.tlsError();
        stream.close();
    }
    /// The exit code of the program, which asks the server once.
    int ask(TlsServerOptions options, std::vector<std::string> arguments, std::string& output) {
        auto context = TlsServerContext::make(std::move(options));
        if (!context) throw std::runtime_error(context.error().message);
        loop.start(serveOne(*this, *context));
        Child child(std::move(arguments), file("output"));
        int code = -1;
        const auto until = base::MonoClock::now() + std::chrono::seconds(15);
        while (!child.ended(code) && base::MonoClock::now() < until) {
            loop.io.restart();
            loop.io.run_one_for(base::Millis(5));
        }
        output = child.output();
        loop.run();
        return code;
    }
    TlsServerOptions options() const {
        TlsServerOptions made;
        made.identities.push_back(authority.issue("shop.example"));
        return made;
    }
    std::vector<std::string> curl(std::vector<std::string> more) const {
        std::vector<std::string> arguments = {findProgram("curl"), "-q", "--silent", "--show-error", "--noproxy", "*", "--http1.1",
                                              "--max-time", "10", "--resolve", "shop.example:" + port() + ":127.0.0.1",
                                              "https://shop.example:" + port() + "/"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
};

TEST_F(Foreign, CurlIsServedWhereTrustHolds) {
    if (findProgram("curl").empty()) GTEST_SKIP() << "no curl here";
    std::string output;
    EXPECT_EQ(ask(options(), curl({"--cacert", file("ca.pem")}), output), 0) << output;
    EXPECT_EQ(output, "hello");
    EXPECT_EQ(facts.sni, "shop.example");
    EXPECT_EQ(facts.alpn, "http/1.1");
    EXPECT_EQ(facts.version, "TLSv1.3");
    EXPECT_EQ(ask(options(), curl({"--cacert", file("ca.pem"), "--tls-max", "1.2"}), output), 0) << output;
    EXPECT_EQ(output, "hello");
    EXPECT_EQ(facts.version, "TLSv1.2");
    EXPECT_EQ(ask(options(), curl({}), output), 60) << "curl's code for a certificate it does not trust";
    EXPECT_NE(serverError.find("unknown CA"), std::string::npos) << serverError;
}

TEST_F(Foreign, CurlShowsItsCertificate) {
    if (findProgram("curl").empty()) GTEST_SKIP() << "no curl here";
    auto demanding = options();
    demanding.clientCertificates = ClientCertificates::Required;
    demanding.clientCaPem = authority.pem();
    const auto identity = authority.issue(CertificateSpec{.commonName = "curl user", .key = KeyType::Rsa});
    write("client.pem", identity.certificatePem);
    write("client.key", identity.keyPem);
    std::string output;
    EXPECT_EQ(ask(demanding, curl({"--cacert", file("ca.pem"), "--cert", file("client.pem"), "--key", file("client.key")}), output), 0)
        << output << serverError;
    EXPECT_EQ(output, "hello");
    EXPECT_TRUE(facts.peerVerified);
    EXPECT_EQ(facts.peerSubject, "CN=curl user");
    EXPECT_NE(ask(demanding, curl({"--cacert", file("ca.pem")}), output), 0);
    EXPECT_EQ(serverError, "The client sent no certificate.");
}

TEST_F(Foreign, OpensslGetsTheIdentityThatItCanVerify) {
    const auto program = findProgram("openssl");
    if (program.empty()) GTEST_SKIP() << "no openssl here";
    auto both = options();
    both.identities.push_back(authority.issue("shop.example", KeyType::Rsa));
    const struct {
        const char* algorithms;
        const char* answer;
    } cases[] = {{"RSA-PSS+SHA256", "Peer signature type: RSA-PSS"}, {"ECDSA+SHA256", "Peer signature type: ECDSA"}};
    for (const auto& expected : cases) {
        std::string output;
        const int code = ask(both,
                             {program, "s_client", "-connect", "127.0.0.1:" + port(), "-servername", "shop.example", "-verify_hostname",
                              "shop.example", "-CAfile", file("ca.pem"), "-alpn", "http/1.1,h2", "-sigalgs",
                              expected.algorithms, "-tls1_3"},
                             output);
        EXPECT_EQ(code, 0) << output;
        EXPECT_NE(output.find(expected.answer), std::string::npos) << expected.algorithms << "\n" << output;
        EXPECT_NE(output.find("ALPN protocol: h2"), std::string::npos);
        EXPECT_NE(output.find("Verify return code: 0 (ok)"), std::string::npos) << output;
    }
}

TEST_F(Foreign, OurClientReadsFromOpenssl) {
    const auto program = findProgram("openssl");
    if (program.empty()) GTEST_SKIP() << "no openssl here";
    const auto identity = authority.issue("shop.example", KeyType::Rsa);
    write("server.pem", identity.certificatePem);
    write("server.key", identity.keyPem);
    Child child({program, "s_server", "-accept", "127.0.0.1:0", "-cert", file("server.pem"), "-key", file("server.key"), "-www"},
                file("output"));
    std::string line;
    const auto until = base::MonoClock::now() + std::chrono::seconds(10);
    const std::string mark = "ACCEPT 127.0.0.1:";
    while (base::MonoClock::now() < until) {
        line = child.output();
        const auto at = line.find(mark);
        if (at != std::string::npos && line.find('\n', at) != std::string::npos) break;
        std::this_thread::yield();
    }
    ASSERT_NE(line.find(mark), std::string::npos) << line;
    const int port = std::atoi(line.c_str() + line.find(mark) + mark.size());

    TlsClientOptions wanted;
    wanted.sni = "shop.example";
    wanted.trust = TlsTrust::Bundle;
    wanted.caPem = authority.pem();
    const auto context = TlsClientContext::make(wanted);
    ASSERT_TRUE(context) << context.error().message;
    struct Get {
        static Task<void> run(Stream& stream, int port, std::shared_ptr<const TlsClientContext> context, std::string& got, TlsFacts& facts) {
            const bool connected = co_await stream.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)});
            if (!connected) co_return;
            const bool shaken = co_await stream.clientHandshake(context);
            if (!shaken) co_return;
            facts = stream.tlsFacts();
            co_await test::send(stream, "GET / HTTP/1.0\r\n\r\n");
            got = co_await test::receive(stream, 1 << 20);
        }
    };
    for (int round = 0; round < 3; ++round) {
        Stream stream(loop.sweeper, Socket(loop.io.get_executor()));
        stream.deadline(base::MonoClock::now() + std::chrono::seconds(10));
        std::string got;
        TlsFacts seen;
        loop.start(Get::run(stream, port, *context, got, seen));
        loop.run();
        EXPECT_EQ(got.substr(0, 15), "HTTP/1.0 200 ok") << got << stream.tlsError();
        EXPECT_EQ(seen.version, "TLSv1.3");
        EXPECT_EQ(seen.resumed, round > 0);
    }
}

}  // namespace
}  // namespace gatehouse::net
