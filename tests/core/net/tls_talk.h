// A TLS server and a client that exchange one word, for tests: contexts with the defaults, and what both sides saw.
// Thread: one per exchange. Lifetime: the test's.
#pragma once

#include "core/net/certificates.h"
#include "core/net/loopback.h"

#include <stdexcept>
#include <string>

namespace gatehouse::net {

using test::Authority;
using test::CertificateSpec;
using test::KeyType;
using test::Loopback;

inline const Authority& authority() {
    static const Authority made;
    return made;
}

inline TlsServerOptions serverOptions() {
    TlsServerOptions options;
    options.identities.push_back(authority().issue("shop.example"));
    return options;
}
inline TlsClientOptions clientOptions(const std::string& name = "shop.example") {
    TlsClientOptions options;
    options.sni = name;
    options.trust = TlsTrust::Bundle;
    options.caPem = authority().pem();
    options.alpn = {"h2", "http/1.1"};
    return options;
}
inline std::shared_ptr<const TlsServerContext> serverContext(TlsServerOptions options) {
    auto made = TlsServerContext::make(std::move(options));
    if (!made) throw std::runtime_error(made.error().message);
    return *made;
}
inline std::shared_ptr<const TlsClientContext> clientContext(TlsClientOptions options) {
    auto made = TlsClientContext::make(std::move(options));
    if (!made) throw std::runtime_error(made.error().message);
    return *made;
}

struct Side {
    bool shaken = false;
    bool talked = false;
    std::string error;
    TlsFacts facts;
};
struct Outcome {
    Side server, client;
    bool good() const { return server.talked && client.talked; }
};

inline Task<void> serve(Stream& stream, std::shared_ptr<const TlsServerContext> context, Side& side) {
    side.shaken = co_await stream.serverHandshake(context);
    if (side.shaken) {
        const auto got = co_await test::receive(stream, 4);
        side.talked = got == "ping";
        if (side.talked) co_await test::send(stream, "pong");
    }
    side.error = stream.tlsError();
    side.facts = stream.tlsFacts();
    stream.close();
}
inline Task<void> ask(Stream& stream, std::shared_ptr<const TlsClientContext> context, Side& side) {
    side.shaken = co_await stream.clientHandshake(context);
    if (side.shaken) {
        co_await test::send(stream, "ping");
        const auto got = co_await test::receive(stream, 4);
        side.talked = got == "pong";
        // The end also brings what else the server had to say: its tickets.
        const std::size_t bytes = co_await stream.receive();
        stream.arrived(bytes);
    }
    side.error = stream.tlsError();
    side.facts = stream.tlsFacts();
    stream.close();
}

inline Outcome talk(std::shared_ptr<const TlsServerContext> server, std::shared_ptr<const TlsClientContext> client) {
    Loopback pair;
    Outcome outcome;
    pair.both(serve(*pair.server, server, outcome.server), ask(*pair.client, client, outcome.client));
    return outcome;
}
inline Outcome talk(TlsServerOptions server, TlsClientOptions client) {
    return talk(serverContext(std::move(server)), clientContext(std::move(client)));
}
inline bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Session : ::testing::Test {
    Loopback pair;
    bool ready = false;

    static Task<void> shakeServer(Stream& stream, std::shared_ptr<const TlsServerContext> context, bool& done) {
        done = co_await stream.serverHandshake(context);
    }
    static Task<void> shakeClient(Stream& stream, std::shared_ptr<const TlsClientContext> context, bool& done) {
        done = co_await stream.clientHandshake(context);
    }
    void shake() {
        bool one = false, other = false;
        pair.both(shakeServer(*pair.server, serverContext(serverOptions()), one),
                  shakeClient(*pair.client, clientContext(clientOptions()), other));
        ASSERT_TRUE(one && other);
    }
    static Task<void> sendAll(Stream& stream, std::string bytes, bool& done) {
        Gather out;
        // Uneven parts, as heads and bodies are.
        std::size_t at = 0;
        for (std::size_t size = 1; at < bytes.size(); size = size * 3 + 1) {
            const auto part = std::string_view(bytes).substr(at, size);
            out.add(part);
            at += part.size();
        }
        done = co_await stream.write(out);
    }
    static Task<void> receiveAll(Stream& stream, std::size_t size, std::string& into) {
        into = co_await test::receive(stream, size);
    }
    static Task<void> receiveEnd(Stream& stream, IoEnd& end) {
        const std::size_t bytes = co_await stream.receive();
        const bool more = stream.arrived(bytes);
        end = more ? IoEnd::Ok : stream.end();
    }
};

}  // namespace gatehouse::net
