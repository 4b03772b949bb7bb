#include "config/formats.h"

#include <arpa/inet.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace gatehouse::config {
namespace {

bool lowerAlnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool alnum(char c) {
    return lowerAlnum(c) || (c >= 'A' && c <= 'Z');
}
bool hexDigit(char c) {
    return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool labelShape(std::string_view text) {
    if (text.empty() || !lowerAlnum(text.front()) || !lowerAlnum(text.back())) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return lowerAlnum(c) || c == '-'; });
}

bool dottedLabels(std::string_view text) {
    while (true) {
        const auto dot = text.find('.');
        if (!labelShape(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool labelValue(std::string_view text) {
    if (text.empty()) return true;
    if (text.size() > 63 || !alnum(text.front()) || !alnum(text.back())) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return alnum(c) || c == '-' || c == '_' || c == '.'; });
}

/// gateway.networking.k8s.io/v1 GatewayController: a DNS subdomain, a slash, and a path that is not empty.
bool isControllerName(std::string_view text) {
    constexpr std::string_view kMarks = "/-._~%!$&'()*+,;=:";
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || slash + 1 == text.size() || !isDnsSubdomain(text.substr(0, slash))) return false;
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(slash), text.end(),
                       [&](char c) { return alnum(c) || kMarks.find(c) != std::string_view::npos; });
}

}  // namespace

bool isDnsLabel(std::string_view text) {
    return text.size() <= 63 && labelShape(text);
}
bool isDnsSubdomain(std::string_view text) {
    return text.size() <= 253 && dottedLabels(text);
}

bool isIpAddress(std::string_view text) {
    const std::string copy(text);
    unsigned char bytes[16];
    return inet_pton(AF_INET, copy.c_str(), bytes) == 1 || inet_pton(AF_INET6, copy.c_str(), bytes) == 1;
}

bool isHostname(std::string_view text, bool wildcardAllowed) {
    if (wildcardAllowed && text.substr(0, 2) == "*.") text.remove_prefix(2);
    return isDnsSubdomain(text) && !isIpAddress(text);
}

bool isHeaderName(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [&](char c) { return alnum(c) || kMarks.find(c) != std::string_view::npos; });
}

bool isHeaderValue(std::string_view text) {
    // ^[!-~]+([\t ]?[!-~]+)*$
    bool blank = true;
    for (const char c : text) {
        if (c == ' ' || c == '\t') {
            if (blank) return false;
            blank = true;
        } else if (c < '!' || c > '~') {
            return false;
        } else {
            blank = false;
        }
    }
    return !blank;
}

bool isKindName(std::string_view text) {
    if (text.empty() || text.size() > 63 || !alnum(text.front()) || digit(text.front()) || !alnum(text.back()))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return alnum(c) || c == '-'; });
}

bool isBase64(std::string_view text) {
    std::size_t count = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r') continue;
        if (c == '=') {
            ++padding;
        } else if (padding > 0 || (!alnum(c) && c != '+' && c != '/')) {
            return false;
        }
        ++count;
    }
    return count % 4 == 0 && padding <= 2;
}

bool isQuantity(std::string_view text) {
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    std::size_t digits = 0;
    std::size_t dots = 0;
    for (; at < text.size() && (digit(text[at]) || text[at] == '.'); ++at) (text[at] == '.' ? dots : digits) += 1;
    if (digits == 0 || dots > 1) return false;
    const auto suffix = text.substr(at);
    for (const auto* known : {"", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "n", "u"})
        if (suffix == known) return true;
    if (suffix[0] != 'e' && suffix[0] != 'E') return false;
    auto exponent = suffix.substr(1);
    if (!exponent.empty() && (exponent[0] == '+' || exponent[0] == '-')) exponent.remove_prefix(1);
    return !exponent.empty() && std::all_of(exponent.begin(), exponent.end(), digit);
}

std::string formatProblem(FieldFormat format, std::string_view text) {
    switch (format) {
        case FieldFormat::DnsLabel:
            return isDnsLabel(text) ? "" : "is not a DNS label: use a-z, 0-9 and -, at most 63 characters";
        case FieldFormat::DnsSubdomain:
            return text.empty() || isDnsSubdomain(text) ? "" : "is not a DNS name: use a-z, 0-9, - and dots";
        case FieldFormat::Hostname:
            if (isIpAddress(text)) return "is an IP address; a host name is needed";
            return isHostname(text, true) ? "" : "is not a lower-case host name; only the first label may be *";
        case FieldFormat::PreciseHostname:
            if (text.substr(0, 1) == "*") return "has a wildcard, which cannot stand here";
            if (isIpAddress(text)) return "is an IP address; a host name is needed";
            return isHostname(text, false) ? "" : "is not a lower-case host name";
        case FieldFormat::HeaderName:
            return isHeaderName(text) ? "" : "is not a header name";
        case FieldFormat::HeaderValue:
            return isHeaderValue(text) ? "" : "is not a header value: only visible ASCII, with single blanks inside";
        case FieldFormat::KindName:
            return isKindName(text) ? "" : "is not the name of a kind";
        case FieldFormat::LabelValue:
            return labelValue(text) ? "" : "is not a label's value";
        case FieldFormat::ControllerName:
            return isControllerName(text) ? "" : "is not a controller's name: a domain and a path are needed, as in example.com/gateway";
        case FieldFormat::IpAddress:
            return isIpAddress(text) ? "" : "is not an IP address";
        case FieldFormat::Base64:
            return isBase64(text) ? "" : "is not base64";
        case FieldFormat::None:
        case FieldFormat::HttpPathValue:
        case FieldFormat::Port:
        case FieldFormat::Regex:
        case FieldFormat::Json:
            break;
    }
    return {};
}

std::string pathProblem(std::string_view text) {
    if (text.empty() || text[0] != '/') return "must start with /";
    for (const auto* bad : {"//", "/./", "/../", "%2f", "%2F", "#"})
        if (text.find(bad) != std::string_view::npos) return std::string("must not contain ") + bad;
    if (text.size() >= 2 && text.substr(text.size() - 2) == "/.") return "must not end with /.";
    if (text.size() >= 3 && text.substr(text.size() - 3) == "/..") return "must not end with /..";
    constexpr std::string_view kPathMarks = "-._~!$&'()*+,;=:@/";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || !hexDigit(text[i + 1]) || !hexDigit(text[i + 2]))
                return "has a % that is no percent escape";
            i += 2;
        } else if (!alnum(text[i]) && kPathMarks.find(text[i]) == std::string_view::npos) {
            return std::string("holds '") + text[i] + "', which must be percent-encoded in a path";
        }
    }
    return {};
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto up = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0u : 1u)});
            diagonal = up;
        }
    }
    return row[b.size()];
}

}  // namespace gatehouse::config
