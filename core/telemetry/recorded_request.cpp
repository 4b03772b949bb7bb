// A recorded request as a question to explain.
#include "telemetry/request_record.h"

#include "http/uri.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gatehouse::telemetry {
namespace {

using Json = nlohmann::ordered_json;

std::string withoutPort(std::string_view authority) {
    std::string_view host;
    std::string_view port;
    return http::splitAuthority(authority, host, port) ? std::string(host) : std::string(authority);
}

std::string textAt(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Passed on by its server name, with no request that could be read.
bool isConnection(const RequestRecord& record) { return record.method.empty() && record.protocol == "TLS"; }

/// Only what explainRequestOf() asks for.
Result<RequestRecord> readRecord(const Json& object) {
    RequestRecord record;
    record.requestId = textAt(object, "requestId");
    record.client = textAt(object, "client");
    record.method = textAt(object, "method");
    record.host = textAt(object, "host");
    record.path = textAt(object, "path");
    record.protocol = textAt(object, "protocol");
    const bool request = !record.method.empty() && (!record.path.empty() || record.method == "CONNECT");
    if (!request && !isConnection(record)) {
        // What could not be read as a request is recorded too, and took no way that could be explained.
        const auto why = textAt(object, "errorSentence");
        if (!why.empty()) return fail("usage", fmt::format("The record holds no request that could be read: {}", why));
        return fail("usage", "A record needs method and path, as /requests prints them.");
    }
    if (const auto port = object.find("port"); port != object.end() && port->is_number_unsigned())
        record.port = static_cast<std::uint16_t>(std::min<std::uint64_t>(port->get<std::uint64_t>(), 65'535));
    if (const auto tls = object.find("tls"); tls != object.end() && tls->is_object()) {
        record.tlsVersion = textAt(*tls, "version");
        record.tlsSni = textAt(*tls, "sni");
    }
    const auto head = object.find("head");
    if (head == object.end() || !head->is_object()) return record;
    auto kept = std::make_shared<RecordedHead>();
    kept->text = textAt(*head, "target") + '\n';
    if (const auto cut = head->find("cut"); cut != head->end() && cut->is_boolean()) kept->cut = cut->get<bool>();
    if (const auto fields = head->find("headers"); fields != head->end() && fields->is_array())
        for (const auto& field : *fields)
            if (field.is_object()) kept->text += fmt::format("{}: {}\n", textAt(field, "name"), textAt(field, "value"));
    record.head = std::move(kept);
    return record;
}

}  // namespace

route::ExplainRequest explainRequestOf(const RequestRecord& record) {
    route::ExplainRequest out;
    const bool connection = isConnection(record);
    const bool tls = connection || !record.tlsVersion.empty();
    auto host = withoutPort(record.host);
    if (host.empty()) host = record.tlsSni;
    if (host.empty()) host = "localhost";
    auto target = record.head ? std::string(record.head->target()) : record.path;
    if (!target.starts_with('/')) target = record.path;
    if (connection) target = "/";
    out.method = connection ? "GET" : record.method;
    // The port of the listener, not the one that the client dialled.
    out.url = fmt::format("{}://{}{}{}", tls ? "https" : "http", host, record.port > 0 ? fmt::format(":{}", record.port) : "", target);
    // A CONNECT names where its tunnel shall lead, and nothing else.
    if (record.method == "CONNECT") out.url = record.head ? std::string(record.head->target()) : record.host;
    out.port = record.port;
    if (record.head)
        for (const auto& [name, value] : record.head->fields()) out.headers.emplace_back(name, value);
    if (tls) out.sni = connection && record.tlsSni.empty() ? record.host : record.tlsSni;
    out.client = record.client;
    if (connection) return out;
    out.recorded = route::ExplainRequest::Recorded{record.requestId, record.head == nullptr, record.head && record.head->cut};
    return out;
}

Result<route::ExplainRequest> explainRequestFrom(std::string_view json) {
    const auto parsed = Json::parse(json, nullptr, false);
    const Json* object = &parsed;
    if (parsed.is_object())
        if (const auto page = parsed.find("requests"); page != parsed.end()) {
            if (!page->is_array() || page->empty()) return fail("usage", "There is no record in the page.");
            object = &page->front();
        }
    if (parsed.is_discarded() || !object->is_object())
        return fail("usage", "A record is a JSON object, as /requests prints it.");
    auto record = readRecord(*object);
    if (!record) return tl::unexpected(record.error());
    return explainRequestOf(*record);
}

}  // namespace gatehouse::telemetry
