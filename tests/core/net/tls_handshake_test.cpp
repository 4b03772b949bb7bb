// Handshakes that clients of OpenSSL drive by hand: in pieces, too old, renegotiating, flooding.
#include "core/net/tls_talk.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <sys/socket.h>

namespace gatehouse::net {
namespace {

TEST(Tls, SaysWhyAHandshakeFailed) {
    const auto context = serverContext(serverOptions());
    const auto afterBytes = [&](std::string bytes, bool closes, base::Millis patience = base::Millis(10'000)) {
        Loopback pair;
        Side side;
        EXPECT_EQ(::send(pair.client->socket().native_handle(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
        if (closes) ::shutdown(pair.client->socket().native_handle(), SHUT_WR);
        pair.server->deadline(base::MonoClock::now() + patience);
        pair.start(serve(*pair.server, context, side));
        pair.run();
        EXPECT_FALSE(side.shaken);
        return side.error;
    };
    EXPECT_EQ(afterBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n", false), "The client spoke plain HTTP where TLS is expected.");
    EXPECT_EQ(afterBytes("SSH-2.0-OpenSSH_9.2\r\n", false), "The client does not speak TLS.");
    EXPECT_EQ(afterBytes("\x16\x03\x01", true), "The client left during the TLS handshake.");
    EXPECT_EQ(afterBytes("\x16\x03\x01", false, base::Millis(100)), "The TLS handshake did not end in time.");
}

TEST(Tls, RefusesOldVersions) {
    // A client of OpenSSL that knows nothing above TLS 1.1 sends this; its security level must be lowered to do so.
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> old(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(old.get(), 0);
    SSL_CTX_set_cipher_list(old.get(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(old.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(old.get(), TLS1_1_VERSION);
    std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(old.get()), SSL_free);
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), in, out);
    SSL_connect(ssl.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    ASSERT_GT(size, 0);
    Loopback pair;
    Side side;
    ASSERT_EQ(::send(pair.client->socket().native_handle(), data, static_cast<std::size_t>(size), 0), size);
    pair.start(serve(*pair.server, serverContext(serverOptions()), side));
    pair.run();
    EXPECT_FALSE(side.shaken);
    EXPECT_EQ(side.error, "The client's TLS version is too old.");
}

/// A client straight on OpenSSL, for what a stream's own client would not do.
struct RawClient {
    RawClient(int descriptor, int version) : context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), ssl(nullptr, SSL_free) {
        SSL_CTX_set_max_proto_version(context.get(), version);
        ssl.reset(SSL_new(context.get()));
        SSL_set_tlsext_host_name(ssl.get(), "shop.example");
        SSL_set_fd(ssl.get(), descriptor);
        SSL_set_connect_state(ssl.get());
    }
    /// Goes on with the handshake, the server's side in between.
    bool shake(Loopback& pair) {
        const auto until = base::MonoClock::now() + std::chrono::seconds(10);
        while (base::MonoClock::now() < until) {
            if (SSL_do_handshake(ssl.get()) == 1) return true;
            pair.io.restart();
            pair.io.poll();
        }
        return false;
    }
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl;
};

TEST(Tls, ShakesHandsByteByByte) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Loopback pair;
        const int descriptor = pair.client->socket().native_handle();
        RawClient raw(descriptor, version);
        BIO* in = BIO_new(BIO_s_mem());
        BIO* out = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(in, -1);
        SSL_set_bio(raw.ssl.get(), in, out);
        Side side;
        pair.start(serve(*pair.server, serverContext(serverOptions()), side));
        const auto step = [&] {
            char byte = 0;
            while (BIO_read(out, &byte, 1) == 1) {
                EXPECT_EQ(::send(descriptor, &byte, 1, 0), 1);
                pair.io.restart();
                pair.io.poll();
            }
            pair.io.restart();
            pair.io.poll();
            char bytes[4096];
            for (ssize_t size = 0; (size = ::recv(descriptor, bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
                BIO_write(in, bytes, static_cast<int>(size));
        };
        const auto until = base::MonoClock::now() + std::chrono::seconds(10);
        while (SSL_do_handshake(raw.ssl.get()) != 1 && base::MonoClock::now() < until) step();
        ASSERT_EQ(SSL_write(raw.ssl.get(), "ping", 4), 4);
        char answer[8] = "";
        while (SSL_read(raw.ssl.get(), answer, 8) != 4 && base::MonoClock::now() < until) step();
        EXPECT_STREQ(answer, "pong");
        pair.run();
        EXPECT_TRUE(side.talked) << side.error;
    }
}

TEST(Tls, EndsSessionsThatFloodOrRenegotiate) {
    struct Server {
        static Task<void> run(Stream& stream, std::shared_ptr<const TlsServerContext> context, IoEnd& end, std::string& got) {
            const bool shaken = co_await stream.serverHandshake(context);
            if (!shaken) co_return;
            got = co_await test::receive(stream, 1000);
            end = stream.end();
        }
    };
    const auto context = serverContext(serverOptions());
    {
        Loopback pair;
        pair.client->socket().non_blocking(true);
        IoEnd end = IoEnd::Ok;
        std::string got;
        pair.start(Server::run(*pair.server, context, end, got));
        RawClient raw(pair.client->socket().native_handle(), TLS1_3_VERSION);
        ASSERT_TRUE(raw.shake(pair));
        SSL_write(raw.ssl.get(), "a", 1);
        for (int i = 0; i < 10; ++i) {
            SSL_key_update(raw.ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
            SSL_do_handshake(raw.ssl.get());
        }
        SSL_write(raw.ssl.get(), "b", 1);
        for (int i = 0; i < 100; ++i) {
            SSL_key_update(raw.ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
            SSL_do_handshake(raw.ssl.get());
        }
        SSL_write(raw.ssl.get(), "c", 1);
        pair.run();
        EXPECT_EQ(got, "ab") << "some key updates are fine";
        EXPECT_EQ(end, IoEnd::Reset);
        EXPECT_TRUE(says(pair.server->tlsError(), "floods")) << pair.server->tlsError();
    }
    {
        Loopback pair;
        pair.client->socket().non_blocking(true);
        pair.server->deadline(base::MonoClock::now() + base::Millis(300));
        IoEnd end = IoEnd::Ok;
        std::string got;
        pair.start(Server::run(*pair.server, context, end, got));
        RawClient raw(pair.client->socket().native_handle(), TLS1_2_VERSION);
        ASSERT_TRUE(raw.shake(pair));
        SSL_renegotiate(raw.ssl.get());
        SSL_do_handshake(raw.ssl.get());
        pair.run();
        EXPECT_NE(end, IoEnd::Ok);
        EXPECT_NE(SSL_do_handshake(raw.ssl.get()), 1) << "no second handshake";
    }
}

TEST(Tls, ServesVersion12AndResumesItForTheSameNameAlone) {
    struct Server {
        static Task<void> run(Stream& stream, std::shared_ptr<const TlsServerContext> context, Side& side) {
            side.shaken = co_await stream.serverHandshake(context);
            side.facts = stream.tlsFacts();
            side.error = stream.tlsError();
            if (!side.shaken) co_return;
            const std::size_t bytes = co_await stream.receive();  // Its last flight goes out before it waits.
            stream.arrived(bytes);
        }
    };
    const auto context = serverContext(serverOptions());
    std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)> session(nullptr, SSL_SESSION_free);
    const char* const names[] = {"shop.example", "shop.example", "other.example"};
    for (int round = 0; round < 3; ++round) {
        Loopback pair;
        pair.client->socket().non_blocking(true);
        Side side;
        pair.start(Server::run(*pair.server, context, side));
        RawClient raw(pair.client->socket().native_handle(), TLS1_2_VERSION);
        SSL_set_tlsext_host_name(raw.ssl.get(), names[round]);
        if (session) SSL_set_session(raw.ssl.get(), session.get());
        const auto until = base::MonoClock::now() + std::chrono::seconds(10);
        while (SSL_do_handshake(raw.ssl.get()) != 1 && base::MonoClock::now() < until && side.error.empty()) {
            pair.io.restart();
            pair.io.poll();
        }
        session.reset(SSL_get1_session(raw.ssl.get()));
        SSL_set_shutdown(raw.ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        ::shutdown(pair.client->socket().native_handle(), SHUT_RDWR);
        pair.run();
        // OpenSSL may refuse the ticket of another name itself; what must not be is a session under the wrong one.
        if (round == 2) {
            EXPECT_TRUE(!side.shaken || !side.facts.resumed);
            continue;
        }
        ASSERT_TRUE(side.shaken) << side.error;
        EXPECT_EQ(side.facts.version, "TLSv1.2");
        EXPECT_EQ(side.facts.resumed, round == 1);
        EXPECT_EQ(side.facts.sni, "shop.example");
    }
}

}  // namespace
}  // namespace gatehouse::net
