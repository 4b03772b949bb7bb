#include "gateway/grpc_call.h"

#include <array>
#include <string>
#include <utility>

namespace gatehouse::gateway {
GrpcCall::GrpcCall(std::shared_ptr<http::H2Stream> stream, const http::Limits& limits, std::size_t most)
    : stream_(std::move(stream)), limits_(limits), frames_(most) {}

bool GrpcCall::accept() {
    int status = 0;
    if (const auto* refusal = stream_->refusal()) status = refusal->status;
    else if (stream_->request().method != "POST" || !isGrpcType(stream_->request().headers.get("content-type").value_or(""))) status = 415;
    if (status == 0) return true;
    stream_->sendResponse(status, std::span<const http::Header>{}, true);
    return false;
}

net::Task<bool> GrpcCall::next() {
    while (true) {
        if (const auto message = frames_.next()) {
            message_ = *message;
            co_return true;
        }
        if (frames_.error() != GrpcStatus::Ok) co_return false;
        while (stream_->data().empty()) {
            if (stream_->reset() || stream_->refusal() != nullptr || stream_->complete()) co_return false;
            stream_->readable().deadline(base::MonoClock::now() + limits_.streamIdle);
            const bool woken = co_await stream_->readable().wait();
            if (!woken && stream_->data().empty() && !stream_->complete()) co_return false;
        }
        const auto bytes = stream_->data();
        frames_.add(bytes);
        stream_->consume(bytes.size());
    }
}

void GrpcCall::begin() {
    if (std::exchange(begun_, true)) return;
    const std::array<http::Header, 1> fields{{{"content-type", "application/grpc"}}};
    stream_->sendResponse(200, fields, false);
}

net::Task<bool> GrpcCall::send(std::string_view message) {
    begin();
    const auto bytes = GrpcFrames::framed(message);
    stream_->sendData(bytes, false);
    while (stream_->full() && !stream_->reset()) {
        stream_->writable().deadline(base::MonoClock::now() + limits_.writeStall);
        const bool woken = co_await stream_->writable().wait();
        if (!woken) co_return false;
    }
    co_return !stream_->reset();
}

void GrpcCall::end(GrpcStatus status, std::string_view sentence) {
    if (stream_->reset()) return;
    if (frames_.error() != GrpcStatus::Ok) {
        status = frames_.error();
        sentence = status == GrpcStatus::ResourceExhausted ? "The message is larger than the limit." : "Messages must not be compressed.";
    } else if (status == GrpcStatus::Ok && stream_->complete() && frames_.within()) {
        status = GrpcStatus::InvalidArgument;
        sentence = "The last message is cut off.";
    }
    begin();
    const auto code = std::to_string(static_cast<int>(status));
    std::string text;
    encodeGrpcMessage(sentence, text);
    const std::array<http::Header, 2> fields{{{"grpc-status", code}, {"grpc-message", text}}};
    stream_->sendTrailers(std::span(fields).first(text.empty() ? 1 : 2));
}

}  // namespace gatehouse::gateway
