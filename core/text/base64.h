// Base64 with padding (RFC 4648 section 4). Readers differ in what they let pass, and stay with those who read.
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::text {

std::string toBase64(std::string_view data);

}  // namespace gatehouse::text
