#include "llm/foreign_reasoning.h"

#include "llm/dialect/openai_responses.h"

#include <fmt/format.h>

#include <string_view>

namespace gatehouse::llm {
namespace {

bool isForeign(const Json& item) {
    if (!item.is_object() || !item.contains("type") || item["type"] != "reasoning") return false;
    const auto found = item.find("encrypted_content");
    return found != item.end() && found->is_string() && std::string_view(found->get_ref<const std::string&>()).starts_with(kWrapped);
}

}  // namespace

void dropForeignReasoning(base::Buffer& body, Losses& losses) {
    if (body.view().find(fmt::format("\"{}", kWrapped)) == std::string_view::npos) return;
    auto json = Json::parse(body.view(), nullptr, false);
    if (!json.is_object() || !json.contains("input") || !json["input"].is_array()) return;
    auto kept = Json::array();
    auto& items = json["input"];
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (isForeign(items[i]))
            losses.push_back({Loss::Kind::Dropped, fmt::format("input[{}]", i), "the reasoning is another provider's, which OpenAI cannot read"});
        else
            kept.push_back(std::move(items[i]));
    }
    if (kept.size() == items.size()) return;
    items = std::move(kept);
    body.assign(dump(json));
}

}  // namespace gatehouse::llm
