"""Server-side apply for the test API server: who owns which field, what conflicts, what goes when its owner lets it go.

A field is a path: a tuple of steps, ("f", name) for a member and ("k", json) for an item of a list that is keyed (x-kubernetes-list-type:
map). Other lists are atomic: owned as a whole. Pinned to what a real server was seen to do: rules and parentRefs of an HTTPRoute are
atomic, listeners of a Gateway are keyed by name.
"""
import copy
import json

# (kind, path of members): keys of its items.
KEYED = {
    ("Gateway", "spec.listeners"): ["name"],
    ("ListenerSet", "spec.listeners"): ["name"],
    ("Gateway", "status.conditions"): ["type"],
    ("Service", "spec.ports"): ["port", "protocol"],
    ("Pod", "spec.containers"): ["name"],
}
# Owned by nobody: what names the object, and what the server writes.
UNOWNED = {"apiVersion", "kind"}
UNOWNED_METADATA = {"name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"}


def key_of(item, names):
    return json.dumps({name: item.get(name, "TCP" if name == "protocol" else None) for name in names}, sort_keys=True, separators=(",", ":"))


def leaves(obj):
    """Every field that `obj` sets."""
    kind, found = obj.get("kind"), set()

    def walk(value, path, shape):
        if isinstance(value, dict):
            if not value and path:
                found.add(path)
            for name, member in value.items():
                if not path and name in UNOWNED or shape == "metadata" and name in UNOWNED_METADATA:
                    continue
                walk(member, path + (("f", name),), f"{shape}.{name}" if shape else name)
        elif isinstance(value, list) and (kind, shape) in KEYED:
            for item in value:
                step = path + (("k", key_of(item, KEYED[kind, shape])),)
                found.add(step)
                walk(item, step, shape + "[]")
        else:
            found.add(path)

    walk(obj, (), "")
    return found


def names_of(obj, path):
    shape = ".".join(name for kind, name in path if kind == "f")
    return KEYED.get((obj.get("kind"), shape), [])


MISSING = object()


def value_at(obj, path):
    at, value = (), obj
    for step in path:
        kind, name = step
        if kind == "f":
            if not isinstance(value, dict) or name not in value:
                return MISSING
            value = value[name]
        else:
            names = names_of(obj, at)
            found = [item for item in value if key_of(item, names) == name] if isinstance(value, list) else []
            if not found:
                return MISSING
            value = found[0]
        at += (step,)
    return value


def put(obj, path, value):
    """Sets a leaf; makes what stands above it."""
    at, here = (), obj
    for place, step in enumerate(path):
        kind, name = step
        last = place == len(path) - 1
        if kind == "f":
            if last:
                here[name] = copy.deepcopy(value)
                return
            following = path[place + 1][0]
            if not isinstance(here.get(name), list if following == "k" else dict):
                here[name] = [] if following == "k" else {}
            here = here[name]
        else:
            names = names_of(obj, at)
            found = [item for item in here if key_of(item, names) == name]
            if not found:
                here.append(dict(json.loads(name)))
                found = [here[-1]]
            here = found[0]
        at += (step,)


def drop(obj, path):
    parent = value_at(obj, path[:-1])
    kind, name = path[-1]
    if parent is MISSING:
        return
    if kind == "f" and isinstance(parent, dict):
        parent.pop(name, None)
    elif kind == "k" and isinstance(parent, list):
        names = names_of(obj, path[:-1])
        parent[:] = [item for item in parent if key_of(item, names) != name]


def encode(paths):
    """As fieldsV1 of managedFields."""
    root = {}
    items = {path for path in paths if path and path[-1][0] == "k"}
    for path in sorted(paths):
        here = root
        for kind, name in path:
            here = here.setdefault(f"{kind}:{name}", {})
        if path in items:
            here["."] = {}
    return root


def decode(tree, path=()):
    found = set()
    for name, below in tree.items():
        if name == ".":
            found.add(path)
            continue
        step = path + ((name[0], name[2:]),)
        found |= decode(below, step) if below else {step}
    return found


def shown(path):
    """".spec.listeners[name="http"].port", as conflicts name it."""
    text = ""
    for kind, name in path:
        if kind == "f":
            text += "." + name
        else:
            text += "[" + ",".join(f"{key}={json.dumps(value)}" for key, value in json.loads(name).items()) + "]"
    return text


class Owners:
    """managedFields as sets: {(manager, operation): paths}."""

    def __init__(self, obj):
        self.entries = {}
        for entry in (obj or {}).get("metadata", {}).get("managedFields", []):
            self.entries[entry["manager"], entry["operation"]] = decode(entry.get("fieldsV1", {}))

    def write(self, obj, time):
        before = {(e["manager"], e["operation"]): e for e in obj["metadata"].get("managedFields", [])}
        out = []
        for (manager, operation), paths in self.entries.items():
            if not paths:
                continue
            old = before.get((manager, operation))
            fields = encode(paths)
            when = old["time"] if old and old["fieldsV1"] == fields else time
            out.append({"manager": manager, "operation": operation, "apiVersion": obj["apiVersion"], "time": when, "fieldsType": "FieldsV1", "fieldsV1": fields})
        obj["metadata"]["managedFields"] = out


def conflicts(live, applied, manager):
    """[(other manager, path)] of fields that others own with another value."""
    owners, wanted, out = Owners(live), leaves(applied), []
    for (other, operation), paths in owners.entries.items():
        if (other, operation) == (manager, "Apply"):
            continue
        for path in sorted(wanted & paths):
            if path[-1][0] == "f" and value_at(live, path) != value_at(applied, path):
                out.append((other, path))
    return out


def apply(live, applied, manager, time):
    """The object after an apply that has no conflicts, or takes what it wants."""
    result, owners, wanted = copy.deepcopy(live), Owners(live), leaves(applied)
    mine = (manager, "Apply")
    before = owners.entries.get(mine, set())
    for other, paths in owners.entries.items():
        if other != mine:
            owners.entries[other] = {p for p in paths if p not in wanted or value_at(live, p) == value_at(applied, p)}
    others = set().union(*(paths for entry, paths in owners.entries.items() if entry != mine))
    for path in sorted(before - wanted, key=len):  # An item before its fields, which tell it from others.
        kept = any(other[:len(path)] == path for other in others | wanted)
        if not kept:
            drop(result, path)
    for path in sorted(wanted, key=len):
        if path[-1][0] == "k":
            value_at(result, path) is MISSING and put(result, path + (("f", next(iter(json.loads(path[-1][1])))),), next(iter(json.loads(path[-1][1]).values())))
        else:
            put(result, path, value_at(applied, path))
    owners.entries[mine] = wanted
    owners.write(result, time)
    return result


def updated(live, result, manager, time):
    """Whoever writes a whole object owns what it changed."""
    owners, new = Owners(live), leaves(result)
    old = leaves(live) if live else set()
    changed = {p for p in new if p not in old or value_at(live, p) != value_at(result, p)}
    for entry, paths in owners.entries.items():
        owners.entries[entry] = {p for p in paths if p in new and p not in changed}
    owners.entries.setdefault((manager, "Update"), set())
    owners.entries[manager, "Update"] |= changed
    owners.write(result, time)
    return result
