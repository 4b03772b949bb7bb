"""The state of the test API server: objects with every change of them, who may do what, and writing by the rules of the API."""
import copy
import datetime
import re
import secrets
import threading

import field_ownership as ownership
import kinds


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
