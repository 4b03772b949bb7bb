#include "net/proxy_protocol.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace gatehouse::net {
namespace {

using namespace std::string_view_literals;

constexpr auto kSignature1 = "PROXY "sv;
constexpr auto kSignature2 = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t kMostLine = 107;  ///< With its CRLF (section 2.1).
constexpr std::size_t kFixed2 = 16;

std::size_t number16(std::string_view bytes, std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])) << 8 | static_cast<unsigned char>(bytes[at + 1]);
}

std::string addressText(int family, std::string_view bytes) {
    char text[INET6_ADDRSTRLEN] = "";
    ::inet_ntop(family, bytes.data(), text, sizeof text);
    return text;
}

// ---- Version 1: one line of text

/// The next word of `line`, which single spaces divide; nothing when there is none.
std::optional<std::string_view> word(std::string_view& line) {
    if (line.empty()) return std::nullopt;
    const auto space = line.find(' ');
    const auto found = line.substr(0, space);
    if (found.empty() || (space != line.npos && space + 1 == line.size())) return std::nullopt;
    line.remove_prefix(space == line.npos ? line.size() : space + 1);
    return found;
}

/// Canonical, as inet_pton reads it; IPv4 without leading zeros is its rule too.
bool readAddress(int family, std::optional<std::string_view> text, std::string& out) {
    if (!text || text->size() >= INET6_ADDRSTRLEN) return false;
    unsigned char bytes[16];
    if (::inet_pton(family, std::string(*text).c_str(), bytes) != 1) return false;
    out = addressText(family, {reinterpret_cast<char*>(bytes), sizeof bytes});
    return true;
}

bool readPort(std::optional<std::string_view> text, std::uint16_t& out) {
    if (!text || text->size() > 5 || (text->size() > 1 && text->front() == '0')) return false;
    const auto parsed = std::from_chars(text->data(), text->data() + text->size(), out);
    return parsed.ec == std::errc{} && parsed.ptr == text->data() + text->size();
}

ProxyState readLine(std::string_view bytes, ProxyHeader& header) {
    const auto end = bytes.substr(0, kMostLine).find('\r');
    if (end == std::string_view::npos) return bytes.size() < kMostLine ? ProxyState::NeedMore : ProxyState::Malformed;
    if (end + 2 > kMostLine) return ProxyState::Malformed;
    if (bytes.size() < end + 2) return ProxyState::NeedMore;
    if (bytes[end + 1] != '\n') return ProxyState::Malformed;
    header.size = end + 2;
    auto line = bytes.substr(0, end);
    line.remove_prefix(kSignature1.size());
    if (std::any_of(line.begin(), line.end(), [](char c) { return c < ' ' || c > '~'; })) return ProxyState::Malformed;
    const auto protocol = word(line);
    if (protocol == "UNKNOWN"sv) {
        header.local = true;  // What follows is not to be looked at (section 2.1).
        return ProxyState::Done;
    }
    if (protocol != "TCP4"sv && protocol != "TCP6"sv) return ProxyState::Malformed;
    const int family = protocol == "TCP4"sv ? AF_INET : AF_INET6;
    const bool good = readAddress(family, word(line), header.sourceAddress) &&
                      readAddress(family, word(line), header.destinationAddress) &&
                      readPort(word(line), header.sourcePort) && readPort(word(line), header.destinationPort) && line.empty();
    return good ? ProxyState::Done : ProxyState::Malformed;
}

// ---- Version 2: binary

bool extensionsHold(std::string_view bytes) {
    while (!bytes.empty()) {
        if (bytes.size() < 3) return false;
        const auto size = number16(bytes, 1);
        if (bytes.size() < 3 + size) return false;
        bytes.remove_prefix(3 + size);
    }
    return true;
}

ProxyState readBinary(std::string_view bytes, ProxyHeader& header) {
    if (bytes.size() <= kSignature2.size()) return ProxyState::NeedMore;
    const auto versionAndCommand = static_cast<unsigned char>(bytes[12]);
    if (versionAndCommand != 0x20 && versionAndCommand != 0x21) return ProxyState::Malformed;
    if (bytes.size() < 14) return ProxyState::NeedMore;
    const auto familyAndProtocol = static_cast<unsigned char>(bytes[13]);
    if (familyAndProtocol >> 4 > 3 || (familyAndProtocol & 15) > 2) return ProxyState::Malformed;
    if (bytes.size() < kFixed2) return ProxyState::NeedMore;
    const auto length = number16(bytes, 14);
    if (kFixed2 + length > kMostProxyHeader) return ProxyState::Malformed;
    const bool local = versionAndCommand == 0x20;
    // Addresses over something other than TCP are of no use here, but their lengths must hold all the same.
    std::size_t addresses = 0;
    switch (familyAndProtocol >> 4) {
        case 1: addresses = 12; break;
        case 2: addresses = 36; break;
        case 3: addresses = 216; break;
        default: break;
    }
    if (!local && length < addresses) return ProxyState::Malformed;
    if (bytes.size() < kFixed2 + length) return ProxyState::NeedMore;
    header.size = kFixed2 + length;
    const auto content = bytes.substr(kFixed2, length);
    const bool tcp = familyAndProtocol == 0x11 || familyAndProtocol == 0x21;
    header.local = local || !tcp;
    // A LOCAL header's content is to be skipped unseen (section 2.2), and so is one of no family.
    if (local || familyAndProtocol >> 4 == 0) return ProxyState::Done;
    if (!extensionsHold(content.substr(addresses))) return ProxyState::Malformed;
    if (!tcp) return ProxyState::Done;
    const int family = familyAndProtocol == 0x11 ? AF_INET : AF_INET6;
    const std::size_t width = family == AF_INET ? 4 : 16;
    header.sourceAddress = addressText(family, content.substr(0, width));
    header.destinationAddress = addressText(family, content.substr(width, width));
    header.sourcePort = static_cast<std::uint16_t>(number16(content, 2 * width));
    header.destinationPort = static_cast<std::uint16_t>(number16(content, 2 * width + 2));
    return ProxyState::Done;
}

bool agree(std::string_view bytes, std::string_view signature) {
    const auto common = std::min(bytes.size(), signature.size());
    return bytes.substr(0, common) == signature.substr(0, common);
}

}  // namespace

ProxyState parseProxyHeader(std::string_view bytes, ProxyHeader& header) {
    header = {};
    if (bytes.empty()) return ProxyState::NeedMore;
    const bool text = agree(bytes, kSignature1);
    if (!text && !agree(bytes, kSignature2)) return ProxyState::NotProxy;
    if (bytes.size() < (text ? kSignature1.size() : kSignature2.size())) return ProxyState::NeedMore;
    ProxyHeader read;
    const auto state = text ? readLine(bytes, read) : readBinary(bytes, read);
    if (state == ProxyState::Done) header = std::move(read);
    return state;
}

}  // namespace gatehouse::net
