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
    if (const auto detail = inner.find("detail"); error.message.empty() && detail != inner.end()) error.message = dump(*detail);
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
