#include "gateway/ext_proc.h"
#include "gateway/protobuf.h"
#include "http/characters.h"
#include "http/message.h"

namespace gatehouse::gateway::ext_proc {
namespace {

constexpr std::string_view kLoadBalancer = "envoy.lb";
constexpr std::string_view kSubsetHint = "envoy.lb.subset_hint";
constexpr std::string_view kSubset = "x-gateway-destination-endpoint-subset";
constexpr std::string_view kServed = "x-gateway-destination-endpoint-served";
constexpr std::size_t kMostHeaders = 1'000;
constexpr std::size_t kMostEndpoints = 10'000;

/// HeaderMap{headers: HeaderValue{key, value, raw_value}}
bool readHeaders(std::string_view bytes, Request& out) {
    ProtoReader map(bytes);
    while (map.next()) {
        if (map.field() != 1 || !map.isBytes()) continue;
        std::string_view key, value;
        ProtoReader header(map.bytes());
        while (header.next()) {
            if (!header.isBytes()) continue;
            if (header.field() == 1) key = header.bytes();
            else if ((header.field() == 2 || header.field() == 3) && !header.bytes().empty()) value = header.bytes();
        }
        if (header.broken() || out.headers.size() == kMostHeaders) return false;
        out.headers.emplace_back(key, value);
    }
    return !map.broken();
}

/// HttpHeaders{headers = 1, end_of_stream = 3}, HttpBody{body = 1, end_of_stream = 2} or HttpTrailers{trailers = 1}.
bool readPart(Part part, std::string_view bytes, Request& out) {
    out.part = part;
    out.headers.clear();
    out.body = {};
    const bool body = part == Part::RequestBody || part == Part::ResponseBody;
    const bool headers = part == Part::RequestHeaders || part == Part::ResponseHeaders;
    out.end = !body && !headers;
    ProtoReader reader(bytes);
    while (reader.next()) {
        if (reader.field() == 1 && reader.isBytes()) {
            if (body) out.body = reader.bytes();
            else if (!readHeaders(reader.bytes(), out)) return false;
        } else if (reader.isVarint() && ((headers && reader.field() == 3) || (body && reader.field() == 2))) {
            out.end = reader.varint() != 0;
        }
    }
    return !reader.broken();
}

/// The members of a message map<string, V>, as keys and their messages. False: broken, or `onEntry` says so.
template <class OnEntry>
bool readMap(std::string_view bytes, std::uint32_t field, OnEntry&& onEntry) {
    ProtoReader map(bytes);
    while (map.next()) {
        if (map.field() != field || !map.isBytes()) continue;
        std::string_view key, value;
        ProtoReader entry(map.bytes());
        while (entry.next()) {
            if (!entry.isBytes()) continue;
            if (entry.field() == 1) key = entry.bytes();
            if (entry.field() == 2) value = entry.bytes();
        }
        if (entry.broken() || !onEntry(key, value)) return false;
    }
    return !map.broken();
}

/// "10.0.0.1:8000, 10.0.0.2:8000"
bool addEndpoints(std::string_view list, std::vector<std::string_view>& out) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        const auto endpoint = http::trimOws(list.substr(0, comma));
        if (!endpoint.empty() && out.size() == kMostEndpoints) return false;
        if (!endpoint.empty()) out.push_back(endpoint);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return true;
}

/// google.protobuf.Value: a string (3) of endpoints, or a list (6) of such Values, which is no deeper.
bool readEndpoints(std::string_view bytes, bool mayBeList, std::vector<std::string_view>& out) {
    ProtoReader value(bytes);
    while (value.next()) {
        if (!value.isBytes()) continue;
        if (value.field() == 3 && !addEndpoints(value.bytes(), out)) return false;
        if (value.field() != 6 || !mayBeList) continue;
        ProtoReader list(value.bytes());
        while (list.next())
            if (list.field() == 1 && list.isBytes() && !readEndpoints(list.bytes(), false, out)) return false;
        if (list.broken()) return false;
    }
    return !value.broken();
}

/// config.core.v3.Metadata{filter_metadata: map<string, Struct{fields: map<string, Value>}>}
bool readMetadata(std::string_view bytes, Request& out) {
    return readMap(bytes, 1, [&](std::string_view space, std::string_view fields) {
        if (space != kSubsetHint && space != kLoadBalancer) return true;
        return readMap(fields, 1, [&](std::string_view key, std::string_view value) {
            if (space == kSubsetHint && key == kSubset) {
                out.subset.emplace();
                return readEndpoints(value, true, *out.subset);
            }
            if (space != kLoadBalancer || key != kServed) return true;
            std::vector<std::string_view> served;
            if (!readEndpoints(value, true, served)) return false;
            if (!served.empty()) out.served = served.front();
            return true;
        });
    });
}

/// ProtocolConfiguration{request_body_mode, response_body_mode}. A mode of 0 is not written at all, and one that is not known here (gRPC's)
/// counts as that: who tells of its protocol tells of both.
bool readProtocol(std::string_view bytes, Request& out) {
    out.requestMode = out.responseMode = BodyMode::None;
    ProtoReader reader(bytes);
    while (reader.next()) {
        if (!reader.isVarint() || reader.varint() > static_cast<std::uint64_t>(BodyMode::FullDuplex)) continue;
        if (reader.field() == 1) out.requestMode = static_cast<BodyMode>(reader.varint());
        if (reader.field() == 2) out.responseMode = static_cast<BodyMode>(reader.varint());
    }
    return !reader.broken();
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (http::equalsIgnoreCase(key, name)) return value;
    return {};
}

Result<Request> readRequest(std::string_view bytes) {
    Request out;
    ProtoReader reader(bytes);
    bool fine = true;
    while (fine && reader.next()) {
        const auto field = reader.field();
        if (field == 10 && reader.isVarint()) out.observing = reader.varint() != 0;
        if (!reader.isBytes()) continue;
        switch (field) {
            case 2: fine = readPart(Part::RequestHeaders, reader.bytes(), out); break;
            case 3: fine = readPart(Part::ResponseHeaders, reader.bytes(), out); break;
            case 4: fine = readPart(Part::RequestBody, reader.bytes(), out); break;
            case 5: fine = readPart(Part::ResponseBody, reader.bytes(), out); break;
            case 6: fine = readPart(Part::RequestTrailers, reader.bytes(), out); break;
            case 7: fine = readPart(Part::ResponseTrailers, reader.bytes(), out); break;
            case 8: fine = readMetadata(reader.bytes(), out); break;
            case 11: fine = readProtocol(reader.bytes(), out); break;
            default: break;
        }
    }
    if (!fine || reader.broken()) return fail("bad-message", "The bytes are no ProcessingRequest.");
    if (out.part == Part::None) return fail("bad-message", "The ProcessingRequest tells of no part of a request.");
    return out;
}

}  // namespace gatehouse::gateway::ext_proc
