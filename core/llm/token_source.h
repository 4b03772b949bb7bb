// TokenSource: something that is shown to a provider and does not last: an OAuth token, temporary AWS keys. Workers read the one
// that holds now; TokenFetcher renews it. Thread: token() and standing() from any; the rest by the fetcher's.
// Lifetime: shared by the Credentials that show it; survives swaps while its configuration stays the same.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "llm/plan.h"
#include "secret/secret.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

struct Token {
    secret::SecretValue bearer;                 ///< Empty where it is AWS keys.
    std::shared_ptr<const AwsCredentials> aws;
    base::WallTime expires = base::WallTime::max();
};

struct TokenRequest {
    std::string url;
    std::vector<std::string> headers;  ///< "Name: value"; may hold a signature, never a key.
    secret::SecretValue body;          ///< Posted; empty: a GET.
    std::string method;                ///< In place of these; empty: none.
    bool ownMachine = false;           ///< A service of the machine or its host, which is asked without TLS and without a proxy.
};

/// How a token is got. Functions of the fetcher's thread; what they answer names no value.
struct TokenRecipe {
    std::string issuer;  ///< "oauth2.googleapis.com", for people.
    std::function<Result<TokenRequest>(base::WallTime now)> request;
    std::function<Result<Token>(int status, std::string_view body, base::WallTime now)> read;
    /// After each answer: a further request; nothing: read() may have the answer. Null: one request is all.
    std::function<Result<std::optional<TokenRequest>>(int status, std::string_view body, base::WallTime now)> next;
    /// In place of all: from this machine alone.
    std::function<Result<Token>(base::WallTime now)> local;
};

class TokenSource {
  public:
    enum class Standing : std::uint8_t { Pending, Ready, Failed };
    struct State {
        Standing standing = Standing::Pending;
        std::string error;               ///< Of the last try; empty: it succeeded, or none was made.
        base::WallTime expires{};        ///< Of the token that holds.
        std::uint64_t fetches = 0, failures = 0;
    };

    TokenSource(std::string title, TokenRecipe recipe);

    const std::string& title() const { return title_; }  ///< "service account of Secret default/vertex"
    const TokenRecipe& recipe() const { return recipe_; }
    /// Null: none that holds at `now`.
    std::shared_ptr<const Token> token(base::WallTime now) const;
    State state(base::WallTime now) const;

    // The fetcher's thread.
    base::MonoTime due() const { return due_; }
    void succeed(Token token, base::MonoTime mono, base::WallTime wall);
    void fail(std::string sentence, base::MonoTime mono);

  private:
    const std::string title_;
    const TokenRecipe recipe_;
    base::MonoTime due_{};   ///< The fetcher's.
    unsigned inRow_ = 0;     ///< The fetcher's: failures.

    /// Held for the copy of a pointer.
    mutable std::mutex mutex_;
    std::shared_ptr<const Token> token_;
    std::string error_;
    std::uint64_t fetches_ = 0, failures_ = 0;
};

/// How long before its end a token is renewed: five minutes, or a quarter of a short life; up to a tenth of that life earlier by chance.
std::chrono::milliseconds renewAfter(std::chrono::milliseconds life, std::uint64_t chance);

}  // namespace gatehouse::llm
