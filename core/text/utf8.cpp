#include "text/utf8.h"

#include <simdjson.h>

namespace gatehouse::text {

std::size_t utf8Length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto continued = [&](std::size_t count) {
        if (text.size() < count) return false;
        for (std::size_t i = 1; i < count; ++i)
            if ((byte(i) & 0xc0) != 0x80) return false;
        return true;
    };
    if (text.empty()) return 0;
    const auto lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf && continued(2)) return 2;
    if (lead >= 0xe0 && lead <= 0xef && continued(3)) {
        const bool overlong = lead == 0xe0 && byte(1) < 0xa0;
        const bool surrogate = lead == 0xed && byte(1) >= 0xa0;
        return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4 && continued(4)) {
        const bool overlong = lead == 0xf0 && byte(1) < 0x90;
        const bool tooLarge = lead == 0xf4 && byte(1) >= 0x90;
        return overlong || tooLarge ? 0 : 4;
    }
    return 0;
}

std::string toValidUtf8(std::string_view text) {
    if (simdjson::validate_utf8(text.data(), text.size())) return std::string(text);
    std::string out;
    out.reserve(text.size() + 8);
    while (!text.empty()) {
        const auto length = utf8Length(text);
        out += length == 0 ? kReplacementCharacter : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace gatehouse::text
