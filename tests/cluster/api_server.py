"""An API server for tests: HTTPS on loopback, in memory, as much of Kubernetes as Gatehouse and kubectl speak.

Its answers are pinned to what real servers were observed to do: paging with tokens that expire (410 with a token that goes on in another
moment), watches with bookmarks (a version that is too old is 200 and then an ERROR event of 410; one of the future is 504), server-side apply
with managedFields, conflicts, dry run and strict validation, access reviews, pods/proxy, pods/portforward.

    api_server.py --dir FOLDER      prints one line of JSON: port, proxyPort, kubeconfig, control; ends when its standard input does

Tests steer it by POST /_control?key=…: {"op": NAME, ...}, see Control. It holds certificates, tokens and a kubeconfig of its own in
FOLDER, all made when it starts.
"""
import argparse
import base64
import copy
import http.server
import json
import os
import pathlib
import re
import secrets
import socket
import ssl
import sys
import threading
import time
import urllib.parse

import kinds
import port_forwarding
from cluster_state import Cluster, Refusal, merged, selected
from control import Control
from surroundings import connect_proxy, make_certificates, write_kubeconfig

SERVED = "v1.32.4-gatehouse-test"
REVIEWS = [kinds.Kind("authorization.k8s.io", ["v1"], "selfsubjectaccessreviews", "SelfSubjectAccessReview", False)]


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
        if sub == "portforward":
            return self.port_forward(kind, ns, name)
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

    def port_forward(self, kind, ns, name):
        self.may("get", kind, "portforward", ns, name)
        pod = self.cluster.store.get(kind, ns, name)
        if pod is None:
            raise Refusal(404, "NotFound", f'pods "{name}" not found')
        if "v4.channel.k8s.io" not in self.headers.get("Sec-WebSocket-Protocol", ""):
            raise Refusal(400, "BadRequest", "unable to upgrade: only v4.channel.k8s.io is spoken")
        port_forwarding.forward(self, pod, int(self.query["ports"]))

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
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
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
