// IP addresses and networks, as Kubernetes' CEL libraries have them.
#include "text/cel_ast.h"

#include <fmt/format.h>

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

namespace gatehouse::text::cel {
namespace {

using Form = Function::Form;

std::optional<Address> addressOf(const std::string& text) {
    Address out;
    if (inet_pton(AF_INET, text.c_str(), out.bytes) == 1) return out;
    out = {};
    if (text.find('%') != std::string::npos || text.find('.') != std::string::npos || inet_pton(AF_INET6, text.c_str(), out.bytes) != 1) return std::nullopt;
    // An IPv4 address in the clothes of an IPv6 one has two spellings: refused, as Kubernetes does.
    static constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::memcmp(out.bytes, kMapped, sizeof kMapped) == 0) return std::nullopt;
    out.size = 16;
    out.prefix = 128;
    return out;
}

std::optional<Address> networkOf(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return std::nullopt;
    auto out = addressOf(text.substr(0, slash));
    unsigned prefix = 0;
    const char *first = text.data() + slash + 1, *last = text.data() + text.size();
    const auto read = std::from_chars(first, last, prefix);
    if (!out || read.ec != std::errc() || read.ptr != last || prefix > out->size * 8U) return std::nullopt;
    out->prefix = static_cast<std::uint8_t>(prefix);
    return out;
}

Address masked(Address address) {
    for (unsigned bit = address.prefix; bit < address.size * 8U; ++bit) address.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
    return address;
}

bool covers(const Address& network, const Address& inner, unsigned innerPrefix) {
    if (network.size != inner.size || innerPrefix < network.prefix) return false;
    Address cut = inner;
    cut.prefix = network.prefix;
    const auto a = masked(network), b = masked(cut);
    return std::memcmp(a.bytes, b.bytes, a.size) == 0;
}

Result<Value> isIp(Arguments arguments, Budget&) {
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("isIP()");
    return Value::boolean(addressOf(*text).has_value());
}
Result<Value> isCidr(Arguments arguments, Budget&) {
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("isCIDR()");
    return Value::boolean(networkOf(*text).has_value());
}

Result<Value> ip(Arguments arguments, Budget&) {
    if (arguments[0].type() == Type::Network) {
        Address plain = *arguments[0].asAddress();
        plain.prefix = static_cast<std::uint8_t>(plain.size * 8);
        return Value::address(plain);
    }
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("ip()");
    const auto address = addressOf(*text);
    if (!address) return fail("cel-range", "This is no IP address.");
    return Value::address(*address);
}
Result<Value> cidr(Arguments arguments, Budget&) {
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("cidr()");
    const auto network = networkOf(*text);
    if (!network) return fail("cel-range", "This is no network.");
    return Value::network(*network);
}

enum class Quality { Unspecified, Loopback, LinkLocalMulticast, LinkLocalUnicast, GlobalUnicast };

bool is(const Address& address, Quality quality) {
    const auto* b = address.bytes;
    const bool four = address.size == 4;
    bool zero = true, one = !four && b[15] == 1;
    for (int i = 0; i < address.size; ++i) {
        zero = zero && b[i] == 0;
        if (i < 15) one = one && b[i] == 0;
    }
    const bool loopback = four ? b[0] == 127 : one;
    const bool linkUnicast = four ? b[0] == 169 && b[1] == 254 : b[0] == 0xfe && (b[1] & 0xc0) == 0x80;
    const bool multicast = four ? (b[0] & 0xf0) == 0xe0 : b[0] == 0xff;
    const bool broadcast = four && b[0] == 255 && b[1] == 255 && b[2] == 255 && b[3] == 255;
    switch (quality) {
        case Quality::Unspecified: return zero;
        case Quality::Loopback: return loopback;
        case Quality::LinkLocalMulticast: return four ? b[0] == 224 && b[1] == 0 && b[2] == 0 : b[0] == 0xff && (b[1] & 0x0f) == 0x02;
        case Quality::LinkLocalUnicast: return linkUnicast;
        default: return !zero && !loopback && !linkUnicast && !multicast && !broadcast;
    }
}

template <Quality quality>
Result<Value> has(Arguments arguments, Budget&) {
    if (arguments[0].type() != Type::Address) return noOverload("The function");
    return Value::boolean(is(*arguments[0].asAddress(), quality));
}

Result<Value> family(Arguments arguments, Budget&) {
    if (arguments[0].type() != Type::Address) return noOverload("family()");
    return Value::integer(arguments[0].asAddress()->size == 4 ? 4 : 6);
}

Result<Value> containsIp(Arguments arguments, Budget&) {
    if (arguments[0].type() != Type::Network) return noOverload("containsIP()");
    std::optional<Address> inner;
    if (arguments[1].type() == Type::Address) inner = *arguments[1].asAddress();
    else if (const auto* text = arguments[1].asString()) inner = addressOf(*text);
    else return noOverload("containsIP()");
    if (!inner) return fail("cel-range", "This is no IP address.");
    return Value::boolean(covers(*arguments[0].asAddress(), *inner, inner->size * 8U));
}
Result<Value> containsCidr(Arguments arguments, Budget&) {
    if (arguments[0].type() != Type::Network) return noOverload("containsCIDR()");
    std::optional<Address> inner;
    if (arguments[1].type() == Type::Network) inner = *arguments[1].asAddress();
    else if (const auto* text = arguments[1].asString()) inner = networkOf(*text);
    else return noOverload("containsCIDR()");
    if (!inner) return fail("cel-range", "This is no network.");
    return Value::boolean(covers(*arguments[0].asAddress(), *inner, inner->prefix));
}
Result<Value> maskedNetwork(Arguments arguments, Budget&) {
    if (arguments[0].type() != Type::Network) return noOverload("masked()");
    return Value::network(masked(*arguments[0].asAddress()));
}
Result<Value> prefixLength(Arguments arguments, Budget&) {
    if (arguments[0].type() != Type::Network) return noOverload("prefixLength()");
    return Value::integer(arguments[0].asAddress()->prefix);
}

constexpr Function kFunctions[] = {
    {"isIP", Form::Global, 1, 1, isIp},
    {"isCIDR", Form::Global, 1, 1, isCidr},
    {"ip", Form::Both, 1, 1, ip},
    {"cidr", Form::Global, 1, 1, cidr},
    {"family", Form::Method, 1, 1, family},
    {"isUnspecified", Form::Method, 1, 1, has<Quality::Unspecified>},
    {"isLoopback", Form::Method, 1, 1, has<Quality::Loopback>},
    {"isLinkLocalMulticast", Form::Method, 1, 1, has<Quality::LinkLocalMulticast>},
    {"isLinkLocalUnicast", Form::Method, 1, 1, has<Quality::LinkLocalUnicast>},
    {"isGlobalUnicast", Form::Method, 1, 1, has<Quality::GlobalUnicast>},
    {"containsIP", Form::Method, 2, 2, containsIp},
    {"containsCIDR", Form::Method, 2, 2, containsCidr},
    {"masked", Form::Method, 1, 1, maskedNetwork},
    {"prefixLength", Form::Method, 1, 1, prefixLength},
};

}  // namespace

std::span<const Function> networkFunctions() { return kFunctions; }

std::string showAddress(const Address& address) {
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(address.size == 4 ? AF_INET : AF_INET6, address.bytes, text, sizeof text);
    return text;
}

}  // namespace gatehouse::text::cel
