// What expressions about callers may read: request and source, jwt (claims), apiKey (name, and its metadata), basicAuth, llm.requestModel,
// and `metadata.filter_metadata` as kgateway's rbac has it. Thread: one owner. Lifetime: a call.
#pragma once

#include "http/message.h"
#include "text/cel.h"

#include <optional>
#include <string_view>

namespace gatehouse::filter {

struct Caller;

class AccessActivation final : public text::cel::Activation {
  public:
    AccessActivation(const http::RequestHead& head, const Caller& caller, std::string_view clientAddress, std::string_view model)
        : head_(head), caller_(caller), clientAddress_(clientAddress), model_(model) {}

    Result<std::optional<text::cel::Value>> find(std::string_view name) const override;

  private:
    text::cel::Value request() const;
    const http::RequestHead& head_;
    const Caller& caller_;
    std::string_view clientAddress_, model_;
};

}  // namespace gatehouse::filter
