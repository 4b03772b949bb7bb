// Codes of the findings that only translation makes (GH40xx to GH43xx). Stable: scripts and the documentation name them.
// Thread: constants.
#pragma once

namespace gatehouse::route::codes {

inline constexpr char kListenerNotServed[] = "GH4001";    ///< Protocol that this version does not serve.
inline constexpr char kListenerShared[] = "GH4002";       ///< Two Gateways ask for the same port and hostname.
inline constexpr char kProxyProtocol[] = "GH4004";        ///< Annotation that is neither true nor false.
inline constexpr char kListenerNotBound[] = "GH4003";     ///< The port could not be bound (made by the gateway).

inline constexpr char kFilterUnsupported[] = "GH4101";    ///< The rule answers 500: a filter must not be skipped.
inline constexpr char kFilterIncomplete[] = "GH4102";     ///< Filter without the member that its type names.
inline constexpr char kExtensionUnresolved[] = "GH4103";  ///< extensionRef to nothing, or to a kind that is no filter.
inline constexpr char kActionConflict[] = "GH4104";       ///< DirectResponse beside backendRefs or a redirect.
inline constexpr char kBadExpression[] = "GH4105";        ///< Regular expression that RE2 does not take.
inline constexpr char kRuleBroken[] = "GH4106";           ///< A rule with an error answers 500.
inline constexpr char kMirrorUnresolved[] = "GH4107";     ///< The mirror is left out; the request itself goes on.
inline constexpr char kAuthUnresolved[] = "GH4108";       ///< Nobody to ask: the rule answers 500.
inline constexpr char kAuthUnsupported[] = "GH4109";      ///< ExternalAuth over gRPC: the rule answers 500.
inline constexpr char kConnectWithPath[] = "GH4111";      ///< A match of method CONNECT by path, which it has none of.
inline constexpr char kTrustedHops[] = "GH4110";          ///< Annotation that is no number of hops.

inline constexpr char kBackendUnresolved[] = "GH4201";    ///< Its share of requests answers 500.
inline constexpr char kNoEndpoints[] = "GH4202";          ///< Its share of requests answers 503.
inline constexpr char kBackendUnsupported[] = "GH4203";   ///< Backend type or filter that this version does not run.
inline constexpr char kProviderUnsupported[] = "GH4204";
inline constexpr char kProviderAnnotation[] = "GH4205";   ///< Of a Backend: no provider of that name, or no duration.
inline constexpr char kPickerConfig[] = "GH4210";          ///< How a pool is to pick: an annotation, or an EndpointPickerConfig.
inline constexpr char kSecretUnresolved[] = "GH4206";
inline constexpr char kAllWeightsZero[] = "GH4207";
inline constexpr char kNoBackends[] = "GH4208";
inline constexpr char kStickySplit[] = "GH4209";          ///< Annotation that says no key.

inline constexpr char kPolicyFieldNotRun[] = "GH4301";    ///< An error, and 500, where the field guards access.
inline constexpr char kPolicyTarget[] = "GH4302";         ///< Target kind that is not run, or that does not exist.
inline constexpr char kPolicyInvalid[] = "GH4303";        ///< Its rules answer 500: a guard fails closed.
inline constexpr char kPolicyMergeMode[] = "GH4304";      ///< Merge mode annotation that is not run.
inline constexpr char kConnectionSettings[] = "GH4305";   ///< Listeners of one port differ in what holds for connections.
inline constexpr char kPolicyFieldLost[] = "GH4306";      ///< Two policies of the same level set one field.

inline constexpr char kCredential[] = "GH4311";           ///< A key, key set or password that cannot be used.
inline constexpr char kModelTwice[] = "GH4321";           ///< Two models of a listener have one name, or a virtual one lacks its target there.
inline constexpr char kGuardWindow[] = "GH4307";          ///< A pattern of a response guard can match more than streams hold back.

}  // namespace gatehouse::route::codes
