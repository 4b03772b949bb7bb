// CredentialLayout: what a Secret (or a file such as Google's) holds for a provider, by the names of its keys alone; no value is
// read here. One Secret may hold several keys, which take turns. Thread: pure functions.
#pragma once

#include "config/object.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config {

/// Annotations of a Backend of type AI, both "VALUE" or "NAME=VALUE, OTHER=VALUE" by the names of providers.
/// "ambient": what the provider's own tools find (environment, profile, default credentials), in place of a Secret.
inline constexpr char kCredentialsAnnotation[] = "gatehouse.dev/credentials";
/// An ARN: the role that is assumed with the AWS keys at hand.
inline constexpr char kAwsRoleAnnotation[] = "gatehouse.dev/aws-role";
/// Where tokens are asked for, in place of the issuer's own address.
inline constexpr char kTokenEndpointAnnotation[] = "gatehouse.dev/token-endpoint";

struct CredentialLayout {
    enum class Kind {
        Text,        ///< A key as it is, or a Google credential as JSON: Authorization, Authorization-NAME.
        GoogleJson,  ///< credentials.json, key.json, service-account.json
        Entra,       ///< tenantID, clientID, clientSecret
        Aws,         ///< accessKey, secretKey, sessionToken, each with the same -NAME; and the role for all of them.
        AwsProfile,  ///< profile
    };
    struct Entry {
        Kind kind = Kind::Text;
        std::string key;     ///< Of the Secret; of several the one that names the entry.
        std::string suffix;  ///< "-NAME"; empty: none.
    };
    std::vector<Entry> entries;
    std::vector<std::string> problems;  ///< Sentences: what is begun and not whole.
};

/// `aws`: for a provider that is shown signatures. `first`: the key that configuration names; empty: "Authorization".
CredentialLayout credentialLayout(const Object& secret, bool aws, std::string_view first = {});
/// The name under which this Secret holds "tenantID", which some write "tenantId"; empty: it does not.
std::string secretKeyOf(const Object& secret, std::string_view name);
/// What an annotation says for a provider; empty: nothing.
std::string providerAnnotation(const Object& backend, const char* annotation, std::string_view provider);

}  // namespace gatehouse::config
