#include "telemetry/policy_log.h"

#include "config/log_format.h"
#include "http/characters.h"
#include "http/message.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cerrno>
#include <optional>

namespace gatehouse::telemetry {
namespace {

constexpr std::size_t kMostWaiting = 1024 * 1024;

std::optional<std::string> header(const RequestRecord& record, std::string_view name) {
    using http::equalsIgnoreCase;
    if (name == ":METHOD" || name == ":method") return record.method;
    if (name == ":PATH" || name == ":path") return record.path;
    if (name == ":AUTHORITY" || name == ":authority" || equalsIgnoreCase(name, "host")) return record.host;
    if (name == ":SCHEME" || name == ":scheme") return record.tlsVersion.empty() ? "http" : "https";
    if (equalsIgnoreCase(name, "x-request-id")) return record.requestId;
    if (!record.head) return std::nullopt;
    for (const auto& [field, value] : record.head->fields())
        if (equalsIgnoreCase(field, name)) return std::string(value);
    return std::nullopt;
}

std::string withoutPort(const std::string& client) {
    const auto colon = client.rfind(':');
    auto address = client.substr(0, client.find("]:") != std::string::npos || client.find(':') == colon ? colon : std::string::npos);
    if (address.starts_with('[')) address = address.substr(1, address.size() - 1 - (address.ends_with(']') ? 1 : 0));
    return address;
}

struct Value {
    std::string_view op;
    bool number;
    std::string (*of)(const RequestRecord&);
};
std::string millis(std::int64_t micros) { return micros < 0 ? std::string() : std::to_string(micros / 1000); }

/// One for each of config::logOperators() but REQ.
constexpr Value kValues[] = {
    {"START_TIME", false, [](const RequestRecord& r) { return base::formatRfc3339(r.startedAt); }},
    {"PROTOCOL", false, [](const RequestRecord& r) { return r.protocol; }},
    {"UPSTREAM_PROTOCOL", false, [](const RequestRecord& r) { return r.upstreamProtocol; }},
    {"RESPONSE_CODE", true, [](const RequestRecord& r) { return std::to_string(r.status); }},
    {"RESPONSE_CODE_DETAILS", false, [](const RequestRecord& r) { return r.error.empty() ? std::string("via_upstream") : r.error; }},
    {"RESPONSE_FLAGS", false, [](const RequestRecord&) { return std::string(); }},
    {"GRPC_STATUS_NUMBER", true, [](const RequestRecord& r) { return r.grpcStatus < 0 ? std::string() : std::to_string(r.grpcStatus); }},
    {"BYTES_RECEIVED", true, [](const RequestRecord& r) { return std::to_string(r.requestBytes); }},
    {"BYTES_SENT", true, [](const RequestRecord& r) { return std::to_string(r.responseBytes); }},
    {"DURATION", true, [](const RequestRecord& r) { return millis(r.totalMicros); }},
    {"RESPONSE_DURATION", true, [](const RequestRecord& r) { return millis(r.firstByteMicros); }},
    {"UPSTREAM_HOST", false, [](const RequestRecord& r) { return r.endpoint; }},
    {"UPSTREAM_CLUSTER", false, [](const RequestRecord& r) { return r.backend; }},
    {"DOWNSTREAM_REMOTE_ADDRESS", false, [](const RequestRecord& r) { return r.client; }},
    {"DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", false, [](const RequestRecord& r) { return withoutPort(r.client); }},
    {"REQUESTED_SERVER_NAME", false, [](const RequestRecord& r) { return r.tlsSni; }},
    {"DOWNSTREAM_TLS_VERSION", false, [](const RequestRecord& r) { return r.tlsVersion; }},
    {"DOWNSTREAM_PEER_SUBJECT", false, [](const RequestRecord& r) { return r.tlsClientSubject; }},
    {"ROUTE_NAME", false, [](const RequestRecord& r) { return r.rule; }},
    {"UPSTREAM_REQUEST_ATTEMPT_COUNT", true, [](const RequestRecord& r) { return std::to_string(r.attempts); }},
};

std::string valueOf(const config::LogPiece& piece, const RequestRecord& record, bool& number) {
    std::string out;
    number = false;
    if (piece.op == "REQ") {
        auto found = header(record, piece.argument);
        if (!found && !piece.otherwise.empty()) found = header(record, piece.otherwise);
        out = found.value_or("");
    }
    for (const auto& value : kValues)
        if (value.op == piece.op) {
            out = value.of(record);
            number = value.number && !out.empty();
        }
    if (out.empty()) return "-";
    if (piece.most > 0 && out.size() > piece.most) out.resize(piece.most);
    return out;
}

/// `number`: the whole text is one number.
std::string filled(const std::string& format, const RequestRecord& record, bool& number) {
    number = false;
    const auto pieces = config::parseLogFormat(format);
    if (!pieces) return format;
    std::string out;
    bool numeric = false;
    for (const auto& piece : *pieces) out += piece.op.empty() ? piece.text : valueOf(piece, record, numeric);
    number = pieces->size() == 1 && numeric;
    return out;
}

}  // namespace

std::string policyLine(const config::AccessLogSpec& log, const RequestRecord& record) {
    bool number = false;
    if (!log.json) {
        auto line = filled(log.format, record, number);
        while (line.ends_with('\n')) line.pop_back();
        return line;
    }
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const auto& [name, format] : log.fields) {
        auto text = filled(format, record, number);
        auto* place = &out;
        std::string_view rest = name;
        for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
            auto& inner = (*place)[std::string(rest.substr(0, dot))];
            if (!inner.is_object()) inner = nlohmann::ordered_json::object();
            place = &inner;
            rest.remove_prefix(dot + 1);
        }
        if (number) (*place)[std::string(rest)] = std::strtoll(text.c_str(), nullptr, 10);
        else (*place)[std::string(rest)] = std::move(text);
    }
    return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void PolicyLog::write(const std::vector<config::AccessLogSpec>& logs, const RequestRecord& record) {
    for (const auto& log : logs) {
        if (!log.fileSink || !config::isLogFile(log.path)) continue;
        auto& file = files_[log.path == "/dev/stderr" ? 1 : 0];
        if (file.pending.size() > kMostWaiting) continue;
        file.pending += policyLine(log, record);
        file.pending += '\n';
    }
}

void PolicyLog::flush() {
    for (auto& file : files_) {
        while (!file.pending.empty()) {
            const auto written = ::write(file.descriptor, file.pending.data(), file.pending.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) break;
            file.pending.erase(0, static_cast<std::size_t>(written));
        }
    }
}

}  // namespace gatehouse::telemetry
