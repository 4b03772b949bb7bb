#include "filter/client_access.h"

#include "filter/access_activation.h"
#include "filter/rate_limits.h"
#include "http/fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::filter {
namespace {

constexpr int kUnauthorized = 401, kForbidden = 403, kTooMany = 429, kUnavailable = 503;

Admission wait() { return {Admission::Outcome::Wait, 0}; }

/// Bad credentials: refused, but where nothing ever is.
Admission judged(AccessMode mode, Caller& caller, const char* code, std::string reason, std::string told, std::string challenge) {
    if (mode == AccessMode::Permissive) {
        caller.reason = std::move(reason) + "; the rule lets it pass all the same";
        return {};
    }
    caller.answerHeaders.emplace_back("WWW-Authenticate", std::move(challenge));
    return refuse(caller, kUnauthorized, code, std::move(reason), std::move(told));
}

std::string placesOf(const std::vector<CredentialSource>& sources) {
    std::string out;
    for (const auto& source : sources) {
        if (!out.empty()) out += ", ";
        out += placeOf(source);
        if (!source.header.empty() && !source.query.empty()) out += ", query parameter " + source.query;
        if (!(source.header + source.query).empty() && !source.cookie.empty()) out += ", cookie " + source.cookie;
    }
    return out;
}

bool isBearer(const std::vector<CredentialSource>& sources) {
    return std::any_of(sources.begin(), sources.end(), [](const CredentialSource& source) { return http::equalsIgnoreCase(source.header, "authorization"); });
}

/// Does it hold? An expression about what is not there is not true; any other mistake is told.
bool holds(const text::cel::Program& program, const text::cel::Activation& activation, bool& failed) {
    const auto answer = program.test(activation);
    if (answer) return *answer;
    const auto& code = answer.error().code;
    failed = failed || (code != "cel-undeclared" && code != "cel-no-key");
    return false;
}

bool matches(const AuthorizationRule& rule, const text::cel::Activation& activation, bool& failed) {
    const auto test = [&](const auto& program) { return holds(*program, activation, failed); };
    return rule.any ? std::any_of(rule.expressions.begin(), rule.expressions.end(), test)
                    : std::all_of(rule.expressions.begin(), rule.expressions.end(), test);
}

}  // namespace

Admission refuse(Caller& caller, int status, const char* code, std::string reason, std::string told) {
    caller.code = code;
    caller.reason = std::move(reason);
    caller.told = std::move(told);
    return {Admission::Outcome::Refused, status};
}

Admission refuseRate(Caller& caller, const char* code, std::string limit, std::chrono::seconds retryAfter, std::int64_t most, std::int64_t left,
                     std::chrono::seconds resetAfter, std::string told) {
    caller.answerHeaders.emplace_back("Retry-After", std::to_string(retryAfter.count()));
    if (most > 0) {
        caller.answerHeaders.emplace_back("x-ratelimit-limit", std::to_string(most));
        caller.answerHeaders.emplace_back("x-ratelimit-remaining", std::to_string(std::max<std::int64_t>(left, 0)));
        caller.answerHeaders.emplace_back("x-ratelimit-reset", std::to_string(resetAfter.count()));
    }
    auto reason = fmt::format("{} is used up; {} s until there is more", limit, retryAfter.count());
    caller.limit = std::move(limit);
    return refuse(caller, kTooMany, code, std::move(reason), std::move(told));
}

/// What lets the caller in, to be taken out when all is checked.
struct ClientAccess::Found {
    std::vector<Credential> remove;
    const AccessParts::Tokens::Provider* provider = nullptr;
};

ClientAccess::ClientAccess(AccessParts parts) : parts_(std::move(parts)) {
    for (const auto& rule : parts_.authorization)
        for (const auto& program : rule.expressions)
            readsModel_ = readsModel_ || program->reads("llm") || program->reads("llmRequest") || program->reads("request.body");
}

std::vector<const CredentialSource*> ClientAccess::sources() const {
    std::vector<const CredentialSource*> out;
    const auto add = [&](const std::vector<CredentialSource>& sources) {
        for (const auto& source : sources) out.push_back(&source);
    };
    if (parts_.keys) add(parts_.keys->sources);
    if (parts_.passwords) add(parts_.passwords->sources);
    if (parts_.tokens)
        for (const auto& provider : parts_.tokens->providers) add(provider.sources);
    return out;
}

Admission ClientAccess::checkTokens(http::RequestHead& head, Caller& caller, const AccessFacts& facts, Found& found) const {
    const auto& tokens = *parts_.tokens;
    const AccessActivation activation(head, caller, facts.clientAddress, {});
    TokenVerdict verdict;
    bool any = false;
    for (const auto& provider : tokens.providers) {
        const auto credential = findCredential(provider.sources, head, activation);
        if (!credential) continue;
        auto said = verifyToken(credential->value, provider.is, facts.wall, !facts.asksOnly);
        const bool good = said.state == TokenVerdict::State::Good;
        // What the one says whose issuer it is counts more than that it is none of the others'.
        if (good || !any || verdict.otherIssuer) verdict = std::move(said);
        any = true;
        if (!good) continue;
        found.provider = &provider;
        if (!provider.forward) found.remove.push_back(*credential);
        break;
    }
    const bool bearer = std::any_of(tokens.providers.begin(), tokens.providers.end(), [](const auto& provider) { return isBearer(provider.sources); });
    if (!any) {
        if (tokens.mode != AccessMode::Strict) return {};
        return judged(AccessMode::Strict, caller, "no-token", fmt::format("no token was shown ({})", placesOf(tokens.providers.front().sources)),
                      "A token is required.", bearer ? "Bearer realm=\"gatehouse\"" : "Bearer");
    }
    if (verdict.state == TokenVerdict::State::AskAgain) return wait();
    if (verdict.state == TokenVerdict::State::NoKeys) {
        if (tokens.mode == AccessMode::Permissive) {
            caller.reason = "the token could not be checked: " + verdict.reason;
            return {};
        }
        return refuse(caller, kUnavailable, "no-issuer-keys", "the token could not be checked: " + verdict.reason,
                      "The token cannot be checked now; try again.");
    }
    if (verdict.state == TokenVerdict::State::Bad)
        return judged(tokens.mode, caller, "bad-token", "the token was refused: " + verdict.reason, "The token is not valid.",
                      "Bearer realm=\"gatehouse\", error=\"invalid_token\"");
    caller.token = true;
    caller.subject = std::move(verdict.subject);
    caller.issuer = std::move(verdict.issuer);
    caller.claims = std::move(verdict.claims);
    caller.provider = found.provider->is.name;
    return {};
}

Admission ClientAccess::checkPasswords(http::RequestHead& head, Caller& caller, const AccessFacts& facts, Found& found) const {
    const auto& passwords = *parts_.passwords;
    const AccessActivation activation(head, caller, facts.clientAddress, {});
    const auto shown = findCredential(passwords.sources, head, activation);
    const auto challenge = fmt::format("Basic realm=\"{}\", charset=\"UTF-8\"", passwords.realm);
    if (!shown) {
        if (passwords.mode != AccessMode::Strict) return {};
        return judged(AccessMode::Strict, caller, "no-password", "no user name and password were shown", "A user name and password are required.", challenge);
    }
    const auto pair = fromBase64(shown->value);
    const auto colon = pair ? pair->find(':') : std::string::npos;
    std::string_view hash;
    if (colon != std::string::npos)
        for (const auto& [name, known] : passwords.users)
            if (name == std::string_view(*pair).substr(0, colon)) hash = known;
    auto verdict = PasswordDesk::Verdict::Wrong;
    if (!hash.empty()) {
        const auto password = std::string_view(*pair).substr(colon + 1);
        if (facts.asksOnly) verdict = passwordFits(password, hash) ? PasswordDesk::Verdict::Right : PasswordDesk::Verdict::Wrong;
        else verdict = passwords.desk->check(password, hash);
    }
    switch (verdict) {
        case PasswordDesk::Verdict::Pending: return wait();
        case PasswordDesk::Verdict::Busy:
            return refuse(caller, kUnavailable, "passwords-busy", "too many passwords wait to be checked", "Too many requests wait to be admitted; try again.");
        case PasswordDesk::Verdict::Wrong:
            return judged(passwords.mode, caller, "bad-password", "the user name or the password is wrong", "The user name or the password is wrong.", challenge);
        case PasswordDesk::Verdict::Right: break;
    }
    caller.user = pair->substr(0, colon);
    if (!passwords.forward) found.remove.push_back(*shown);
    return {};
}

Admission ClientAccess::checkKeys(http::RequestHead& head, Caller& caller, const AccessFacts& facts, Found& found) const {
    const auto& keys = *parts_.keys;
    const AccessActivation activation(head, caller, facts.clientAddress, {});
    const auto shown = findCredential(keys.sources, head, activation);
    const auto* challenge = isBearer(keys.sources) ? "Bearer realm=\"gatehouse\"" : "ApiKey realm=\"gatehouse\"";
    if (!shown) {
        if (keys.mode != AccessMode::Strict) return {};
        return judged(AccessMode::Strict, caller, "no-key", fmt::format("no API key was shown ({})", placesOf(keys.sources)), "An API key is required.", challenge);
    }
    caller.key = keys.keys->find(shown->value);
    if (!caller.key)
        return judged(keys.mode, caller, "bad-key", fmt::format("the API key in {} is none of those that are known", placeOf(*shown->source)),
                      "The API key is not valid.", challenge);
    if (!keys.forward) found.remove.push_back(*shown);
    return {};
}

Admission ClientAccess::authorize(http::RequestHead& head, Caller& caller, std::string_view model, const AccessFacts& facts) const {
    if (parts_.authorization.empty()) return {};
    const AccessActivation activation(head, caller, facts.clientAddress, model);
    bool allows = false, allowed = false;
    const AuthorizationRule* against = nullptr;
    for (const auto& rule : parts_.authorization) {
        bool failed = false;
        const bool match = matches(rule, activation, failed);
        switch (rule.action) {
            case AuthorizationRule::Action::Deny:
                // Who cannot tell whether he must refuse, refuses.
                if (match || failed) against = &rule;
                break;
            case AuthorizationRule::Action::Require:
                if (!match) against = &rule;
                break;
            case AuthorizationRule::Action::Allow:
                allows = true;
                allowed = allowed || match;
                break;
        }
    }
    if (against == nullptr && (!allows || allowed)) return {};
    const auto reason = against == nullptr ? std::string("no rule allows it")
                        : against->action == AuthorizationRule::Action::Deny ? fmt::format("a rule of {} denies it", against->origin.display())
                                                                             : fmt::format("what {} requires does not hold", against->origin.display());
    return refuse(caller, kForbidden, "not-authorized", reason, "The request is not permitted.");
}

/// What says who somebody is comes from here alone, whatever a client sends under that name.
void ClientAccess::dropClaims(http::RequestHead& head) const {
    const auto drop = [&](const std::string& name) {
        head.headers.removeIf([&](const http::Header& field) { return http::equalsIgnoreCase(field.name, name) || http::readsAlike(field.name, name); });
    };
    if (parts_.keys && !parts_.keys->clientIdHeader.empty()) drop(parts_.keys->clientIdHeader);
    if (parts_.tokens)
        for (const auto& provider : parts_.tokens->providers)
            for (const auto& [claim, header] : provider.is.claimsToHeaders) drop(header);
}

void ClientAccess::stamp(http::RequestHead& head, const Caller& caller, const Found& found) const {
    for (const auto& credential : found.remove) removeCredential(credential, head);
    dropClaims(head);
    if (caller.key && parts_.keys && !parts_.keys->clientIdHeader.empty()) head.headers.add(parts_.keys->clientIdHeader, caller.key->name);
    if (found.provider == nullptr) return;
    for (const auto& [claim, header] : found.provider->is.claimsToHeaders)
        if (const auto value = claimText(caller.claims, claim)) head.headers.add(header, *value);
}

Admission ClientAccess::admit(http::RequestHead& head, Caller& caller, const AccessFacts& facts) const {
    caller = {};
    Found found;
    Admission verdict;
    if (parts_.tokens) verdict = checkTokens(head, caller, facts, found);
    if (verdict.admitted() && parts_.passwords) verdict = checkPasswords(head, caller, facts, found);
    if (verdict.admitted() && parts_.keys) verdict = checkKeys(head, caller, facts, found);
    if (verdict.admitted() && !(readsModel_ && facts.bodyFollows)) verdict = authorize(head, caller, {}, facts);
    if (!verdict.admitted()) return verdict;
    if (caller.key && caller.key->rate) {
        auto& rate = *caller.key->rate;
        const bool passes = facts.asksOnly ? rate.left(facts.mono) > 0 : rate.take(1, facts.mono);
        if (!passes)
            return refuseRate(caller, "key-rate", fmt::format("the rate of key {} ({})", caller.key->name, limitText(rate.spec(), RateLimit::Counts::Requests)),
                              std::max(std::chrono::ceil<std::chrono::seconds>(rate.until(1, facts.mono)), std::chrono::seconds(1)), rate.spec().most,
                              rate.left(facts.mono), std::chrono::ceil<std::chrono::seconds>(rate.until(rate.spec().most, facts.mono)),
                              "This key makes too many requests; try again later.");
    }
    stamp(head, caller, found);
    return verdict;
}

Admission ClientAccess::admitModel(http::RequestHead& head, Caller& caller, std::string_view model, const AccessFacts& facts) const {
    if (readsModel_)
        if (auto verdict = authorize(head, caller, model, facts); !verdict.admitted()) return verdict;
    if (!caller.key) return {};
    const auto& key = *caller.key;
    if (!key.mayAsk(model))
        return refuse(caller, kForbidden, "model-not-allowed",
                      model.empty() ? fmt::format("key {} may ask for some models only, and the request names none that can be read", key.name)
                                    : fmt::format("key {} may not ask for model {}", key.name, model),
                      model.empty() ? std::string("This key may only call models that it names.") : fmt::format("This key may not call the model {}.", model));
    if (!key.account) return {};
    const auto spent = key.account->today(facts.wall);
    const auto exhausted = [&](std::string limit, std::string told) {
        caller.today = spent;
        caller.answerHeaders.emplace_back("x-should-retry", "false");
        return refuseRate(caller, "budget-exhausted", std::move(limit), untilTomorrow(facts.wall), 0, 0, std::chrono::seconds(0), std::move(told));
    };
    if (key.terms.tokensPerDay && spent.tokens >= *key.terms.tokensPerDay)
        return exhausted(fmt::format("the budget of key {} of {} tokens a day", key.name, *key.terms.tokensPerDay),
                         "The daily token budget of this key is used up; it begins anew at midnight UTC.");
    if (key.terms.nanoPerDay && spent.nano(key.terms.currency) >= *key.terms.nanoPerDay)
        return exhausted(fmt::format("the budget of key {} of {:.6g} {} a day", key.name, static_cast<double>(*key.terms.nanoPerDay) * 1e-9, key.terms.currency),
                         "The daily money budget of this key is used up; it begins anew at midnight UTC.");
    return {};
}

void ClientAccess::charge(Caller& caller, std::int64_t tokens, std::string_view currency, std::int64_t nano, base::WallTime now) {
    if (caller.charged || !caller.key || !caller.key->account) return;
    caller.charged = true;
    caller.chargedTokens = tokens;
    caller.chargedNano = nano;
    caller.currency = currency;
    caller.today = caller.key->account->charge(tokens, currency, nano, now);
}

std::vector<CallerLine> linesOf(const Caller& caller) {
    std::vector<CallerLine> lines;
    if (caller.token)
        lines.push_back({true, "token", fmt::format("{} of {}", caller.subject.empty() ? "no subject" : "subject " + caller.subject,
                                                    caller.issuer.empty() ? caller.provider : caller.issuer)});
    if (!caller.user.empty()) lines.push_back({true, "password", fmt::format("user {}", caller.user)});
    if (caller.key) lines.push_back({true, "API key", fmt::format("{} of {}", caller.key->name, caller.key->holder.display())});
    if (!caller.reason.empty()) lines.push_back({caller.code == nullptr, caller.code != nullptr ? "refused" : "let pass", caller.reason});
    if (caller.code == nullptr && lines.empty()) lines.push_back({true, "nobody", "no credentials were shown, and the rule asks for none"});
    if (!caller.charged) return lines;
    auto text = fmt::format("{} tokens", caller.chargedTokens);
    if (!caller.currency.empty()) text += fmt::format(" and {:.9f} {}", static_cast<double>(caller.chargedNano) * 1e-9, caller.currency);
    text += fmt::format("; today {} tokens", caller.today.tokens);
    for (const auto& [currency, nano] : caller.today.money) text += fmt::format(", {:.6f} {}", static_cast<double>(nano) * 1e-9, currency);
    lines.push_back({true, "charged", std::move(text)});
    return lines;
}

}  // namespace gatehouse::filter
