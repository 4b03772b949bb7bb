// AWS event-stream framing (application/vnd.amazon.eventstream): frames out of bytes at any split, and frames written. Thread: one
// exchange.
//
// A frame, numbers big-endian: total length u32, headers' length u32, CRC-32 of those eight bytes, headers, payload, CRC-32 of all
// before it. A header: name's length u8, name, type u8, value by type. (Smithy, "Amazon Event Stream Specification".)
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gatehouse::llm {

/// What the headers of a frame say that anyone asks for; values of other types than text are passed over.
struct AwsEvent {
    std::string messageType;    ///< ":message-type": "event", "exception" or "error"
    std::string eventType;      ///< ":event-type" of an event, ":exception-type" of an exception, ":error-code" of an error
    std::string errorMessage;   ///< ":error-message"
    std::string contentType;    ///< ":content-type"
    std::string_view payload;   ///< Valid during the call alone.
};

class AwsEventParser {
  public:
    using OnEvent = std::function<void(const AwsEvent& event)>;
    explicit AwsEventParser(OnEvent onEvent) : onEvent_(std::move(onEvent)) {}

    void feed(std::string_view bytes);
    bool unfinished() const { return !buffer_.empty(); }  ///< Bytes of a frame are left that is not whole.
    /// What made the stream unreadable, as a sentence; nothing is read after it. Empty: nothing.
    const std::string& broken() const { return broken_; }

    /// AWS's own limits: 16 MiB of payload, 128 KiB of headers.
    static constexpr std::size_t kMaxPayload = 16 * 1024 * 1024;
    static constexpr std::size_t kMaxHeaders = 128 * 1024;

  private:
    bool readFrame(std::string_view frame, std::size_t headers);

    OnEvent onEvent_;
    std::string buffer_;
    std::string broken_;
};

/// One frame with a JSON payload; `type` is the event's or, where `exception` is set, the exception's.
void writeAwsEvent(std::string& out, std::string_view type, std::string_view payload, bool exception = false);

std::uint32_t crc32(std::string_view bytes);  ///< IEEE 802.3, as zlib's.

}  // namespace gatehouse::llm
