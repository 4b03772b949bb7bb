#include "config/header_changes.h"

#include "config/diagnostic_codes.h"
#include "http/fields.h"

#include <fmt/core.h>

#include <map>
#include <set>

namespace gatehouse::config {
namespace {

/// Why the gateway alone writes the field, or none does; empty for all others.
std::string whyNot(const std::string& name, std::string_view list, Changes what) {
    const auto id = http::classify(name);
    if (id == http::FieldId::ContentLength)
        return fmt::format("{} tells how long the body is, which the gateway knows and writes itself; this has no effect.", name);
    if (http::isHopByHop(id))
        return fmt::format("{} concerns one connection alone, and the gateway writes its own; this has no effect.", name);
    if (what == Changes::Answer) return {};
    if (id == http::FieldId::Expect)
        return fmt::format("The gateway answers {} itself and passes none on; this has no effect.", name);
    if (id != http::FieldId::Host) return {};
    if (list == "remove") return "Every request has a Host; removing it has no effect.";
    if (list == "add")
        return "A request has one Host, so this replaces it, as set would; say set, or let a URLRewrite name the hostname.";
    return {};
}

}  // namespace

std::vector<HeaderFinding> checkHeaderChanges(const Node* modifier, const FieldPath& at, Changes what) {
    std::vector<HeaderFinding> out;
    const auto say = [&](const char* code, FieldPath where, std::string message) {
        out.push_back({code, std::move(where), std::move(message)});
    };
    std::map<std::string, std::string> written;  // By which list.
    for (const auto* list : {"set", "add"}) {
        std::set<std::string> seen;
        const auto& items = itemsOf(modifier, list);
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto name = textOf(&items[i], "name");
            const auto where = at.key(list).index(i).key("name");
            written.emplace(lowerCase(name), list);
            if (!seen.insert(lowerCase(name)).second)
                say(codes::kNameRepeated, where, fmt::format("{} is listed twice; only the first entry counts.", name));
            else if (auto why = whyNot(name, list, what); !why.empty())
                say(codes::kHeaderChange, where, std::move(why));
        }
    }
    const auto removed = textsOf(modifier, "remove");
    for (std::size_t i = 0; i < removed.size(); ++i) {
        const auto where = at.key("remove").index(i);
        if (auto why = whyNot(removed[i], "remove", what); !why.empty())
            say(codes::kHeaderChange, where, std::move(why));
        else if (const auto found = written.find(lowerCase(removed[i])); found != written.end())
            say(codes::kHeaderChange, where,
                fmt::format("{} is in {} too; removing comes last, so it is gone in the end. Drop one of the two.", removed[i], found->second));
    }
    return out;
}

}  // namespace gatehouse::config
