"""What tests may do to the test API server."""
import kinds
import field_ownership as ownership
from cluster_state import now


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
