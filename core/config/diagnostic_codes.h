// The stable codes of findings, with one line of meaning each: what `gatehouse check` prints on request and the
// documentation lists. GH1xxx reading, GH2xxx rules within an object, GH3xxx references between objects, GH4xxx
// translation. A code keeps its meaning forever; a new finding gets a new code. Thread: constants.
#pragma once

#include <span>
#include <string_view>

namespace gatehouse::config {

namespace codes {

inline constexpr char kSyntax[] = "GH1001";
inline constexpr char kDuplicateKey[] = "GH1002";
inline constexpr char kDuplicateObject[] = "GH1003";
inline constexpr char kNoObject[] = "GH1004";
inline constexpr char kNoName[] = "GH1005";
inline constexpr char kUnknownKind[] = "GH1006";
inline constexpr char kUnknownField[] = "GH1007";
inline constexpr char kWrongType[] = "GH1008";
inline constexpr char kNotInEnum[] = "GH1009";
inline constexpr char kOutOfRange[] = "GH1010";
inline constexpr char kBadFormat[] = "GH1011";
inline constexpr char kMissing[] = "GH1012";
inline constexpr char kUnion[] = "GH1013";
inline constexpr char kUnknownVersion[] = "GH1014";
inline constexpr char kUnreadable[] = "GH1015";
inline constexpr char kAliases[] = "GH1016";
inline constexpr char kKeptRunning[] = "GH1017";

inline constexpr char kListenerNames[] = "GH2001";
inline constexpr char kListenerClash[] = "GH2002";
inline constexpr char kListenerTls[] = "GH2003";
inline constexpr char kListenerHostname[] = "GH2004";
inline constexpr char kAddresses[] = "GH2005";
inline constexpr char kSelector[] = "GH2006";
inline constexpr char kParameters[] = "GH2007";
inline constexpr char kMarkKey[] = "GH2008";
inline constexpr char kPortTwice[] = "GH2009";
inline constexpr char kTooManyMatches[] = "GH2101";
inline constexpr char kFilterRepeated[] = "GH2102";
inline constexpr char kRedirectConflict[] = "GH2103";
inline constexpr char kPrefixReplace[] = "GH2104";
inline constexpr char kServicePort[] = "GH2105";
inline constexpr char kPathValue[] = "GH2106";
inline constexpr char kExpression[] = "GH2107";
inline constexpr char kParentTwice[] = "GH2108";
inline constexpr char kRuleNames[] = "GH2109";
inline constexpr char kTimeouts[] = "GH2110";
inline constexpr char kNameRepeated[] = "GH2111";
inline constexpr char kMirrorShare[] = "GH2112";
inline constexpr char kCorsStar[] = "GH2113";
inline constexpr char kWeightsZero[] = "GH2114";
inline constexpr char kNoBackends[] = "GH2115";
inline constexpr char kGrpcMethod[] = "GH2116";
inline constexpr char kRetry[] = "GH2117";
inline constexpr char kSession[] = "GH2118";
inline constexpr char kCorsOrigin[] = "GH2119";
inline constexpr char kHeaderChange[] = "GH2120";
inline constexpr char kHostPort[] = "GH2201";
inline constexpr char kAuthToken[] = "GH2202";
inline constexpr char kInlineToken[] = "GH2203";
inline constexpr char kProviderNames[] = "GH2204";
inline constexpr char kGuardEmpty[] = "GH2205";
inline constexpr char kPromptRole[] = "GH2206";
inline constexpr char kBackendPolicy[] = "GH2207";
inline constexpr char kListenerPolicy[] = "GH2208";
inline constexpr char kAgentgateway[] = "GH2209";
inline constexpr char kCelExpression[] = "GH2210";
inline constexpr char kAccess[] = "GH2211";
inline constexpr char kPoolPorts[] = "GH2301";
inline constexpr char kPickerPort[] = "GH2302";
inline constexpr char kServicePorts[] = "GH2303";
inline constexpr char kPodPort[] = "GH2304";
inline constexpr char kSecretData[] = "GH2305";
inline constexpr char kVirtualKey[] = "GH2306";
inline constexpr char kPodSignals[] = "GH2307";
inline constexpr char kRewriteWeights[] = "GH2308";
inline constexpr char kTrustSource[] = "GH2401";
inline constexpr char kTargetTwice[] = "GH2402";
inline constexpr char kAltName[] = "GH2403";
inline constexpr char kNotRun[] = "GH2901";

inline constexpr char kParentMissing[] = "GH3001";
inline constexpr char kParentSection[] = "GH3002";
inline constexpr char kNotAllowed[] = "GH3003";
inline constexpr char kNoHostname[] = "GH3004";
inline constexpr char kNoParents[] = "GH3005";
inline constexpr char kSetNotAllowed[] = "GH3006";
inline constexpr char kRoutesMeet[] = "GH3007";
inline constexpr char kBackendMissing[] = "GH3101";
inline constexpr char kBackendKind[] = "GH3102";
inline constexpr char kNoGrant[] = "GH3103";
inline constexpr char kBackendPort[] = "GH3104";
inline constexpr char kBackendProtocol[] = "GH3105";
inline constexpr char kNoEndpoints[] = "GH3106";
inline constexpr char kPoolEmpty[] = "GH3107";
inline constexpr char kExternalName[] = "GH3108";
inline constexpr char kModelTarget[] = "GH3109";
inline constexpr char kPoolMissing[] = "GH3110";
inline constexpr char kModelNameInUse[] = "GH3111";
inline constexpr char kRewriteShadowed[] = "GH3112";
inline constexpr char kPickerService[] = "GH3113";
inline constexpr char kExtensionMissing[] = "GH3201";
inline constexpr char kExtensionKind[] = "GH3202";
inline constexpr char kPolicyTarget[] = "GH3203";
inline constexpr char kPolicySection[] = "GH3204";
inline constexpr char kPolicyTargetKind[] = "GH3205";
inline constexpr char kPolicyUnused[] = "GH3206";
inline constexpr char kPolicyConflict[] = "GH3207";
inline constexpr char kSecretMissing[] = "GH3301";
inline constexpr char kSecretKey[] = "GH3302";
inline constexpr char kCertificate[] = "GH3303";
inline constexpr char kAuthorities[] = "GH3304";
inline constexpr char kCertificateDates[] = "GH3305";
inline constexpr char kClientCertificate[] = "GH3306";

}  // namespace codes

struct CodeMeaning {
    std::string_view code;
    std::string_view meaning;
};

/// Every code, in order.
std::span<const CodeMeaning> diagnosticCodes();
/// Empty for a code that does not exist.
std::string_view meaningOf(std::string_view code);

}  // namespace gatehouse::config
