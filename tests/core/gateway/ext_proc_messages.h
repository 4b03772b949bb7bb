// ProcessingRequests as a proxy writes them, and what a ProcessingResponse says: by protobuf alone, without the code that is tested.
#pragma once

#include "gateway/protobuf.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::test::ext_proc {

using gateway::ProtoReader;
using gateway::ProtoWriter;
using Fields = std::vector<std::pair<std::string, std::string>>;

inline ProtoWriter headerMap(const Fields& fields) {
    ProtoWriter out;
    for (const auto& [name, value] : fields) out.message(1, ProtoWriter().bytes(1, name).bytes(3, value));
    return out;
}

enum Mode : int { kNone = 0, kStreamed = 1, kBuffered = 2, kPartial = 3, kDuplex = 4 };

/// Field 11; a mode of 0 is not written, as in proto3.
inline void addModes(ProtoWriter& message, int request, int response) {
    ProtoWriter modes;
    if (request > 0) modes.varint(1, static_cast<std::uint64_t>(request));
    if (response > 0) modes.varint(2, static_cast<std::uint64_t>(response));
    message.message(11, modes);
}

/// Field 8: metadata of one namespace with one member, whose Value is `value`.
inline void addMetadata(ProtoWriter& message, const std::string& space, const std::string& key, const ProtoWriter& value) {
    const auto fields = ProtoWriter().message(1, ProtoWriter().bytes(1, key).message(2, value));
    message.message(8, ProtoWriter().message(1, ProtoWriter().bytes(1, space).message(2, fields)));
}
inline ProtoWriter text(const std::string& value) { return ProtoWriter().bytes(3, value); }
inline ProtoWriter list(const std::vector<std::string>& values) {
    ProtoWriter items;
    for (const auto& value : values) items.message(1, text(value));
    return ProtoWriter().message(6, items);
}
inline void addSubset(ProtoWriter& message, const ProtoWriter& value) {
    addMetadata(message, "envoy.lb.subset_hint", "x-gateway-destination-endpoint-subset", value);
}

inline ProtoWriter headers(const Fields& fields, bool end, bool ofAnswer = false) {
    auto part = ProtoWriter().message(1, headerMap(fields));
    if (end) part.varint(3, 1);
    return ProtoWriter().message(ofAnswer ? 3 : 2, part);
}
inline ProtoWriter body(const std::string& bytes, bool end, bool ofAnswer = false) {
    auto part = ProtoWriter().bytes(1, bytes);
    if (end) part.varint(2, 1);
    return ProtoWriter().message(ofAnswer ? 5 : 4, part);
}
inline ProtoWriter trailers(bool ofAnswer = false) { return ProtoWriter().message(ofAnswer ? 7 : 6, ProtoWriter().message(1, headerMap({{"x", "y"}}))); }

/// The first field `path[0]`, in it `path[1]`, and so on; nothing: one of them is not there.
inline std::optional<std::string> at(std::string_view message, std::vector<std::uint32_t> path) {
    std::string found(message);
    for (const auto field : path) {
        ProtoReader reader(found);
        std::optional<std::string> next;
        while (!next && reader.next()) {
            if (reader.field() != field) continue;
            next = reader.isVarint() ? std::to_string(reader.varint()) : std::string(reader.bytes());
        }
        if (!next) return std::nullopt;
        found = std::move(*next);
    }
    return found;
}

/// Which part is answered: the number of its field, e.g. 7 for an immediate response.
inline std::uint32_t partOf(std::string_view response) {
    ProtoReader reader(response);
    return reader.next() ? reader.field() : 0;
}

/// What a HeaderMutation sets.
inline Fields setBy(std::string_view mutation) {
    Fields out;
    ProtoReader reader(mutation);
    while (reader.next())
        if (reader.field() == 1) out.emplace_back(at(reader.bytes(), {1, 1}).value_or(""), at(reader.bytes(), {1, 3}).value_or(""));
    return out;
}
inline std::string fieldOf(const Fields& fields, std::string_view name) {
    for (const auto& [key, value] : fields)
        if (key == name) return value;
    return {};
}

/// The endpoints of dynamic metadata.
inline std::string toldBy(std::string_view response) { return at(response, {8, 1, 2, 5, 1, 2, 3}).value_or(""); }

}  // namespace gatehouse::test::ext_proc
