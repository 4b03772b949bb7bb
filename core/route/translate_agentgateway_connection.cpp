// How backends are spoken to by agentgateway's policies: TLS and protocol, times, and when an endpoint is left out.
#include "config/certificates.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace gatehouse::route {
namespace {

using Tls = agentgateway::BackendTls;

/// Empty: it can be made. Else why not.
std::string readTls(TranslateContext& context, const Won<Tls>& won, const std::string& host, net::TlsClientOptions& out) {
    const auto& tls = *won.value;
    out.sni = tls.sni.empty() ? host : tls.sni;
    for (const auto& name : tls.verifySubjectAltNames) {
        const bool uri = name.find("://") != std::string::npos;
        out.subjectAltNames.push_back({uri ? net::TlsSubjectAltName::Type::Uri : net::TlsSubjectAltName::Type::Hostname, name});
    }
    if (tls.spiffe) return "SPIFFE is not run by this version";
    if (tls.insecureSkipVerify == "Hostname") return "insecureSkipVerify Hostname is not run; name the certificate's own name in verifySubjectAltNames";
    if (tls.insecureSkipVerify == "All") out.trust = net::TlsTrust::Insecure;
    std::string bundle;
    for (const auto& ref : tls.caRefs) {
        auto read = config::readCaBundle(context.objects, ref);
        if (!read) return read.error().message;
        bundle += *read + "\n";
    }
    if (!bundle.empty()) {
        out.trust = net::TlsTrust::Bundle;
        out.caPem = std::move(bundle);
    }
    if (!tls.identity) return {};
    if (!tls.identity->group.empty()) return "its certificate is in no Secret";
    auto pair = config::readTlsSecret(context.objects, {"", "Secret", won.by.object->key.ns, tls.identity->name});
    if (!pair) return pair.error().message;
    out.identity.push_back(std::move(*pair));
    return {};
}

/// Reads "response.code OP NUMBER", "response.code in [..]", joined by || and && (which binds closer), with brackets and !.
class StatusCondition {
  public:
    explicit StatusCondition(std::string_view text) : rest_(text) {}

    std::optional<std::vector<bool>> read() {
        auto out = any();
        skip();
        if (!out || !rest_.empty()) return std::nullopt;
        return out;
    }

  private:
    static constexpr std::size_t kStatuses = 600;
    using Set = std::vector<bool>;

    void skip() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\t' || rest_.front() == '\r')) rest_.remove_prefix(1);
    }
    bool take(std::string_view word) {
        skip();
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    std::optional<Set> any() {
        auto left = all();
        while (left && take("||")) {
            const auto right = all();
            if (!right) return std::nullopt;
            for (std::size_t i = 0; i < kStatuses; ++i) (*left)[i] = (*left)[i] || (*right)[i];
        }
        return left;
    }
    std::optional<Set> all() {
        auto left = one();
        while (left && take("&&")) {
            const auto right = one();
            if (!right) return std::nullopt;
            for (std::size_t i = 0; i < kStatuses; ++i) (*left)[i] = (*left)[i] && (*right)[i];
        }
        return left;
    }
    std::optional<Set> one() {
        if (++depth_ > kDeepest) return std::nullopt;
        std::optional<Set> out;
        if (take("(")) {
            out = any();
            if (!take(")")) return std::nullopt;
        } else if (take("!(")) {
            out = any();
            if (!out || !take(")")) return std::nullopt;
            out->flip();
        } else if (take("true")) {
            out = Set(kStatuses, true);
        } else if (take("false")) {
            out = Set(kStatuses, false);
        } else if (take("response.code")) {
            out = comparison();
        }
        --depth_;
        return out;
    }
    std::optional<std::size_t> number() {
        skip();
        std::size_t value = 0;
        const auto [end, status] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (status != std::errc{} || value >= kStatuses) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    std::optional<Set> comparison() {
        Set out(kStatuses, false);
        if (take("in")) {
            if (!take("[")) return std::nullopt;
            do {
                const auto value = number();
                if (!value) return std::nullopt;
                out[*value] = true;
            } while (take(","));
            if (!take("]")) return std::nullopt;
            return out;
        }
        for (const std::string_view op : {">=", "<=", "==", "!=", ">", "<"}) {
            if (!take(op)) continue;
            const auto value = number();
            if (!value) return std::nullopt;
            for (std::size_t i = 0; i < kStatuses; ++i)
                out[i] = op == ">=" ? i >= *value : op == "<=" ? i <= *value : op == "==" ? i == *value : op == "!=" ? i != *value : op == ">" ? i > *value : i < *value;
            return out;
        }
        return std::nullopt;
    }

    static constexpr int kDeepest = 50;
    std::string_view rest_;
    int depth_ = 0;
};

}  // namespace

std::optional<std::vector<bool>> unhealthyStatuses(std::string_view condition) {
    return StatusCondition(condition.empty() ? "response.code >= 500" : condition).read();
}

std::shared_ptr<const upstream::Transport> agentTransport(TranslateContext& context, const AgentConnection& connection, const std::string& host,
                                                          std::shared_ptr<const upstream::Transport> otherwise, bool secureOtherwise,
                                                          const BackendSite& site) {
    if (site.carries == BackendSite::Carries::Passthrough || (otherwise && !otherwise->broken.empty())) return otherwise;
    auto protocol = otherwise ? otherwise->protocol : upstream::Protocol::Http1;
    if (protocol == upstream::Protocol::Http1 && site.carries == BackendSite::Carries::Grpc) protocol = upstream::Protocol::Http2;
    if (connection.http && connection.http->version == "HTTP2") protocol = upstream::Protocol::Http2;
    if (connection.http && connection.http->version == "HTTP1") protocol = upstream::Protocol::Http1;
    if (otherwise && otherwise->tls) return otherwise;  // A BackendTLSPolicy goes before.
    std::optional<net::TlsClientOptions> tls;
    if (connection.tls) {
        auto why = readTls(context, connection.tls, host, tls.emplace());
        if (!why.empty()) {
            if (why.back() != '.') why += '.';
            context.reportBroken(codes::kPolicyInvalid, *connection.tls.by.object, connection.tls->at, why,
                                 "Connections by these settings are not made, and requests answer 503.");
            return upstream::TransportRegistry::broken(fmt::format("{}: {}", connection.tls.by.object->key.display(), why));
        }
    } else if (secureOtherwise) {
        tls.emplace().sni = host;
    }
    if (tls && tls->identity.empty() && site.identity) tls->identity.push_back(*site.identity);
    return context.runtime.transports.get({protocol, std::move(tls)});
}

void agentOptions(const AgentConnection& connection, upstream::BackendOptions& options) {
    const auto from = [&](const AgentAttached& by) {
        const auto name = by.object->key.display();
        if (options.origin.find(name) == std::string::npos) options.origin += (options.origin.empty() ? "" : ", ") + name;
    };
    if (connection.tcp) {
        const auto& tcp = *connection.tcp.value;
        auto& out = options.connections;
        if (tcp.connectTimeout) out.connect = *tcp.connectTimeout;
        if (tcp.keepalive) {
            using std::chrono::seconds;
            out.tcpKeepAlive = true;
            out.keepAliveProbes = static_cast<std::uint32_t>(std::clamp<std::int64_t>(tcp.keepaliveRetries, 0, 64));
            out.keepAliveTime = std::chrono::ceil<seconds>(tcp.keepaliveTime.value_or(agentgateway::Millis(0)));
            out.keepAliveInterval = std::chrono::ceil<seconds>(tcp.keepaliveInterval.value_or(agentgateway::Millis(0)));
        }
        from(connection.tcp.by);
    }
    if (connection.health && connection.health->eviction) {
        const auto& eviction = *connection.health->eviction;
        auto& out = options.outlier;
        // The first failure, unless a number is said; what does not answer at all counts, too.
        out.errors = static_cast<std::uint32_t>(std::clamp<std::int64_t>(eviction.consecutiveFailures.value_or(1), 1, UINT32_MAX));
        out.failures = 0;
        out.failuresAreErrors = true;
        out.baseEjection = eviction.duration;
        out.successEnds = false;
        // Where all are out they are asked all the same.
        options.balance.panicPercent = std::max<std::uint32_t>(options.balance.panicPercent, 1);
        from(connection.health.by);
    }
}

}  // namespace gatehouse::route
