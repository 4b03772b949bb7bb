// H2Stream: one request and its answer on an HTTP/2 connection, as a source (what the peer sends) and a sink (what it gets).
// Heads are as strictly read as those of HTTP/1, and end in the same values. What is sent is copied and leaves with the
// session's next flush, once per turn of the loop.
// Thread: its worker's. Lifetime: as long as somebody holds the shared_ptr; it outlives its session, and is then reset().
// Letting go of a stream whose messages are not both complete resets it.
#pragma once

#include "http/h2_head.h"
#include "net/stream.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::http {

/// RFC 9113 section 7.
enum H2Error : std::uint32_t {
    kH2NoError = 0,
    kH2ProtocolError = 1,
    kH2InternalError = 2,
    kH2FlowControlError = 3,
    kH2SettingsTimeout = 4,
    kH2StreamClosed = 5,
    kH2FrameSizeError = 6,
    kH2RefusedStream = 7,  ///< Not begun: it may be tried again elsewhere.
    kH2Cancel = 8,
    kH2CompressionError = 9,
    kH2ConnectError = 10,
    kH2EnhanceYourCalm = 11,
    kH2InadequateSecurity = 12,
    kH2Http11Required = 13,
};

/// Bytes that come in at the back and leave at the front, in one piece.
class ByteQueue {
  public:
    std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
    std::size_t size() const { return end_ - begin_; }
    bool empty() const { return begin_ == end_; }
    void append(std::string_view bytes) {
        if (bytes.empty()) return;
        if (capacity_ - end_ < bytes.size()) makeRoom(bytes.size());
        std::memcpy(bytes_.get() + end_, bytes.data(), bytes.size());
        end_ += bytes.size();
    }
    void consume(std::size_t bytes) {
        begin_ += bytes;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    void clear() { begin_ = end_ = 0; }
    /// Gives back what a large body needed.
    void shrink(std::size_t keep) {
        if (capacity_ <= keep || !empty()) return;
        bytes_.reset();
        capacity_ = 0;
    }

  private:
    void makeRoom(std::size_t more);
    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// What the pseudo-header fields of a request say.
struct H2RequestLine {
    std::string_view method;
    std::string_view scheme;
    std::string_view authority;
    std::string_view path;
    bool hasQuery = false;
    std::string_view query;
    std::string_view protocol;  ///< Extended CONNECT.
};

class H2Core;

class H2Stream final : public net::Watched {
  public:
    H2Stream(H2Core& core, net::Sweeper& sweeper, net::Executor executor, const Limits& limits);
    ~H2Stream();
    H2Stream(const H2Stream&) = delete;
    H2Stream& operator=(const H2Stream&) = delete;

    std::int32_t id() const { return id_; }  ///< 0 until the request of a client was sent.

    // ---- What arrives.
    /// Server: the request. Client: an answer's head, interim ones one by one before the final one; nextHead() takes the next.
    bool headReady() const { return headReady_; }
    RequestHead& request() { return request_; }
    ResponseHead& response() { return answer_->head; }
    const Framing& framing() const { return server_ ? reader_.framing() : answer_->framing; }
    /// Client: lets an interim head go. headReady() is true again when the next one is there.
    void nextHead();
    /// Why the message is not served, null when it is fine. Known with the head (then the head may be half filled), or later,
    /// for a body or trailers that break their promise. The owner answers, or calls resetWith().
    const Refusal* refusal() const { return refused_ ? &refusal_ : nullptr; }
    std::string_view protocol() const { return reader_.protocol(); }
    /// Body bytes that have arrived; more may follow after consume().
    std::string_view data() const { return in_.view(); }
    /// Lets the peer send as many bytes more.
    void consume(std::size_t bytes);
    /// The message is complete, as it should be, and all of its body consumed.
    bool ended() const { return complete() && in_.empty(); }
    /// As ended(), but some of the body may still stand in data().
    bool complete() const { return peerEnded_ && !refused_; }
    const Headers& trailers() const { return trailers_; }
    /// RST_STREAM, a GOAWAY that leaves this stream out, or the connection was lost: nothing more comes or goes.
    bool reset() const { return reset_; }
    std::uint32_t resetCode() const { return resetCode_; }
    bool lost() const { return lost_; }  ///< reset() because the connection ended.
    /// Notified when a head, body bytes, the end, a refusal or a reset arrive. A wait may also end for nothing: look again.
    net::Event& readable() { return readable_; }

    // ---- What is sent. False or nothing: the stream is dead.
    /// Client, once. Fields of HTTP/1 connections and Host are left out; names may be in any case.
    bool sendRequest(const H2RequestLine& line, std::span<const Header> fields, bool end);
    bool sendResponse(int status, std::span<const Header> fields, bool end);
    bool sendInterim(int status, std::span<const Header> fields);
    bool sendRequest(const H2RequestLine& line, const Headers& headers, bool end) {
        return sendRequest(line, headers.fields(), end);
    }
    bool sendResponse(int status, const Headers& headers, bool end) { return sendResponse(status, headers.fields(), end); }
    bool sendInterim(int status, const Headers& headers) { return sendInterim(status, headers.fields()); }
    /// Queues a copy. Whoever has much to send waits for writable() while queued() is at kQueueCap.
    void sendData(std::string_view bytes, bool end);
    /// After the last byte of the body; ends the message.
    void sendTrailers(std::span<const Header> fields);
    void sendTrailers(const Headers& headers) { sendTrailers(headers.fields()); }
    std::size_t queued() const { return out_.size(); }
    static constexpr std::size_t kQueueCap = 64 * 1024;
    bool full() const { return queued() >= kQueueCap; }
    /// Everything was handed to the connection.
    bool sent() const { return endSent_; }
    /// The peer wants no more of our message (RST_STREAM with NO_ERROR after its own was complete); what it sent holds.
    bool stopped() const { return stopped_; }
    /// Notified when queued() fell below the cap, when the message was sent whole, and when the stream died.
    net::Event& writable() { return writable_; }
    void resetWith(std::uint32_t code);

    bool gone() const override { return reset_; }
    bool readableNow() const override { return headReady_ || refused_ || peerEnded_ || reset_ || !in_.empty(); }

  private:
    friend class H2Core;
    struct Answer {
        ResponseHead head;
        Framing framing;
    };
    static constexpr std::size_t kMaxInterim = 32;  ///< Heads that wait to be read.

    void recycle();
    void begin(bool server, base::MonoTime now);
    // ---- Called by the core as frames arrive.
    bool headBegins();
    void headEnds(bool end);
    void dataArrives(std::string_view bytes);
    void messageEnds();
    void fail(const char* sentence);
    void refuseWith(const Refusal& refusal);
    void dies(std::uint32_t code, bool lost);
    // ---- What is sent.
    std::string_view lowered(std::string_view name);
    void addField(std::string_view name, std::string_view value);
    bool submitHead(bool end);

    H2Core* core_;  ///< Null once the session is over.
    H2Stream* previous_ = nullptr;
    H2Stream* next_ = nullptr;
    net::Event readable_;
    net::Event writable_;
    H2HeadReader reader_;
    RequestHead request_;
    std::unique_ptr<Answer> answer_;                 ///< Client: the one to read.
    std::unique_ptr<Answer> incoming_;               ///< Client: the one that is being received.
    std::vector<std::unique_ptr<Answer>> answers_;   ///< Client: those after answer_.
    Arena trailerArena_;
    Headers trailers_{trailerArena_};
    ByteQueue in_;
    ByteQueue out_;
    Arena outArena_;
    std::vector<Header> outFields_;     ///< The head that is about to be submitted.
    std::vector<Header> outTrailers_;
    Refusal refusal_;
    std::uint64_t received_ = 0;  ///< Body bytes.
    std::uint64_t promised_ = 0;  ///< What Content-Length says.
    base::MonoTime opened_{};
    std::int32_t id_ = 0;
    std::uint32_t resetCode_ = 0;
    bool server_ = true;
    bool active_ = false;      ///< nghttp2 knows it.
    bool counted_ = false;     ///< The core counts it as active.
    bool held_ = false;        ///< Somebody has a shared_ptr.
    bool waiting_ = false;     ///< In the core's queue of streams to be begun.
    bool headReady_ = false;
    bool finalHead_ = false;   ///< The head that is not interim has come.
    bool inTrailers_ = false;
    bool bodyless_ = false;    ///< Body bytes would be a mistake of the peer.
    bool hasPromise_ = false;
    bool refused_ = false;
    bool peerEnded_ = false;
    bool reset_ = false;
    bool peerReset_ = false;
    bool ownReset_ = false;    ///< By its owner, not for a mistake of the peer.
    bool lost_ = false;
    bool stopped_ = false;
    bool toHead_ = false;
    bool toConnect_ = false;
    bool headSent_ = false;    ///< Our final head was submitted.
    bool endQueued_ = false;
    bool endSent_ = false;
    bool hasTrailers_ = false;
    bool deferred_ = false;    ///< nghttp2 waits for more of the body.
    alignas(std::max_align_t) char handle_[96];  ///< The control block of the shared_ptr.
};

}  // namespace gatehouse::http
