#include "filter/access_activation.h"

#include "filter/client_access.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace gatehouse::filter {
namespace {

using text::cel::Value;
using Found = Result<std::optional<Value>>;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

Found asJson(const nlohmann::json& json) {
    auto value = text::cel::fromJson(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    if (!value) return tl::unexpected(value.error());
    return std::optional<Value>(std::move(*value));
}

}  // namespace

Value AccessActivation::request() const {
    std::map<std::string, std::string> joined;
    for (const auto& field : head_.headers.fields()) {
        auto& value = joined[lower(field.name)];
        if (!value.empty()) value += ", ";
        value += field.value;
    }
    Value::Entries headers;
    for (const auto& [name, value] : joined) headers.emplace_back(Value::string(name), Value::string(value));
    Value::Entries out;
    const auto text = [&](const char* name, std::string_view value) { out.emplace_back(Value::string(name), Value::string(value)); };
    text("method", head_.method);
    text("path", head_.path);
    text("query", head_.query);
    text("host", head_.host);
    text("scheme", head_.scheme);
    text("uri", std::string(head_.scheme) + "://" + std::string(head_.authority) + std::string(head_.path));
    const auto target = head_.hasQuery ? std::string(head_.path) + '?' + std::string(head_.query) : std::string(head_.path);
    text("pathAndQuery", target);
    text("url_path", head_.path);
    out.emplace_back(Value::string("headers"), Value::map(std::move(headers)));
    return Value::map(std::move(out));
}

Found AccessActivation::find(std::string_view name) const {
    const std::optional<Value> absent;
    if (name == "request") return std::optional(request());
    if (name == "source") return std::optional(Value::map({{Value::string("address"), Value::string(clientAddress_)}}));
    if (name == "jwt") {
        if (!caller_.token) return absent;
        auto claims = text::cel::fromJson(caller_.claims);
        if (!claims) return tl::unexpected(claims.error());
        return std::optional(std::move(*claims));
    }
    if (name == "apiKey") {
        if (!caller_.key) return absent;
        auto json = caller_.key->metadata.empty() ? nlohmann::json::object() : nlohmann::json::parse(caller_.key->metadata, nullptr, false);
        json["name"] = caller_.key->name;
        return asJson(json);
    }
    if (name == "basicAuth") {
        if (caller_.user.empty()) return absent;
        return std::optional(Value::map({{Value::string("username"), Value::string(caller_.user)}}));
    }
    if (name == "llm" && !model_.empty()) return std::optional(Value::map({{Value::string("requestModel"), Value::string(model_)}}));
    if (name == "metadata" && caller_.token) {
        const auto claims = nlohmann::json::parse(caller_.claims, nullptr, false);
        nlohmann::json ours = {{"payload", claims}};
        ours[caller_.provider] = claims;
        return asJson({{"filter_metadata", {{"envoy.filters.http.jwt_authn", ours}}}});
    }
    return absent;
}

}  // namespace gatehouse::filter
