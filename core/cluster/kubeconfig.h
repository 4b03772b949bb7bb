// Kubeconfig: which clusters there are and how one is talked to, read as kubectl reads it. Several files are merged: the first
// that names a cluster, a user or a context supplies the whole of it, the first that names a current context wins. Nothing is
// run, asked or written here. Errors name the file and the field, never a value.
// Source: Kubernetes client-go, tools/clientcmd (documentation "Organizing Cluster Access Using kubeconfig Files").
// Thread: values. Lifetime: of the reading; files that a Target names are read when it is made, tokenFile at each use.
#pragma once

#include "base/result.h"
#include "secret/secret.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::cluster {

enum class Interactive { Never, IfAvailable, Always };

/// A program that hands out credentials. A kubeconfig that names one is code: see exec_plugin.h for the agreement.
struct ExecSpec {
    std::string file;     ///< The kubeconfig that names it.
    std::string user;     ///< The entry of `users`.
    std::string command;  ///< Absolute where it was written with a slash, else looked up in PATH.
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string apiVersion;  ///< client.authentication.k8s.io/v1 or v1beta1
    std::string installHint;
    bool provideClusterInfo = false;
    Interactive interactive = Interactive::IfAvailable;
    std::string clusterConfig;  ///< JSON of the cluster's extension client.authentication.k8s.io/exec; empty: none.
};

/// auth-provider "oidc": an id token, and how to get the next.
struct OidcSpec {
    std::string issuer, clientId;
    secret::SecretValue clientSecret, idToken, refreshToken;
    std::string authorityPem;  ///< Of the issuer; empty: the system's.
    std::string extraScopes;
    std::string file, user;  ///< Where it stands, for sentences.
};

struct Impersonation {
    std::string user, uid;
    std::vector<std::string> groups;
    std::vector<std::pair<std::string, std::vector<std::string>>> extra;
    bool any() const { return !user.empty(); }
};

/// One cluster as one user sees it: a context with everything that it names read and checked.
struct Target {
    std::string context, cluster, user, file;
    std::string ns;  ///< "default" where the context names none.

    std::string server;  ///< "https://host:6443/path", without a slash at its end.
    std::string tlsServerName, proxyUrl;
    std::string authorityPem;  ///< Empty: the system's.
    bool insecure = false, compress = true;

    secret::SecretValue token;
    std::string tokenFile;
    std::string username;
    secret::SecretValue password;
    secret::SecretValue clientCertificate, clientKey;  ///< PEM.
    std::optional<ExecSpec> exec;
    std::optional<OidcSpec> oidc;
    Impersonation as;
};

struct ContextInfo {
    std::string name, cluster, user, ns, file;
    std::string server;  ///< As written; empty where the cluster is not there.
    bool current = false;
};

class Kubeconfig {
  public:
    /// `only` is read alone and must be there; else the files of $KUBECONFIG (those that are missing are passed over), else
    /// ~/.kube/config. Errors: "kubeconfig".
    static Result<Kubeconfig> load(const std::filesystem::path& only = {});
    /// Exactly these, in this order; missing ones are passed over.
    static Result<Kubeconfig> loadFiles(const std::vector<std::filesystem::path>& files);

    ~Kubeconfig();
    Kubeconfig(Kubeconfig&&) noexcept;
    Kubeconfig& operator=(Kubeconfig&&) noexcept;

    /// In the order of the files.
    std::vector<ContextInfo> contexts() const;
    const std::string& currentContext() const;
    /// Files that were read.
    const std::vector<std::string>& files() const;

    /// Empty: the current one. Errors: "no-context" names those that there are; "kubeconfig" file and field.
    Result<Target> target(std::string_view context = {}) const;

  private:
    struct State;
    explicit Kubeconfig(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::cluster
