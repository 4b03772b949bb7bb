// What reads the first bytes of a connection.
#include "fuzz/targets.h"

#include "net/client_hello.h"
#include "net/proxy_protocol.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace gatehouse::fuzz {
namespace {

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

/// The first byte of an input is the step by which the rest arrives.
std::size_t takeStep(std::string_view& input) {
    if (input.empty()) return 1;
    const std::size_t step = 1 + static_cast<unsigned char>(input.front());
    input.remove_prefix(1);
    return step;
}

}  // namespace

void clientHello(std::string_view input) {
    const auto step = takeStep(input);
    net::ClientHelloParser whole, piecewise;
    const auto verdict = whole.parse(input);
    auto later = net::ClientHelloState::NeedMore;
    for (std::size_t end = std::min(step, input.size());; end = std::min(end + step, input.size())) {
        later = piecewise.parse(input.substr(0, end));
        if (later != net::ClientHelloState::NeedMore || end == input.size()) break;
    }
    require(verdict == later, "a ClientHello has one verdict at any split");
    const auto& hello = whole.hello();
    require(hello.sni == piecewise.hello().sni && hello.alpn == piecewise.hello().alpn, "and says one thing");
    require(verdict == net::ClientHelloState::Done || (hello.sni.empty() && hello.alpn.empty()), "nothing is told early");
    require(hello.sni.size() <= 253 && !hello.sni.ends_with('.') && !hello.sni.starts_with('.'), "a name is a name");
    for (const char c : hello.sni)
        require((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_', "a name is lower case");
    for (const auto& name : hello.alpn) require(!name.empty() && name.size() <= 255, "a protocol has a name");
}

void proxyProtocol(std::string_view input) {
    const auto step = takeStep(input);
    net::ProxyHeader whole, piecewise;
    const auto verdict = net::parseProxyHeader(input, whole);
    auto later = net::ProxyState::NeedMore;
    for (std::size_t end = std::min(step, input.size());; end = std::min(end + step, input.size())) {
        later = net::parseProxyHeader(input.substr(0, end), piecewise);
        if (later != net::ProxyState::NeedMore || end == input.size()) break;
    }
    require(verdict == later, "a PROXY header has one verdict at any split");
    require(whole.size == piecewise.size && whole.sourceAddress == piecewise.sourceAddress &&
                whole.destinationPort == piecewise.destinationPort && whole.local == piecewise.local,
            "and says one thing");
    require(whole.size <= input.size(), "it ends where it ends");
    if (verdict != net::ProxyState::Done) return;
    require(whole.local == whole.sourceAddress.empty(), "addresses are told, or it is local");
    require(net::parseProxyHeader(input.substr(0, whole.size), piecewise) == net::ProxyState::Done, "what follows plays no part");
}

}  // namespace gatehouse::fuzz
