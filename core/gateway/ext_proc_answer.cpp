#include "gateway/ext_proc.h"
#include "gateway/protobuf.h"

#include <algorithm>

namespace gatehouse::gateway::ext_proc {
namespace {

constexpr std::string_view kLoadBalancer = "envoy.lb";
constexpr std::uint64_t kOverwrite = 2;  ///< HeaderValueOption.append_action OVERWRITE_IF_EXISTS_OR_ADD.

/// HeaderMutation{set_headers: HeaderValueOption{header: HeaderValue{key, raw_value}, append_action}, remove_headers}
ProtoWriter written(const Mutation& mutation) {
    ProtoWriter out;
    const auto set = [&](std::string_view name, std::string_view value) {
        out.message(1, ProtoWriter().message(1, ProtoWriter().bytes(1, name).bytes(3, value)).varint(3, kOverwrite));
    };
    if (!mutation.endpoint.empty()) set(kDestination, mutation.endpoint);
    for (const auto& [name, value] : mutation.set) set(name, value);
    for (const auto& name : mutation.remove) out.bytes(2, name);
    return out;
}

/// google.protobuf.Struct with one member.
ProtoWriter structOf(std::string_view key, const ProtoWriter& value) { return ProtoWriter().message(1, ProtoWriter().bytes(1, key).message(2, value)); }

/// ProcessingResponse around a CommonResponse, to which `mutation` is added.
Answer wrap(Part part, ProtoWriter common, const Mutation& mutation) {
    const auto changes = written(mutation);
    if (!changes.view().empty()) common.message(2, changes);
    if (!mutation.endpoint.empty()) common.varint(5, 1);  // clear_route_cache: the route may ask for the header.
    ProtoWriter out;
    out.message(static_cast<std::uint32_t>(part), ProtoWriter().message(1, common));
    if (!mutation.endpoint.empty()) {
        const auto text = ProtoWriter().bytes(3, mutation.endpoint);
        out.message(8, structOf(kLoadBalancer, ProtoWriter().message(5, structOf(kDestination, text))));
    }
    return out.take();
}

}  // namespace

Answer headersAnswer(Part part, const Mutation& mutation) { return wrap(part, {}, mutation); }

Answer bodyAnswer(Part part, const Mutation& mutation, std::optional<std::string_view> body) {
    ProtoWriter common;
    if (body) common.message(3, ProtoWriter().bytes(1, *body));
    return wrap(part, std::move(common), mutation);
}

void addStreamed(Part part, std::string_view body, bool end, std::vector<Answer>& answers) {
    do {
        const auto bytes = body.substr(0, kPiece);
        body.remove_prefix(bytes.size());
        ProtoWriter piece;
        if (!bytes.empty()) piece.bytes(1, bytes);
        if (end && body.empty()) piece.varint(2, 1);
        answers.push_back(wrap(part, std::move(ProtoWriter().message(3, ProtoWriter().message(3, piece))), {}));
    } while (!body.empty());
}

Answer trailersAnswer(Part part) { return ProtoWriter().message(static_cast<std::uint32_t>(part), ProtoWriter()).take(); }

Answer immediateAnswer(int status, const std::vector<std::pair<std::string_view, std::string_view>>& headers, std::string_view body, std::string_view details) {
    ProtoWriter immediate;
    immediate.message(1, ProtoWriter().varint(1, static_cast<std::uint64_t>(status)));
    immediate.message(2, written({headers, {}, {}}));
    immediate.bytes(3, body).bytes(5, details);
    return ProtoWriter().message(7, immediate).take();
}

}  // namespace gatehouse::gateway::ext_proc
