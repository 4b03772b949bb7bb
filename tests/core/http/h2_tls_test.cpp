// HTTP/2 under TLS: a session reads and writes at once, so that tickets, key updates and records of both ways meet.
#include "core/http/h2_test_support.h"
#include "core/net/certificates.h"
#include "net/tls.h"

namespace gatehouse::http {
namespace {

using namespace h2test;

net::Task<void> serve(Peer& peer, std::shared_ptr<const net::TlsServerContext> context) {
    const bool shaken = co_await peer.stream.serverHandshake(std::move(context));
    EXPECT_TRUE(shaken) << peer.stream.tlsError();
    if (shaken) co_await peer.session.run();
}

net::Task<void> connect(Peer& peer, std::shared_ptr<const net::TlsClientContext> context) {
    const bool shaken = co_await peer.stream.clientHandshake(std::move(context));
    EXPECT_TRUE(shaken) << peer.stream.tlsError();
    if (shaken) co_await peer.session.run();
}

net::Task<void> mirror(std::shared_ptr<H2Stream> stream) {
    stream->sendResponse(200, {}, false);
    while (!stream->ended()) {
        if (stream->reset() || stream->refusal() != nullptr) co_return;
        const std::string piece(stream->data());
        const bool sent = co_await writeAll(stream, piece, false);
        if (!sent) co_return;
        stream->consume(piece.size());
        if (!piece.empty()) continue;
        const bool woken = co_await next(*stream);
        if (!woken) co_return;
    }
    stream->sendData({}, true);
}

net::Task<void> send(std::shared_ptr<H2Stream> stream, const std::string& body) {
    static_cast<void>(co_await writeAll(stream, body, true));
}

net::Task<void> receive(std::shared_ptr<H2Stream> stream, std::string& body, int& whole) {
    const bool all = co_await readAll(stream, body);
    whole += all;
}

TEST(H2Tls, MovesBodiesBothWaysAtOnce) {
    const test::Authority authority;
    net::TlsServerOptions serverOptions;
    serverOptions.identities.push_back(authority.issue("a.test"));
    const auto serverContext = net::TlsServerContext::make(std::move(serverOptions));
    ASSERT_TRUE(serverContext) << serverContext.error().message;
    net::TlsClientOptions clientOptions;
    clientOptions.sni = "a.test";
    clientOptions.trust = net::TlsTrust::Bundle;
    clientOptions.caPem = authority.pem();
    clientOptions.alpn = {"h2"};
    const auto clientContext = net::TlsClientContext::make(std::move(clientOptions));
    ASSERT_TRUE(clientContext) << clientContext.error().message;

    // Twice: the second connection resumes the first one's session.
    for (int round = 0; round < 2; ++round) {
        Loop loop;
        auto [near, far] = loop.pair();
        // Socket buffers that fill, so that writes wait while bytes arrive.
        for (auto* socket : {&near, &far}) {
            socket->set_option(asio::socket_base::send_buffer_size(128 * 1024));
            socket->set_option(asio::socket_base::receive_buffer_size(128 * 1024));
        }
        Peer client(loop, std::move(near), H2Role::Client, {}, false);
        Peer server(loop, std::move(far), H2Role::Server, {}, false);
        server.serve = mirror;
        loop.spawn(serve(server, *serverContext));
        loop.spawn(connect(client, *clientContext));
        ASSERT_TRUE(loop.until([&] { return client.session.maxStreams() > 0 && client.stream.isTls(); }));
        const std::string body(1'000'000, 'b');
        std::vector<std::string> got(4);
        int whole = 0;
        for (auto& back : got) {
            const auto stream = client.session.open();
            ASSERT_TRUE(stream);
            stream->sendRequest({"POST", "https", "a.test", "/"}, {}, false);
            loop.spawn(send(stream, body));
            loop.spawn(receive(stream, back, whole));
        }
        EXPECT_TRUE(loop.until([&] { return whole == 4; }, std::chrono::seconds(60)))
            << client.session.endReason() << client.stream.tlsError() << server.session.endReason() << server.stream.tlsError();
        for (const auto& back : got) EXPECT_TRUE(back == body);
        EXPECT_TRUE(client.finish());
        EXPECT_TRUE(server.finish());
    }
}

}  // namespace
}  // namespace gatehouse::http
