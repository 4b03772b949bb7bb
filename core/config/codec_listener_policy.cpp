// Decoder of ListenerPolicy and HTTPListenerPolicy, which is one block of the same settings.
#include "config/codec_parts.h"
#include "config/fields.h"
#include "config/listener_policy.h"
#include "config/schema.h"

#include <arpa/inet.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace gatehouse::config {
namespace {

using std::chrono::milliseconds;

milliseconds timeOf(const Node* node, std::string_view name) {
    return parseDuration(textOf(node, name)).value_or(milliseconds(0));
}

/// A Kubernetes quantity of bytes as a number; 0 where it is none.
std::int64_t bytesOf(const Node* node, std::string_view name) {
    const auto text = textOf(node, name);
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || !(number > 0)) return 0;
    const std::string_view suffix(end);
    double factor = 1;
    constexpr std::pair<std::string_view, double> kSuffixes[] = {
        {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"Ki", 1024.0}, {"Mi", 1048576.0}, {"Gi", 1073741824.0}, {"m", 1e-3}};
    for (const auto& [known, value] : kSuffixes)
        if (suffix == known) factor = value;
    return static_cast<std::int64_t>(std::min(std::ceil(number * factor), 2147483647.0));
}

void jsonFields(const Node& node, const std::string& prefix, std::vector<std::pair<std::string, std::string>>& out) {
    for (const auto& entry : node.entries) {
        if (entry.value.kind == NodeKind::Scalar) out.emplace_back(prefix + entry.key.value, entry.value.value);
        else if (entry.value.kind == NodeKind::Mapping) jsonFields(entry.value, prefix + entry.key.value + ".", out);
    }
}

std::vector<AccessLogSpec> accessLogs(const Node* node, const FieldPath& at) {
    std::vector<AccessLogSpec> out;
    const auto& items = itemsOf(node, "accessLog");
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto& log = out.emplace_back();
        log.at = at.key("accessLog").index(i);
        const auto* sink = memberOf(&items[i], "fileSink");
        if (sink == nullptr) continue;
        log.fileSink = true;
        log.path = textOf(sink, "path");
        log.format = textOf(sink, "stringFormat");
        if (const auto* json = memberOf(sink, "jsonFormat"); json != nullptr && json->kind == NodeKind::Mapping) {
            log.json = true;
            jsonFields(*json, "", log.fields);
        }
    }
    return out;
}

void readHttp(const Node* node, const FieldPath& at, HttpListenerSettings& out) {
    out.useRemoteAddress = boolOf(node, "useRemoteAddress", true);
    out.xffNumTrustedHops = intOf(node, "xffNumTrustedHops", 0);
    out.xffTrustedCidrs = textsOf(node, "xffTrustedCIDRs");
    out.skipXffAppend = boolOf(node, "skipXFFAppend", false);
    out.idleTimeout = timeOf(node, "idleTimeout");
    out.streamIdleTimeout = timeOf(node, "streamIdleTimeout");
    out.serverHeaderTransformation = textOf(node, "serverHeaderTransformation");
    out.serverName = textOf(node, "serverName");
    out.healthCheckPath = textOf(memberOf(node, "healthCheck"), "path");
    out.acceptHttp10 = boolOf(node, "acceptHttp10", true);
    out.defaultHostForHttp10 = textOf(node, "defaultHostForHttp10");
    out.early = codec::headerModifier(memberOf(node, "earlyRequestHeaderModifier"));
    out.maxRequestHeadersKb = intOf(node, "maxRequestHeadersKb", 0);
    out.maxHeadersCount = intOf(node, "maxHeadersCount", 0);
    out.maxRequestsPerConnection = intOf(node, "maxRequestsPerConnection", 0);
    out.generateRequestId = boolOf(node, "generateRequestId", true);
    out.preserveExternalRequestId = boolOf(node, "preserveExternalRequestId", true);
    out.stripHostPortMode = textOf(node, "stripHostPortMode");
    const auto* http2 = memberOf(node, "http2ProtocolOptions");
    out.maxConcurrentStreams = intOf(http2, "maxConcurrentStreams", 0);
    out.initialStreamWindow = bytesOf(http2, "initialStreamWindowSize");
    out.initialConnectionWindow = bytesOf(http2, "initialConnectionWindowSize");
    out.accessLogs = accessLogs(node, at);
    out.upgrades = textsOf(memberOf(node, "upgradeConfig"), "enabledUpgrades");
}

ListenerBlock readBlock(const Node* node, const FieldPath& at, const std::string& ns) {
    ListenerBlock block;
    for (const auto* name : {"proxyProtocol", "perConnectionBufferLimitBytes", "tcpKeepalive", "transportSocketConnectTimeout",
                             "clientCertificateValidation"})
        if (memberOf(node, name) != nullptr) block.set.emplace(name, at.key(name));
    block.withoutProxyHeader = boolOf(memberOf(node, "proxyProtocol"), "allowRequestsWithoutProxyProtocol", false);
    block.bufferBytes = intOf(node, "perConnectionBufferLimitBytes", 0);
    const auto* keepAlive = memberOf(node, "tcpKeepalive");
    block.tcpKeepAlive = {intOf(keepAlive, "keepAliveProbes", 0), timeOf(keepAlive, "keepAliveTime"),
                          timeOf(keepAlive, "keepAliveInterval")};
    block.handshakeTimeout = timeOf(node, "transportSocketConnectTimeout");
    if (const auto* clients = memberOf(node, "clientCertificateValidation")) {
        block.clientCertificateOptional = textOf(clients, "mode") == "Optional";
        block.clientCaRefs = codec::references(clients, "caCertificateRefs", "", "ConfigMap", ns);
    }
    return block;
}

/// `http`: the tree of httpSettings, at `at`.
void addHttp(ListenerBlock& block, const Node* http, const FieldPath& at, const FieldSpec* table) {
    if (http == nullptr || table == nullptr) return;
    for (const auto& field : table->fields)
        if (field.name != "targetRefs" && field.name != "targetSelectors" && memberOf(http, field.name) != nullptr)
            block.set.emplace("httpSettings." + field.name, at.key(field.name));
    readHttp(http, at, block.http);
}

/// A listener as the table of ListenerPolicy has it.
ListenerBlock listenerOf(const Node* node, const FieldPath& at, const std::string& ns, const FieldSpec* table) {
    auto block = readBlock(node, at, ns);
    addHttp(block, memberOf(node, "httpSettings"), at.key("httpSettings"), table == nullptr ? nullptr : table->member("httpSettings"));
    return block;
}

}  // namespace

bool Network::holds(const std::array<std::uint8_t, 16>& address, bool isV6) const {
    if (isV6 != v6) return false;
    const unsigned whole = bits / 8;
    if (!std::equal(bytes.begin(), bytes.begin() + whole, address.begin())) return false;
    const unsigned rest = bits % 8;
    return rest == 0 || ((bytes[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

std::optional<Network> parseNetwork(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    Network out;
    const auto bits = text.substr(slash + 1);
    const auto [end, status] = std::from_chars(bits.data(), bits.data() + bits.size(), out.bits);
    if (status != std::errc{} || end != bits.data() + bits.size()) return std::nullopt;
    const std::string address(text.substr(0, slash));
    out.v6 = address.find(':') != std::string::npos;
    if (out.bits > (out.v6 ? 128u : 32u)) return std::nullopt;
    if (::inet_pton(out.v6 ? AF_INET6 : AF_INET, address.c_str(), out.bytes.data()) != 1) return std::nullopt;
    return out;
}

bool isListenerPolicy(const ObjectKey& key) {
    return key.group == "gateway.kgateway.dev" && (key.kind == "ListenerPolicy" || key.kind == "HTTPListenerPolicy");
}

Result<ListenerPolicySpec> decodeListenerPolicy(const Object& object) {
    const auto found = specOf(object);
    if (!found) return tl::unexpected(found.error());
    const auto* spec = *found;
    const auto at = FieldPath().key("spec");
    const auto* table = object.schema == nullptr ? nullptr : object.schema->root.member("spec");
    ListenerPolicySpec out;
    out.key = object.key;
    const auto& targets = itemsOf(spec, "targetRefs");
    for (std::size_t i = 0; i < targets.size(); ++i)
        out.targets.push_back({textOf(&targets[i], "group"), textOf(&targets[i], "kind"), textOf(&targets[i], "name"),
                               textOf(&targets[i], "sectionName"), at.key("targetRefs").index(i)});
    const auto& selectors = itemsOf(spec, "targetSelectors");
    for (std::size_t i = 0; i < selectors.size(); ++i)
        out.selectors.push_back({{textOf(&selectors[i], "group"), textOf(&selectors[i], "kind"), pairsOf(&selectors[i], "matchLabels")},
                                 textOf(&selectors[i], "sectionName"), at.key("targetSelectors").index(i)});
    if (object.key.kind == "HTTPListenerPolicy") {
        ListenerBlock block;
        addHttp(block, spec, at, table);
        out.blocks.push_back(std::move(block));
    } else {
        const auto* listener = table == nullptr ? nullptr : table->member("default");
        if (const auto* node = memberOf(spec, "default"))
            out.blocks.push_back(listenerOf(node, at.key("default"), object.key.ns, listener));
        const auto& ports = itemsOf(spec, "perPort");
        for (std::size_t i = 0; i < ports.size(); ++i) {
            const auto port = portOf(&ports[i], "port");
            if (!port || out.blockFor(*port) != nullptr) continue;
            auto block = listenerOf(memberOf(&ports[i], "listener"), at.key("perPort").index(i).key("listener"), object.key.ns, listener);
            block.port = *port;
            out.blocks.push_back(std::move(block));
        }
    }
    if (table != nullptr) codec::collectNotRun(*table, *spec, at, out.unsupported);
    return out;
}

const ListenerBlock* ListenerPolicySpec::blockFor(std::uint16_t port) const {
    for (const auto& block : blocks)
        if (block.port == port) return &block;
    return nullptr;
}

std::vector<std::string> ListenerPolicySpec::sectionsOf(const Object& gateway) const {
    std::vector<std::string> sections;
    if (gateway.key.ns != key.ns || gateway.key.group != codec::kGroup || gateway.key.kind != "Gateway") return sections;
    for (const auto& target : targets)
        if (target.group == gateway.key.group && target.kind == gateway.key.kind && target.name == gateway.key.name)
            sections.push_back(target.sectionName);
    for (const auto& selector : selectors) {
        const auto& wanted = selector.labels;
        if (wanted.group != gateway.key.group || wanted.kind != gateway.key.kind || wanted.labels.empty()) continue;
        const bool all = std::all_of(wanted.labels.begin(), wanted.labels.end(), [&](const auto& pair) {
            const auto label = gateway.labels.find(pair.first);
            return label != gateway.labels.end() && label->second == pair.second;
        });
        if (all) sections.push_back(selector.sectionName);
    }
    return sections;
}

}  // namespace gatehouse::config
