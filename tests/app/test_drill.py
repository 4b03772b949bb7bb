"""Faults of simulated providers on the command line: what each one leads to, by the configuration as it stands."""
import json
import unittest

from gatehouse import GATEWAY, Case, run

BACKEND = """apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai}
spec:
  type: AI
  ai:
    priorityGroups:
    - providers: [{name: first, anthropic: {authToken: {kind: Inline, inline: "env:none-of-this"}, model: claude-x}}]
    - providers: [{name: second, openai: {authToken: {kind: Inline, inline: "env:none-of-that"}, model: gpt-4o}}]
"""
ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: test}]
  rules: [{backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: ai}]}]
"""


class Drill(Case):
    def path(self, *documents):
        return self.folder({"drill.yaml": "---\n".join(documents)}) / "drill.yaml"

    def test_list_names_the_faults(self):
        code, out, err = run("drill", "--list")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("rate-limited", out)
        self.assertIn("cut-stream", out)

    def test_json_says_what_came_of_each_fault(self):
        path = self.path(GATEWAY, ROUTE, BACKEND)
        code, out, err = run("drill", path, "--fault", "server-error", "--fault", "cut-stream", "--json")
        self.assertEqual(code, 0, err)
        (rule,) = json.loads(out)
        self.assertEqual(rule["targets"], ["first", "second"])
        found = {line["fault"]: line for line in rule["faults"]}
        self.assertEqual(set(found), {"server-error", "cut-stream"})
        self.assertEqual(found["server-error"]["outcome"], "another-answered")
        self.assertEqual(found["server-error"]["answeredBy"], "second")
        self.assertEqual(found["cut-stream"]["outcome"], "client-told")

    def test_a_table_for_people(self):
        path = self.path(GATEWAY, ROUTE, BACKEND)
        code, out, err = run("drill", path, "--rule", "chat", "--fault", "html")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("Backend default/ai", out)
        self.assertIn("HTML in place of an answer", out)
        self.assertIn("by second", out)

    def test_wrong_usage_and_nothing_to_drill(self):
        self.assertEqual(run("drill")[0], 2)
        path = self.path(GATEWAY)
        self.assertEqual(run("drill", path, "--fault", "no-such")[0], 2)
        code, out, err = run("drill", path)
        self.assertEqual((code, out), (1, ""))
        self.assertIn("nothing to drill", err)


if __name__ == "__main__":
    unittest.main()
