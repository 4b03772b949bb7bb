// Gateway API v1.6.1: GatewayClass, Gateway, ListenerSet, BackendTLSPolicy and ReferenceGrant.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr char kGroup[] = "gateway.networking.k8s.io";

FieldSpec secretRef(std::string name, std::string help) {
    return object(std::move(name), std::move(help),
                  {groupOf("", "API group of the referent; empty for core."), kindOf("Secret", "Kind of the referent."),
                   nameOf("Name of the referent."),
                   namespaceOf("Namespace of the referent; another than the own needs a ReferenceGrant.")});
}

FieldSpec parametersRef(bool clusterScoped) {
    std::vector<FieldSpec> fields{required(groupOf("", "API group of the parameters object.")),
                                  required(kindOf("", "Kind of the parameters object.")),
                                  nameOf("Name of the parameters object.")};
    if (clusterScoped) fields.push_back(namespaceOf("Namespace of the parameters object, where it has one."));
    return object("parametersRef", "Settings of the implementation, in a kind of its own.", std::move(fields));
}

FieldSpec caRefs() {
    return required(list("caCertificateRefs", "Objects that hold the trusted authorities.",
                         object("", "One reference.",
                                {required(groupOf("", "API group.")), required(kindOf("", "Kind, such as ConfigMap.")),
                                 nameOf("Name."), namespaceOf("Namespace.")}),
                         1, 16));
}

FieldSpec frontendTls(std::string name, std::string help) {
    return object(std::move(name), std::move(help),
                  {object("validation", "How client certificates are checked.",
                          {caRefs(), byDefault("AllowValidOnly",
                                               choice("mode", {"AllowValidOnly", "AllowInsecureFallback"},
                                                      "What happens to a client without a valid certificate."))})});
}

FieldSpec allowedRoutes() {
    return object("allowedRoutes", "Which routes may attach to this listener.",
                  {object("namespaces", "Namespaces whose routes may attach.",
                          {byDefault("Same", choice("from", {"All", "Selector", "Same"},
                                                    "Own namespace, all of them, or those with certain labels.")),
                           labelSelector("selector", "Labels of the namespaces, for Selector.")}),
                   list("kinds", "Kinds of routes; empty for all that the protocol allows.",
                        object("", "One kind.",
                               {groupOf(kGroup, "API group of the route kind."),
                                required(kindOf("", "The route kind, such as HTTPRoute."))}),
                        0, 8)});
}

FieldSpec listener() {
    return object(
        "", "One port, protocol and hostname that the Gateway answers on.",
        {required(sized(
             1, 253, as(FieldFormat::DnsSubdomain, text("name", "Name that routes and policies use as sectionName.")))),
         sized(1, 253,
               as(FieldFormat::Hostname,
                  text("hostname", "Only requests for this host; may start with *. ; absent means any host."))),
         required(port("port", "Port that clients connect to.")),
         required(choice("protocol", {"HTTP", "HTTPS", "TLS", "TCP", "UDP"}, "What clients speak on this port.")),
         object("tls", "Certificates, for HTTPS and TLS.",
                {byDefault("Terminate", choice("mode", {"Terminate", "Passthrough"},
                                               "Decrypt here, or pass the encrypted stream on.")),
                 list("certificateRefs", "Secrets with the certificates.",
                      secretRef("", "One Secret of type kubernetes.io/tls."), 0, 64),
                 notRun("the data plane's own settings apply", sized(0, 16, map("options", "Settings of the implementation.")))}),
         allowedRoutes()});
}

KindSchema gatewayKind() {
    return kind(
        kGroup, "Gateway", {"v1", "v1beta1"}, "Where traffic enters: a set of listeners.",
        {required(object(
            "spec", "The wished listeners.",
            {required(
                 sized(1, 253, text("gatewayClassName", "Which implementation runs it; Gatehouse runs every class."))),
             required(keyed("name", list("listeners", "Ports, protocols and hostnames.", listener(), 1, 64))),
             notRun("the embedded data plane listens on this machine",
                    list("addresses", "Addresses that the Gateway asks for.",
                         object("", "One address.",
                                {byDefault("IPAddress",
                                           sized(1, 253,
                                                 text("type",
                                                      "IPAddress, Hostname, NamedAddress or a domain-prefixed type."))),
                                 sized(0, 253, text("value", "The address; empty lets the implementation choose."))}),
                         0, 16)),
             object("allowedListeners", "Which ListenerSets may add listeners.",
                    {object("namespaces", "Namespaces of the ListenerSets.",
                            {byDefault("None",
                                       choice("from", {"All", "Selector", "Same", "None"}, "Which namespaces.")),
                             labelSelector("selector", "Labels of the namespaces, for Selector.")})}),
             object("infrastructure", "Marks for what a cluster creates for this Gateway.",
                    {sized(0, 8, map("labels", "Labels to put on them.")),
                     sized(0, 16, map("annotations", "Annotations to put on them.")), parametersRef(false)}),
             object("tls", "TLS settings of the whole Gateway.",
                    {object("backend", "Towards backends.",
                            {secretRef("clientCertificateRef", "Certificate that the Gateway shows to backends.")}),
                     object("frontend", "From clients.",
                            {required(frontendTls("default", "For all ports without an own entry.")),
                             keyed("port", list("perPort", "For single ports.",
                                                object("", "One port.",
                                                       {required(port("port", "The port.")),
                                                        required(frontendTls("tls", "Its settings."))}),
                                                0, 64))})}),
             notRun("default gateways are not computed",
                    choice("defaultScope", {"All", "None"},
                           "Experimental: routes that use this Gateway by default."))}))});
}

KindSchema listenerSetKind() {
    return kind(kGroup, "ListenerSet", {"v1"}, "More listeners for a Gateway, kept by another team.",
                {required(object(
                    "spec", "The wished listeners, and whose they are.",
                    {required(object("parentRef", "The Gateway that gets the listeners; it must allow that.",
                                     {groupOf(kGroup, "API group of the parent."),
                                      kindOf("Gateway", "Kind of the parent."), nameOf("Name of the Gateway."),
                                      namespaceOf("Namespace of the Gateway; absent means the own.")})),
                     required(keyed("name", list("listeners", "Ports, protocols and hostnames.", listener(), 1, 64)))}))});
}

KindSchema gatewayClassKind() {
    auto schema = kind(
        kGroup, "GatewayClass", {"v1", "v1beta1"}, "An implementation that runs Gateways.",
        {required(object("spec", "The implementation.",
                         {required(sized(1, 253, as(FieldFormat::ControllerName, text("controllerName", "Domain-prefixed name of the controller.")))),
                          sized(0, 64, text("description", "A few words for people.")), parametersRef(true)}))});
    schema.namespaced = false;
    return schema;
}

FieldSpec subjectAltNames() {
    return list("subjectAltNames", "Names, one of which the backend's certificate must carry instead of the hostname.",
                oneOf({"hostname", "uri"},
                      object("", "One name.",
                             {required(choice("type", {"Hostname", "URI"}, "What kind of name it is.")),
                              sized(1, 253, as(FieldFormat::Hostname, text("hostname", "A host; may start with *. ."))),
                              sized(1, 253, text("uri", "An absolute URI, such as a SPIFFE identity."))})),
                0, 5);
}

KindSchema backendTlsPolicyKind() {
    return kind(
        kGroup, "BackendTLSPolicy", {"v1", "v1alpha3"}, "How connections to a Service are encrypted and checked.",
        {required(object(
            "spec", "What it applies to, and what is checked.",
            {required(list("targetRefs", "Services of this namespace.",
                           object("", "One Service, or one port of it.",
                                  {required(groupOf("", "API group of the target; empty for core.")),
                                   required(kindOf("", "Kind of the target: Service.")), nameOf("Name of the target."),
                                   sectionName("Name of a port of the Service; absent means all its ports.")}),
                           1, 16)),
             required(object(
                 "validation", "How the backend's certificate is checked.",
                 {list("caCertificateRefs", "Objects of this namespace that hold the trusted authorities, as ca.crt.",
                       object("", "One reference.",
                              {required(groupOf("", "API group; empty for core.")),
                               required(kindOf("", "ConfigMap or Secret.")), nameOf("Name.")}),
                       0, 8),
                  text("wellKnownCACertificates", "System: the authorities that this machine trusts."),
                  required(sized(1, 253,
                                 as(FieldFormat::PreciseHostname,
                                    text("hostname", "Server name that is asked for, and checked without other names.")))),
                  subjectAltNames()})),
             notRun("the data plane's own settings apply", sized(0, 16, map("options", "Settings of the implementation.")))}))});
}

KindSchema referenceGrantKind() {
    return kind(kGroup, "ReferenceGrant", {"v1beta1", "v1"},
                "Lets objects of other namespaces refer to objects of this one.",
                {required(object(
                    "spec", "Who may refer to what.",
                    {required(list("from", "Who may refer.",
                                   object("", "One kind in one namespace.",
                                          {required(groupOf("", "API group of the referrer.")),
                                           required(kindOf("", "Kind of the referrer.")),
                                           required(namespaceOf("Namespace of the referrer."))}),
                                   1, 16)),
                     required(list("to", "What may be referred to.",
                                   object("", "One kind, or one object.",
                                          {required(groupOf("", "API group of the referent; empty for core.")),
                                           required(kindOf("", "Kind of the referent.")),
                                           sized(1, 253, text("name", "One object; absent means all of the kind."))}),
                                   1, 16))}))});
}

}  // namespace

std::vector<KindSchema> gatewayKinds() {
    return {gatewayClassKind(), gatewayKind(), listenerSetKind(), backendTlsPolicyKind(), referenceGrantKind()};
}

}  // namespace gatehouse::config::table
