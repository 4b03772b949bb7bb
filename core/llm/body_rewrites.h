// BodyRewrites: what AgentgatewayPolicy's backend.ai does to the fields of a request. On the client's body, in its own dialect: model
// aliases, overrides, transformations (field <- CEL), in this order; what comes later wins. On the provider's body: final
// transformations, then cache markers. Everything is spliced; what nobody touches stays byte for byte.
// Thread: immutable, shared by snapshots. The data plane and explain call the same functions.
#pragma once

#include "base/buffer.h"
#include "llm/client_api.h"
#include "llm/expression_names.h"
#include "llm/plan.h"
#include "llm/prompt_caching.h"
#include "text/cel.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

/// What became of one rewrite.
struct Rewritten {
    enum class Outcome : std::uint8_t { Applied, Failed, Info };
    Outcome outcome = Outcome::Applied;
    std::string what;     ///< "alias", "override", "transformation", "final transformation", "prompt caching"
    std::string subject;  ///< The field, the model.
    std::string detail;
};

struct BodyExpression {
    std::string field;  ///< "max_tokens", "metadata.user"
    std::shared_ptr<const text::cel::Program> program;
};

class BodyRewrites {
  public:
    struct Parts {
        /// Name or pattern ("gpt-*", "*-latest", "*") to the model that is asked for.
        std::vector<std::pair<std::string, std::string>> aliases;
        std::vector<DefaultField> overrides;
        std::vector<BodyExpression> transformations, finalTransformations;
        std::optional<PromptCaching> caching;
    };
    explicit BodyRewrites(Parts parts);

    bool changesClientBody() const { return !parts_.aliases.empty() || !parts_.overrides.empty() || !parts_.transformations.empty(); }
    bool changesProviderBody() const { return !parts_.finalTransformations.empty() || parts_.caching.has_value(); }

    /// `call`: where the model stands in the path it is changed there. Errors: those of text/json_body.h.
    Result<std::vector<Rewritten>> before(base::Buffer& body, ClientCall& call, const ExpressionFacts& facts) const;
    /// `dialect` of the body as it goes out, `model` that the provider is asked for.
    Result<std::vector<Rewritten>> after(base::Buffer& body, std::string_view dialect, std::string_view model, const ExpressionFacts& facts) const;

  private:
    /// Null: none. Exact names first, then the longest pattern, then the alphabet.
    const std::string* aliasOf(std::string_view model) const;

    Parts parts_;
};

/// The member `model` of a body; empty: none, or no text.
Result<std::string> modelInBody(const base::Buffer& body);
/// The model that a request names, in its path or its body; empty: none.
Result<std::string> requestedModel(const base::Buffer& body, const ClientCall& call);
/// Another one in its place. True: it was another one.
Result<bool> renameModel(base::Buffer& body, ClientCall& call, std::string_view model);

/// What holds for one provider alone (Provider::policy), on the client's body: rewrites, defaults, enrichment.
Result<void> applyProviderPolicy(base::Buffer& body, ClientCall& call, const LlmPolicy& policy, const ExpressionFacts& facts, std::vector<Rewritten>& out);

/// "*", "gpt-*", "*-latest", "a*b"; without a star the name itself.
bool modelMatches(std::string_view pattern, std::string_view model);

/// The member at a path of names ("a.b") is taken out, where it is there. True: it was.
Result<bool> removeField(base::Buffer& body, std::string_view path);

}  // namespace gatehouse::llm
