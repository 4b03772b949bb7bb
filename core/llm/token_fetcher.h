// TokenFetcher: gets the tokens of all sources by libcurl, and renews each before it ends; a source whose issuer is down is asked
// again with growing pauses, while the token that it has holds. Thread: one of its own; setSources() and stop() from any.
// Lifetime: the gateway's.
#pragma once

#include "llm/token_source.h"

#include <chrono>
#include <memory>
#include <vector>

namespace gatehouse::llm {

class TokenFetcher {
  public:
    explicit TokenFetcher(std::chrono::milliseconds patience = std::chrono::milliseconds(10'000));
    ~TokenFetcher();
    TokenFetcher(const TokenFetcher&) = delete;
    TokenFetcher& operator=(const TokenFetcher&) = delete;

    /// Those of the newest snapshot; others are forgotten.
    void setSources(std::vector<std::shared_ptr<TokenSource>> sources);
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
