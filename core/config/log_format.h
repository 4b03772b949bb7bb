// The format strings of access logs, Envoy's: text with %OPERATOR(ARGUMENT?OTHER):LENGTH% in it. Thread: pure functions.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config {

struct LogPiece {
    std::string text;      ///< Where it is no operator.
    std::string op;        ///< "REQ"; empty: text.
    std::string argument;  ///< "X-FORWARDED-FOR"
    std::string otherwise; ///< Of REQ(A?B): B, taken where there is no A.
    std::size_t most = 0;  ///< Bytes of the value; 0: all.
};

/// Error "log-format" where a % is not closed.
Result<std::vector<LogPiece>> parseLogFormat(std::string_view format);
/// Operators for which there is a value; "-" is written for the others.
std::span<const std::string_view> logOperators();
bool isLogOperator(const LogPiece& piece);

/// Files that lines may go to: what a workspace says must not make its reader write anywhere else.
bool isLogFile(std::string_view path);

}  // namespace gatehouse::config
