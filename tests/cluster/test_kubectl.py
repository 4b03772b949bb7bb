"""kubectl as a foreign client of the test API server: what Gatehouse is tested against is what others take for a cluster."""
import json
import shutil
import sys
import tempfile
import unittest

from cluster import Cluster, gateway, has_kubectl, route


class Kubectl(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gatehouse-kubectl-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.cluster = Cluster(self.folder)
        self.addCleanup(self.cluster.stop)

    def run_kubectl(self, *args, input=None, code=0):
        got, out, err = self.cluster.kubectl(*args, input=json.dumps(input) if isinstance(input, dict) else input)
        self.assertEqual(got, code, out + err)
        return out + err

    def test_discovers_kinds_in_both_ways(self):
        for aggregated in (True, False):
            self.cluster.op("aggregated", on=aggregated)
            shutil.rmtree(f"{self.folder}/.kube", ignore_errors=True)
            out = self.run_kubectl("api-resources", "--no-headers")
            self.assertIn("gateway.networking.k8s.io/v1", out)
            self.assertIn("httproutes", out)

    def test_applies_by_server_side_apply(self):
        self.assertIn("serverside-applied", self.run_kubectl("apply", "--server-side", "-f", "-", input=gateway()))
        live = self.cluster.get("/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/gw")
        self.run_kubectl("apply", "--server-side", "-f", "-", input=gateway())
        again = self.cluster.get("/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/gw")
        self.assertEqual(live, again, "the same again changes nothing")
        self.assertEqual(live["metadata"]["managedFields"][0]["manager"], "kubectl")
        err = self.run_kubectl("apply", "--server-side", "--field-manager=other", "-f", "-", input=gateway(port=81), code=1)
        self.assertIn('conflicts with "kubectl"', err)
        self.assertIn('.spec.listeners[name="http"].port', err)
        self.run_kubectl("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", "-", input=gateway(port=81))
        self.assertEqual(self.run_kubectl("get", "gateway", "gw", "-o", "jsonpath={.spec.listeners[0].port}"), "81")

    def test_dry_run_writes_nothing(self):
        self.assertIn("(server dry run)", self.run_kubectl("apply", "--server-side", "--dry-run=server", "-f", "-", input=gateway()))
        self.assertIn("NotFound", self.run_kubectl("get", "gateway", "gw", code=1))

    def test_strict_validation_refuses_what_the_standard_channel_lacks(self):
        bad = route()
        bad["spec"]["rules"][0]["retry"] = {"attempts": 2}
        self.assertIn('unknown field "spec.rules[0].retry"', self.run_kubectl("apply", "--server-side", "-f", "-", input=bad, code=1))

    def test_defaults_are_stored(self):
        self.run_kubectl("apply", "--server-side", "-f", "-", input=route())
        self.assertEqual(self.run_kubectl("get", "httproute", "chat", "-o", "jsonpath={.spec.parentRefs[0].kind} {.spec.rules[0].backendRefs[0].kind} {.spec.rules[0].matches[0].path.type}"),
                         "Gateway Service PathPrefix")

    def test_lists_in_chunks_and_watches(self):
        self.cluster.op("many", object=route(), count=12)
        out = self.run_kubectl("get", "httproutes", "--chunk-size=5", "-o", "name")
        self.assertEqual(len(out.splitlines()), 12)
        self.run_kubectl("wait", "--for=jsonpath={.metadata.name}=chat-00003", "httproute/chat-00003", "--timeout=10s")

    def test_creates_edits_and_deletes(self):
        self.run_kubectl("create", "-f", "-", input=gateway())
        self.assertIn("AlreadyExists", self.run_kubectl("create", "-f", "-", input=gateway(), code=1))
        self.run_kubectl("patch", "gateway", "gw", "--type=merge", "-p", '{"spec":{"gatewayClassName":"other"}}')
        self.assertEqual(self.run_kubectl("get", "gateway", "gw", "-o", "jsonpath={.spec.gatewayClassName}"), "other")
        self.run_kubectl("delete", "gateway", "gw", "--timeout=10s")
        self.assertIn("NotFound", self.run_kubectl("get", "gateway", "gw", code=1))

    def test_refuses_whom_it_does_not_know(self):
        self.assertIn("Forbidden", self.run_kubectl("--context=nobody", "get", "gateways", code=1))
        self.cluster.op("tokens", other="reader")
        self.assertIn("Unauthorized", self.run_kubectl("--context=reader", "get", "gateways", code=1).replace("You must be logged in to the server (", "").replace("error: ", ""))


if __name__ == "__main__":
    if not has_kubectl():
        print("skipped: kubectl is not installed")
        sys.exit(77)
    unittest.main(verbosity=2)
