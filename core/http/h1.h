// HTTP/1 heads: a strict, incremental scanner of its own. Everything that two implementations could read differently is
// refused (bare LF or CR, obs-fold, doubtful lengths and codings), because that is what request smuggling lives on.
// Sources: RFC 9110, RFC 9112; the list in tests/vectors/http. Thread: one owner. Lifetime: reset() per message.
#pragma once

#include "http/limits.h"
#include "http/message.h"

#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

namespace gatehouse::http {

enum class BodyKind : std::uint8_t { None, Length, Chunked, UntilClose };

/// What the head says about the rest of the message and the connection.
struct Framing {
    BodyKind body = BodyKind::None;
    std::uint64_t length = 0;         ///< BodyKind::Length; for a response to HEAD what the field says.
    bool hasLength = false;           ///< Content-Length was given.
    bool keepAlive = true;
    bool expectContinue = false;
    bool hasForwarded = false;        ///< Forwarded, X-Forwarded-* or X-Real-Ip were sent.
    bool hasHost = false;
    std::string_view upgrade;         ///< The protocol that the client asks to change to; empty unless Connection says so too.
    std::string_view requestId;       ///< X-Request-Id as sent.
    std::string_view contentType;
    bool hasDate = false;
};

/// Why a message was refused: status for the client, stable code and one sentence for the record.
struct Refusal {
    int status = 400;
    const char* code = "bad-request";
    const char* sentence = "";
    const char* limit = nullptr;  ///< HTTP/1: the limit that was reached (http/limit_table.h), if one was.
};

enum class ParseState { NeedMore, Done, Failed };

/// Finds the lines of a head in bytes that arrive in any pieces. Keeps offsets only, so the bytes may move between calls.
class HeadScanner {
  public:
    struct Line {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;  ///< Without CR LF.
    };
    ParseState scan(std::string_view input, const Limits& limits, Refusal& refusal);
    void reset();
    const std::vector<Line>& lines() const { return lines_; }
    std::size_t consumed() const { return scanned_; }  ///< Bytes of the head with its empty line, once Done.
    bool started() const { return scanned_ > 0 || !lines_.empty(); }

  private:
    std::vector<Line> lines_;
    std::size_t scanned_ = 0;
    std::size_t lineBegin_ = 0;
    bool skippedEmpty_ = false;
};

class RequestParser {
  public:
    explicit RequestParser(const Limits& limits) : limits_(&limits) {}
    /// `input`: every byte since the head began. Fills `head` when Done.
    ParseState parse(std::string_view input, RequestHead& head);
    void reset();
    std::size_t consumed() const { return scanner_.consumed(); }
    const Framing& framing() const { return framing_; }
    const Refusal& refusal() const { return refusal_; }

  private:
    bool readRequestLine(std::string_view line, RequestHead& head);
    bool readConnectTarget(RequestHead& head);
    bool readFields(std::string_view bytes, RequestHead& head);
    bool refuse(int status, const char* sentence, const char* limit = nullptr);

    const Limits* limits_;
    HeadScanner scanner_;
    Framing framing_;
    Refusal refusal_;
};

class ResponseParser {
  public:
    explicit ResponseParser(const Limits& limits) : limits_(&limits) {}
    /// `toHead`: the response answers a HEAD request and has no body. `toConnect`: a CONNECT request; after its 2xx come the
    /// tunnel's bytes, whatever lengths it tells (RFC 9110 section 9.3.6).
    ParseState parse(std::string_view input, bool toHead, ResponseHead& head, bool toConnect = false);
    void reset();
    std::size_t consumed() const { return scanner_.consumed(); }
    const Framing& framing() const { return framing_; }
    const Refusal& refusal() const { return refusal_; }

  private:
    bool readStatusLine(std::string_view line, ResponseHead& head);
    bool readFields(std::string_view bytes, bool toHead, bool tunnels, ResponseHead& head);
    bool refuse(const char* sentence);

    const Limits* limits_;
    HeadScanner scanner_;
    Framing framing_;
    Refusal refusal_;
};

/// A number as text.
class Decimal {
  public:
    explicit Decimal(std::uint64_t value) : end_(std::to_chars(digits_, digits_ + sizeof digits_, value).ptr) {}
    Decimal(const Decimal&) = delete;
    Decimal& operator=(const Decimal&) = delete;
    std::string_view view() const { return {digits_, static_cast<std::size_t>(end_ - digits_)}; }

  private:
    char digits_[20];
    char* end_;
};

/// A growing run of bytes for one head, reused from message to message.
class HeadWriter {
  public:
    void clear() { size_ = 0; }
    std::string_view view() const { return {bytes_.data(), size_}; }
    void requestLine(std::string_view method, std::string_view path, bool hasQuery, std::string_view query);
    void statusLine(int status, std::string_view reason);
    void field(std::string_view name, std::string_view value);
    void number(std::string_view name, std::uint64_t value);
    /// Every field that may be passed on: neither hop-by-hop nor framing nor named in the message's Connection field.
    void forwardable(const Headers& headers);
    void text(std::string_view bytes);
    void crlf() { text("\r\n"); }

  private:
    char* room(std::size_t more);
    std::vector<char> bytes_;
    std::size_t size_ = 0;
};

}  // namespace gatehouse::http
