// ClientAccess: who may call a rule. Tokens, passwords and API keys first (each where the rule asks for it), then expressions about
// who that is; of an LLM request also which models his key may ask for, and what of its budget is left. The same code answers explain,
// which changes and counts nothing.
// Thread: immutable, any worker; keys that are fetched, slow passwords, budgets and rates are behind it and lock briefly.
// Lifetime: with its snapshot. A Caller lives with its exchange and then with its record: nothing in it lets anybody in.
#pragma once

#include "filter/api_keys.h"
#include "filter/credentials.h"
#include "filter/jwt.h"
#include "filter/passwords.h"
#include "http/message.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::filter {

/// Strict: must be shown, and valid. Optional: what is shown must be valid. Permissive: never refuses.
enum class AccessMode : std::uint8_t { Strict, Optional, Permissive };

/// Who called and what was charged.
struct Caller {
    std::shared_ptr<const KeyEntry> key;  ///< Null: no key was shown.
    std::string subject, issuer, provider;  ///< Of a token; `issuer` empty where none was shown.
    bool token = false;                   ///< A valid one was shown.
    std::string user;                     ///< Of a password.
    std::string claims;                   ///< JSON; only until the request is over.

    const char* code = nullptr;           ///< Not null: refused.
    std::string reason;                   ///< For the operator: why he was refused, or what was wrong and let pass.
    std::string told;                     ///< What the client reads.
    std::vector<std::pair<std::string, std::string>> answerHeaders;  ///< WWW-Authenticate, Retry-After, ...
    std::string limit;                    ///< The limit or budget that refused him; empty: none did.

    std::int64_t chargedTokens = 0;
    std::int64_t chargedNano = 0;
    std::string currency;                 ///< Of chargedNano.
    Spent today;                          ///< After the charge.
    bool charged = false;

    /// The key's name, the user, or the token's subject; empty: nobody that is known.
    std::string_view name() const { return key ? std::string_view(key->name) : !user.empty() ? std::string_view(user) : std::string_view(subject); }
    /// "API key", "password", "token"; empty: nobody.
    std::string_view how() const { return key ? "API key" : !user.empty() ? "password" : token ? "token" : ""; }
    /// Whose it is: "Secret default/keys", the issuer; may be empty.
    std::string from() const { return key ? key->holder.display() : issuer; }
};

struct Admission {
    enum class Outcome : std::uint8_t { Admitted, Refused, Wait };
    Outcome outcome = Outcome::Admitted;
    int status = 0;
    bool admitted() const { return outcome == Outcome::Admitted; }
};

struct AuthorizationRule {
    enum class Action : std::uint8_t { Allow, Deny, Require };
    Action action = Action::Allow;
    bool any = false;  ///< One expression is enough (kgateway); else all must hold (agentgateway).
    std::vector<std::shared_ptr<const text::cel::Program>> expressions;
    config::ObjectKey origin;
};

struct AccessParts {
    struct Keys {
        std::shared_ptr<const ApiKeys> keys;
        AccessMode mode = AccessMode::Strict;
        std::vector<CredentialSource> sources;
        std::string clientIdHeader;  ///< Carries the key's name on; empty: none does.
        bool forward = false;        ///< The key goes on, too.
    };
    struct Tokens {
        struct Provider {
            TokenProvider is;
            std::vector<CredentialSource> sources;
            bool forward = false;
        };
        std::vector<Provider> providers;
        AccessMode mode = AccessMode::Strict;
    };
    struct Passwords {
        std::vector<std::pair<std::string, std::string>> users;  ///< Name and hash.
        AccessMode mode = AccessMode::Strict;
        std::vector<CredentialSource> sources;
        std::string realm = "Restricted";
        bool forward = false;
        std::shared_ptr<PasswordDesk> desk;
    };
    std::optional<Keys> keys;
    std::optional<Tokens> tokens;
    std::optional<Passwords> passwords;
    std::vector<AuthorizationRule> authorization;
    bool empty() const { return !keys && !tokens && !passwords && authorization.empty(); }
};

/// What is known of a request beside its head.
struct AccessFacts {
    std::string_view clientAddress;
    bool bodyFollows = false;  ///< An LLM request, whose model will be known: admitModel() follows.
    bool asksOnly = false;     ///< Of explain: nothing is counted, fetched or put off.
    base::WallTime wall{};
    base::MonoTime mono{};
};

class ClientAccess {
  public:
    explicit ClientAccess(AccessParts parts);

    /// From the head. Admitted: what lets him in is taken out of it, and what says who he is put in. Wait: ask again in a moment;
    /// nothing was changed.
    Admission admit(http::RequestHead& head, Caller& caller, const AccessFacts& facts) const;
    /// From the body. `model` empty: the request names none, or cannot be read.
    Admission admitModel(http::RequestHead& head, Caller& caller, std::string_view model, const AccessFacts& facts) const;
    /// After the answer, once: what it used. `currency` empty: it has no price.
    static void charge(Caller& caller, std::int64_t tokens, std::string_view currency, std::int64_t nano, base::WallTime now);

    const AccessParts& parts() const { return parts_; }
    /// Every place where something that lets somebody in may stand: its values are shown to nobody.
    std::vector<const CredentialSource*> sources() const;

  private:
    struct Found;
    Admission checkTokens(http::RequestHead& head, Caller& caller, const AccessFacts& facts, Found& found) const;
    Admission checkPasswords(http::RequestHead& head, Caller& caller, const AccessFacts& facts, Found& found) const;
    Admission checkKeys(http::RequestHead& head, Caller& caller, const AccessFacts& facts, Found& found) const;
    Admission authorize(http::RequestHead& head, Caller& caller, std::string_view model, const AccessFacts& facts) const;
    void dropClaims(http::RequestHead& head) const;
    void stamp(http::RequestHead& head, const Caller& caller, const Found& found) const;

    const AccessParts parts_;
    bool readsModel_ = false;  ///< Some expression asks about the body.
};

/// A refusal, written into the caller. `code` is a constant.
Admission refuse(Caller& caller, int status, const char* code, std::string reason, std::string told);
/// 429 with Retry-After. `left` and `most` go into the rate headers; `most` 0: none are sent.
Admission refuseRate(Caller& caller, const char* code, std::string limit, std::chrono::seconds retryAfter, std::int64_t most, std::int64_t left,
                     std::chrono::seconds resetAfter, std::string told);

/// What to say of a caller: for records and explain.
struct CallerLine {
    bool good = true;
    std::string subject, detail;
};
std::vector<CallerLine> linesOf(const Caller& caller);

}  // namespace gatehouse::filter
