// The JSON of a capture: what the admin endpoint's /capture answers.
#include "llm/capture.h"
#include "telemetry/request_record.h"
#include "text/base64.h"

#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace gatehouse::telemetry {
namespace {

using Json = nlohmann::ordered_json;

Json headJson(const std::string& head) {
    Json out;
    auto rest = std::string_view(head);
    const auto line = [&] {
        const auto end = rest.find('\n');
        const auto text = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        return text;
    };
    out["line"] = line();
    auto& fields = out["fields"] = Json::array();
    while (!rest.empty()) {
        const auto text = line();
        const auto colon = text.find(": ");
        if (colon != std::string_view::npos) fields.push_back({{"name", text.substr(0, colon)}, {"value", text.substr(colon + 2)}});
    }
    return out;
}

Json messageJson(const llm::CapturedMessage& message) {
    if (!message.present) return nullptr;
    Json out;
    if (!message.head.empty()) out["head"] = headJson(message.head);
    out["size"] = message.size;
    if (!message.read) out["read"] = false;
    if (message.cut()) out["keptBytes"] = message.body.size();
    if (message.hidden) out["secretsHidden"] = true;
    if (simdjson::validate_utf8(message.body.data(), message.body.size())) out["body"] = message.body;
    else out["bodyBase64"] = text::toBase64(message.body);
    if (message.chunks.size() > 1) {
        auto& chunks = out["chunks"] = Json::array();
        for (const auto& chunk : message.chunks) chunks.push_back({{"end", chunk.end}, {"micros", chunk.micros}});
    } else if (!message.chunks.empty()) {
        out["micros"] = message.chunks.front().micros;
    }
    return out;
}

}  // namespace

std::string captureJson(const RequestRecord& record, const llm::CaptureData& data) {
    Json out;
    out["requestId"] = record.requestId;
    if (!data.clientDialect.empty()) out["clientDialect"] = data.clientDialect;
    if (!data.model.empty()) out["model"] = data.model;
    if (data.masked) out["requestMasked"] = true;
    if (data.answerMasked) out["answerMasked"] = true;
    if (data.crowded) out["budgetWasFull"] = true;
    out["clientRequest"] = messageJson(data.clientRequest);
    auto& tries = out["tries"] = Json::array();
    for (const auto& entry : data.tries) {
        Json shown;
        if (!entry.provider.empty()) shown["provider"] = entry.provider;
        shown["endpoint"] = entry.endpoint;
        if (!entry.dialect.empty()) shown["dialect"] = entry.dialect;
        shown["status"] = entry.status == 0 ? Json(nullptr) : Json(entry.status);
        if (entry.passedOn) shown["passedOn"] = true;
        auto& losses = shown["losses"] = Json::array();
        for (const auto& loss : entry.losses)
            losses.push_back({{"kind", llm::lossWord(loss.kind)}, {"path", loss.path}, {"reason", loss.reason}});
        shown["request"] = messageJson(entry.request);
        shown["answer"] = messageJson(entry.answer);
        tries.push_back(std::move(shown));
    }
    out["clientAnswer"] = messageJson(data.clientAnswer);
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gatehouse::telemetry
