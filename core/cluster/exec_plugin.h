// Exec plugins: programs that a kubeconfig names and that hand out credentials. A kubeconfig is code, so the first run of what a file
// says needs an agreement, which holds until the file says something else. Started without a shell.
// Source: "client-go credential plugins" (client.authentication.k8s.io/v1).
// Thread: any; run() blocks its thread until the program ends or its time is over. Lifetime: values.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cluster/kubeconfig.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::cluster {

/// What is shown to the cluster. Never logged.
struct Credential {
    secret::SecretValue bearer;
    std::string username;
    secret::SecretValue password;
    secret::SecretValue certificate, key;  ///< PEM.
    base::WallTime expires = base::WallTime::max();
};

/// The command as a person reads it: words that hold blanks in quotes, values of variables left out.
std::string shownCommand(const ExecSpec& spec);

/// Whether the program may run; asked once per start of what no agreement holds for. Called on a thread of the client's.
using ExecConsent = std::function<bool(const ExecSpec&)>;

/// Agreements as digests of file, command, arguments and variables, one a line; the file is only its owner's.
class ExecAgreements {
  public:
    /// Empty: none are kept.
    explicit ExecAgreements(std::filesystem::path file) : file_(std::move(file)) {}
    /// $XDG_STATE_HOME/gatehouse/agreed-programs, else below ~/.local/state; empty where neither is known.
    static std::filesystem::path usualFile();

    bool has(const ExecSpec& spec) const;
    Result<void> remember(const ExecSpec& spec) const;

  private:
    std::filesystem::path file_;
};

struct ExecOptions {
    std::chrono::milliseconds patience{60'000};
    bool terminal = false;  ///< Standard input is a person's terminal, and the program may ask there.
    const std::atomic<bool>* stopped = nullptr;  ///< Ends the program once it is true.
};

/// Runs it and reads its ExecCredential. Errors: "exec-plugin", with what the program wrote on standard error, or its hint.
Result<Credential> runExecPlugin(const ExecSpec& spec, const Target& target, const ExecOptions& options);

/// The ExecCredential of its output alone.
Result<Credential> readExecCredential(const ExecSpec& spec, std::string_view output);

/// "2026-11-23T09:12:33Z", with a fraction or an offset too; nothing where it is none (RFC 3339).
std::optional<base::WallTime> parseRfc3339(std::string_view text);

}  // namespace gatehouse::cluster
