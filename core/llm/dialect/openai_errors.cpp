// Errors as OpenAI writes them, {"error": {"message", "type", "param", "code"}}, and as those who imitate it do: flat (vLLM's
// {"object": "error", "message", "code": 400}), FastAPI's {"detail": ...}, {"error": "text"} (Ollama), {"message": ...}.
#include "llm/dialect/dialect.h"

namespace gatehouse::llm {
namespace {

std::string wordOf(const Json& object, std::string_view key) {
    const auto found = object.find(std::string(key));
    if (found == object.end() || found->is_null()) return {};
    if (found->is_string()) return found->get<std::string>();
    return found->is_number_integer() ? found->dump() : std::string();
}

/// FastAPI's list of what is wrong with a request: {"loc": ["body", "max_tokens"], "msg": ...}.
std::string detailsOf(const Json& details, std::string& param) {
    if (!details.is_array()) return dump(details);
    std::string out;
    for (const auto& detail : details) {
        std::string place;
        if (detail.is_object() && detail.contains("loc") && detail["loc"].is_array())
            for (const auto& step : detail["loc"]) {
                if (step == "body") continue;
                if (step.is_number_integer()) place += "[" + step.dump() + "]";
                else if (step.is_string()) place += (place.empty() ? "" : ".") + step.get<std::string>();
            }
        const auto what = textOf(detail, "msg");
        if (param.empty()) param = place;
        if (!out.empty()) out += "; ";
        out += place.empty() ? (what.empty() ? dump(detail) : what) : place + ": " + what;
    }
    return out;
}

}  // namespace

ApiError readOpenAiError(int status, const Json& body) {
    ApiError error;
    error.status = status;
    const auto found = body.find("error");
    const Json& inner = found != body.end() && found->is_object() ? *found : body;
    error.message = wordOf(inner, "message");
    error.type = wordOf(inner, "type");
    error.code = wordOf(inner, "code");
    error.param = wordOf(inner, "param");
    if (error.message.empty() && found != body.end() && found->is_string()) error.message = found->get<std::string>();
    if (error.message.empty()) error.message = wordOf(inner, "detail");
    if (const auto detail = inner.find("detail"); error.message.empty() && detail != inner.end()) error.message = detailsOf(*detail, error.param);
    // Mistral's 422.
    if (const auto message = inner.find("message"); error.message.empty() && message != inner.end() && message->is_object())
        if (const auto detail = message->find("detail"); detail != message->end()) error.message = detailsOf(*detail, error.param);
    // vLLM repeats the status as the code.
    if (error.code == std::to_string(status)) error.code.clear();
    // OpenRouter says more of the provider behind it.
    if (const auto metadata = inner.find("metadata"); metadata != inner.end() && metadata->is_object())
        if (const auto raw = wordOf(*metadata, "raw"); !raw.empty()) error.message += " (" + raw + ")";
    return error;
}

Json writeOpenAiError(const ApiError& error) {
    Json inner = {{"message", error.message},
                  {"type", error.type.empty() ? std::string(openAiErrorType(error.status)) : error.type},
                  {"param", nullptr},
                  {"code", nullptr}};
    if (!error.param.empty()) inner["param"] = error.param;
    if (!error.code.empty()) inner["code"] = error.code;
    return Json{{"error", std::move(inner)}};
}

std::string_view openAiErrorType(int status) {
    switch (status) {
    case 401: return "authentication_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 429: return "rate_limit_error";
    default: return status >= 500 ? "server_error" : "invalid_request_error";
    }
}

}  // namespace gatehouse::llm
