#include "lab/session.h"

#include "lab/server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <fmt/format.h>

#include <chrono>

namespace gatehouse::lab {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr std::uint64_t kMaxBody = 8 << 20;

std::string_view reasonPhrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 400: return "Bad Request";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 413: return "Payload Too Large";
        case 503: return "Service Unavailable";
        default: return "Internal Server Error";
    }
}

constexpr std::string_view kJson = "application/json";

}  // namespace

Session::Session(Server& server, asio::ip::tcp::socket socket) : server_(server), socket_(std::move(socket)) {
    beast::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
}

void Session::close() {
    if (closed_) return;
    closed_ = true;
    if (job_) server_.cancel(job_);
    job_ = 0;
    beast::error_code ignored;
    socket_.close(ignored);
    server_.leave(shared_from_this());
}

void Session::read() {
    parser_.emplace();
    parser_->body_limit(kMaxBody);
    answered_ = false;
    beast::http::async_read(socket_, buffer_, *parser_,
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                                if (self->closed_) return;
                                if (!error) return self->onRequest();
                                if (error != beast::http::error::body_limit) return self->close();
                                self->keepAlive_ = false;
                                self->respond(413, kJson, errorBody("The body is larger than 8 MiB.",
                                                                    "invalid_request_error", 413));
                            });
}

void Session::onRequest() {
    const auto& message = parser_->get();
    keepAlive_ = message.keep_alive();
    chunked_ = message.version() >= 11;
    std::string_view path(message.target().data(), message.target().size());
    path = path.substr(0, path.find('?'));
    const bool get = message.method() == beast::http::verb::get;
    const bool post = message.method() == beast::http::verb::post;

    if (path == "/v1/chat/completions" || path == "/v1/completions") {
        if (!post)
            return respond(405, kJson, errorBody("Use POST for this path.", "invalid_request_error", 405));
        return generate(path == "/v1/chat/completions", message.body());
    }
    if (path == "/metrics" && get && !server_.fault().metricsGone)
        return respond(200, "text/plain; version=0.0.4; charset=utf-8",
                       metricsPage(server_.profile(), server_.name(), server_.engine()));
    if (path == "/v1/models" && get) return respond(200, kJson, modelsBody(server_.profile().model));
    if (path == "/health" && get) return respond(200, "text/plain", "");
    respond(404, kJson, errorBody(fmt::format("There is nothing at {}.", path), "not_found_error", 404));
}

void Session::respond(int status, std::string_view contentType, std::string_view body) {
    answered_ = true;
    send(fmt::format("HTTP/1.1 {} {}\r\nserver: gatehouse-lab/{}\r\ncontent-type: {}\r\ncontent-length: {}\r\n{}\r\n{}",
                     status, reasonPhrase(status), server_.name(), contentType, body.size(),
                     keepAlive_ ? "" : "connection: close\r\n", body));
}

void Session::generate(bool chat, const std::string& body) {
    if (server_.drawError())
        return respond(500, kJson, errorBody("The engine failed (a fault that was switched on).", "server_error", 500));
    auto request = readCompletion(body, chat, server_.profile().model);
    if (!request) return respond(400, kJson, errorBody(request.error().message, "invalid_request_error", 400));
    request_ = std::move(*request);
    const auto job = server_.nextJob();
    switch (server_.submit(job, request_, *this)) {
        case BatchEngine::Admission::QueueFull:
            return respond(503, kJson, errorBody("The waiting queue is full.", "overloaded_error", 503));
        case BatchEngine::Admission::TooLong:
            return respond(400, kJson, errorBody("Prompt and answer do not fit the KV cache of this server.",
                                                 "invalid_request_error", 400));
        case BatchEngine::Admission::Accepted: break;
    }
    job_ = job;
    id_ = fmt::format("{}-{}-{}", chat ? "chatcmpl" : "cmpl", server_.name(), job);
    created_ = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                   .count();
    watchClient();
}

/// Notices a client that leaves while its answer is being made, as engines do, and frees what the job holds.
void Session::watchClient() {
    if (watching_) return;
    watching_ = true;
    socket_.async_wait(asio::socket_base::wait_read, [self = shared_from_this()](beast::error_code error) {
        self->watching_ = false;
        if (error || self->closed_ || !self->job_) return;
        char byte;
        beast::error_code peeked;
        const auto size = self->socket_.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, peeked);
        if (peeked == asio::error::would_block) return self->watchClient();
        if (peeked || size == 0) self->close();
        // Else the next request is there already: it is read when this answer is out.
    });
}

void Session::onToken(std::uint32_t index, bool last) {
    if (request_.stream) {
        if (index == 0) beginStream();
        sendChunk(streamEvent(request_, id_, created_, index));
        if (!last) return;
        job_ = 0;
        sendChunk(streamEnd(request_, id_, created_));
        answered_ = true;
        if (chunked_) send("0\r\n\r\n");
        return;
    }
    if (!last) return;
    job_ = 0;
    respond(200, kJson, completionBody(request_, id_, created_));
}

void Session::beginStream() {
    if (!chunked_) keepAlive_ = false;
    send(fmt::format("HTTP/1.1 200 OK\r\nserver: gatehouse-lab/{}\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
                     "cache-control: no-cache\r\n{}{}\r\n",
                     server_.name(), chunked_ ? "transfer-encoding: chunked\r\n" : "",
                     keepAlive_ ? "" : "connection: close\r\n"));
}

void Session::sendChunk(std::string_view bytes) {
    if (chunked_) {
        send(fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes));
    } else {
        send(bytes);
    }
}

void Session::send(std::string_view bytes) {
    outbox_ += bytes;
    if (writing_.empty()) flush();
}

void Session::flush() {
    if (closed_ || outbox_.empty()) return;
    writing_.swap(outbox_);
    asio::async_write(socket_, asio::buffer(writing_), [self = shared_from_this()](beast::error_code error, std::size_t) {
        self->writing_.clear();
        if (self->closed_) return;
        if (error) return self->close();
        if (!self->outbox_.empty()) return self->flush();
        if (!self->answered_) return;
        if (self->keepAlive_) return self->read();
        beast::error_code ignored;
        self->socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        self->close();
    });
}

}  // namespace gatehouse::lab
