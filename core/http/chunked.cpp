#include "http/chunked.h"

#include "http/characters.h"
#include "http/fields.h"

#include <algorithm>

namespace gatehouse::http {

ChunkedDecoder::State ChunkedDecoder::next(std::string_view& input, std::string_view& data) {
    while (!input.empty()) {
        if (phase_ == Phase::Data) {
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
            data = input.substr(0, size);
            input.remove_prefix(size);
            left_ -= size;
            if (left_ == 0) phase_ = Phase::DataCr;
            return State::Data;
        }
        if (phase_ == Phase::Done) return State::Done;
        const char c = input.front();
        input.remove_prefix(1);
        switch (phase_) {
            case Phase::Size: {
                const int digit = hexValue(c);
                if (digit >= 0) {
                    // 15 digits hold any size that can be meant and cannot overflow.
                    if (++digits_ > 15) return fail("A chunk size is too large.");
                    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
                } else if (digits_ == 0) {
                    return fail("A chunk size is not hexadecimal.");
                } else if (c == ';') {
                    phase_ = Phase::Extension;
                } else if (c == '\r') {
                    phase_ = Phase::SizeLf;
                } else {
                    return fail("A chunk size is not hexadecimal.");
                }
                break;
            }
            case Phase::Extension:
                if (++overhead_ > kMaxExtension) return fail("Chunk extensions are too long.");
                if (c == '\r') phase_ = Phase::SizeLf;
                else if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
                    return fail("A chunk extension holds a control character.");
                break;
            case Phase::SizeLf:
                if (c != '\n') return fail("A chunk size line ends with a bare CR.");
                phase_ = left_ > 0 ? Phase::Data : Phase::Trailer;
                digits_ = 0;
                break;
            case Phase::DataCr:
                if (c != '\r') return fail("A chunk is longer than its size.");
                phase_ = Phase::DataLf;
                break;
            case Phase::DataLf:
                if (c != '\n') return fail("A chunk is longer than its size.");
                phase_ = Phase::Size;
                break;
            case Phase::Trailer:
                if (c == '\r') {
                    phase_ = Phase::EndLf;
                    break;
                }
                if (!isTokenChar(c)) return fail("A trailer field is malformed.");
                phase_ = Phase::TrailerLine;
                trailers_ += c;
                break;
            case Phase::TrailerLine:
                if (trailers_.size() >= kMaxTrailer) return fail("The trailers are too long.");
                trailers_ += c;
                if (c == '\r') phase_ = Phase::TrailerLf;
                else if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
                    return fail("A trailer field holds a control character.");
                break;
            case Phase::TrailerLf:
                if (c != '\n') return fail("A trailer line ends with a bare CR.");
                trailers_ += c;
                phase_ = Phase::Trailer;
                break;
            case Phase::EndLf:
                if (c != '\n') return fail("The last chunk ends with a bare CR.");
                phase_ = Phase::Done;
                return State::Done;
            case Phase::Data:
            case Phase::Done: break;
        }
    }
    return phase_ == Phase::Done ? State::Done : State::NeedMore;
}

ChunkHead::ChunkHead(std::size_t length) {
    static constexpr char kHex[] = "0123456789abcdef";
    char reversed[16];
    std::size_t count = 0;
    do {
        reversed[count++] = kHex[length % 16];
        length /= 16;
    } while (length > 0);
    while (count > 0) bytes[size++] = reversed[--count];
    bytes[size++] = '\r';
    bytes[size++] = '\n';
}

BodyReader::State BodyReader::next(std::string_view& input, std::string_view& data) {
    if (done_) return State::Done;
    switch (kind_) {
        case BodyKind::None: return State::Done;
        case BodyKind::Length: {
            if (input.empty()) return State::NeedMore;
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
            data = input.substr(0, size);
            input.remove_prefix(size);
            left_ -= size;
            done_ = left_ == 0;
            return State::Data;
        }
        case BodyKind::UntilClose:
            if (input.empty()) return State::NeedMore;
            data = input;
            input = {};
            return State::Data;
        case BodyKind::Chunked:
            switch (decoder_.next(input, data)) {
                case ChunkedDecoder::State::NeedMore: return State::NeedMore;
                case ChunkedDecoder::State::Data: return State::Data;
                case ChunkedDecoder::State::Done:
                    // With malformed trailers it is not done: what follows must not be read as the next message.
                    done_ = decoder_.trailers().empty() || readTrailers();
                    return done_ ? State::Done : State::Failed;
                case ChunkedDecoder::State::Failed: return State::Failed;
            }
    }
    return State::Failed;
}

bool BodyReader::readTrailers() {
    trailers_.clear();
    arena_.clear();
    auto lines = arena_.copy(decoder_.trailers());
    while (!lines.empty()) {
        const auto end = lines.find("\r\n");
        std::string_view name;
        std::string_view value;
        if (!splitField(lines.substr(0, end), name, value)) {
            error_ = "A trailer field is malformed.";
            return false;
        }
        lines.remove_prefix(end + 2);
        if (mayTrail(name)) trailers_.addView(name, value);
    }
    return true;
}

}  // namespace gatehouse::http
