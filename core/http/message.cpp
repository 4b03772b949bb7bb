#include "http/message.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::http {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

bool equalsIgnoreCase(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    return true;
}

char* Arena::allocate(std::size_t size) {
    while (current_ < blocks_.size() && blocks_[current_].size - blocks_[current_].used < size) ++current_;
    if (current_ == blocks_.size()) {
        const auto capacity = std::max(kBlock, size);
        blocks_.push_back({std::make_unique<char[]>(capacity), capacity, 0});
    }
    auto& block = blocks_[current_];
    char* place = block.bytes.get() + block.used;
    block.used += size;
    return place;
}

std::string_view Arena::copy(std::string_view bytes) {
    if (bytes.empty()) return {};
    char* place = allocate(bytes.size());
    std::memcpy(place, bytes.data(), bytes.size());
    return {place, bytes.size()};
}

std::string_view Arena::concat(std::initializer_list<std::string_view> parts) {
    std::size_t total = 0;
    for (const auto part : parts) total += part.size();
    if (total == 0) return {};
    char* place = allocate(total);
    char* out = place;
    for (const auto part : parts) {
        if (!part.empty()) std::memcpy(out, part.data(), part.size());
        out += part.size();
    }
    return {place, total};
}

void Arena::clear() {
    // One ordinary block is kept for the next message; an outsized request must not pin its memory.
    if (blocks_.size() > 1) blocks_.resize(1);
    if (!blocks_.empty() && blocks_.front().size > 4 * kBlock) blocks_.clear();
    for (auto& block : blocks_) block.used = 0;
    current_ = 0;
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
    for (const auto& field : fields_)
        if (equalsIgnoreCase(field.name, name)) return field.value;
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [&](const Header& field) { return equalsIgnoreCase(field.name, name); }));
}

void Headers::add(std::string_view name, std::string_view value) {
    fields_.push_back({arena_->copy(name), arena_->copy(value)});
}

void Headers::addView(std::string_view name, std::string_view value) { fields_.push_back({name, value}); }

void Headers::set(std::string_view name, std::string_view value) {
    const auto first = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const Header& field) { return equalsIgnoreCase(field.name, name); });
    if (first == fields_.end()) {
        add(name, value);
        return;
    }
    first->value = arena_->copy(value);
    fields_.erase(std::remove_if(first + 1, fields_.end(),
                                 [&](const Header& field) { return equalsIgnoreCase(field.name, name); }),
                  fields_.end());
}

std::size_t Headers::remove(std::string_view name) {
    const auto before = fields_.size();
    fields_.erase(std::remove_if(fields_.begin(), fields_.end(),
                                 [&](const Header& field) { return equalsIgnoreCase(field.name, name); }),
                  fields_.end());
    return before - fields_.size();
}

void RequestHead::clear() {
    headers.clear();
    arena.clear();
    method = target = path = query = scheme = authority = host = {};
    hasQuery = false;
    minorVersion = 1;
}

void ResponseHead::clear() {
    headers.clear();
    arena.clear();
    status = 0;
    reason = {};
    minorVersion = 1;
}

std::string_view reasonPhrase(int status) {
    switch (status) {
        case 100: return "Continue";
        case 101: return "Switching Protocols";
        case 102: return "Processing";
        case 103: return "Early Hints";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 203: return "Non-Authoritative Information";
        case 204: return "No Content";
        case 205: return "Reset Content";
        case 206: return "Partial Content";
        case 207: return "Multi-Status";
        case 300: return "Multiple Choices";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 402: return "Payment Required";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 407: return "Proxy Authentication Required";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 423: return "Locked";
        case 424: return "Failed Dependency";
        case 425: return "Too Early";
        case 426: return "Upgrade Required";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 451: return "Unavailable For Legal Reasons";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        case 511: return "Network Authentication Required";
        default: return status >= 200 && status < 300 ? "OK" : "Status";
    }
}

}  // namespace gatehouse::http
