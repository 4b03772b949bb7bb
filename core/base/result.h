// Result<T>: a value or an Error. The way every fallible function in core/ answers; no exception crosses a folder.
// Thread: values, no sharing. Lifetime: as any value.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace gatehouse::base {

/// What went wrong: a stable machine-readable code (kebab-case, e.g. "yaml-syntax") and one sentence for a person.
struct Error {
    std::string code;
    std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for `return fail("code", "Sentence.")`.
inline tl::unexpected<Error> fail(std::string code, std::string message) {
    return tl::unexpected<Error>(Error{std::move(code), std::move(message)});
}

}  // namespace gatehouse::base

namespace gatehouse {
using base::Error;
using base::fail;
using base::Result;
}  // namespace gatehouse
