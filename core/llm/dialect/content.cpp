#include "llm/dialect/content.h"

#include <fmt/format.h>

namespace gatehouse::llm {

void readTextOrParts(Members& owner, std::string_view key, Family family, PartReader readPart, std::vector<Part>& parts, bool* wasText) {
    const auto* content = owner.take(key);
    if (content == nullptr) return;
    const auto path = owner.pathOf(key);
    if (content->is_string()) {
        if (wasText != nullptr) *wasText = true;
        if (content->get_ref<const std::string&>().empty()) return;
        Part part;
        part.text = content->get<std::string>();
        part.path = path;
        part.extras.family = family;
        parts.push_back(std::move(part));
        return;
    }
    if (!content->is_array()) return owner.fail(key, "must be a string or a list");
    std::size_t i = 0;
    for (const auto& item : *content) {
        auto part = readPart(item, fmt::format("{}[{}]", path, i++), owner);
        if (part.kind == Part::Kind::Text && part.text.empty() && !part.cache) continue;
        parts.push_back(std::move(part));
    }
}

}  // namespace gatehouse::llm
