"""An API server for tests: HTTPS on loopback, in memory, as much of Kubernetes as Gatehouse and kubectl speak.

Its answers are pinned to what real servers were observed to do: paging with tokens that expire (410 with a token that goes on in another
moment), watches with bookmarks (a version that is too old is 200 and then an ERROR event of 410; one of the future is 504), server-side apply
with managedFields, conflicts, dry run and strict validation, access reviews, pods/proxy.

    api_server.py --dir FOLDER      prints one line of JSON: port, proxyPort, kubeconfig, control; ends when its standard input does

Tests steer it by POST /_control?key=…: {"op": NAME, ...}, see Control. It holds certificates, tokens and a kubeconfig of its own in
FOLDER, all made when it starts.
"""
import argparse
import base64
import copy
import datetime
import http.server
import json
import os
import pathlib
import re
import secrets
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

import field_ownership as ownership
import kinds

SERVED = "v1.32.4-gatehouse-test"
REVIEWS = [kinds.Kind("authorization.k8s.io", ["v1"], "selfsubjectaccessreviews", "SelfSubjectAccessReview", False)]


class Refusal(Exception):
    def __init__(self, code, reason, message, causes=(), **more):
        super().__init__(message)
        details = {"causes": [{"reason": r, "field": f, "message": m} for r, f, m in causes]} if causes else {}
        details.update(more.pop("details", {}))
        self.headers = more.pop("headers", {})
        self.code = code
        self.status = {"kind": "Status", "apiVersion": "v1", "metadata": more.pop("metadata", {}), "status": "Failure", "message": message,
                       "reason": reason, "details": details, "code": code}


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def selected(obj, selector):
    labels = obj["metadata"].get("labels", {})
    for part in filter(None, re.split(r",(?![^(]*\))", selector)):
        among = re.match(r"^\s*(\S+)\s+in\s+\((.*)\)\s*$", part)
        if among:
            if labels.get(among[1]) not in [word.strip() for word in among[2].split(",")]:
                return False
        elif "!=" in part:
            name, value = part.split("!=")
            if labels.get(name.strip()) == value.strip():
                return False
        elif "=" in part:
            name, value = re.split("==?", part)
            if labels.get(name.strip()) != value.strip():
                return False
        elif part.strip() not in labels:
            return False
    return True


class Store:
    """Objects, and every change of them since the last compaction."""

    def __init__(self):
        self.lock = threading.Condition()
        self.objects = {}    # kind's key: {(ns, name): object}
        self.events = []     # (version, type, kind's key, object)
        self.version = 100
        self.compacted = 0
        self.generation = 0  # of watches: those of an older one end
        self.snapshots = {}  # continue token's version: objects

    def write(self, kind, event, obj):
        self.version += 1
        obj["metadata"]["resourceVersion"] = str(self.version)
        here = self.objects.setdefault(kind.key, {})
        place = obj["metadata"].get("namespace", ""), obj["metadata"]["name"]
        if event == "DELETED":
            here.pop(place, None)
        else:
            here[place] = obj
        self.events.append((self.version, event, kind.key, copy.deepcopy(obj)))
        self.lock.notify_all()

    def get(self, kind, ns, name):
        return self.objects.get(kind.key, {}).get((ns, name))

    def list(self, kind, ns):
        return [obj for (where, _), obj in sorted(self.objects.get(kind.key, {}).items()) if not ns or where == ns]


class Cluster:
    def __init__(self):
        self.store = Store()
        self.kinds = [copy.copy(kind) for kind in kinds.KINDS]
        self.tokens = {"admin-token": "admin", "reader-token": "reader", "nobody-token": "nobody"}
        self.rules = {"reader": [(("get", "list", "watch"), lambda resource: resource != "secrets")], "nobody": []}
        self.aggregated = True
        self.bookmarks = 30.0
        self.refusing = False
        self.failing = {}    # writes of a name: status; 0: no answer at all
        self.vanish = None   # part of a path after which nothing is answered any more
        self.answers = []    # next answers: {"match", "status", "retryAfter", "count"}
        self.requests = []   # of everybody
        self.oidc = {"refresh": {"refresh-1": "oidc-user"}, "life": 3600, "asked": 0}

    def kind_of(self, group, version, plural):
        for kind in self.kinds:
            if kind.group == group and kind.plural == plural and version in kind.versions:
                return kind
        raise Refusal(404, "NotFound", "the server could not find the requested resource")

    def allowed(self, user, verb, resource):
        if user == "admin":
            return True
        if resource.startswith("selfsubject"):
            return True
        return any(verb in verbs and match(resource) for verbs, match in self.rules.get(user, self.rules["reader"]))

    # -- server-side apply and the rest of writing ---------------------------------------------------------------

    def validate(self, kind, obj, strict):
        bad = []
        for name, value in obj.items():
            if name == "spec":
                bad += kinds.unknown_fields(value, kind.fields, "spec")
            elif kind.fields is not kinds.ANY and name not in ("apiVersion", "kind", "metadata", "status"):
                bad.append(name)
        if bad and strict:
            raise Refusal(400, "BadRequest", "strict decoding error: " + ", ".join(f'unknown field "{field}"' for field in bad))
        for field in bad:  # Pruned, as a structural schema does.
            self.prune(obj, field)
        obj = kinds.with_defaults(kind, obj)
        wrong = kinds.invalid(kind, obj)
        if wrong:
            name = obj["metadata"]["name"]
            raise Refusal(422, "Invalid", f'{kind.kind}.{kind.group} "{name}" is invalid: ' + ", ".join(f"{f}: {m}" for f, m in wrong),
                          [("FieldValueInvalid", field, message) for field, message in wrong])
        return obj

    @staticmethod
    def prune(obj, field):
        here, steps = obj, re.findall(r"[^.\[\]]+", field)
        for step in steps[:-1]:
            here = here[int(step)] if isinstance(here, list) else here[step]
        here.pop(steps[-1], None)

    def need_namespace(self, kind, ns):
        if kind.namespaced and self.store.get(self.kind_of("", "v1", "namespaces"), "", ns) is None:
            raise Refusal(404, "NotFound", f'namespaces "{ns}" not found', details={"name": ns, "kind": "namespaces"})

    def stamp(self, kind, obj, ns):
        metadata = obj.setdefault("metadata", {})
        metadata.update({"uid": f"uid-{secrets.token_hex(8)}", "creationTimestamp": now(), "generation": 1})
        if kind.namespaced:
            metadata["namespace"] = ns
        return kinds.created(kind, obj)

    def apply(self, kind, version, ns, name, body, query):
        manager = query.get("fieldManager", "")
        if not manager:
            raise Refusal(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")
        if body.get("metadata", {}).get("managedFields") is not None:
            raise Refusal(400, "BadRequest", "metadata.managedFields must be nil")
        if body.get("metadata", {}).get("name") != name:
            raise Refusal(400, "BadRequest", f"the name of the object ({body.get('metadata', {}).get('name')}) does not match the name on the URL ({name})")
        if body.get("apiVersion") != kind.api_version(version) or body.get("kind") != kind.kind:
            raise Refusal(400, "BadRequest", f"the API version in the data ({body.get('apiVersion')}) does not match the expected API version")
        body = self.validate(kind, body, query.get("fieldValidation") == "Strict")
        self.need_namespace(kind, ns)
        live = self.store.get(kind, ns, name)
        force = query.get("force") == "true"
        if live is None:
            base = self.stamp(kind, {"apiVersion": body["apiVersion"], "kind": kind.kind, "metadata": {"name": name}}, ns)
            return self.keep(kind, None, ownership.apply(base, body, manager, now()), query), 201
        wanted = body.get("metadata", {}).get("resourceVersion")
        if wanted and wanted != live["metadata"]["resourceVersion"]:
            raise Refusal(409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again")
        live = dict(live, apiVersion=body["apiVersion"])
        found = [] if force else ownership.conflicts(live, body, manager)
        if found:
            causes = [("FieldManagerConflict", ownership.shown(path), f'conflict with "{other}" using {live["apiVersion"]}') for other, path in found]
            text = "\n".join(f"- {ownership.shown(path)}" for _, path in found)
            raise Refusal(409, "Conflict", f"Apply failed with {len(found)} conflict{'s' if len(found) > 1 else ''}: conflicts with "
                          + ", ".join(sorted({f'"{other}"' for other, _ in found})) + f" using {live['apiVersion']}:\n{text}", causes)
        return self.keep(kind, live, ownership.apply(live, body, manager, now()), query), 200

    def keep(self, kind, live, result, query):
        """Stores it, but for dry runs and what changes nothing."""
        if live is not None:
            if result == live:
                return live
            if result.get("spec") != live.get("spec"):
                result["metadata"]["generation"] = live["metadata"].get("generation", 1) + 1
        if query.get("dryRun") == "All":
            return result
        self.store.write(kind, "ADDED" if live is None else "MODIFIED", result)
        return result

    def create(self, kind, ns, body, query, manager):
        name = body.get("metadata", {}).get("name")
        self.need_namespace(kind, ns)
        if self.store.get(kind, ns, name) is not None:
            raise Refusal(409, "AlreadyExists", f'{kind.plural} "{name}" already exists')
        body = self.validate(kind, body, query.get("fieldValidation") == "Strict")
        return self.keep(kind, None, ownership.updated(None, self.stamp(kind, body, ns), manager, now()), query)

    def replace(self, kind, ns, name, body, query, manager, live):
        wanted = body.get("metadata", {}).get("resourceVersion")
        if wanted and wanted != live["metadata"]["resourceVersion"]:
            raise Refusal(409, "Conflict", f'Operation cannot be fulfilled on {kind.plural} "{name}": the object has been modified')
        body = self.validate(kind, copy.deepcopy(body), query.get("fieldValidation") == "Strict")
        for field in ("uid", "creationTimestamp", "generation", "managedFields", "resourceVersion"):
            if field in live["metadata"]:
                body["metadata"][field] = copy.deepcopy(live["metadata"][field])
        return self.keep(kind, live, ownership.updated(live, body, manager, now()), query)


def merged(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    out = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            out.pop(name, None)
        else:
            out[name] = merged(out.get(name), value)
    return out


class Control:
    """What tests may do to a cluster."""

    def __init__(self, cluster):
        self.cluster, self.store = cluster, cluster.store

    def put(self, object, manager="test"):
        group, _, version = object["apiVersion"].rpartition("/")
        kind = next(k for k in self.cluster.kinds if k.group == group and k.kind == object["kind"])
        ns, name = object["metadata"].get("namespace", "default") if kind.namespaced else "", object["metadata"]["name"]
        live = self.store.get(kind, ns, name)
        fresh = kinds.with_defaults(kind, object)
        fresh = self.cluster.stamp(kind, fresh, ns) if live is None else {**fresh, "metadata": {**live["metadata"], **fresh["metadata"]}}
        if live is None and kind.namespaced and self.store.get(self.cluster.kind_of("", "v1", "namespaces"), "", ns) is None:
            self.put({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": ns}})
        result = ownership.updated(live, fresh, manager, now())
        self.store.write(kind, "ADDED" if live is None else "MODIFIED", result)

    def many(self, object, count, start=0):
        for i in range(start, start + count):
            self.put({**object, "metadata": {**object["metadata"], "name": f"{object['metadata']['name']}-{i:05}"}})

    def delete(self, group, plural, ns, name):
        kind = next(k for k in self.cluster.kinds if k.group == group and k.plural == plural)
        self.store.write(kind, "DELETED", self.store.get(kind, ns, name))

    def compact(self):
        self.store.compacted = self.store.version
        self.store.events.clear()

    def expire_tokens(self):
        self.store.snapshots.clear()

    def drop_watches(self):
        self.store.generation += 1
        self.store.lock.notify_all()

    def bookmarks(self, every):
        self.cluster.bookmarks = every

    def aggregated(self, on):
        self.cluster.aggregated = on

    def refuse(self, on):
        self.cluster.refusing = on
        self.drop_watches()

    def next(self, status, match="", count=1, retryAfter=None):
        self.cluster.answers.append({"status": status, "match": match, "count": count, "retryAfter": retryAfter})

    def fail_write(self, name, status):
        self.cluster.failing[name] = status

    def vanish_after(self, match):
        self.cluster.vanish = match

    def tokens(self, **names):
        self.cluster.tokens = names

    def versions(self, group, kind, versions):
        for each in self.cluster.kinds:
            if each.group == group and each.kind == kind:
                each.versions = versions

    def oidc(self, **how):
        self.cluster.oidc.update(how)
        return self.cluster.oidc

    def requests(self, clear=False):
        out = list(self.cluster.requests)
        if clear:
            self.cluster.requests.clear()
        return out


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cluster = None
    control_key = ""

    def log_message(self, *args):
        pass

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (ConnectionError, ssl.SSLError, OSError):
            self.close_connection = True

    def answer(self, code, body, headers=(), kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def serve(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else b""
        url = urllib.parse.urlsplit(self.path)
        self.url_path = urllib.parse.unquote(url.path)
        self.query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        if self.cluster.refusing and self.url_path != "/_control":
            self.close_connection = True
            self.connection.close()
            return
        try:
            if self.url_path == "/_control":
                return self.control(json.loads(body))
            if self.url_path.startswith("/oidc/"):
                return self.issuer(body)
            self.user = self.authenticate()
            self.cluster.requests.append({"method": self.command, "path": self.path, "user": self.user, "accept": self.headers.get("Accept", ""),
                                          "host": self.headers.get("Host", ""), "agent": self.headers.get("User-Agent", "")})
            del self.cluster.requests[:-5000]
            if self.cluster.vanish and self.cluster.vanish in self.path:
                self.cluster.refusing = True
                self.close_connection = True
                return self.connection.close()
            self.scripted()
            self.route(self.parsed(body) if body else None)
        except Refusal as refusal:
            self.answer(refusal.code, refusal.status, refusal.headers)

    def parsed(self, body):
        try:
            return json.loads(body)
        except ValueError:
            # Protobuf, or YAML that is no JSON: Debian's Python alone reads neither.
            raise Refusal(415, "UnsupportedMediaType", f"the body of the request was in an unknown format: {self.headers.get('Content-Type')}") from None

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    def control(self, order):
        if self.query.get("key") != self.control_key:
            raise Refusal(403, "Forbidden", "not for you")
        control = Control(self.cluster)
        with self.cluster.store.lock:
            result = getattr(control, order.pop("op"))(**order)
        self.answer(200, {"version": str(self.cluster.store.version), "result": result})

    def scripted(self):
        for each in self.cluster.answers:
            if each["count"] > 0 and each["match"] in self.path:
                each["count"] -= 1
                headers = {"Retry-After": str(each["retryAfter"])} if each["retryAfter"] is not None else {}
                raise Refusal(each["status"], {429: "TooManyRequests", 503: "ServiceUnavailable"}.get(each["status"], "InternalError"), "as the test wished", headers=headers)

    def authenticate(self):
        user = None
        shown = self.headers.get("Authorization", "")
        certificate = self.connection.getpeercert() if isinstance(self.connection, ssl.SSLSocket) else None
        if shown.startswith("Bearer "):
            user = self.cluster.tokens.get(shown[7:])
        elif shown.startswith("Basic "):
            user = {"basic-user:basic-password": "reader"}.get(base64.b64decode(shown[6:]).decode())
        elif certificate:
            user = next(value for pair in certificate["subject"] for name, value in pair if name == "commonName")
        if user is None:
            raise Refusal(401, "Unauthorized", "Unauthorized")
        wanted = self.headers.get("Impersonate-User")
        if wanted:
            if user != "admin":
                raise Refusal(403, "Forbidden", f'users "{wanted}" is forbidden: User "{user}" cannot impersonate resource "users"')
            groups = self.headers.get_all("Impersonate-Group") or []
            extra = sorted(f"{k[18:].lower()}={v}" for k, v in self.headers.items() if k.lower().startswith("impersonate-extra-"))
            self.identity = {"user": wanted, "uid": self.headers.get("Impersonate-Uid", ""), "groups": groups, "extra": extra}
            return wanted
        self.identity = {"user": user, "groups": [], "extra": [], "uid": ""}
        return user

    def issuer(self, body):
        """OpenID Connect: discovery and renewal."""
        oidc = self.cluster.oidc
        base = f"https://{self.headers['Host']}/oidc"
        if self.url_path.endswith("/.well-known/openid-configuration"):
            return self.answer(200, {"issuer": base, "token_endpoint": base + "/token"})
        form = dict(urllib.parse.parse_qsl(body.decode()))
        oidc["asked"] += 1
        user = oidc["refresh"].pop(form.get("refresh_token", ""), None)
        if user is None or form.get("client_id") != "gatehouse-client" or form.get("grant_type") != "refresh_token":
            return self.answer(400, {"error": "invalid_grant"})
        part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
        token = part({"alg": "none"}) + "." + part({"sub": user, "exp": int(time.time()) + oidc["life"], "n": secrets.token_hex(4)}) + ".c2lnbmVk"
        self.cluster.tokens[token] = "reader"
        following = f"refresh-{secrets.token_hex(4)}"
        oidc["refresh"][following] = user
        self.answer(200, {"id_token": token, "refresh_token": following, "token_type": "Bearer"})

    # -- the paths -----------------------------------------------------------------------------------------------

    def route(self, body):
        path = self.url_path.rstrip("/") or "/"
        if path == "/version":
            return self.answer(200, {"major": "1", "minor": "32", "gitVersion": SERVED, "platform": "linux/amd64"})
        if path in ("/api", "/apis"):
            return self.discovery(path == "/api")
        if path.startswith("/openapi"):
            return self.openapi(path)
        whole = re.match(r"^/(?:api|apis/(?P<group>[^/]+))/(?P<version>[^/]+)(?P<rest>/.*)?$", path)
        if not whole:
            raise Refusal(404, "NotFound", "the server could not find the requested resource")
        group, version = whole["group"] or "", whole["version"]
        if not whole["rest"]:
            return self.resources(group, version)
        if group == "authorization.k8s.io":
            return self.review(body)
        place = re.match(r"^(?:/namespaces/(?P<ns>[^/]+))?/(?P<plural>[^/]+)(?:/(?P<name>[^/]+))?(?:/(?P<sub>[^/]+)(?P<further>/.*)?)?$", whole["rest"])
        if whole["rest"].startswith("/namespaces") and whole["rest"].count("/") <= 2:
            place = re.match(r"^(?P<ns>)/(?P<plural>namespaces)(?:/(?P<name>[^/]+))?(?P<sub>)(?P<further>)$", whole["rest"])
        if not place:
            raise Refusal(404, "NotFound", "the server could not find the requested resource")
        kind = self.cluster.kind_of(group, version, place["plural"])
        self.resource(kind, version, place["ns"] or "", place["name"] or "", place["sub"] or "", place["further"] or "", body)

    def groups(self):
        out = {}
        for kind in self.cluster.kinds:
            out.setdefault(kind.group, [])
            out[kind.group] += [version for version in kind.versions if version not in out[kind.group]]
        out["authorization.k8s.io"] = ["v1"]
        return out

    VERBS = ["create", "delete", "get", "list", "patch", "update", "watch"]

    def discovery(self, core):
        groups = {name: versions for name, versions in self.groups().items() if (name == "") == core}
        if self.cluster.aggregated and "apidiscovery.k8s.io" in self.headers.get("Accept", ""):
            items = [{"metadata": {"name": name}, "versions": [
                {"version": version, "freshness": "Current", "resources": [
                    {"resource": kind.plural, "responseKind": {"group": kind.group, "version": version, "kind": kind.kind},
                     "scope": "Namespaced" if kind.namespaced else "Cluster", "singularResource": kind.kind.lower(), "verbs": self.VERBS, "shortNames": kind.short}
                    for kind in self.cluster.kinds + REVIEWS if kind.group == name and version in kind.versions]}
                for version in versions]} for name, versions in groups.items()]
            spoken = "v2" if "v=v2;" in self.headers["Accept"] else "v2beta1"
            return self.answer(200, {"kind": "APIGroupDiscoveryList", "apiVersion": f"apidiscovery.k8s.io/{spoken}", "metadata": {}, "items": items},
                               kind=f"application/json;g=apidiscovery.k8s.io;v={spoken};as=APIGroupDiscoveryList")
        if core:
            return self.answer(200, {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []})
        told = [{"name": name, "versions": [{"groupVersion": f"{name}/{v}", "version": v} for v in versions],
                 "preferredVersion": {"groupVersion": f"{name}/{versions[0]}", "version": versions[0]}} for name, versions in groups.items()]
        self.answer(200, {"kind": "APIGroupList", "apiVersion": "v1", "groups": told})

    def resources(self, group, version):
        if version not in self.groups().get(group, []):
            raise Refusal(404, "NotFound", "the server could not find the requested resource")
        told = [{"name": kind.plural, "singularName": kind.kind.lower(), "namespaced": kind.namespaced, "kind": kind.kind, "verbs": self.VERBS, "shortNames": kind.short}
                for kind in self.cluster.kinds + REVIEWS if kind.group == group and version in kind.versions]
        told += [{**each, "name": each["name"] + "/status", "verbs": ["get", "patch", "update"]} for each in told]
        self.answer(200, {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": f"{group}/{version}" if group else version, "resources": told})

    def openapi(self, path):
        if path == "/openapi/v3":
            return self.answer(200, {"paths": {("apis/" + g if g else "api") + "/" + v: {"serverRelativeURL": f"/openapi/v3/{('apis/' + g) if g else 'api'}/{v}"}
                                               for g, versions in self.groups().items() for v in versions}})
        given = re.match(r"^/openapi/v3/(?:api|apis/(?P<group>[^/]+))/(?P<version>[^/]+)$", path)
        if not given:
            raise Refusal(404, "NotFound", "the server could not find the requested resource")
        group, version, paths = given["group"] or "", given["version"], {}
        for kind in self.cluster.kinds:
            if kind.group == group and version in kind.versions:
                base = f"/apis/{group}/{version}" if group else f"/api/{version}"
                base += "/namespaces/{namespace}" if kind.namespaced else ""
                verb = {"parameters": [{"name": "fieldValidation", "in": "query", "schema": {"type": "string"}}, {"name": "dryRun", "in": "query", "schema": {"type": "string"}}],
                        "x-kubernetes-group-version-kind": {"group": group, "version": version, "kind": kind.kind}, "responses": {}}
                paths[f"{base}/{kind.plural}/{{name}}"] = {"patch": {**verb, "x-kubernetes-action": "patch"}}
        self.answer(200, {"openapi": "3.0.0", "info": {"title": "Kubernetes", "version": SERVED}, "paths": paths, "components": {}})

    def review(self, body):
        asked = body["spec"]["resourceAttributes"]
        resource = asked.get("resource", "") + ("/" + asked["subresource"] if asked.get("subresource") else "")
        allowed = self.cluster.allowed(self.user, asked["verb"], resource)
        body["status"] = {"allowed": allowed} if allowed else {"allowed": False, "reason": f"no rule lets {self.user} {asked['verb']} {resource}"}
        self.answer(201, body)

    def may(self, verb, kind, sub, ns, name):
        resource = kind.plural + ("/" + sub if sub else "")
        if not self.cluster.allowed(self.user, verb, resource):
            where = f' in the namespace "{ns}"' if ns else " at the cluster scope"
            what = f'{kind.plural}.{kind.group}' if kind.group else kind.plural
            raise Refusal(403, "Forbidden", f'{what}{" " + json.dumps(name) if name else ""} is forbidden: User "{self.user}" cannot {verb} resource "{resource}" in API group "{kind.group}"{where}')

    def shown(self, kind, version, obj):
        obj = dict(obj, apiVersion=kind.api_version(version), kind=kind.kind)
        if "as=PartialObjectMetadata" in self.headers.get("Accept", "").split(",")[0]:
            return {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": obj["metadata"]}
        return obj

    def resource(self, kind, version, ns, name, sub, further, body):
        store = self.cluster.store
        if sub == "proxy":
            return self.proxy(kind, ns, name, further)
        if self.command == "GET" and not name:
            if self.query.get("watch") in ("1", "true"):
                self.may("watch", kind, "", ns, "")
                return self.watch(kind, version, ns)
            self.may("list", kind, "", ns, "")
            return self.list(kind, version, ns)
        manager = self.query.get("fieldManager") or self.headers.get("User-Agent", "unknown").split("/")[0]
        verb = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}[self.command]
        self.may(verb, kind, sub, ns, name)
        if self.command == "PATCH" and name in self.cluster.failing and self.query.get("dryRun") != "All":
            if self.cluster.failing[name]:
                raise Refusal(self.cluster.failing[name], "InternalError", "as the test wished")
            self.close_connection = True
            return self.connection.close()
        with store.lock:
            if self.command == "PATCH" and self.headers.get("Content-Type") == "application/apply-patch+yaml":
                result, code = self.cluster.apply(kind, version, ns, name, body, self.query)
                return self.answer(code, self.shown(kind, version, result))
            if self.command == "POST":
                return self.answer(201, self.shown(kind, version, self.cluster.create(kind, ns, body, self.query, manager)))
            live = store.get(kind, ns, name)
            if live is None:
                what = f"{kind.plural}.{kind.group}" if kind.group else kind.plural
                raise Refusal(404, "NotFound", f'{what} "{name}" not found', details={"name": name, "group": kind.group, "kind": kind.plural})
            if self.command == "GET":
                return self.answer(200, self.shown(kind, version, live))
            if self.command == "DELETE":
                if self.query.get("dryRun") != "All":
                    store.write(kind, "DELETED", copy.deepcopy(live))
                return self.answer(200, {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": {"name": name, "kind": kind.plural}})
            if self.command == "PATCH":
                body = merged(live, body)
            return self.answer(200, self.shown(kind, version, self.cluster.replace(kind, ns, name, body, self.query, manager, live)))

    def list(self, kind, version, ns):
        store, query = self.cluster.store, self.query
        with store.lock:
            limit, token, start = int(query.get("limit") or 0), query.get("continue"), 0
            if token:
                try:
                    given = json.loads(base64.urlsafe_b64decode(token + "=="))
                    start, at = given["start"], given["version"]
                except (ValueError, KeyError, TypeError):
                    raise Refusal(400, "BadRequest", "continue key is not valid") from None
                if at is not None and at not in store.snapshots:
                    fresh = base64.urlsafe_b64encode(json.dumps({"version": None, "start": start}).encode()).decode().rstrip("=")
                    raise Refusal(410, "Expired", "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
                                  "the continue parameter, or use the continue token in this response to retrieve the remainder of the results.", metadata={"continue": fresh})
                items = store.snapshots[at] if at is not None else store.list(kind, ns)
                at = at if at is not None else store.version
            else:
                items, at = store.list(kind, ns), store.version
            items = [obj for obj in items if selected(obj, query.get("labelSelector", "")) and self.fields_match(obj)]
            page = items[start:start + limit] if limit else items[start:]
            metadata = {"resourceVersion": str(at)}
            if limit and start + limit < len(items):
                store.snapshots[at] = items
                metadata["continue"] = base64.urlsafe_b64encode(json.dumps({"version": at, "start": start + limit}).encode()).decode().rstrip("=")
                metadata["remainingItemCount"] = len(items) - start - limit
            told = [self.shown(kind, version, obj) for obj in page]
            for each in told:  # Items of a list do not say what they are.
                if not kind.group:
                    each.pop("kind", None)
                    each.pop("apiVersion", None)
            partial = "as=PartialObjectMetadataList" in self.headers.get("Accept", "").split(",")[0]
        self.answer(200, {"kind": "PartialObjectMetadataList" if partial else kind.kind + "List",
                          "apiVersion": "meta.k8s.io/v1" if partial else kind.api_version(version), "metadata": metadata, "items": told})

    def fields_match(self, obj):
        for part in filter(None, self.query.get("fieldSelector", "").split(",")):
            name, value = re.split("==?", part)
            if obj["metadata"].get(name.removeprefix("metadata.")) != value:
                return False
        return True

    # -- watching ------------------------------------------------------------------------------------------------

    def send_event(self, event, obj):
        data = json.dumps({"type": event, "object": obj}).encode() + b"\n"
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def begin_watch(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.flush()

    def watch(self, kind, version, ns):
        store, query = self.cluster.store, self.query
        deadline = time.monotonic() + float(query.get("timeoutSeconds") or 300)
        since = query.get("resourceVersion") or ""
        with store.lock:
            generation, at, initial = store.generation, store.version, []
            if since not in ("", "0"):
                at = int(since)
                if at > store.version:
                    raise Refusal(504, "Timeout", f"Too large resource version: {at}, current: {store.version}", [("ResourceVersionTooLarge", "", "Too large resource version")],
                                  details={"retryAfterSeconds": 1})
            else:
                initial = store.list(kind, ns)
        self.begin_watch()
        if at < store.compacted:
            status = Refusal(410, "Expired", f"too old resource version: {at} ({store.compacted})").status
            self.send_event("ERROR", status)
        else:
            for obj in initial:
                self.send_event("ADDED", self.shown(kind, version, obj))
            if not self.follow(kind, version, ns, at, deadline, generation):
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
        self.wfile.write(b"0\r\n\r\n")

    def follow(self, kind, version, ns, at, deadline, generation):
        """False: the connection is to break."""
        store, bookmarks = self.cluster.store, self.query.get("allowWatchBookmarks") in ("1", "true")
        marked = time.monotonic()
        while time.monotonic() < deadline:
            with store.lock:
                if store.generation != generation:
                    return False
                if at < store.compacted and store.events and store.events[0][0] > at + 1:
                    status = Refusal(410, "Expired", f"too old resource version: {at} ({store.compacted})").status
                    fresh, gone = [], status
                else:
                    fresh, gone = [event for event in store.events if event[0] > at], None
                if not fresh and gone is None:
                    pause = max(0.0, min(deadline - time.monotonic(), marked + self.cluster.bookmarks - time.monotonic(), 0.5))
                    store.lock.wait(pause)
            if gone is not None:
                self.send_event("ERROR", gone)
                return True
            for number, event, key, obj in fresh:
                at = number
                if key == kind.key and (not ns or obj["metadata"].get("namespace") == ns) and selected(obj, self.query.get("labelSelector", "")) and self.fields_match(obj):
                    self.send_event(event, self.shown(kind, version, obj))
            if bookmarks and time.monotonic() >= marked + self.cluster.bookmarks:
                marked = time.monotonic()
                self.send_event("BOOKMARK", {"kind": kind.kind, "apiVersion": kind.api_version(version), "metadata": {"resourceVersion": str(at)}})
        return True

    def proxy(self, kind, ns, name, further):
        """pods/[SCHEME:]NAME[:PORT]/proxy/PATH: what the annotation test/answers says of ":PORT/PATH" or "/PATH"."""
        parts = name.split(":")
        pod, port = (parts[1], parts[2] if len(parts) > 2 else "") if len(parts) > 1 and parts[0] in ("http", "https") else (parts[0], parts[1] if len(parts) > 1 else "")
        self.may("get", kind, "proxy", ns, pod)
        obj = self.cluster.store.get(kind, ns, pod)
        if obj is None:
            raise Refusal(404, "NotFound", f'pods "{pod}" not found')
        answers = json.loads(obj["metadata"].get("annotations", {}).get("test/answers", "{}"))
        text = answers.get(f":{port}{further}", answers.get(further))
        if text is None:
            raise Refusal(503, "ServiceUnavailable", f"error trying to reach service: dial tcp: connection refused ({port}{further})")
        self.answer(200, text.encode(), kind="text/plain")


def openssl(folder, *args):
    subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)


def make_certificates(folder):
    (folder / "server.cnf").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:api.gatehouse.test\nextendedKeyUsage=serverAuth\n")
    (folder / "client.cnf").write_text("extendedKeyUsage=clientAuth\n")
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", "ca.key", "-out", "ca.crt",
            "-subj", "/CN=gatehouse-test-ca")
    for name, subject, extra in (("server", "/CN=localhost", "server.cnf"), ("client", "/O=system:masters/CN=admin", "client.cnf")):
        openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-out", f"{name}.crt", "-extfile", extra)


def write_kubeconfig(folder, port):
    """JSON is YAML. Contexts: admin (a certificate), reader and nobody (tokens)."""
    server = {"server": f"https://localhost:{port}", "certificate-authority": "ca.crt"}
    users = {"admin": {"client-certificate": "client.crt", "client-key": "client.key"}, "reader": {"token": "reader-token"}, "nobody": {"token": "nobody-token"}}
    path = folder / "kubeconfig"
    path.write_text(json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": "admin", "clusters": [{"name": "test", "cluster": server}],
        "users": [{"name": name, "user": user} for name, user in users.items()],
        "contexts": [{"name": name, "context": {"cluster": "test", "user": name}} for name in users]}, indent=1))
    path.chmod(0o600)
    return path


def connect_proxy():
    """An HTTP proxy for CONNECT to loopback; counts what it was asked for."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked = []

    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for each in (source, sink):
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def serve(client):
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(4096)
            if not more:
                return
            head += more
        method, where, _ = head.split(b"\r\n")[0].decode().split(" ")
        asked.append(head.decode())
        host, _, port = where.rpartition(":")
        if method != "CONNECT" or host not in ("localhost", "127.0.0.1"):
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        upstream = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        threading.Thread(target=pump, args=(upstream, client), daemon=True).start()
        pump(client, upstream)

    def accept():
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1], asked


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Handler)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(folder / "server.crt", folder / "server.key")
        self.tls.load_verify_locations(folder / "ca.crt")
        self.tls.verify_mode = ssl.CERT_OPTIONAL

    def finish_request(self, request, address):
        """The handshake belongs to the connection's thread."""
        request.settimeout(60)
        with self.tls.wrap_socket(request, server_side=True) as wrapped:
            self.RequestHandlerClass(wrapped, address, self)

    def handle_error(self, request, address):
        pass  # Clients break off; tests look at what they got.


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", required=True)
    folder = pathlib.Path(parser.parse_args().dir)
    folder.mkdir(parents=True, exist_ok=True)
    make_certificates(folder)
    cluster = Cluster()
    proxy_port, proxied = connect_proxy()
    Control.proxied = lambda self: list(proxied)
    Control.identity = lambda self: Handler.last_identity
    with cluster.store.lock:
        for name in ("default", "kube-system"):
            Control(cluster).put({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
    key = secrets.token_hex(16)
    server = Server(folder)
    Handler.cluster, Handler.control_key, Handler.last_identity = cluster, key, None
    route = Handler.route

    def remembered(self, body):
        Handler.last_identity = self.identity
        return route(self, body)

    Handler.route = remembered
    kubeconfig = write_kubeconfig(folder, server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_port, "proxyPort": proxy_port, "kubeconfig": str(kubeconfig), "control": key}), flush=True)
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
