// OwnKind: a provider that is no row of the table, made for one configuration: its own paths, or only some APIs.
// Thread: immutable once made. Lifetime: shared by the providers that it describes.
#pragma once

#include "llm/provider_table.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

class OwnKind {
  public:
    /// As `base`, without an API.
    explicit OwnKind(const ProviderKind& base) : kind_(base) { kind_.apis = nullptr, kind_.apiCount = 0; }
    OwnKind(const OwnKind&) = delete;
    OwnKind& operator=(const OwnKind&) = delete;

    /// `streamPath` may be empty: the same. Paths hold the same holes as those of the table.
    void add(const ProviderApi& like, std::string path, std::string streamPath = {});
    /// Every API of `base`, with `prefix` in place of the "/v1" that its path begins with; others stay as they are.
    static std::shared_ptr<OwnKind> withPrefix(const ProviderKind& base, std::string_view prefix);

    void setAuth(AuthScheme scheme, std::string_view staticHeader) { kind_.auth = scheme, kind_.authHeader = staticHeader; }
    const ProviderKind& kind() const { return kind_; }

  private:
    const char* keep(std::string text) { return texts_.emplace_back(std::move(text)).c_str(); }

    ProviderKind kind_;
    std::vector<ProviderApi> apis_;
    std::deque<std::string> texts_;
};

}  // namespace gatehouse::llm
