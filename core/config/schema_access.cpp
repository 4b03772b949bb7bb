// TrafficPolicy: who may call and how much; GatewayExtension, of which the JWT providers are run.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

FieldSpec disable() { return field(FieldType::Object, "disable", "Takes away what a less specific policy asks for."); }
FieldSpec openDisable() { return open(disable()); }

FieldSpec secretRef(std::string help, std::vector<FieldSpec> more = {}) {
    std::vector<FieldSpec> fields{nameOf("Name of the Secret."), namespaceOf("Its namespace; another one needs a ReferenceGrant there.")};
    for (auto& field : more) fields.push_back(std::move(field));
    return object("secretRef", std::move(help), std::move(fields));
}

FieldSpec jwtProvider() {
    return object(
        "", "One issuer of tokens.",
        {nameOf("Name, unique in the list."), sized(0, 2048, text("issuer", "What the token's iss must say; absent takes any.")),
         list("audiences", "Of which the token's aud must hold one.", text("", "An audience."), 1, 32),
         oneOf({"header", "queryParameter"},
               object("tokenSource", "Where the token stands; absent means Authorization: Bearer.",
                      {object("header", "In a header.",
                              {required(sized(1, 2048, as(FieldFormat::HeaderName, text("header", "Its name.")))),
                               sized(1, 2048, text("prefix", "What stands before the token, e.g. \"Bearer \"."))}),
                       text("queryParameter", "In a query parameter of this name.")})),
         list("claimsToHeaders", "Claims that backends read in headers; what a client sends under those names is dropped.",
              object("", "One claim.",
                     {required(sized(1, 2048, text("name", "The claim; a.b is b inside a."))),
                      required(sized(1, 2048, as(FieldFormat::HeaderName, text("header", "The header."))))}),
              1, 32),
         byDefault("false", flag("forwardToken", "Does the token go on to the backend?")),
         required(oneOf({"local", "remote"},
                        object("jwks", "The issuer's public keys.",
                               {oneOf({"inline", "configMapRef"},
                                      object("local", "Kept in the configuration.",
                                             {sized(1, 16384, text("inline", "A key set as JSON, one key of it, or a public key as PEM.")),
                                              object("configMapRef", "In the key jwks of a ConfigMap of this namespace.",
                                                     {text("name", "Name of the ConfigMap.")})})),
                                object("remote", "Fetched, kept, and fetched again.",
                                       {required(sized(1, 2048, text("url", "Address of the key set."))),
                                        required(object("backendRef", "The backend that is dialled for it.",
                                                        {groupOf("", "API group."), kindOf("Service", "Service or Backend."), nameOf("Its name."),
                                                         namespaceOf("Its namespace; another one needs a ReferenceGrant there."), port("port", "Port of the Service.")})),
                                        byDefault("5m", duration("cacheDuration", "How long a key set is used before it is fetched again.")),
                                        notRun("Gatehouse fetches beside the requests always", any("asyncFetch", "When it is fetched.")),
                                        notRun("Gatehouse tries again after 1 s, then twice as long each time",
                                               any("retryPolicy", "When a failed fetch is tried again."))})})))});
}

}  // namespace

FieldSpec apiKeyAuthField() {
    return oneOf({"secretRef", "secretSelector", "disable"},
                 object("apiKeyAuth", "Clients must show an API key.",
                        {secretRef("Secret with the keys: each entry is one.",
                                   {groupOf("", "API group."), kindOf("Secret", "Secret.")}),
                         object("secretSelector", "Secrets with keys, by their labels, of this namespace.",
                                {required(map("matchLabels", "Labels that a Secret must carry, all of them."))}),
                         openDisable(),
                         list("keySources", "Where the key stands: the first place that has one. Absent means header api-key.",
                              object("", "One place; header before query before cookie.",
                                     {sized(1, 256, as(FieldFormat::HeaderName, text("header", "Name of a header; Authorization may say Bearer."))),
                                      sized(1, 256, text("query", "Name of a query parameter.")), sized(1, 256, text("cookie", "Name of a cookie."))}),
                              0, 16),
                         as(FieldFormat::HeaderName, text("clientIdHeader", "Header that tells the backend the key's name.")),
                         byDefault("false", flag("forwardCredential", "Does the key go on to the backend?"))}));
}

FieldSpec jwtAuthField() {
    return oneOf({"extensionRef", "disable"},
                 object("jwtAuth", "Clients must show a token (JWT).",
                        {object("extensionRef", "GatewayExtension with the issuers.",
                                {nameOf("Its name."), namespaceOf("Its namespace; absent means this one.")}),
                         openDisable()}));
}

FieldSpec basicAuthField() {
    return oneOf({"users", "secretRef", "disable"},
                 object("basicAuth", "Clients must show a user name and a password.",
                        {list("users", "Lines of a htpasswd file: name, colon, hash ({SHA} or bcrypt).", text("", "One user."), 1, 256),
                         secretRef("Secret with a htpasswd file.", {byDefault(".htpasswd", sized(1, -1, text("key", "Key in the Secret.")))}), openDisable()}));
}

FieldSpec rbacField() {
    return object("rbac", "Which requests may pass, by expressions (CEL) over the request and who sends it.",
                  {byDefault("Allow", choice("action", {"Allow", "Deny"}, "What comes of a request that one of them fits.")),
                   required(object("policy", "The expressions.",
                                   {required(list("matchExpressions", "One that holds is enough.",
                                                  sized(1, 16384, text("", "An expression, e.g. jwt.role == 'admin'.")), 1, 256))}))});
}

FieldSpec rateLimitField() {
    return object(
        "rateLimit", "How many requests may be made in which time.",
        {object("local", "Counted by this gateway. An empty block takes away what a less specific policy sets.",
                {object("tokenBucket", "A bucket of requests that is filled up at a steady pace.",
                        {required(integer("maxTokens", "Requests at once.", 1, 2147483647)),
                         byDefault("1", integer("tokensPerFill", "Requests that are added each time.", 1, 2147483647)),
                         required(duration("fillInterval", "Time between two fills, at least 50ms."))}),
                 byDefault("100", measured("%", integer("percentEnabled", "Share of the requests that are counted.", 0, 100))),
                 byDefault("100", measured("%", integer("percentEnforced", "Share of those beyond the limit that are refused.", 0, 100)))}),
         notRun("no limit of it is counted", any("global", "Limits that a service counts."))});
}

KindSchema gatewayExtensionKind() {
    constexpr char kGuards[] = "policies that name it answer 500";
    return kind("gateway.kgateway.dev", "GatewayExtension", {"v1alpha1"}, "What policies refer to: issuers of tokens, services that are asked.",
                {required(object("spec", "The extension; one of its blocks.",
                                 {choice("type", {"ExtAuth", "ExtProc", "RateLimit", "JWT", "OAuth2"}, "Says again which block is set."),
                                  object("jwt", "Issuers of tokens.",
                                         {byDefault("Strict", choice("validationMode", {"Strict", "AllowMissing"}, "May a request come without a token?")),
                                          keyed("name", list("providers", "The issuers; any of them will do.", jwtProvider(), 0, 32))}),
                                  notRun(kGuards, any("extAuth", "A service that is asked whether a request may pass.")),
                                  notRun(kGuards, any("extProc", "A service that changes messages.")),
                                  notRun(kGuards, any("rateLimit", "A service that counts.")),
                                  notRun(kGuards, any("oauth2", "Sign-in by OAuth 2."))}))});
}

}  // namespace gatehouse::config::table
