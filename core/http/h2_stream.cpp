#include "http/h2_stream.h"

#include "http/characters.h"
#include "http/fields.h"
#include "http/h2_core.h"

#include <algorithm>

namespace gatehouse::http {
namespace {

constexpr std::size_t kKeptQueue = 16 * 1024;  ///< Of a stream that waits to be used again.

}  // namespace

void ByteQueue::makeRoom(std::size_t more) {
    const std::size_t held = size();
    if (begin_ > 0 && held + more <= capacity_) {
        std::memmove(bytes_.get(), bytes_.get() + begin_, held);
    } else {
        const std::size_t grown = std::max({std::size_t{1024}, 2 * capacity_, held + more});
        auto bytes = std::make_unique_for_overwrite<char[]>(grown);
        if (held > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, held);
        bytes_ = std::move(bytes);
        capacity_ = grown;
    }
    begin_ = 0;
    end_ = held;
}

H2Stream::H2Stream(H2Core& core, net::Sweeper& sweeper, net::Executor executor, const Limits& limits)
    : core_(&core), readable_(sweeper, executor), writable_(sweeper, executor), reader_(limits) {}

H2Stream::~H2Stream() = default;

void H2Stream::begin(bool server, base::MonoTime now) {
    server_ = server;
    opened_ = now;
    if (!server && !answer_) {
        answer_ = std::make_unique<Answer>();
        incoming_ = std::make_unique<Answer>();
    }
}

/// As new, but for the memory.
void H2Stream::recycle() {
    request_.clear();
    if (answer_) {
        answer_->head.clear();
        answer_->framing = {};
        incoming_->head.clear();
        answers_.clear();
    }
    trailers_.clear();
    trailerArena_.clear();
    in_.clear();
    in_.shrink(kKeptQueue);
    out_.clear();
    out_.shrink(kKeptQueue);
    outArena_.clear();
    outFields_.clear();
    outTrailers_.clear();
    refusal_ = {};
    received_ = promised_ = 0;
    id_ = 0;
    resetCode_ = 0;
    active_ = counted_ = held_ = waiting_ = false;
    headReady_ = finalHead_ = inTrailers_ = bodyless_ = hasPromise_ = refused_ = peerEnded_ = false;
    reset_ = peerReset_ = ownReset_ = lost_ = stopped_ = toHead_ = toConnect_ = false;
    headSent_ = endQueued_ = endSent_ = hasTrailers_ = deferred_ = false;
}

// ---- Arriving

/// A block of fields begins. False: it is not one that can come now.
bool H2Stream::headBegins() {
    if (finalHead_) {
        inTrailers_ = true;
        reader_.startTrailers(trailers_);
    } else if (server_) {
        reader_.startRequest(request_);
    } else {
        incoming_->head.clear();
        reader_.startResponse(incoming_->head, toHead_);
    }
    return true;
}

void H2Stream::headEnds(bool end) {
    reader_.finish(end);
    if (inTrailers_) {
        if (reader_.refusal() != nullptr) refuseWith(*reader_.refusal());
        else messageEnds();
        return;
    }
    const Framing& framing = reader_.framing();
    if (server_ || reader_.refusal() != nullptr || incoming_->head.status >= 200) finalHead_ = true;
    if (reader_.refusal() != nullptr) {
        headReady_ = server_;
        refused_ = true;
        refusal_ = *reader_.refusal();
        peerEnded_ = end;
        readable_.notify();
        return;
    }
    bodyless_ = !server_ && finalHead_ && framing.body == BodyKind::None && !framing.hasLength && !end;
    if (!server_ && toConnect_ && incoming_->head.status / 100 == 2) {
        bodyless_ = false;  // What comes is the tunnel's, whatever length is told (RFC 9110 section 9.3.6).
    } else if (!server_ && (toHead_ || incoming_->head.status == 204 || incoming_->head.status == 304)) {
        bodyless_ = true;
    } else if (finalHead_ && framing.hasLength) {
        hasPromise_ = true;
        promised_ = framing.length;
    }
    if (!server_) {
        incoming_->framing = framing;
        if (!headReady_) {
            std::swap(answer_, incoming_);
        } else {
            if (answers_.size() >= kMaxInterim) return fail("The upstream sends too many interim answers.");
            answers_.push_back(std::exchange(incoming_, std::make_unique<Answer>()));
        }
    }
    headReady_ = true;
    if (end) messageEnds();
    else readable_.notify();
}

void H2Stream::nextHead() {
    headReady_ = false;
    if (answers_.empty()) return;
    answer_ = std::move(answers_.front());
    answers_.erase(answers_.begin());
    headReady_ = true;
}

void H2Stream::dataArrives(std::string_view bytes) {
    received_ += bytes.size();
    const char* wrong = nullptr;
    if (!finalHead_) wrong = "The body comes before the head.";
    else if (bodyless_ && !bytes.empty()) wrong = "An answer without a body has one.";
    else if (hasPromise_ && received_ > promised_) wrong = "Content-Length differs from the body.";
    if (wrong != nullptr) {
        core_->discard(bytes.size());
        return fail(wrong);
    }
    in_.append(bytes);
    readable_.notify();
}

void H2Stream::messageEnds() {
    if (refused_) {
        peerEnded_ = true;
        return;
    }
    if (!finalHead_) return fail("The message ends before its head.");
    if (hasPromise_ && received_ != promised_) return fail("Content-Length differs from the body.");
    peerEnded_ = true;
    readable_.notify();
}

void H2Stream::fail(const char* sentence) {
    refuseWith(server_ ? Refusal{400, "bad-request", sentence} : Refusal{502, "upstream-bad-response", sentence});
}

void H2Stream::refuseWith(const Refusal& refusal) {
    if (refused_) return;
    refused_ = true;
    refusal_ = refusal;
    if (!in_.empty()) {
        core_->discard(in_.size());
        in_.clear();
    }
    readable_.notify();
    core_->countOwnReset();
}

void H2Stream::dies(std::uint32_t code, bool lost) {
    if (reset_) return;
    reset_ = true;
    lost_ = lost;
    resetCode_ = code;
    out_.clear();
    readable_.notify();
    writable_.notify();
}

void H2Stream::consume(std::size_t bytes) {
    in_.consume(bytes);
    if (core_ != nullptr && bytes > 0) core_->consumed(*this, bytes);
}

// ---- Leaving

/// A copy in small letters that lives as long as the stream: nghttp2 reads it when the frame is made.
std::string_view H2Stream::lowered(std::string_view name) {
    char* const place = outArena_.allocate(name.size());
    std::transform(name.begin(), name.end(), place,
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return {place, name.size()};
}

void H2Stream::addField(std::string_view name, std::string_view value) {
    const auto id = classify(name);
    if (id != FieldId::Other) {
        if (isForbiddenInH2(name)) return;
        if (id == FieldId::Host && !server_) return;  // It is :authority.
        if (id == FieldId::Te && !equalsIgnoreCase(trimOws(value), "trailers")) return;
    }
    outFields_.push_back({lowered(name), outArena_.copy(trimOws(value))});
}

bool H2Stream::sendRequest(const H2RequestLine& line, std::span<const Header> fields, bool end) {
    if (server_ || headSent_ || reset_ || core_ == nullptr || core_->over()) return false;
    toHead_ = line.method == "HEAD";
    toConnect_ = line.method == "CONNECT";
    outFields_.clear();
    outFields_.push_back({":method", outArena_.copy(line.method)});
    const bool aimed = !toConnect_ || !line.protocol.empty();  // Plain CONNECT has neither (RFC 9113 section 8.5).
    if (aimed) outFields_.push_back({":scheme", outArena_.copy(line.scheme)});
    outFields_.push_back({":authority", outArena_.copy(line.authority)});
    if (aimed)
        outFields_.push_back({":path", line.hasQuery ? outArena_.concat({line.path, "?", line.query}) : outArena_.copy(line.path)});
    if (!line.protocol.empty()) outFields_.push_back({":protocol", outArena_.copy(line.protocol)});
    for (const auto& field : fields) addField(field.name, field.value);
    headSent_ = true;
    endQueued_ = end;
    if (core_->submitHead(*this, outFields_, false, end)) return true;
    dies(kH2RefusedStream, false);
    return false;
}

bool H2Stream::sendInterim(int status, std::span<const Header> fields) {
    if (!server_ || headSent_ || reset_ || core_ == nullptr || !active_) return false;
    const char digits[3] = {static_cast<char>('0' + status / 100), static_cast<char>('0' + status / 10 % 10),
                            static_cast<char>('0' + status % 10)};
    outFields_.clear();
    outFields_.push_back({":status", outArena_.copy({digits, 3})});
    for (const auto& field : fields) addField(field.name, field.value);
    return core_->submitHead(*this, outFields_, true, false);
}

bool H2Stream::sendResponse(int status, std::span<const Header> fields, bool end) {
    if (!server_ || headSent_ || reset_ || core_ == nullptr || !active_) return false;
    const char digits[3] = {static_cast<char>('0' + status / 100), static_cast<char>('0' + status / 10 % 10),
                            static_cast<char>('0' + status % 10)};
    outFields_.clear();
    outFields_.push_back({":status", outArena_.copy({digits, 3})});
    for (const auto& field : fields) addField(field.name, field.value);
    headSent_ = true;
    endQueued_ = end;
    return core_->submitHead(*this, outFields_, false, end);
}

void H2Stream::sendData(std::string_view bytes, bool end) {
    if (!headSent_ || endQueued_ || reset_ || stopped_ || core_ == nullptr) return;
    out_.append(bytes);
    endQueued_ = end;
    if (!bytes.empty() || end) core_->resume(*this);
}

void H2Stream::sendTrailers(std::span<const Header> fields) {
    if (!headSent_ || endQueued_ || reset_ || stopped_ || core_ == nullptr) return;
    outFields_.clear();
    for (const auto& field : fields)
        if (!field.name.empty() && field.name.front() != ':') addField(field.name, field.value);
    outTrailers_ = outFields_;
    hasTrailers_ = !outTrailers_.empty();
    endQueued_ = true;
    core_->resume(*this);
}

void H2Stream::resetWith(std::uint32_t code) {
    if (core_ == nullptr || reset_) return;
    if (!active_) return dies(code, false);
    core_->reset(*this, code);
    dies(code, false);
}

}  // namespace gatehouse::http
