// Bodies on the wire: the chunked coding both ways, and one reader for every way a body can end. Strict as the heads are:
// chunk sizes are plain hexadecimal, lines end in CR LF, trailers are held to the rules of fields.
// Thread: one owner. Lifetime: reset by start().
#pragma once

#include "http/h1.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::http {

/// Takes chunks apart, at any split of the bytes.
class ChunkedDecoder {
  public:
    enum class State { NeedMore, Data, Done, Failed };
    void reset() { *this = {}; }
    /// Reads from the front of `input` and moves past what it read. Data: `data` is a run of body bytes in `input`.
    State next(std::string_view& input, std::string_view& data);
    const char* error() const { return error_; }
    /// Lines of the trailer section, each with its CR LF. Complete once Done.
    std::string_view trailers() const { return trailers_; }

  private:
    enum class Phase : std::uint8_t { Size, Extension, SizeLf, Data, DataCr, DataLf, Trailer, TrailerLine, TrailerLf, EndLf, Done };
    State fail(const char* sentence) {
        error_ = sentence;
        return State::Failed;
    }
    static constexpr std::size_t kMaxExtension = 4096;  ///< Bytes of chunk extensions per body.
    static constexpr std::size_t kMaxTrailer = 16384;   ///< Bytes of trailers.

    Phase phase_ = Phase::Size;
    std::uint8_t digits_ = 0;
    std::uint64_t left_ = 0;
    std::size_t overhead_ = 0;
    std::string trailers_;
    const char* error_ = "";
};

/// The framing of one chunk, to be written around its data.
struct ChunkHead {
    char bytes[20];
    std::size_t size = 0;
    explicit ChunkHead(std::size_t length);
    std::string_view view() const { return {bytes, size}; }
};
inline constexpr std::string_view kChunkEnd = "\r\n";
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";
inline constexpr std::string_view kChunkEndAndLast = "\r\n0\r\n\r\n";

/// Reads a body of any kind from a connection's input.
class BodyReader {
  public:
    enum class State { NeedMore, Data, Done, Failed };
    BodyReader() = default;
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;
    void start(const Framing& framing) {
        kind_ = framing.body;
        left_ = framing.body == BodyKind::Length ? framing.length : 0;
        done_ = kind_ == BodyKind::None;
        error_ = nullptr;
        if (kind_ == BodyKind::Chunked) decoder_.reset();
        if (trailers_.size() > 0) trailers_.clear();
    }
    /// Data: `data` is a run of body bytes at the front of `input`, which moves past it.
    State next(std::string_view& input, std::string_view& data);
    /// The other side closed: true where that is a proper end of this body.
    bool endOfStream() {
        if (kind_ == BodyKind::UntilClose) done_ = true;
        return done_;
    }
    bool done() const { return done_; }
    BodyKind kind() const { return kind_; }
    std::uint64_t left() const { return left_; }  ///< BodyKind::Length only.
    const char* error() const { return error_ != nullptr ? error_ : decoder_.error(); }
    /// Fields after a chunked body, once done(). Those that would change framing or routing are dropped (RFC 9110 6.5.1).
    const Headers& trailers() const { return trailers_; }

  private:
    BodyKind kind_ = BodyKind::None;
    bool done_ = true;
    std::uint64_t left_ = 0;
    bool readTrailers();

    ChunkedDecoder decoder_;
    Arena arena_;
    Headers trailers_{arena_};
    const char* error_ = nullptr;
};

}  // namespace gatehouse::http
