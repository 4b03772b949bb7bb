#include "gateway/head_tape.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::gateway {
namespace {

using telemetry::RecordedHead;

/// Writes as much as fits before `end`.
struct Pen {
    char* at;
    char* end;
    bool cut = false;

    std::size_t left() const { return static_cast<std::size_t>(end - at); }
    void put(std::string_view text) {
        if (!text.empty()) std::memcpy(at, text.data(), text.size());
        at += text.size();
    }
    void put(char c) { *at++ = c; }
    void line(std::string_view text) {
        const auto fits = std::min(text.size(), left() - 1);
        cut = cut || fits < text.size();
        put(text.substr(0, fits));
        put('\n');
    }
};

}  // namespace

HeadTape::Piece HeadTape::keep(const http::RequestHead& head) {
    if (kChunk - used_ < RecordedHead::kMost) {
        chunk_ = std::make_shared_for_overwrite<char[]>(kChunk);
        used_ = 0;
    }
    Pen pen{chunk_.get() + used_, chunk_.get() + used_ + RecordedHead::kMost};
    const auto query = head.target.find('?');
    if (query != std::string_view::npos && telemetry::hasSecretParameter(head.target.substr(query + 1), secrets_))
        pen.line(telemetry::hideParameters(head.target, &secrets_));
    else
        pen.line(head.target);
    constexpr std::size_t kBetween = 3;  // ": " and the line feed.
    for (const auto& field : head.headers.fields()) {
        auto value = secrets_.has(field.name) ? telemetry::kHiddenValue : field.value;
        if (value.size() > RecordedHead::kMostValue) {
            value = value.substr(0, RecordedHead::kMostValue);
            pen.cut = true;
        }
        if (field.name.size() + value.size() + kBetween > pen.left()) {
            pen.cut = true;
            break;
        }
        pen.put(field.name);
        pen.put(": ");
        pen.put(value);
        pen.put('\n');
    }
    const auto size = static_cast<std::size_t>(pen.at - (chunk_.get() + used_));
    Piece piece{chunk_, static_cast<std::uint32_t>(used_), static_cast<std::uint16_t>(size), pen.cut};
    used_ += size;
    return piece;
}

}  // namespace gatehouse::gateway
