// What expressions on LLM requests may read beside what those on callers may (filter/access_activation.h): request.body, llm.*
// (requestModel, streaming, prompt, params, provider) and llmRequest, the body as it stands. Each is made when it is read.
// Thread: one owner. Lifetime: a call; everything given must outlive it.
#pragma once

#include "filter/access_activation.h"
#include "http/message.h"
#include "text/cel.h"

#include <optional>
#include <string_view>

namespace gatehouse::filter {
struct Caller;
}

namespace gatehouse::llm {

struct ExpressionFacts {
    const http::RequestHead& head;
    const filter::Caller* caller = nullptr;  ///< Null: nobody was asked who he is.
    std::string_view clientAddress{};
    std::string_view model{};                ///< As the client named it.
    bool stream = false;
    std::string_view provider{};             ///< Empty: none is chosen yet.
    std::string_view clientBody{};           ///< As it came: request.body. Empty: as it stands.
};

class ExpressionNames final : public text::cel::Activation {
  public:
    /// `body`: as it stands now, read as llmRequest and llm.prompt.
    ExpressionNames(const ExpressionFacts& facts, std::string_view body);
    Result<std::optional<text::cel::Value>> find(std::string_view name) const override;

  private:
    const ExpressionFacts& facts_;
    std::string_view body_;
    mutable std::optional<text::cel::Value> parsed_;  ///< The body, once somebody has read it.
    const filter::AccessActivation caller_;
};

}  // namespace gatehouse::llm
