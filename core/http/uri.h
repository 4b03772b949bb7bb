// Request targets: taken apart, checked and normalised before anything is matched, so that what is matched is what is
// forwarded. Thread: pure functions; answers point into the arena or the input.
#pragma once

#include "http/message.h"

#include <string>
#include <string_view>

namespace gatehouse::http {

struct Target {
    std::string_view path;  ///< As sent.
    std::string_view query;
    bool hasQuery = false;
    std::string_view scheme;     ///< Absolute-form only.
    std::string_view authority;  ///< Absolute-form only.
};

/// Takes origin-form, absolute-form and asterisk-form apart. False: not a target we serve (fragment, control, space,
/// user information, authority-form).
bool splitTarget(std::string_view target, Target& out);

enum class PathVerdict { Ok, Malformed, EncodedSeparator };

/// Merges slashes, resolves dot segments (also encoded ones), decodes encoded unreserved characters (RFC 3986 section
/// 6.2.2) and refuses backslashes, broken escapes, %00, %2f and %5c. A path that is already normal is answered as it is.
PathVerdict normalizePath(std::string_view path, Arena& arena, std::string_view& out);

/// Host and optional port, as in a Host field. False when it is not valid. `host` keeps its case, IPv6 its brackets.
bool splitAuthority(std::string_view authority, std::string_view& host, std::string_view& port);

/// Lower case, without a trailing dot. Copies only where something changes.
std::string_view lowerHost(std::string_view host, Arena& arena);

/// First value of a query parameter, percent-decoded ('+' is a space) into `arena`; false when absent.
bool queryValue(std::string_view query, std::string_view name, Arena& arena, std::string_view& value);

/// Every %XX decoded; what is no escape stays as it is.
std::string percentDecoded(std::string_view text);

}  // namespace gatehouse::http
