"""What the test API server serves: kinds, the fields that strict validation knows, and the defaults that the published CRDs set."""
import copy

ANY = object()


class Kind:
    def __init__(self, group, versions, plural, kind, namespaced=True, fields=ANY, short=()):
        self.group, self.versions, self.plural, self.kind = group, list(versions), plural, kind
        self.namespaced, self.fields, self.short = namespaced, fields, list(short)

    @property
    def key(self):
        return self.group, self.plural

    def api_version(self, version):
        return f"{self.group}/{version}" if self.group else version


def ref(*more):
    return {name: ANY for name in ("group", "kind", "name", "namespace", *more)}


PARENT = ref("sectionName", "port")
HEADERS = {name: ANY for name in ("set", "add", "remove")}
FILTER = {"type": ANY, "requestHeaderModifier": HEADERS, "responseHeaderModifier": HEADERS, "requestMirror": ANY, "requestRedirect": ANY,
          "urlRewrite": ANY, "cors": ANY, "extensionRef": ANY}
MATCH = {"path": {"type": ANY, "value": ANY}, "headers": ANY, "queryParams": ANY, "method": ANY}
# The standard channel: retry, sessionPersistence and externalAuth are not there.
HTTP_ROUTE = {"parentRefs": [PARENT], "hostnames": ANY,
              "rules": [{"name": ANY, "matches": [MATCH], "filters": [FILTER], "backendRefs": [{**ref("port", "weight"), "filters": [FILTER]}],
                         "timeouts": {"request": ANY, "backendRequest": ANY}}]}
LISTENER = {"name": ANY, "hostname": ANY, "port": ANY, "protocol": ANY, "tls": ANY, "allowedRoutes": ANY}
GATEWAY = {"gatewayClassName": ANY, "listeners": [LISTENER], "addresses": ANY, "infrastructure": ANY, "allowedListeners": ANY, "tls": ANY}

GATEWAY_API = "gateway.networking.k8s.io"
KINDS = [
    Kind("", ["v1"], "namespaces", "Namespace", False, short=["ns"]),
    Kind("", ["v1"], "services", "Service", short=["svc"]),
    Kind("", ["v1"], "configmaps", "ConfigMap", short=["cm"]),
    Kind("", ["v1"], "secrets", "Secret"),
    Kind("", ["v1"], "pods", "Pod", short=["po"]),
    Kind("apps", ["v1"], "deployments", "Deployment", short=["deploy"]),
    Kind("discovery.k8s.io", ["v1"], "endpointslices", "EndpointSlice"),
    Kind("apiextensions.k8s.io", ["v1"], "customresourcedefinitions", "CustomResourceDefinition", False, short=["crd"]),
    Kind(GATEWAY_API, ["v1", "v1beta1"], "gatewayclasses", "GatewayClass", False, {"controllerName": ANY, "parametersRef": ANY, "description": ANY}),
    Kind(GATEWAY_API, ["v1", "v1beta1"], "gateways", "Gateway", True, GATEWAY, ["gtw"]),
    Kind(GATEWAY_API, ["v1", "v1beta1"], "httproutes", "HTTPRoute", True, HTTP_ROUTE),
    Kind(GATEWAY_API, ["v1"], "grpcroutes", "GRPCRoute"),
    Kind(GATEWAY_API, ["v1", "v1beta1"], "referencegrants", "ReferenceGrant", True, {"from": ANY, "to": ANY}),
    Kind(GATEWAY_API, ["v1"], "backendtlspolicies", "BackendTLSPolicy"),
    Kind("gateway.kgateway.dev", ["v1alpha1"], "backends", "Backend"),
    Kind("gateway.kgateway.dev", ["v1alpha1"], "trafficpolicies", "TrafficPolicy"),
    Kind("inference.networking.k8s.io", ["v1"], "inferencepools", "InferencePool"),
]


def unknown_fields(value, fields, path):
    if fields is ANY:
        return []
    if isinstance(fields, list):
        return [bad for i, item in enumerate(value if isinstance(value, list) else []) for bad in unknown_fields(item, fields[0], f"{path}[{i}]")]
    if not isinstance(value, dict):
        return []
    out = []
    for name, member in value.items():
        out += unknown_fields(member, fields[name], f"{path}.{name}") if name in fields else [f"{path}.{name}"]
    return out


def with_defaults(kind, obj):
    """What a server stores of it."""
    obj = copy.deepcopy(obj)
    spec = obj.get("spec")
    if kind.kind == "HTTPRoute" and isinstance(spec, dict):
        for parent in spec.get("parentRefs", []):
            parent.setdefault("group", GATEWAY_API)
            parent.setdefault("kind", "Gateway")
        for rule in spec.get("rules", []):
            rule.setdefault("matches", [{"path": {"type": "PathPrefix", "value": "/"}}])
            for match in rule["matches"]:
                path = match.setdefault("path", {})
                path.setdefault("type", "PathPrefix")
                path.setdefault("value", "/")
            for backend in rule.get("backendRefs", []):
                backend.setdefault("group", "")
                backend.setdefault("kind", "Service")
                backend.setdefault("weight", 1)
    if kind.kind == "Gateway" and isinstance(spec, dict):
        for listener in spec.get("listeners", []):
            listener.setdefault("allowedRoutes", {"namespaces": {"from": "Same"}})
    if kind.kind == "Service" and isinstance(spec, dict):
        for port in spec.get("ports", []):
            port.setdefault("protocol", "TCP")
    return obj


def created(kind, obj):
    """Status that the CRDs default on create."""
    if kind.kind == "Gateway" and "status" not in obj:
        obj["status"] = {"conditions": [{"type": name, "status": "Unknown", "reason": "Pending", "message": "Waiting for controller",
                                         "lastTransitionTime": "1970-01-01T00:00:00Z"} for name in ("Accepted", "Programmed")]}
    return obj


def invalid(kind, obj):
    """[(field, message)]: a few of the rules of the CRDs."""
    out = []
    spec = obj.get("spec") or {}
    if kind.kind == "Gateway":
        if not spec.get("gatewayClassName"):
            out.append(("spec.gatewayClassName", "Required value"))
        for i, listener in enumerate(spec.get("listeners", [])):
            if not 1 <= (listener.get("port") or 0) <= 65535:
                out.append((f"spec.listeners[{i}].port", f"Invalid value: {listener.get('port')}: should be from 1 to 65535"))
    if kind.kind == "HTTPRoute":
        for i, rule in enumerate(spec.get("rules", [])):
            for j, backend in enumerate(rule.get("backendRefs", [])):
                if backend.get("kind", "Service") == "Service" and not backend.get("port"):
                    out.append((f"spec.rules[{i}].backendRefs[{j}]", "Invalid value: \"object\": Must have port for Service reference"))
    return out
