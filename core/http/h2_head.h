// Heads of HTTP/2 messages, field by field as HPACK gives them: as strict as http/h1 is, and ending in the same values
// (RequestHead, ResponseHead, Framing, Refusal), so that nobody behind has to ask which protocol was spoken.
// Sources: RFC 9113 section 8, RFC 9110, RFC 8441. Thread: one owner. Lifetime: one start...() per block of fields.
#pragma once

#include "http/h1.h"
#include "http/limits.h"
#include "http/message.h"

#include <cstdint>
#include <string_view>

namespace gatehouse::http {

/// Connection-specific fields, which HTTP/2 does not have (RFC 9113 section 8.2.2).
bool isForbiddenInH2(std::string_view name);

class H2HeadReader {
  public:
    explicit H2HeadReader(const Limits& limits) : limits_(limits) {}

    void startRequest(RequestHead& head);
    /// `toHead`: the response answers a HEAD request and has no body. Once more after each interim head.
    void startResponse(ResponseHead& head, bool toHead);
    void startTrailers(Headers& trailers);

    /// Copies what it keeps. False: so far above the limits that reading on is not worth it.
    bool field(std::string_view name, std::string_view value);
    /// The block is complete; `end`: so is the message.
    void finish(bool end);

    /// Null when the message may be served. After finish() only.
    const Refusal* refusal() const { return refused_ ? &refusal_ : nullptr; }
    /// The name of the limit that was the reason, else null.
    const char* limit() const { return limit_; }
    const Framing& framing() const { return framing_; }
    Framing& framing() { return framing_; }
    std::string_view protocol() const { return protocol_; }  ///< Extended CONNECT.

  private:
    enum class Kind : std::uint8_t { Request, Response, Trailers };
    enum Pseudo : std::uint8_t { kMethod = 1, kScheme = 2, kAuthority = 4, kPath = 8, kStatus = 16, kProtocol = 32 };

    void start(Kind kind, Arena& arena, Headers& headers);
    void pseudo(std::string_view name, std::string_view value);
    void regular(std::string_view name, std::string_view value);
    bool take(Pseudo which);
    void finishRequest(bool end);
    void finishConnect();
    void finishExtendedConnect();
    void finishResponse(bool end);
    bool readTarget();
    bool readAuthority();
    void joinCookies();
    void refuse(const char* sentence);
    void refuseSize(int status, const char* sentence, const char* limit);
    bool has(Pseudo which) const { return (seen_ & which) != 0; }

    const Limits& limits_;
    Arena* arena_ = nullptr;
    Headers* headers_ = nullptr;
    RequestHead* request_ = nullptr;
    ResponseHead* response_ = nullptr;
    Framing framing_;
    Refusal refusal_;
    const char* limit_ = nullptr;
    std::string_view path_;
    std::string_view host_;
    std::string_view protocol_;
    std::size_t bytes_ = 0;
    std::uint32_t fields_ = 0;
    std::uint32_t cookies_ = 0;
    Kind kind_ = Kind::Request;
    std::uint8_t seen_ = 0;
    std::uint8_t lengths_ = 0;
    std::uint8_t hosts_ = 0;
    bool toHead_ = false;
    bool late_ = false;  ///< An ordinary field has come.
    bool refused_ = false;
};

}  // namespace gatehouse::http
