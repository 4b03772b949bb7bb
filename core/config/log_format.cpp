#include "config/log_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace gatehouse::config {
namespace {

constexpr auto kOperators = std::to_array<std::string_view>(
    {"START_TIME", "REQ", "PROTOCOL", "UPSTREAM_PROTOCOL", "RESPONSE_CODE", "RESPONSE_CODE_DETAILS", "RESPONSE_FLAGS", "GRPC_STATUS_NUMBER",
     "BYTES_RECEIVED", "BYTES_SENT", "DURATION", "RESPONSE_DURATION", "UPSTREAM_HOST", "UPSTREAM_CLUSTER", "DOWNSTREAM_REMOTE_ADDRESS",
     "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "REQUESTED_SERVER_NAME", "DOWNSTREAM_TLS_VERSION", "DOWNSTREAM_PEER_SUBJECT",
     "ROUTE_NAME", "UPSTREAM_REQUEST_ATTEMPT_COUNT"});

}  // namespace

Result<std::vector<LogPiece>> parseLogFormat(std::string_view format) {
    std::vector<LogPiece> pieces;
    std::string text;
    const auto flush = [&] {
        if (!text.empty()) pieces.push_back({std::move(text), {}, {}, {}, 0});
        text.clear();
    };
    while (!format.empty()) {
        const auto percent = format.find('%');
        text += format.substr(0, percent);
        if (percent == std::string_view::npos) break;
        format.remove_prefix(percent + 1);
        const auto end = format.find('%');
        if (end == std::string_view::npos) return fail("log-format", "A % is not closed by another one.");
        auto inner = format.substr(0, end);
        format.remove_prefix(end + 1);
        if (inner.empty()) {
            text += '%';
            continue;
        }
        flush();
        LogPiece piece;
        const auto open = inner.find('(');
        const auto close = open == std::string_view::npos ? open : inner.rfind(')');
        piece.op = inner.substr(0, std::min(open, inner.find(':')));
        if (open != std::string_view::npos) {
            if (close == std::string_view::npos) return fail("log-format", fmt::format("A ( is not closed in %{}%.", inner));
            const auto argument = inner.substr(open + 1, close - open - 1);
            const auto mark = argument.find('?');
            piece.argument = argument.substr(0, mark);
            if (mark != std::string_view::npos) piece.otherwise = argument.substr(mark + 1);
            inner.remove_prefix(close + 1);
        } else {
            inner.remove_prefix(piece.op.size());
        }
        if (inner.starts_with(':')) std::from_chars(inner.data() + 1, inner.data() + inner.size(), piece.most);
        pieces.push_back(std::move(piece));
    }
    flush();
    return pieces;
}

std::span<const std::string_view> logOperators() { return kOperators; }

bool isLogOperator(const LogPiece& piece) {
    return piece.op.empty() || std::find(kOperators.begin(), kOperators.end(), piece.op) != kOperators.end();
}

bool isLogFile(std::string_view path) { return path == "/dev/stdout" || path == "/dev/stderr"; }

}  // namespace gatehouse::config
