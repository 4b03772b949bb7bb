#include "llm/stream_guard.h"

#include "http/characters.h"
#include "llm/stream_guard_events.h"
#include "llm/text_masker.h"

#include <array>
#include <utility>

namespace gatehouse::llm {
namespace {

constexpr std::size_t kMaxEvent = 16 * 1024 * 1024;

std::array<std::uint32_t, 256> crcTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
        table[i] = value;
    }
    return table;
}

/// CRC-32 (ISO-HDLC), as frames of AWS event streams have it.
std::uint32_t crcOf(std::string_view bytes) {
    static const auto table = crcTable();
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes) crc = table[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (crc >> 8U);
    return ~crc;
}

void putNumber(std::string& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
}

std::uint32_t numberAt(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

}  // namespace

struct StreamGuard::State {
    State(TextFilters filters, Framing how) : events(std::move(filters)), framing(how) {}

    GuardedEvents events;
    Framing framing;
    std::function<void(std::string&)> each;
    bool failed = false;
    std::string held;        ///< Of the event under way, as it came (EventStream: of frames).
    std::string line;
    std::string name;        ///< SSE: lines of the event beside its data.
    std::string data;
    bool hasData = false;
    bool afterReturn = false;

    void write(const GuardedEvents::Event& event, std::string& out) const {
        if (framing == Framing::Lines) {
            out += event.payload;
            out += '\n';
        } else if (framing == Framing::Sse) {
            out += event.frame;
            out += "data: ";
            out += event.payload;
            out += "\n\n";
        } else {
            std::string frame;
            putNumber(frame, static_cast<std::uint32_t>(16 + event.frame.size() + event.payload.size()));
            putNumber(frame, static_cast<std::uint32_t>(event.frame.size()));
            putNumber(frame, crcOf(frame));
            frame += event.frame;
            frame += event.payload;
            putNumber(frame, crcOf(frame));
            out += frame;
        }
    }

    /// One event: `raw` goes on where nothing of it changed.
    void take(std::string_view frame, std::string_view payload, std::string_view raw, std::string& out) {
        std::vector<GuardedEvents::Event> made;
        const bool same = events.take(frame, payload, made);
        for (const auto& event : made) write(event, out);
        if (same) out += raw;
        if (each) each(out);
    }

    void endSseLine(std::string& out) {
        afterReturn = false;
        if (!line.empty()) {
            if (line.starts_with("data:")) {
                std::string_view value = std::string_view(line).substr(5);
                if (value.starts_with(' ')) value.remove_prefix(1);
                if (hasData) data += '\n';
                data += value;
                hasData = true;
            } else if (line == "data") {
                hasData = true;
            } else {
                name += line;
                name += '\n';
            }
            line.clear();
            return;
        }
        if (hasData) {
            take(name, data, held, out);
        } else {
            out += held;
            if (each) each(out);
        }
        held.clear();
        name.clear();
        data.clear();
        hasData = false;
    }

    void feedSse(std::string_view bytes, std::string& out) {
        for (const char byte : bytes) {
            // CR, LF and CRLF each end a line (HTML standard, 9.2.5).
            if (afterReturn && byte != '\n') endSseLine(out);
            held += byte;
            if (byte == '\n') endSseLine(out);
            else if (byte == '\r') afterReturn = true;
            else line += byte;
        }
    }

    void feedLines(std::string_view bytes, std::string& out) {
        for (const char byte : bytes) {
            held += byte;
            if (byte != '\n') continue;
            endJsonLine(out);
        }
    }

    void endJsonLine(std::string& out) {
        std::string_view text = held;
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
        if (text.empty()) {
            out += held;
            if (each) each(out);
        } else {
            take({}, text, held, out);
        }
        held.clear();
    }

    void feedFrames(std::string_view bytes, std::string& out) {
        held += bytes;
        std::size_t at = 0;
        while (held.size() - at >= 16) {
            const std::string_view rest = std::string_view(held).substr(at);
            const std::size_t total = numberAt(rest, 0), headers = numberAt(rest, 4);
            if (total < 16 || total > kMaxEvent || headers > total - 16) {
                failed = true;
                return;
            }
            if (rest.size() < total) break;
            take(rest.substr(12, headers), rest.substr(12 + headers, total - 16 - headers), rest.substr(0, total), out);
            at += total;
        }
        held.erase(0, at);
    }
};

StreamGuard::Framing StreamGuard::framingOf(std::string_view contentType) {
    if (http::containsIgnoreCase(contentType, "vnd.amazon.eventstream")) return Framing::EventStream;
    if (http::containsIgnoreCase(contentType, "ndjson") || http::containsIgnoreCase(contentType, "stream+json")) return Framing::Lines;
    return Framing::Sse;
}

StreamGuard::StreamGuard(const RegexGuard& guard, Framing framing)
    : StreamGuard([&guard](std::string_view, TextScope, bool jsonText) { return std::make_unique<DeepMasker>(guard, jsonText); }, framing) {}

StreamGuard::StreamGuard(TextFilters filters, Framing framing, std::function<void(std::string&)> each)
    : state_(std::make_unique<State>(std::move(filters), framing)) {
    state_->each = std::move(each);
}
StreamGuard::~StreamGuard() = default;

void StreamGuard::feed(std::string_view bytes, std::string& out) {
    auto& s = *state_;
    if (s.failed) return;
    switch (s.framing) {
        case Framing::Sse: s.feedSse(bytes, out); break;
        case Framing::Lines: s.feedLines(bytes, out); break;
        case Framing::EventStream: s.feedFrames(bytes, out); break;
    }
    if (s.held.size() > kMaxEvent) s.failed = true;
}

void StreamGuard::finish(std::string& out) {
    auto& s = *state_;
    if (s.failed) return;
    if (s.framing == Framing::Sse) {
        if (s.afterReturn || !s.line.empty()) s.endSseLine(out);
        // An unfinished last event: some servers leave out the blank line after the last one.
        if (s.hasData) s.endSseLine(out);
    } else if (s.framing == Framing::Lines && !s.held.empty()) {
        s.endJsonLine(out);
    }
    std::vector<GuardedEvents::Event> made;
    s.events.finish(made);
    for (const auto& event : made) s.write(event, out);
}

GuardVerdict StreamGuard::verdict() const { return state_->events.verdict(); }
std::size_t StreamGuard::overruns() const { return state_->events.overruns(); }
bool StreamGuard::failed() const { return state_->failed; }

}  // namespace gatehouse::llm
