// Answers of our own to gRPC clients: a status in a head alone (gRPC over HTTP/2, "Trailers-Only"), and what the upstream's was.
#include "gateway/exchange.h"
#include "gateway/grpc_frames.h"

#include <charconv>

namespace gatehouse::gateway {
namespace {

/// https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md, but for what has a code of its own.
int grpcStatusOf(int status) {
    switch (status) {
        case 400: return 13;  // INTERNAL
        case 401: return 16;  // UNAUTHENTICATED
        case 403: return 7;   // PERMISSION_DENIED
        case 404: return 12;  // UNIMPLEMENTED
        case 413:
        case 431: return 8;   // RESOURCE_EXHAUSTED
        case 408:
        case 504: return 4;   // DEADLINE_EXCEEDED
        case 421:
        case 429:
        case 502:
        case 503: return 14;  // UNAVAILABLE
        default: return 2;    // UNKNOWN
    }
}

constexpr std::string_view kGrpc = "application/grpc";

}  // namespace

bool Exchange::speaksGrpc() const {
    const auto type = request_.headers.get("content-type");
    return type && isGrpcType(*type);
}

void Exchange::answerGrpc(AnswerHead& head, std::string_view sentence) {
    record_.grpcStatus = abortGrpcStatus_ >= 0 ? abortGrpcStatus_ : static_cast<std::int8_t>(grpcStatusOf(head.status));
    char digits[4];
    const auto made = std::to_chars(digits, digits + sizeof digits, static_cast<int>(record_.grpcStatus));
    response_.headers.set("Content-Type", kGrpc);
    response_.headers.set("grpc-status", {digits, static_cast<std::size_t>(made.ptr - digits)});
    localBody_.clear();
    encodeGrpcMessage(sentence, localBody_);
    response_.headers.set("grpc-message", localBody_);
    localBody_.clear();
    head.status = 200;
    head.body = http::BodyKind::None;
    head.tellsLength = false;
}

void Exchange::noteGrpcStatus() {
    const auto* trailers = call_->trailers();
    auto status = trailers != nullptr ? trailers->get("grpc-status") : std::nullopt;
    if (!status) status = response_.headers.get("grpc-status");
    if (!status) return;
    int value = -1;
    std::from_chars(status->data(), status->data() + status->size(), value);
    if (value >= 0 && value <= 16) record_.grpcStatus = static_cast<std::int8_t>(value);
}

}  // namespace gatehouse::gateway
