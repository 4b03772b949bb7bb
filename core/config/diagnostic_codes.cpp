#include "config/diagnostic_codes.h"

#include <array>

namespace gatehouse::config {
namespace {

constexpr std::array kMeanings = std::to_array<CodeMeaning>({
    {"GH1001", "The text is not YAML or JSON; nothing of this document is used."},
    {"GH1002", "A key stands twice in one mapping; the last one counts here, and a cluster may refuse the object."},
    {"GH1003", "Two objects have the same kind, namespace and name; the first one counts."},
    {"GH1004", "The document is no Kubernetes object: apiVersion or kind is missing."},
    {"GH1005", "The object has no metadata.name and cannot be used."},
    {"GH1006", "Gatehouse does not know this kind; it is kept as written and left alone."},
    {"GH1007", "The kind has no such field; it is kept as written and has no effect."},
    {"GH1008", "The value is of another type than the field takes."},
    {"GH1009", "The value is not one of those that the field takes."},
    {"GH1010", "The value is too small, too large, too short or too long, or the list has too few or too many items."},
    {"GH1011", "The text does not have the form that the field asks for."},
    {"GH1012", "A field that must be there is missing."},
    {"GH1013", "Of several fields exactly one must be set, the one that `type` names."},
    {"GH1014", "Gatehouse does not know this version of the kind and reads it as the one it knows."},
    {"GH1015", "The file or folder could not be read."},
    {"GH1016", "An alias has no anchor, refers to itself, or expands to too much text."},
    {"GH1017", "Objects of a file that cannot be read any more run on as they were read last."},
    {"GH2001", "Two listeners of a Gateway have the same name."},
    {"GH2002", "Two listeners of a Gateway ask for the same port, protocol and hostname."},
    {"GH2003", "The TLS settings of a listener do not fit its protocol."},
    {"GH2004", "A TCP or UDP listener cannot have a hostname."},
    {"GH2005", "An address of a Gateway is listed twice or is not of its type."},
    {"GH2006", "A label selector is missing or has a condition that makes no sense; it selects nothing."},
    {"GH2101", "A route has more than 128 matches in all its rules."},
    {"GH2102", "A filter stands twice in a rule though it may stand there only once."},
    {"GH2103", "A redirect cannot stand beside backends or a rewrite."},
    {"GH2104", "Replacing the matched prefix needs exactly one match, of type PathPrefix."},
    {"GH2105", "A reference to a Service needs a port."},
    {"GH2106", "A path is not absolute, not normal, or holds characters that a path cannot have."},
    {"GH2107", "A regular expression cannot be read (RE2 syntax)."},
    {"GH2108", "A route names the same parent twice without telling the listeners apart."},
    {"GH2109", "Two rules of a route have the same name."},
    {"GH2110", "The time limit of one try is longer than that of the whole request."},
    {"GH2111", "A header or query parameter is listed twice; only the first one counts."},
    {"GH2112", "A mirror takes either a percentage or a fraction of at most one."},
    {"GH2113", "A * in a CORS list must stand alone."},
    {"GH2114", "All backends of a rule have weight 0: its requests are answered with 503."},
    {"GH2115", "A rule has no backend and no filter that answers: its requests are answered with 500."},
    {"GH2201", "Of host and port of a provider either both must be set or none."},
    {"GH2202", "A provider's key is not given in the way that its kind says."},
    {"GH2203", "A provider's key stands in the file; keep it in a Secret."},
    {"GH2204", "Two providers of a group have the same name."},
    {"GH2205", "A regex guard has no pattern and checks nothing."},
    {"GH2206", "A prompt message has a role that chat APIs do not know."},
    {"GH2301", "A pool lists a port twice."},
    {"GH2302", "A pool's picker is a Service and needs a port."},
    {"GH2303", "A Service lists a port or a port's name twice, or leaves one of several without a name."},
    {"GH2304", "A pod's port annotation is no port number."},
    {"GH2305", "A value in a Secret's data is not base64."},
    {"GH2901", "The field is valid, but this version does not run it; the message says what happens instead."},
    {"GH3001", "A route names a parent that does not exist."},
    {"GH3002", "A route names a listener or port that its Gateway does not have."},
    {"GH3003", "The listener does not admit routes of this namespace or kind."},
    {"GH3004", "The hostnames of a route and of the listener have nothing in common."},
    {"GH3005", "A route names no parent and gets no requests."},
    {"GH3101", "A backend does not exist: its share of requests is answered with 500."},
    {"GH3102", "A backend is of a kind that routes cannot use: its share of requests is answered with 500."},
    {"GH3103", "A reference into another namespace needs a ReferenceGrant there."},
    {"GH3104", "A Service has no such port: its share of requests is answered with 500."},
    {"GH3105", "A backend speaks a protocol that this version does not: its share of requests is answered with 500."},
    {"GH3106", "A Service has no ready endpoint: its share of requests is answered with 503."},
    {"GH3107", "A pool's selector matches no pod: its requests are answered with 503."},
    {"GH3201", "An ExtensionRef names an object that does not exist: its rule answers 500."},
    {"GH3202", "An ExtensionRef names a kind that is no filter: its rule answers 500."},
    {"GH3203", "A policy names a target that does not exist."},
    {"GH3204", "A policy names a listener or rule that its target does not have."},
    {"GH3205", "A policy names a target of a kind that it cannot attach to."},
    {"GH3206", "A policy or answer is used by nothing."},
    {"GH3301", "A Secret does not exist."},
    {"GH3302", "A Secret lacks the key that is read from it."},
    {"GH3303", "A listener's certificate cannot be used."},
    {"GH4001", "A listener's protocol is not served by this version."},
    {"GH4002", "Two Gateways ask for the same port and hostname; the older one gets it."},
    {"GH4003", "A port could not be bound."},
    {"GH4101", "A filter that this version does not run must not be skipped: its rule answers 500."},
    {"GH4102", "A filter lacks the settings that its type names: its rule answers 500."},
    {"GH4103", "An ExtensionRef could not be resolved: its rule answers 500."},
    {"GH4104", "A direct response stands beside backends or a redirect: the rule answers 500."},
    {"GH4105", "A regular expression could not be compiled: its rule answers 500."},
    {"GH4106", "A rule has an error and answers 500; the other rules serve on."},
    {"GH4201", "A backend could not be resolved: its share of requests is answered with 500."},
    {"GH4202", "A backend has no endpoint: its share of requests is answered with 503."},
    {"GH4203", "A backend's type or filter is not run by this version."},
    {"GH4204", "An LLM provider is not run by this version."},
    {"GH4205", "Of several providers only the first is used by this version."},
    {"GH4206", "A provider's key could not be resolved."},
    {"GH4207", "All weights are 0: the rule answers 503."},
    {"GH4208", "A rule has no backend: it answers 500."},
    {"GH4301", "A policy field is not run by this version."},
    {"GH4302", "A policy's target does not exist or is not run."},
    {"GH4303", "A policy has an error; its rules answer 500, for a guard fails closed."},
    {"GH4304", "A policy's merge mode is not run by this version."},
});

}  // namespace

std::span<const CodeMeaning> diagnosticCodes() {
    return kMeanings;
}

std::string_view meaningOf(std::string_view code) {
    for (const auto& row : kMeanings)
        if (row.code == code) return row.meaning;
    return {};
}

}  // namespace gatehouse::config
