#include "canary/canary_splits.h"

#include "models/format.h"

#include <algorithm>

namespace gatehouse::ui {

std::vector<std::uint32_t> CanarySplit::weights() const {
    std::vector<std::uint32_t> weights;
    for (const auto& arm : arms) weights.push_back(arm.weight);
    return weights;
}

bool CanarySplit::allZero() const {
    return std::all_of(arms.begin(), arms.end(), [](const Arm& arm) { return arm.weight == 0; });
}

std::vector<CanarySplit> canarySplits(const config::ObjectSet& objects) {
    std::vector<CanarySplit> splits;
    for (const auto* object : objects.ofKind("HTTPRoute")) {
        const auto route = config::decodeHttpRoute(*object);
        if (!route) continue;
        for (std::size_t index = 0; index < route->rules.size(); ++index) {
            const auto& rule = route->rules[index];
            if (rule.backendRefs.size() < 2) continue;
            CanarySplit split;
            split.route = object->key;
            split.ruleIndex = index;
            split.rule = object->key.name + " · " + (rule.name.empty() ? "rule " + std::to_string(index + 1) : rule.name);
            for (const auto& ref : rule.backendRefs)
                split.arms.push_back({ref.kind + " " + ref.ns + "/" + ref.name, toQt(ref.name), ref.weight, ref.at});
            splits.push_back(std::move(split));
        }
    }
    return splits;
}

Result<config::Edit> splitEdit(const config::Workspace& workspace, const CanarySplit& split, const SplitShares& shares, const std::string& name) {
    std::vector<config::Workspace::Step> steps;
    for (std::size_t i = 0; i < split.arms.size() && i < shares.size(); ++i) {
        if (split.arms[i].weight == static_cast<std::uint32_t>(shares[i])) continue;
        steps.push_back([key = split.route, path = split.arms[i].at.key("weight"), value = std::to_string(shares[i])](const config::Workspace& at) {
            return at.setField(key, path, value, text::yaml::Type::Integer);
        });
    }
    return workspace.combine(name, steps);
}

QString sharesText(const SplitShares& shares) {
    QStringList parts;
    for (const int share : shares.values()) parts << QString::number(share);
    return parts.join(QStringLiteral(" / "));
}

}  // namespace gatehouse::ui
