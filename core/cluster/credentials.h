// What a target's user shows to the cluster, kept until it ends: a token, a file that is read again, a program's answer, an id token
// that is renewed at its issuer. Nothing is written anywhere.
// Thread: any; get() blocks (a program, an issuer), and whoever else asks meanwhile waits for the same. Lifetime: the client's.
#pragma once

#include "base/result.h"
#include "cluster/exec_plugin.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace gatehouse::cluster {

class Credentials {
  public:
    /// `consent` null: no program runs.
    Credentials(Target target, ExecConsent consent, ExecOptions exec);

    /// What holds now, without waiting; null: get() must be asked.
    std::shared_ptr<const Credential> ready() const;
    /// Errors: "exec-plugin", "exec-refused", "token-file", "oidc". A failure is not kept: the next call tries again.
    Result<std::shared_ptr<const Credential>> get();
    /// The cluster answered 401 to it. True: get() may bring another.
    bool refused(const std::shared_ptr<const Credential>& shown);
    /// Ends a program that runs.
    void stop() { stopped_.store(true); }

    const Target& target() const { return target_; }

  private:
    Result<Credential> fetch();
    Result<Credential> fromTokenFile() const;
    Result<Credential> fromProgram();

    const Target target_;
    const ExecConsent consent_;
    ExecOptions exec_;
    std::atomic<bool> stopped_{false};
    std::mutex fetching_;              ///< Held by get().
    bool agreed_ = false;              ///< get()'s.
    secret::SecretValue refreshToken_; ///< get()'s: an issuer may give a new one.
    bool idTokenRefused_ = false;      ///< Guarded by mutex_.
    mutable std::mutex mutex_;
    std::shared_ptr<const Credential> held_;
};

/// When an id token ends by its own claim (RFC 7519 section 4.1.4); nothing where it says nothing.
std::optional<base::WallTime> expiryOfJwt(std::string_view token);

/// A new id token by the refresh token, which may be replaced (OpenID Connect Core 12; RFC 6749 section 6). Blocks.
Result<Credential> refreshIdToken(const OidcSpec& oidc, secret::SecretValue& refreshToken);

}  // namespace gatehouse::cluster
