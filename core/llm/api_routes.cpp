#include "llm/api_routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

/// How a type is asked for where the path is the usual one. Empty: the path tells (Detect, and Gemini's, whose model stands in it).
struct TypeRow {
    std::string_view type, method, path;
};
constexpr std::array<TypeRow, 12> kTypes{{
    {"Completions", "POST", "/v1/chat/completions"},
    {"Messages", "POST", "/v1/messages"},
    {"Models", "GET", "/v1/models"},
    {"Responses", "POST", "/v1/responses"},
    {"Embeddings", "POST", "/v1/embeddings"},
    {"Rerank", "POST", "/v1/rerank"},
    {"AnthropicTokenCount", "POST", "/v1/messages/count_tokens"},
    {"Passthrough", "", ""},
    {"Realtime", "", ""},
    {"GeminiCountTokens", "", ""},
    {"Detect", "", ""},
    {"GenerateContent", "", ""},
}};

const TypeRow* rowOf(std::string_view type) {
    const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& row) { return row.type == type; });
    return found == kTypes.end() ? nullptr : &*found;
}

bool passes(std::string_view type) { return type == "Passthrough" || type == "Realtime"; }

}  // namespace

Result<std::shared_ptr<const ApiRoutes>> ApiRoutes::make(const std::vector<std::pair<std::string, std::string>>& routes) {
    auto out = std::make_shared<ApiRoutes>();
    for (const auto& [suffix, type] : routes) {
        const auto* row = rowOf(type);
        if (row == nullptr) return fail("api-route", fmt::format("{} is no API that a path can be said to speak.", type));
        out->rows_.push_back({suffix, row->type});
    }
    const auto rank = [](const Row& row) { return row.suffix == "*" ? 0 : row.suffix.size() + 1; };
    std::stable_sort(out->rows_.begin(), out->rows_.end(), [&](const Row& a, const Row& b) { return rank(a) > rank(b); });
    return std::shared_ptr<const ApiRoutes>(std::move(out));
}

std::optional<ClientCall> ApiRoutes::callOf(std::string_view method, std::string_view path, std::string_view query) const {
    for (const auto& row : rows_) {
        if (row.suffix != "*" && !path.ends_with(row.suffix)) continue;
        if (passes(row.type)) {
            ClientCall call;
            call.passthrough = true;
            return call;
        }
        const auto& type = *rowOf(row.type);
        if (type.path.empty() || method != type.method) return std::nullopt;
        return clientCallOf(type.method, type.path, query);
    }
    return std::nullopt;
}

ClientCall clientCallBy(const ApiRoutes* routes, std::string_view method, std::string_view path, std::string_view query, std::string_view userAgent) {
    if (routes != nullptr)
        if (auto said = routes->callOf(method, path, query)) return std::move(*said);
    return clientCallOf(method, path, query, userAgent);
}

}  // namespace gatehouse::llm
