#include "route/model_rewrites.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {

void ModelRewrites::add(const config::InferenceModelRewriteSpec& spec, const config::Object& object) {
    for (const auto& written : spec.rules) {
        Rule rule;
        rule.origin = object.key;
        rule.where = object.locate(written.at);
        const bool weighted = std::any_of(written.targets.begin(), written.targets.end(), [](const auto& target) { return target.weight > 0; });
        std::uint64_t sum = 0;
        for (const auto& target : written.targets) {
            const std::uint64_t share = weighted ? target.weight : 1;
            if (share > 0) rule.targets.push_back({target.model, sum += share});
        }
        if (rule.targets.empty()) continue;
        const auto position = rules_.size();
        bool taken = false;
        if (written.models.empty() && !any_) {
            any_ = position;
            taken = true;
        }
        for (const auto& model : written.models) taken = exact_.emplace(model, position).second || taken;
        if (taken) rules_.push_back(std::move(rule));
    }
}

std::optional<ModelRewrites::Choice> ModelRewrites::choose(std::string_view model, double draw) const {
    const auto found = exact_.find(model);
    if (found == exact_.end() && !any_) return std::nullopt;
    const auto& rule = rules_[found != exact_.end() ? found->second : *any_];
    const auto total = rule.targets.back().upTo;
    const auto ticket = std::min(static_cast<std::uint64_t>(std::max(draw, 0.0) * static_cast<double>(total)), total - 1);
    const auto target = std::upper_bound(rule.targets.begin(), rule.targets.end(), ticket,
                                         [](std::uint64_t drawn, const Target& candidate) { return drawn < candidate.upTo; });
    const auto before = target == rule.targets.begin() ? 0 : std::prev(target)->upTo;
    Choice choice;
    choice.model = target->model;
    choice.rule = &rule;
    choice.sentence = rule.targets.size() == 1 ? fmt::format("asks for {}, by {}", target->model, rule.origin.display())
                                               : fmt::format("asks for {}, {} of {} by {}", target->model, target->upTo - before, total, rule.origin.display());
    return choice;
}

}  // namespace gatehouse::route
