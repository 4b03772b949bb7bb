#include "lab/faulty_provider.h"

#include "base/clock.h"
#include "text/json_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::lab {
namespace {

using F = ProviderFault;

constexpr std::size_t kMostRequest = 64 * 1024 * 1024;
/// Between a good event and the fault after it: the client has the first one by then.
constexpr int kLaterMillis = 80;
constexpr int kTickMillis = 50;

std::string quoted(std::string_view text) { return '"' + text::json::encode(text) + '"'; }

std::string bufferedOf(const std::string& text) {
    return fmt::format(R"({{"id":"chatcmpl-drill","object":"chat.completion","created":1767225600,"model":"drill","choices":[{{"index":0,"finish_reason":"stop",)"
                       R"("message":{{"role":"assistant","content":{}}}}}],"usage":{{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}}}})", quoted(text));
}

std::string chunkOf(std::string_view delta, std::string_view finish) {
    return fmt::format(R"(data: {{"id":"chatcmpl-drill","object":"chat.completion.chunk","created":1767225600,"model":"drill","choices":[{{"index":0,"delta":{},"finish_reason":{}}}]}})"
                       "\n\n", delta, finish);
}

/// A stream in the dialect, in two parts: what comes before a fault in its middle, and the rest.
struct Stream {
    std::string type, first, rest;
};

Stream streamOf(const llm::Dialect& dialect, const std::string& text) {
    const auto& chat = *llm::findDialect("openai-chat");
    llm::StreamTranslator translator(chat, dialect, "drill", true);
    Stream out;
    out.type = translator.contentType();
    translator.feed(chunkOf(R"({"role":"assistant","content":""})", "null"), out.first);
    // In two pieces, cut where no character is.
    auto middle = std::min<std::size_t>(6, text.size() / 2);
    while (middle < text.size() && (static_cast<unsigned char>(text[middle]) & 0xC0U) == 0x80U) ++middle;
    translator.feed(chunkOf(fmt::format(R"({{"content":{}}})", quoted(text.substr(0, middle))), "null"), out.first);
    translator.feed(chunkOf(fmt::format(R"({{"content":{}}})", quoted(text.substr(middle))), "null"), out.rest);
    translator.feed(chunkOf("{}", R"("stop")"), out.rest);
    translator.feed(R"(data: {"id":"chatcmpl-drill","object":"chat.completion.chunk","created":1767225600,"model":"drill","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}})"
                    "\n\ndata: [DONE]\n\n", out.rest);
    translator.finish(out.rest);
    return out;
}

std::string headOf(int status, std::string_view type, std::string_view more) {
    return fmt::format("HTTP/1.1 {} Drill\r\nContent-Type: {}\r\n{}\r\n", status, type, more);
}
std::string whole(int status, std::string_view type, std::string_view body, std::string_view more = "") {
    return headOf(status, type, fmt::format("{}Content-Length: {}\r\n", more, body.size())) + std::string(body);
}
std::string chunked(std::string_view bytes) { return bytes.empty() ? std::string() : fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes); }

/// One connection. Nothing here waits longer than a tick without looking whether it is to end.
class Wire {
  public:
    Wire(int descriptor, const std::atomic<bool>& stopping) : descriptor_(descriptor), stopping_(stopping) {}
    ~Wire() { close(); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// The next request; false: there is none.
    bool read(std::string& head, std::string& body) {
        std::size_t end = std::string::npos;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return false;
        head = buffer_.substr(0, end + 2);
        buffer_.erase(0, end + 4);
        std::size_t length = 0;
        for (std::size_t at = 0; (at = head.find("\r\n", at)) != std::string::npos;) {
            at += 2;
            constexpr std::string_view kName = "content-length:";
            if (head.size() < at + kName.size() || ::strncasecmp(head.data() + at, kName.data(), kName.size()) != 0) continue;
            auto digits = std::string_view(head).substr(at + kName.size());
            while (digits.starts_with(' ')) digits.remove_prefix(1);
            std::from_chars(digits.data(), digits.data() + digits.size(), length);
        }
        if (length > kMostRequest) return false;
        while (buffer_.size() < length)
            if (!more()) return false;
        body = buffer_.substr(0, length);
        buffer_.erase(0, length);
        return true;
    }
    /// Until the peer leaves, or so long.
    void rest(int millis = -1) {
        const auto until = base::MonoClock::now() + std::chrono::milliseconds(millis);
        char byte = 0;
        while (!stopping_ && (millis < 0 || base::MonoClock::now() < until)) {
            pollfd wait{descriptor_, POLLIN, 0};
            if (::poll(&wait, 1, millis < 0 ? kTickMillis : std::min(kTickMillis, millis)) <= 0) continue;
            if (::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0) return;
            if (millis < 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // Bytes that nobody wants.
        }
    }
    /// RST instead of FIN.
    void reset() {
        const linger now{1, 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
    void close() {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
    }

  private:
    bool more() {
        while (!stopping_) {
            pollfd wait{descriptor_, POLLIN, 0};
            const int ready = ::poll(&wait, 1, kTickMillis);
            if (ready < 0) return false;
            if (ready == 0) continue;
            char bytes[16 * 1024];
            const auto got = ::recv(descriptor_, bytes, sizeof bytes, 0);
            if (got <= 0 || buffer_.size() > kMostRequest) return false;
            buffer_.append(bytes, static_cast<std::size_t>(got));
            return true;
        }
        return false;
    }

    int descriptor_;
    const std::atomic<bool>& stopping_;
    std::string buffer_;
};

}  // namespace

struct FaultyProvider::Impl {
    explicit Impl(const llm::Dialect& spoken) : dialect(spoken) {}

    const llm::Dialect& dialect;
    /// What it says; made anew by setText(). Sessions hold what they began with.
    struct Words {
        Stream stream;
        std::string answer;
    };
    std::shared_ptr<const Words> words;  ///< Under the mutex.
    int listening = -1;
    std::uint16_t port = 0;
    std::atomic<F> fault{F::None};
    std::atomic<std::uint64_t> asked{0};
    std::atomic<bool> stopping{false};
    mutable std::mutex mutex;
    std::string lastBody;
    std::thread acceptor;
    std::list<std::thread> sessions;  ///< The acceptor's, until it ended.

    std::string error(int status, const char* type, const char* code, const char* message, std::string_view more = "") const {
        return whole(status, "application/json", llm::writeError(dialect, {status, type, code, message, {}}), more);
    }
    bool streamed(std::string_view head, std::string_view body) const {
        const auto path = head.substr(0, head.find("\r\n"));
        if (path.find("stream") != std::string_view::npos) return true;
        const auto field = body.find("\"stream\"");
        return field != std::string_view::npos && body.substr(field, 20).find("true") != std::string_view::npos;
    }

    Result<void> say(const std::string& text) {
        auto made = std::make_shared<Words>();
        made->stream = streamOf(dialect, text);
        auto answer = llm::translateAnswer(*llm::findDialect("openai-chat"), dialect, bufferedOf(text), "drill");
        if (!answer) return tl::unexpected(answer.error());
        made->answer = std::move(answer->body);
        const std::lock_guard lock(mutex);
        words = std::move(made);
        return {};
    }

    static bool good(Wire& wire, const Words& said, bool streams) {
        const auto& stream = said.stream;
        if (!streams) return wire.send(whole(200, "application/json", said.answer));
        return wire.send(headOf(200, stream.type, "Transfer-Encoding: chunked\r\n") + chunked(stream.first) + chunked(stream.rest) + "0\r\n\r\n");
    }
    /// The head of a stream, and what came before the fault.
    static std::string begun(const Stream& stream, std::string_view events) { return headOf(200, stream.type, "Transfer-Encoding: chunked\r\n") + chunked(events); }
    std::string errorEvent() const {
        std::string out;
        llm::StreamTranslator translator(*llm::findDialect("openai-chat"), dialect, "drill", true);
        translator.fail({500, "server_error", "", "No capacity is left.", {}}, out);
        return out;
    }

    /// Connections that break: false ends them.
    bool act(Wire& wire, F what, const Words& said, bool streams) const {
        const auto& stream = said.stream;
        const auto rest = [&](const std::string& bytes) {
            wire.send(bytes);
            wire.rest();
            return false;
        };
        const auto later = [&](const std::string& bytes) {
            wire.send(bytes);
            wire.rest(kLaterMillis);
        };
        switch (what) {
            case F::RateLimited: return wire.send(error(429, "rate_limit_error", "rate_limit_exceeded", "Slow down."));
            case F::RateLimitedRetryAfter: return wire.send(error(429, "rate_limit_error", "rate_limit_exceeded", "Slow down.", "Retry-After: 30\r\n"));
            case F::ServerError: return wire.send(error(500, "server_error", "", "Something broke."));
            case F::Overloaded: return wire.send(error(529, "overloaded_error", "", "Overloaded."));
            case F::ContextTooLong: return wire.send(error(400, "invalid_request_error", "context_length_exceeded", "This model's maximum context length is 8192 tokens."));
            case F::Unauthorized: return wire.send(error(401, "authentication_error", "invalid_api_key", "The key is not known."));
            case F::Forbidden: return wire.send(error(403, "permission_error", "", "The key may not use this model."));
            case F::BadRequest: return wire.send(error(400, "invalid_request_error", "", "max_tokens is too large."));
            case F::Html: return wire.send(whole(200, "text/html", "<html>Sign in</html>"));
            case F::Refused:
            case F::Reset: wire.reset(); return false;
            case F::BrokenHead: return rest("HTTP/1.1 abc\r\n\r\n");
            case F::Silence: return rest({});
            case F::SlowFirstToken: return rest(begun(stream, stream.type.find("event-stream") != std::string::npos ? ": still thinking\n\n" : ""));
            case F::Stall: return rest(begun(stream, stream.first));
            case F::BadFraming: return rest(begun(stream, {}) + "zz\r\n");
            case F::BadFirstEvent: return wire.send(begun(stream, "data: {\"id\":\n\n") + "0\r\n\r\n");
            case F::BadFramingLater: later(begun(stream, stream.first)); return rest("zz\r\n");
            case F::ErrorEvent: return wire.send(begun(stream, errorEvent()) + "0\r\n\r\n");
            case F::EmptyStream: return wire.send(begun(stream, stream.type.find("event-stream") != std::string::npos ? ": hello\n\n" : "") + "0\r\n\r\n");
            case F::CutStream: later(begun(stream, stream.first)); wire.reset(); return false;
            case F::EndWithoutEnd: return wire.send(begun(stream, stream.first) + "0\r\n\r\n");
            case F::None: break;
        }
        return good(wire, said, streams);
    }

    void serve(int descriptor) {
        Wire wire(descriptor, stopping);
        std::string head, body;
        while (wire.read(head, body)) {
            ++asked;
            std::shared_ptr<const Words> said;
            {
                const std::lock_guard lock(mutex);
                lastBody = body;
                said = words;
            }
            if (!act(wire, fault, *said, streamed(head, body))) return;
        }
    }
    void run() {
        while (!stopping) {
            pollfd wait{listening, POLLIN, 0};
            if (fault == F::Refused) {
                std::this_thread::sleep_for(std::chrono::milliseconds(kTickMillis));
                continue;
            }
            if (::poll(&wait, 1, kTickMillis) <= 0) continue;
            const int descriptor = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (descriptor < 0) continue;
            sessions.emplace_back([this, descriptor] { serve(descriptor); });
        }
    }
};

FaultyProvider::FaultyProvider(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<FaultyProvider>> FaultyProvider::start(const llm::Dialect& dialect) {
    const auto& chat = *llm::findDialect("openai-chat");
    if (llm::operationOf(dialect) != llm::Operation::Chat || !llm::canTranslateStream(chat, dialect))
        return fail("unsupported", fmt::format("{} has no chats that could be simulated.", llm::nameOf(dialect)));
    auto impl = std::make_unique<Impl>(dialect);
    if (auto said = impl->say(kText); !said) return tl::unexpected(said.error());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    const int yes = 1;
    const auto bindHere = [&] {
        impl->listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::setsockopt(impl->listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        return impl->listening >= 0 && ::bind(impl->listening, raw, size) == 0 && ::getsockname(impl->listening, raw, &size) == 0;
    };
    // Once for a free number, and once by that number: only then does the port stay ours while nobody listens.
    bool bound = bindHere();
    if (bound) {
        ::close(impl->listening);
        bound = bindHere();
    }
    if (!bound || ::listen(impl->listening, 64) != 0) {
        if (impl->listening >= 0) ::close(impl->listening);
        return fail("no-port", "A simulated provider found no port on loopback.");
    }
    impl->port = ntohs(address.sin_port);
    impl->acceptor = std::thread([state = impl.get()] { state->run(); });
    return std::unique_ptr<FaultyProvider>(new FaultyProvider(std::move(impl)));
}

FaultyProvider::~FaultyProvider() {
    impl_->stopping = true;
    impl_->acceptor.join();
    for (auto& session : impl_->sessions) session.join();
    ::close(impl_->listening);
}

std::uint16_t FaultyProvider::port() const { return impl_->port; }
void FaultyProvider::setFault(ProviderFault fault) {
    const auto before = impl_->fault.exchange(fault);
    if (fault == F::Refused && before != F::Refused) ::shutdown(impl_->listening, SHUT_RD);  // It listens no more, and keeps its port.
    if (fault != F::Refused && before == F::Refused) ::listen(impl_->listening, 64);
}
void FaultyProvider::setText(const std::string& text) { (void)impl_->say(text); }
std::uint64_t FaultyProvider::asked() const { return impl_->asked; }
std::string FaultyProvider::lastBody() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->lastBody;
}

}  // namespace gatehouse::lab
