// Where in a request a key, a token or a password stands, and how it is taken out again before the request goes on.
// Thread: pure functions on the worker that owns the message.
#pragma once

#include "http/message.h"
#include "text/cel.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::filter {

/// Looked at in this order: header, query parameter, cookie, expression. Empty: not there.
struct CredentialSource {
    std::string header;
    std::string prefix;  ///< Before the credential in the header, e.g. "Bearer "; case does not matter.
    bool prefixOptional = false;
    std::string query, cookie;
    std::shared_ptr<const text::cel::Program> expression;
};

struct Credential {
    enum class In : unsigned char { Header, Query, Cookie, Expression };
    std::string_view value;  ///< In the message's arena.
    In in = In::Header;
    const CredentialSource* source = nullptr;
};

/// The first that is there and not empty. `activation`: for sources that are expressions.
std::optional<Credential> findCredential(const std::vector<CredentialSource>& sources, http::RequestHead& head,
                                         const text::cel::Activation& activation);
/// From the header, the query or the cookies; an expression names no place.
void removeCredential(const Credential& credential, http::RequestHead& head);
/// "header Authorization", "cookie key"
std::string placeOf(const CredentialSource& source);

}  // namespace gatehouse::filter
