// The frames of h2_test_support.h: scripts to bytes, bytes to answers.
#include "core/http/h2_test_support.h"

#include <cerrno>
#include <sstream>

namespace gatehouse::http::h2test {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view by) {
    std::vector<std::string> parts;
    while (true) {
        const auto at = text.find(by);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + by.size());
    }
}

/// "name=value, name=value": the value ends at ", "; both are unescaped.
std::string fieldBlock(std::string_view text) {
    std::string out;
    if (text.empty()) return out;
    for (const auto& part : split(text, ", ")) {
        // A pseudo-header field begins with a colon; the first '=' parts name and value.
        const auto equals = part.find('=', part.front() == '=' ? 0 : 1);
        out += hpackField(unescape(part.substr(0, equals)), unescape(part.substr(equals + 1)));
    }
    return out;
}

std::string step(const std::string& text) {
    std::istringstream words(text);
    std::string verb;
    words >> verb;
    std::uint32_t id = 0;
    const auto rest = [&] {
        std::string line;
        std::getline(words >> std::ws, line);
        return line;
    };
    const auto take = [&](std::string& line, const std::string& word) {
        if (line != word && !line.starts_with(word + " ")) return false;
        line.erase(0, word.size());
        line.erase(0, line.find_first_not_of(' '));
        return true;
    };
    if (verb == "get") {
        // A plain request, with more fields where given.
        words >> id;
        return frame(1, kEnd | kEndHeaders, id,
                     fieldBlock(":method=GET, :scheme=http, :path=/, :authority=a.test") + fieldBlock(rest()));
    }
    if (verb == "post") {
        words >> id;
        return frame(1, kEndHeaders, id,
                     fieldBlock(":method=POST, :scheme=http, :path=/, :authority=a.test") + fieldBlock(rest()));
    }
    if (verb == "headers" || verb == "continuation") {
        words >> id;
        auto line = rest();
        int flags = kEndHeaders;
        if (take(line, "end")) flags |= kEnd;
        if (take(line, "open")) flags &= ~kEndHeaders;
        return frame(verb == "headers" ? 1 : 9, flags, id, fieldBlock(line));
    }
    if (verb == "data") {
        words >> id;
        auto line = rest();
        const bool end = take(line, "end");
        return frame(0, end ? kEnd : 0, id, unescape(line));
    }
    if (verb == "padded") {
        words >> id;
        return frame(0, kPadded, id, std::string(1, '\x02') + unescape(rest()) + std::string(2, '\0'));
    }
    if (verb == "rst") {
        std::uint32_t code = 0;
        words >> id >> code;
        return frame(3, 0, id, number32(code));
    }
    if (verb == "ping") return frame(6, 0, 0, "12345678");
    if (verb == "settings") return frame(4, 0, 0, {});
    if (verb == "priority") {
        words >> id;
        return frame(2, 0, id, number32(0) + '\x10');
    }
    if (verb == "window") {
        std::uint32_t more = 0;
        words >> id >> more;
        return frame(8, 0, id, number32(more));
    }
    if (verb == "unknown") return frame(200, 0, 0, "x");
    if (verb == "goaway") return frame(7, 0, 0, number32(0) + number32(0));
    if (verb == "push") return frame(5, kEndHeaders, 1, number32(2) + fieldBlock(":method=GET, :scheme=http, :path=/, :authority=a"));
    if (verb == "fields" || verb == "fields-answer") {
        // Many fields on stream 1: COUNT SIZE.
        std::size_t count = 0;
        std::size_t size = 0;
        words >> id >> count >> size;
        std::string block = fieldBlock(verb == "fields" ? ":method=GET, :scheme=http, :path=/, :authority=a.test" : ":status=200");
        for (std::size_t i = 0; i < count; ++i) block += hpackField("x-" + std::to_string(i), std::string(size, 'v'));
        std::string out;
        const std::size_t most = 16000;
        for (std::size_t at = 0; at < block.size(); at += most)
            out += frame(at == 0 ? 1 : 9, (at == 0 ? kEnd : 0) | (at + most >= block.size() ? kEndHeaders : 0), id,
                         block.substr(at, most));
        return out;
    }
    if (verb == "bomb") {
        // One large field is put into the table, then named again and again: COUNT times.
        std::size_t count = 0;
        words >> id >> count;
        std::string block = fieldBlock(":method=GET, :scheme=http, :path=/, :authority=a.test");
        block += '\x40' + hpackString("x") + hpackString(std::string(4000, 'v'));
        return frame(1, kEnd | kEndHeaders, id, block + std::string(count, '\xbe'));
    }
    if (verb == "rapid") {
        std::uint32_t count = 0;
        words >> id >> count;
        std::string out;
        for (std::uint32_t i = 0; i < count; ++i) out += step("get " + std::to_string(id + 2 * i)) + step("rst " + std::to_string(id + 2 * i) + " 8");
        return out;
    }
    if (verb == "overflow") {
        // Requests that each make the server reset them: a window beyond 2^31.
        std::uint32_t count = 0;
        words >> id >> count;
        std::string out;
        for (std::uint32_t i = 0; i < count; ++i)
            out += step("post " + std::to_string(id + 2 * i)) + step("window " + std::to_string(id + 2 * i) + " 2147483647");
        return out;
    }
    if (verb == "gets") {
        std::uint32_t count = 0;
        words >> id >> count;
        std::string out;
        for (std::uint32_t i = 0; i < count; ++i) out += step("post " + std::to_string(id + 2 * i));
        return out;
    }
    ADD_FAILURE() << "no such step: " << text;
    return {};
}

}  // namespace

std::string script(std::string_view text) {
    std::string out;
    for (const auto& part : split(text, " ; ")) {
        // "ping x500" repeats.
        const auto times = part.rfind(" x");
        const bool repeats = times != std::string::npos && times + 2 < part.size() &&
                             part.find_first_not_of("0123456789", times + 2) == std::string::npos;
        const auto bytes = step(repeats ? part.substr(0, times) : part);
        for (int i = repeats ? std::stoi(part.substr(times + 2)) : 1; i > 0; --i) out += bytes;
    }
    return out;
}

void FrameReader::feed(std::string_view bytes) {
    rest_ += bytes;
    while (rest_.size() >= 9) {
        const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(rest_[at])); };
        const std::size_t size = byte(0) << 16 | byte(1) << 8 | byte(2);
        if (rest_.size() < 9 + size) return;
        const auto id = (byte(5) << 24 | byte(6) << 16 | byte(7) << 8 | byte(8)) & 0x7fffffffU;
        frame(static_cast<int>(byte(3)), static_cast<int>(byte(4)), id, std::string_view(rest_).substr(9, size));
        rest_.erase(0, 9 + size);
    }
}

void FrameReader::frame(int type, int flags, std::uint32_t id, std::string_view payload) {
    ++frames[type];
    const auto number = [&](std::size_t at, std::size_t size) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(payload[at + i]);
        return value;
    };
    switch (type) {
        case 0: answers[id].body += payload; break;
        case 1: {
            auto left = payload;
            while (true) {
                nghttp2_nv field;
                int what = 0;
                const auto read = nghttp2_hd_inflate_hd2(inflater_, &field, &what,
                                                         reinterpret_cast<const std::uint8_t*>(left.data()), left.size(), 1);
                if (read < 0) {
                    ADD_FAILURE() << "a head of ours does not decode";
                    return;
                }
                left.remove_prefix(static_cast<std::size_t>(read));
                if ((what & NGHTTP2_HD_INFLATE_EMIT) != 0) {
                    const std::string name(reinterpret_cast<const char*>(field.name), field.namelen);
                    const std::string value(reinterpret_cast<const char*>(field.value), field.valuelen);
                    if (name == ":status") answers[id].statuses.push_back(std::stoi(value));
                }
                if ((what & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
            }
            nghttp2_hd_inflate_end_headers(inflater_);
            break;
        }
        case 3: answers[id].reset = static_cast<int>(number(0, 4)); break;
        case 4:
            for (std::size_t at = 0; at + 6 <= payload.size(); at += 6) settings[static_cast<int>(number(at, 2))] = number(at + 2, 4);
            break;
        case 6: acks += flags & kAck; break;
        case 7: goaways.emplace_back(number(0, 4), number(4, 4)); break;
        default: break;
    }
    if (type <= 1 && (flags & kEnd) != 0) answers[id].ended = true;
}

bool RawEnd::talk(std::string bytes, const std::function<bool()>& done) {
    toSend_ += bytes;
    return loop_.until([&] {
        while (!toSend_.empty()) {
            const auto sent = ::send(socket_.native_handle(), toSend_.data(), toSend_.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                if (sent < 0 && errno != EAGAIN) toSend_.clear();
                break;
            }
            toSend_.erase(0, static_cast<std::size_t>(sent));
        }
        char buffer[16384];
        while (!closed_) {
            const auto got = ::recv(socket_.native_handle(), buffer, sizeof buffer, 0);
            if (got > 0) {
                reader.feed({buffer, static_cast<std::size_t>(got)});
                continue;
            }
            if (got == 0 || errno != EAGAIN) closed_ = true;
            break;
        }
        return done() || closed_;
    });
}

}  // namespace gatehouse::http::h2test
