#include "cluster/credentials.h"

#include "cluster/json.h"
#include "filter/encoding.h"

#include <fmt/format.h>

namespace gatehouse::cluster {
namespace {

/// Before their end credentials are renewed: a request must not meet it on its way.
constexpr std::chrono::seconds kMargin{15};
/// A projected token is replaced well before its end (client-go reads it once a minute).
constexpr std::chrono::seconds kFileHolds{60};

}  // namespace

Credentials::Credentials(Target target, ExecConsent consent, ExecOptions exec)
    : target_(std::move(target)), consent_(std::move(consent)), exec_(exec), refreshToken_(target_.oidc ? target_.oidc->refreshToken : secret::SecretValue()) {
    exec_.stopped = &stopped_;
    // What does not change needs no thread to fetch it.
    if (target_.exec || target_.oidc || !target_.tokenFile.empty()) return;
    Credential all;
    all.bearer = target_.token;
    all.username = target_.username;
    all.password = target_.password;
    all.certificate = target_.clientCertificate;
    all.key = target_.clientKey;
    held_ = std::make_shared<const Credential>(std::move(all));
}

std::shared_ptr<const Credential> Credentials::ready() const {
    const std::lock_guard lock(mutex_);
    return held_ && (held_->expires == base::WallTime::max() || held_->expires > std::chrono::system_clock::now()) ? held_ : nullptr;
}

Result<std::shared_ptr<const Credential>> Credentials::get() {
    const std::lock_guard one(fetching_);
    if (auto held = ready()) return held;
    auto fetched = fetch();
    if (!fetched) return tl::unexpected(fetched.error());
    // A certificate of the user's own goes along with a token of any kind.
    if (fetched->certificate.empty()) {
        fetched->certificate = target_.clientCertificate;
        fetched->key = target_.clientKey;
    }
    auto made = std::make_shared<const Credential>(std::move(*fetched));
    const std::lock_guard lock(mutex_);
    held_ = made;
    return made;
}

Result<Credential> Credentials::fetch() {
    if (!target_.tokenFile.empty()) return fromTokenFile();
    if (target_.exec) return fromProgram();
    const auto& oidc = *target_.oidc;
    bool refused = false;
    {
        const std::lock_guard lock(mutex_);
        refused = idTokenRefused_;
    }
    const auto now = std::chrono::system_clock::now();
    const auto expires = expiryOfJwt(oidc.idToken.reveal());
    if (!refused && !oidc.idToken.empty() && (!expires || *expires > now + kMargin)) {
        Credential out;
        out.bearer = oidc.idToken;
        if (expires) out.expires = *expires - kMargin;
        return out;
    }
    if (refreshToken_.empty())
        return fail("oidc", fmt::format("The id token of user \"{}\" in {} is over, and there is no refresh-token to renew it: sign in again.", oidc.user, oidc.file));
    auto renewed = refreshIdToken(oidc, refreshToken_);
    if (renewed && renewed->expires != base::WallTime::max()) renewed->expires -= kMargin;
    return renewed;
}

Result<Credential> Credentials::fromTokenFile() const {
    auto read = secret::resolve("file:" + target_.tokenFile, {});
    if (!read) return fail("token-file", fmt::format("{}: tokenFile: {} cannot be read.", target_.file, target_.tokenFile));
    if (read->empty() || read->reveal().find_first_of("\r\n") != std::string_view::npos)
        return fail("token-file", fmt::format("{}: tokenFile: {} holds no token.", target_.file, target_.tokenFile));
    Credential out;
    out.bearer = std::move(*read);
    out.expires = std::chrono::system_clock::now() + kFileHolds;
    return out;
}

Result<Credential> Credentials::fromProgram() {
    const auto& spec = *target_.exec;
    if (!agreed_) {
        if (!consent_ || !consent_(spec))
            return fail("exec-refused", fmt::format("{} names a program for credentials, and nobody agreed to run it: {}", spec.file, shownCommand(spec)));
        agreed_ = true;
    }
    auto answer = runExecPlugin(spec, target_, exec_);
    if (answer && answer->expires != base::WallTime::max()) {
        if (answer->expires <= std::chrono::system_clock::now())
            return fail("exec-plugin", fmt::format("{} answered with credentials that are over already.", spec.command));
        answer->expires -= kMargin;
    }
    return answer;
}

bool Credentials::refused(const std::shared_ptr<const Credential>& shown) {
    const bool renewable = target_.exec || target_.oidc || !target_.tokenFile.empty();
    if (!renewable) return false;
    const std::lock_guard lock(mutex_);
    if (target_.oidc) {
        // Only the first is the file's; asking the issuer again and again would not help.
        const bool own = shown && shown->bearer.reveal() == target_.oidc->idToken.reveal();
        if (own) idTokenRefused_ = true;
    }
    if (held_ == shown) held_.reset();
    return true;
}

std::optional<base::WallTime> expiryOfJwt(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto text = filter::fromBase64Url(token.substr(first + 1, second - first - 1));
    if (!text) return std::nullopt;
    const auto claims = parseJson(*text);
    if (!claims) return std::nullopt;
    const auto& exp = memberOf(*claims, "exp");
    if (!exp.is_number()) return std::nullopt;
    const auto seconds = exp.get<double>();
    if (!(seconds > 0 && seconds < 1e11)) return std::nullopt;
    return base::WallTime(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace gatehouse::cluster
