// Core kinds, as far as a gateway looks at them; the rest of their fields is kept as written.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

KindSchema namespaceKind() {
    auto schema = kind("", "Namespace", {"v1"}, "A room for objects; its labels decide which routes a listener admits.",
                       {any("spec", "Set by the cluster.")});
    schema.namespaced = false;
    return schema;
}

KindSchema serviceKind() {
    return kind(
        "", "Service", {"v1"}, "A name for a set of endpoints.",
        {open(object(
            "spec", "Ports and endpoints.",
            {byDefault("ClusterIP", choice("type", {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"},
                                           "How a cluster exposes it.")),
             map("selector", "Labels of the pods behind it."),
             list("ports", "Ports that it answers on.",
                  open(object("", "One port.",
                              {sized(0, 63, text("name", "Name; endpoint slices refer to it.")),
                               required(port("port", "The port that routes name.")),
                               byDefault("TCP", choice("protocol", {"TCP", "UDP", "SCTP"}, "Transport protocol.")),
                               field(FieldType::IntOrString, "targetPort",
                                     "Port of the pods, by number or name; absent means the same."),
                               text("appProtocol", "What the endpoints speak, such as http or kubernetes.io/h2c."),
                               integer("nodePort", "Port on the nodes.", 0, 65535)})),
                  0, -1),
             text("clusterIP", "Address in the cluster; None for headless."),
             text("externalName", "Host that stands for it, for ExternalName.")}))});
}

KindSchema endpointSliceKind() {
    auto schema = kind(
        "discovery.k8s.io", "EndpointSlice", {"v1"},
        "Addresses behind a Service, named by the label kubernetes.io/service-name.",
        {required(choice("addressType", {"IPv4", "IPv6", "FQDN"}, "What the addresses are.")),
         list("endpoints", "The addresses.",
              open(object(
                  "", "One endpoint.",
                  {required(list("addresses", "Its addresses; the first is used.", text("", "An address."), 1, 100)),
                   open(object("conditions", "Its state.",
                               {flag("ready", "May it get requests? Absent means yes."),
                                flag("serving", "Does it answer?"), flag("terminating", "Is it going away?")})),
                   text("hostname", "Its host name."), text("nodeName", "The node it runs on."),
                   text("zone", "The zone it runs in."),
                   open(object("targetRef", "The pod behind it.",
                               {text("kind", "Usually Pod."), text("name", "The pod's name."),
                                text("namespace", "The pod's namespace.")}))})),
              0, 1000),
         list("ports", "Ports of every endpoint.",
              open(object("", "One port.",
                          {text("name", "Name of the Service's port."), port("port", "The port's number."),
                           text("protocol", "Transport protocol."), text("appProtocol", "What is spoken.")})),
              0, 100)});
    schema.exportable = false;
    return schema;
}

KindSchema podKind() {
    auto schema =
        kind("", "Pod", {"v1"}, "A running model server or other program; its labels put it into pools.",
             {any("spec", "Containers; Gatehouse does not run them."),
              open(object("status", "Where it runs.",
                          {as(FieldFormat::IpAddress, text("podIP", "Its address.")),
                           choice("phase", {"Pending", "Running", "Succeeded", "Failed", "Unknown"}, "Its state."),
                           list("conditions", "Its conditions; Ready decides whether it gets requests.",
                                open(object("", "One condition.",
                                            {text("type", "Its name."), text("status", "True, False or Unknown.")})),
                                0, -1)}))});
    schema.exportable = false;
    return schema;
}

KindSchema secretKind() {
    return kind("", "Secret", {"v1"}, "A secret value, or where to find it.",
                {byDefault("Opaque", text("type", "What the keys mean.")), map("data", "Values in base64."),
                 map("stringData", "Values as text, or env:NAME or file:/path to look them up when they are used."),
                 flag("immutable", "May it change?")});
}

KindSchema configMapKind() {
    return kind(
        "", "ConfigMap", {"v1"}, "Settings or certificates as text.",
        {map("data", "Values as text."), map("binaryData", "Values in base64."), flag("immutable", "May it change?")});
}

}  // namespace

std::vector<KindSchema> coreKinds() {
    return {namespaceKind(), serviceKind(), endpointSliceKind(), podKind(), secretKind(), configMapKind()};
}

}  // namespace gatehouse::config::table
