"""Server-side apply of the test API server, held to what a real server was seen to do."""
import json
import unittest

import field_ownership as ownership


def gateway(**listeners):
    return {"apiVersion": "g/v1", "kind": "Gateway", "metadata": {"name": "g"}, "spec": {"listeners": [{"name": name, "port": port} for name, port in listeners.items()]}}


class FieldOwnership(unittest.TestCase):
    def owners(self, obj):
        return {key: {ownership.shown(path) for path in paths} for key, paths in ownership.Owners(obj).entries.items()}

    def test_lists_are_atomic_but_those_with_keys(self):
        self.assertEqual({ownership.shown(p) for p in ownership.leaves(gateway(a=1))},
                         {'.spec.listeners[name="a"]', '.spec.listeners[name="a"].name', '.spec.listeners[name="a"].port'})
        route = {"kind": "HTTPRoute", "metadata": {"name": "r", "labels": {"x": "1"}}, "spec": {"rules": [{"name": "a"}], "parentRefs": []}}
        self.assertEqual({ownership.shown(p) for p in ownership.leaves(route)}, {".spec.rules", ".spec.parentRefs", ".metadata.labels.x"})

    def test_two_managers_share_a_gateway_by_listener(self):
        live = ownership.apply({"apiVersion": "g/v1", "kind": "Gateway", "metadata": {"name": "g"}}, gateway(a=1), "one", "t")
        self.assertEqual(ownership.conflicts(live, gateway(b=2), "two"), [])
        live = ownership.apply(live, gateway(b=2), "two", "t")
        self.assertEqual([item["name"] for item in live["spec"]["listeners"]], ["a", "b"])
        found = ownership.conflicts(live, gateway(a=9), "two")
        self.assertEqual([(other, ownership.shown(path)) for other, path in found], [("one", '.spec.listeners[name="a"].port')])
        # Let go, it goes; the other's stays.
        live = ownership.apply(live, gateway(), "two", "t")
        self.assertEqual([item["name"] for item in live["spec"]["listeners"]], ["a"])

    def test_the_same_value_is_shared_and_stays_while_anybody_wants_it(self):
        base = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}
        both = {**base, "data": {"k": "v", "own": "1"}}
        live = ownership.apply(ownership.apply(base, both, "one", "t"), {**base, "data": {"k": "v"}}, "two", "t")
        live = ownership.apply(live, base, "one", "t")
        self.assertEqual(live["data"], {"k": "v"})
        self.assertEqual(self.owners(live)["two", "Apply"], {".data.k"})

    def test_force_takes_ownership_over(self):
        base = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}
        live = ownership.apply(base, {**base, "data": {"k": "1"}}, "one", "t")
        live = ownership.apply(live, {**base, "data": {"k": "2"}}, "two", "t")
        self.assertEqual(live["data"], {"k": "2"})
        self.assertEqual(self.owners(live), {("two", "Apply"): {".data.k"}})

    def test_a_whole_write_owns_what_it_changed(self):
        base = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}
        live = ownership.apply(base, {**base, "data": {"k": "1", "l": "1"}}, "one", "t")
        edited = json.loads(json.dumps(live))
        edited["data"]["k"] = "2"
        live = ownership.updated(live, edited, "editor", "t")
        self.assertEqual(self.owners(live), {("one", "Apply"): {".data.l"}, ("editor", "Update"): {".data.k"}})

    def test_managed_fields_read_back_as_they_were_written(self):
        paths = ownership.leaves(gateway(a=1, b=2)) | {(("f", "spec"), ("f", "empty"))}
        self.assertEqual(ownership.decode(ownership.encode(paths)), paths)


if __name__ == "__main__":
    unittest.main(verbosity=2)
