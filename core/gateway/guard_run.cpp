#include "gateway/guard_run.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

std::unique_ptr<llm::StreamGuard> maskerFor(const llm::Guard& guard, llm::StreamGuard::Framing framing) {
    if (guard.scopes.all()) return std::make_unique<llm::StreamGuard>(*guard.regex, framing);
    return std::make_unique<llm::StreamGuard>(llm::scopedMaskers(*guard.regex, guard.scopes), framing);
}

}  // namespace

GuardRun::GuardRun(const llm::GuardChain* chain, const llm::RegexGuard* last, llm::TextFilters restore, llm::StreamGuard::Framing framing, std::size_t window) {
    static const std::vector<llm::Guard> kNone;
    for (const auto& guard : chain != nullptr ? chain->answers : kNone) {
        Stage stage;
        stage.guard = &guard;
        if (guard.streams && guard.kind == llm::GuardKind::Regex) stage.masker = maskerFor(guard, framing);
        else if (guard.streams) stage.window = std::make_unique<llm::GuardWindow>(guard, framing, window);
        stages_.push_back(std::move(stage));
    }
    if (last != nullptr) {
        Stage stage;
        stage.masker = std::make_unique<llm::StreamGuard>(*last, framing);
        stages_.push_back(std::move(stage));
    }
    if (!restore) return;
    Stage stage;
    stage.restores = true;
    stage.masker = std::make_unique<llm::StreamGuard>(std::move(restore), framing);
    stages_.push_back(std::move(stage));
}

bool GuardRun::pass(Stage& stage, std::string& bytes, bool last) {
    if (!stage.masker) {
        stage.passedBy += bytes.size();
        return true;
    }
    stage.bytes += bytes.size();
    std::string visible;
    stage.masker->feed(bytes, visible);
    if (last) stage.masker->finish(visible);
    bytes = std::move(visible);
    const bool rejects = stage.guard != nullptr && stage.guard->regex->action() == llm::RegexGuard::Action::Reject;
    return !rejects || stage.masker->verdict().hits.empty();
}

bool GuardRun::failed() const {
    return std::any_of(stages_.begin(), stages_.end(), [](const Stage& stage) {
        return (stage.masker && stage.masker->failed()) || (stage.window && stage.window->failed());
    });
}

}  // namespace gatehouse::gateway
