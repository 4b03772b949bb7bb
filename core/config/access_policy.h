// Typed views of what TrafficPolicies say about who may call and how much (kgateway 2.4: apiKeyAuth, jwtAuth, basicAuth, rbac,
// rateLimit.local), and of a GatewayExtension's JWT providers. Thread: values.
#pragma once

#include "config/gateway_api.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::config {

struct ApiKeyAuthSpec {
    struct Source {
        std::string header, query, cookie;
    };
    bool disable = false;
    std::optional<ObjectRef> secret;
    std::vector<std::pair<std::string, std::string>> labels;  ///< secretSelector, where there is no `secret`.
    std::vector<Source> sources;  ///< Empty: header api-key.
    std::string clientIdHeader;
    bool forward = false;
    FieldPath at;
};

struct JwtAuthSpec {
    bool disable = false;
    std::string extension, ns;  ///< Of the GatewayExtension.
    FieldPath at;
};

struct BasicAuthSpec {
    bool disable = false;
    std::vector<std::string> users;  ///< Lines of htpasswd.
    std::optional<ObjectRef> secret;
    std::string secretKey = ".htpasswd";
    FieldPath at;
};

struct RbacSpec {
    bool deny = false;
    std::vector<std::string> expressions;  ///< CEL; one that holds is enough.
    FieldPath at;
};

struct LocalRateSpec {
    bool disable = false;  ///< An empty block.
    std::int64_t maxTokens = 1;
    std::int64_t tokensPerFill = 1;
    std::chrono::milliseconds fillInterval{1000};
    int percentEnabled = 100, percentEnforced = 100;
    FieldPath at;
};

struct AccessSpec {
    std::optional<ApiKeyAuthSpec> apiKeys;
    std::optional<JwtAuthSpec> tokens;
    std::optional<BasicAuthSpec> passwords;
    std::optional<RbacSpec> rbac;
    std::optional<LocalRateSpec> rate;
};

/// GatewayExtension.spec.jwt
struct JwtExtensionSpec {
    struct Provider {
        std::string name, issuer;
        std::vector<std::string> audiences;
        std::string header, prefix, query;  ///< tokenSource; all empty: Authorization, "Bearer ".
        std::vector<std::pair<std::string, std::string>> claimsToHeaders;
        bool forward = false;
        std::string inlineJwks, configMap;
        std::string url;     ///< jwks.remote
        TargetRef backend;
        std::chrono::milliseconds cacheFor{300'000};
        FieldPath at;
    };
    ObjectKey key;
    bool allowMissing = false;
    std::vector<Provider> providers;
};

/// Never fails: what is missing or of a wrong type takes its default; validation has told it.
AccessSpec decodeAccess(const Object& policy);
/// Error "no-jwt" where the object has no jwt block.
Result<JwtExtensionSpec> decodeJwtExtension(const Object& object);

/// "user:hash" of a htpasswd file; empty lines and comments left out.
std::vector<std::string> htpasswdLines(std::string_view text);

}  // namespace gatehouse::config
