// backend.ai: aliases, overrides, cache marks and expressions over bodies.
#include "llm/body_rewrites.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

using agentgateway::AiPolicy;

/// A field that cannot be made must not be sent as the client wrote it: who set the expression relies on it.
void compileExpressions(TranslateContext& context, const Won<AiPolicy>& won, const std::vector<agentgateway::BodyExpression>& from,
                        std::vector<llm::BodyExpression>& to, std::string& broken) {
    for (const auto& each : from) {
        auto program = text::cel::Program::compile(each.expression);
        if (program) {
            to.push_back({each.field, std::move(*program)});
            continue;
        }
        const auto& object = *won.by.object;
        context.reportBroken(codes::kBadExpression, object, each.at.key("expression"), program.error().message, "Rules under this policy answer 500.");
        if (broken.empty()) broken = fmt::format("an expression of {} cannot be read: {}", object.key.display(), program.error().message);
    }
}

}  // namespace

std::shared_ptr<const llm::BodyRewrites> compileAgentRewrites(TranslateContext& context, const AgentAiCompiler::Members& members, std::string& broken) {
    llm::BodyRewrites::Parts parts;
    bool any = false;
    if (const auto& won = members[AgentConnection::ModelAliases]) parts.aliases = won->modelAliases, any = true;
    if (const auto& won = members[AgentConnection::Overrides]) {
        for (const auto& field : won->overrides) parts.overrides.push_back({field.field, field.json, true});
        any = true;
    }
    if (const auto& won = members[AgentConnection::Transformations]) {
        compileExpressions(context, won, won->transformations, parts.transformations, broken);
        any = true;
    }
    if (const auto& won = members[AgentConnection::FinalTransformations]) {
        compileExpressions(context, won, won->finalTransformations, parts.finalTransformations, broken);
        any = true;
    }
    if (const auto& won = members[AgentConnection::PromptCaching]) {
        const auto& spec = *won->promptCaching;
        const auto count = [](std::int64_t value) { return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0)); };
        parts.caching = llm::PromptCaching{spec.cacheSystem, spec.cacheMessages, spec.cacheTools, count(spec.minTokens), count(spec.cacheMessageOffset)};
        any = true;
    }
    return any ? std::make_shared<const llm::BodyRewrites>(std::move(parts)) : nullptr;
}

}  // namespace gatehouse::route
