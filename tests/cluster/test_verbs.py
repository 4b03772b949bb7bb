"""`gatehouse pull`, `diff` and `apply` against a cluster: what is written, what is told, and that nothing is half done."""
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.environ["GATEHOUSE_SOURCE"], "tests", "app"))

from cluster import Cluster, gateway, has_kubectl, route, service  # noqa: E402
from gatehouse import BINARY, Case, LocalServer, Process, QuietHandler, run, until  # noqa: E402


def files_below(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


class ClusterCase(Case):
    def setUp(self):
        self.home = self.folder()
        self.cluster = Cluster(self.home)
        self.addCleanup(self.cluster.stop)
        self.env = {"KUBECONFIG": self.cluster.kubeconfig, "HOME": str(self.home), "XDG_STATE_HOME": str(self.home / "state")}

    def verb(self, *args, code=0):
        got, out, err = run(*args, env=self.env)
        self.assertEqual(got, code, out + err)
        self.assertNotIn("-token", out + err)
        return out, err

    def populate(self):
        self.cluster.put(service(), service("unrelated"), gateway(labels={"team": "ml"}, annotations={"gatehouse.dev/trusted-hops": "1"}), route(),
                         {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": {"name": "kgateway"}, "spec": {"controllerName": "kgateway.dev/kgateway"}},
                         {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": "default"}, "data": {"k": "aHVzaA=="}},
                         route("other", "remote", ns="second"), service("remote", "second"))


class Pull(ClusterCase):
    def test_writes_clean_objects_and_what_they_refer_to(self):
        self.populate()
        out = self.home / "out"
        text, err = self.verb("pull", "--out", out)
        self.assertIn("Kubernetes v1.32.4-gatehouse-test", err)
        self.assertIn("kgateway, class kgateway", err)
        files = files_below(out)
        self.assertEqual(sorted(files), ["cluster/gatewayclass-kgateway.yaml", "cluster/namespace-default.yaml", "cluster/namespace-second.yaml", "default/gateway-gw.yaml",
                                         "default/httproute-chat.yaml", "default/service-vllm.yaml", "kustomization.yaml", "second/httproute-other.yaml", "second/service-remote.yaml"])
        whole = "".join(files.values())
        for word in ("managedFields", "uid", "resourceVersion", "creationTimestamp", "generation", "status", "1970-01-01", "aHVzaA", "clusterIP", "10.0.0.9", "nodePort"):
            self.assertNotIn(word, whole)
        self.assertIn("gatehouse.dev/trusted-hops: \"1\"", files["default/gateway-gw.yaml"])
        self.assertTrue(files["default/httproute-chat.yaml"].startswith("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: chat\n  namespace: default\nspec:\n"))
        # The same cluster is the same bytes, and reads as a workspace.
        self.verb("pull", "--out", self.home / "again")
        self.assertEqual(files, files_below(self.home / "again"))
        code, found, complaint = run("check", out)
        self.assertFalse([line for line in (found + complaint).splitlines() if "GH1" in line and "kustomization" not in line])

    def test_again_writes_what_changed_and_removes_what_is_gone(self):
        self.populate()
        out = self.home / "out"
        self.verb("pull", "--out", out)
        self.cluster.put(route(weight=7))
        self.cluster.op("delete", group="gateway.networking.k8s.io", plural="gateways", ns="default", name="gw")
        text, _ = self.verb("pull", "--out", out)
        self.assertIn(f"changed {out}/default/httproute-chat.yaml", text)
        self.assertIn(f"removed {out}/default/gateway-gw.yaml", text)
        self.assertIn(f"same    {out}/default/service-vllm.yaml", text)
        self.assertFalse((out / "default/gateway-gw.yaml").exists())

    def test_one_namespace(self):
        self.populate()
        self.verb("pull", "--namespace", "second", "--out", self.home / "out")
        self.assertEqual(sorted(files_below(self.home / "out")), ["cluster/namespace-second.yaml", "kustomization.yaml", "second/httproute-other.yaml", "second/service-remote.yaml"])

    def test_leaves_out_what_controllers_make(self):
        self.cluster.put(route("made", ownerReferences=[{"apiVersion": "v1", "kind": "Thing", "name": "t", "uid": "1", "controller": True}]), route())
        _, err = self.verb("pull", "--out", self.home / "out")
        self.assertIn("HTTPRoute default/made is left out", err)
        self.assertFalse((self.home / "out/default/httproute-made.yaml").exists())

    def test_kinds_that_may_not_be_listed_are_told_and_their_files_stay(self):
        self.populate()
        out = self.home / "out"
        self.verb("pull", "--out", out)
        self.cluster.op("next", status=403, match="/httproutes", count=1)
        _, err = self.verb("pull", "--out", out, code=1)
        self.assertIn("httproutes cannot be listed", err)
        self.assertTrue((out / "default/httproute-chat.yaml").exists())
        self.assertIn("default/httproute-chat.yaml", (out / "kustomization.yaml").read_text())

    def test_a_newer_version_is_taken_as_it_is(self):
        self.populate()
        self.cluster.op("versions", group="gateway.networking.k8s.io", kind="HTTPRoute", versions=["v2"])
        _, err = self.verb("pull", "--out", self.home / "out")
        self.assertIn("gateway.networking.k8s.io/v2 and not in a version that Gatehouse knows", err)
        self.assertIn("apiVersion: gateway.networking.k8s.io/v2", (self.home / "out/default/httproute-chat.yaml").read_text())

    def test_needs_a_folder_and_a_context(self):
        self.verb("pull", code=2)
        _, err = self.verb("pull", "--context", "nowhere", "--out", self.home / "out", code=1)
        self.assertIn("there are admin, reader, nobody", err)


class Diff(ClusterCase):
    def setUp(self):
        super().setUp()
        self.populate()
        self.verb("pull", "--out", self.home / "out")

    def test_nothing_differs_from_what_was_pulled(self):
        for before, after in ((self.home / "out", "admin"), ("admin", self.home / "out"), ("context:admin", "reader"), (self.home / "out", self.home / "out")):
            out, _ = self.verb("diff", before, after)
            self.assertEqual(out, "")

    def test_defaults_order_and_spelling_make_no_difference(self):
        folder = self.folder({"a.yaml": json.dumps(route()), "b.json": json.dumps({"spec": {"listeners": [{"protocol": "HTTP", "name": "http", "port": 80,
                              "allowedRoutes": {"namespaces": {"from": "Same"}}}], "gatewayClassName": "kgateway"}, **{k: v for k, v in gateway().items() if k != "spec"}})})
        out, _ = self.verb("diff", folder, "admin", "--namespace", "default", code=1)
        self.assertNotIn("HTTPRoute", out)
        self.assertIn("~ Gateway default/gw\n    metadata.annotations", out)
        self.assertNotIn("spec", out)

    def test_tells_objects_and_fields(self):
        self.cluster.put(route(weight=9))
        self.cluster.put(gateway("second-gateway"))
        self.cluster.op("delete", group="", plural="services", ns="default", name="vllm")
        out, _ = self.verb("diff", self.home / "out", "admin", code=1)
        self.assertEqual(out, f"- Service default/vllm only in {self.home}/out\n+ Gateway default/second-gateway only in admin\n"
                              "~ HTTPRoute default/chat\n    spec.rules[0].backendRefs[0].weight: (none) -> 9\n")
        out, _ = self.verb("diff", self.home / "out", "admin", "--json", code=1)
        changes = json.loads(out)
        self.assertEqual([change["change"] for change in changes], ["only-before", "only-after", "changed"])
        self.assertEqual(changes[2]["fields"], [{"path": "spec.rules[0].backendRefs[0].weight", "before": None, "after": "9"}])

    def test_finds_by_name_what_nothing_refers_to(self):
        folder = self.folder({"s.yaml": json.dumps(service("unrelated"))})
        out, _ = self.verb("diff", folder, "admin", code=1)
        self.assertNotIn("unrelated", out)

    def test_never_shows_values_of_secrets(self):
        before, after = ({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"k": value}} for value in ("hush", "psst"))
        out, _ = self.verb("diff", self.folder({"s.yaml": json.dumps(before)}), self.folder({"s.yaml": json.dumps(after)}), code=1)
        self.assertEqual(out, "~ Secret default/s\n    stringData.k: (hidden) -> (hidden)\n")
        out, err = self.verb("diff", self.folder({"s.yaml": json.dumps(before)}), "admin", code=1)
        self.assertNotIn("Secret default", out)
        self.assertIn("Secrets are not compared", err)

    def test_trouble_is_2(self):
        _, err = self.verb("diff", "nowhere", self.home / "out", code=2)
        self.assertIn("neither a file or folder nor a context", err)
        self.verb("diff", self.home / "out", code=2)
        self.verb("diff", self.folder({"a.yaml": "a: ["}), self.home / "out", code=2)
        self.verb("diff", self.home / "out", "nobody", code=2)
        self.cluster.op("refuse", on=True)
        self.verb("diff", self.home / "out", "admin", code=2)


class Apply(ClusterCase):
    def workspace(self, *objects):
        return self.folder({f"{i}.yaml": json.dumps(each) for i, each in enumerate(objects)})

    def live(self, path):
        return self.cluster.get(f"/apis/gateway.networking.k8s.io/v1/namespaces/default/{path}")

    def writes(self):
        return [each for each in self.cluster.op("requests") if each["method"] == "PATCH" and "dryRun" not in each["path"]]

    def test_creates_then_changes_then_leaves_as_it_is(self):
        out, err = self.verb("apply", self.workspace(gateway(), route(), service()), "--context", "admin")
        self.assertEqual([line.split()[:3] for line in out.splitlines()], [["created", "Service", "default/vllm"], ["created", "Gateway", "default/gw"], ["created", "HTTPRoute", "default/chat"]])
        self.assertIn("3 created, 0 changed", err)
        self.assertEqual(self.live("httproutes/chat")["metadata"]["managedFields"][0]["manager"], "gatehouse")
        self.assertNotIn("managedFields: null", out)
        out, _ = self.verb("apply", self.workspace(gateway(), route(), service()), "--context", "admin")
        self.assertEqual({line.split()[0] for line in out.splitlines()}, {"unchanged"})
        out, _ = self.verb("apply", self.workspace(route(weight=5)), "--context", "admin")
        self.assertIn("changed      HTTPRoute default/chat\n    spec.rules[0].backendRefs[0].weight: (none) -> 5\n", out)

    def test_a_dry_run_writes_nothing(self):
        out, err = self.verb("apply", self.workspace(gateway()), "--context", "admin", "--dry-run")
        self.assertIn("would-create Gateway default/gw", out)
        self.assertIn("Nothing was written", err)
        self.assertEqual(self.writes(), [])

    def test_conflicts_are_told_by_field_and_owner_and_nothing_is_written(self):
        self.cluster.op("put", object=route(weight=3), manager="helm")
        out, err = self.verb("apply", self.workspace(gateway(), route()), "--context", "admin", code=1)
        self.assertIn("conflict     HTTPRoute default/chat", out)
        self.assertIn("    .spec.rules is owned by helm\n", out)
        self.assertIn("would-create Gateway default/gw", out)
        self.assertIn("1 of 2 refused. Nothing was written.", err)
        self.assertEqual(self.writes(), [])
        self.verb("apply", self.workspace(gateway(), route()), "--context", "admin", "--force-conflicts")
        self.assertEqual(self.live("httproutes/chat")["spec"]["rules"][0]["backendRefs"][0]["weight"], 1)

    def test_one_bad_object_keeps_all_from_being_written(self):
        bad = route("bad")
        bad["spec"]["rules"][0]["retry"] = {"attempts": 2}
        out, _ = self.verb("apply", self.workspace(gateway(), bad), "--context", "admin", code=1)
        self.assertIn('refused      HTTPRoute default/bad: HTTPRoute default/bad: strict decoding error: unknown field "spec.rules[0].retry".', out)
        self.assertEqual(self.writes(), [])

    def test_a_set_that_breaks_off_is_told_exactly(self):
        # The dry run of all is fine; then the second write fails.
        objects = self.workspace(gateway("a"), gateway("b"), gateway("c"))
        self.cluster.op("fail_write", name="b", status=500)
        out, err = self.verb("apply", objects, "--context", "admin", "--json", code=1)
        told = {each["object"]["name"]: each["outcome"] for each in json.loads(out)["objects"]}
        self.assertEqual(told, {"a": "created", "b": "refused", "c": "not-tried"})
        self.assertTrue(json.loads(out)["wrote"])
        self.assertIn("The set is half applied: 1 applied, 1 refused, 0 unknown, 1 not tried", err)
        self.cluster.op("fail_write", name="b", status=0)
        out, err = self.verb("apply", objects, "--context", "admin", "--json", code=1)
        told = {each["object"]["name"]: each["outcome"] for each in json.loads(out)["objects"]}
        self.assertEqual(told, {"a": "unchanged", "b": "unknown", "c": "not-tried"})

    def test_what_is_forbidden_is_told_before_anything_is_sent(self):
        out, err = self.verb("apply", self.workspace(gateway()), "--context", "reader", code=1)
        self.assertIn('Context "reader" may not patch gateways in namespace default: no rule lets reader patch gateways.', out)
        self.assertFalse([each for each in self.cluster.op("requests") if each["method"] == "PATCH"])

    def test_namespaces_come_first_and_objects_without_one_go_to_the_contexts(self):
        new = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "new"}}
        nameless = gateway("plain")
        del nameless["metadata"]["namespace"]
        out, _ = self.verb("apply", self.workspace(gateway("g", ns="new"), new, nameless), "--context", "admin")
        self.assertEqual([line.split()[:2] for line in out.splitlines()], [["created", "Namespace"], ["created", "Gateway"], ["created", "Gateway"]])
        self.assertEqual(self.live("gateways/plain")["metadata"]["namespace"], "default")
        out, _ = self.verb("apply", self.workspace(nameless), "--context", "admin", "--namespace", "new")
        self.assertIn("created      Gateway new/plain", out)

    def test_leaves_out_secrets_and_what_a_cluster_makes(self):
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"k": "env:KEY"}}
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "status": {"podIP": "127.0.0.1"}}
        out, _ = self.verb("apply", self.workspace(secret, pod, gateway()), "--context", "admin")
        self.assertIn("left-out     Secret default/s: Secrets are not applied", out)
        self.assertIn("left-out     Pod default/p", out)
        self.assertEqual(len(self.writes()), 1)

    def test_kinds_and_versions_that_the_cluster_lacks(self):
        lacking = {"apiVersion": "agentgateway.dev/v1alpha1", "kind": "AgentgatewayBackend", "metadata": {"name": "a"}, "spec": {}}
        out, _ = self.verb("apply", self.workspace(lacking), "--context", "admin", code=1)
        self.assertIn("The cluster has no kind AgentgatewayBackend of agentgateway.dev/v1alpha1.", out)
        self.cluster.op("versions", group="gateway.networking.k8s.io", kind="Gateway", versions=["v2"])
        out, _ = self.verb("apply", self.workspace(gateway()), "--context", "admin", code=1)
        self.assertIn("The cluster serves Gateway as gateway.networking.k8s.io/v2, not as gateway.networking.k8s.io/v1.", out)

    def test_needs_a_named_context_and_whole_files(self):
        self.verb("apply", self.workspace(gateway()), code=2)
        _, err = self.verb("apply", self.folder({"a.yaml": "kind: Gateway\n  bad"}), "--context", "admin", code=1)
        self.assertIn("Nothing was applied", err)

    def test_pulls_back_what_it_applied(self):
        plain = service()
        plain["spec"] = {"selector": {"app": "vllm"}, "ports": [{"name": "http", "port": 80, "targetPort": 8000}]}
        self.verb("apply", self.workspace(gateway(), route(), plain), "--context", "admin")
        self.verb("pull", "--out", self.home / "out")
        out, _ = self.verb("apply", self.home / "out", "--context", "admin")
        self.assertEqual({line.split()[0] for line in out.splitlines()}, {"unchanged"})
        if has_kubectl():
            code, _, err = self.cluster.kubectl("apply", "--server-side", "--force-conflicts", "-k", str(self.home / "out"))
            self.assertEqual(code, 0, err)
            self.verb("diff", self.home / "out", "admin")


class Serve(ClusterCase):
    def objects(self, port):
        return [gateway(port=18080), route("chat", "web"), service("web"),
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "web-1", "namespace": "default", "labels": {"kubernetes.io/service-name": "web"}},
                 "addressType": "IPv4", "endpoints": [{"addresses": ["127.0.0.1"], "conditions": {"ready": True}}], "ports": [{"name": "http", "port": port}]}]

    def answer(self, port, path="/"):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""

    def test_runs_what_the_cluster_has_and_follows_it(self):
        class Hello(QuietHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"hello")
        origin = LocalServer(Hello)
        self.addCleanup(origin.stop)
        self.cluster.put(*self.objects(origin.port), {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": "default"}, "data": {"k": "aHVzaA=="}})
        process = self.keep(Process("serve", "--context", "reader", "--listen", "18080=127.0.0.1:0", env=self.env | {"TMPDIR": str(self.home)}))
        port = process.line(r"port 18080 at http://127\.0\.0\.1:(\d+)")[1]
        self.assertEqual(self.answer(port), (200, "hello"))
        self.cluster.put({**route("chat", "web"), "spec": {"parentRefs": [{"name": "gw"}], "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/new"}}], "backendRefs": [{"name": "web", "port": 80}]}]}})
        until("the edit runs", lambda: self.answer(port) == (404, "") and self.answer(port, "/new") == (200, "hello"))
        # It runs on while the cluster is gone, and takes over what changed meanwhile.
        self.cluster.op("refuse", on=True)
        process.line(r"What was read before stays", process.log)
        self.assertEqual(self.answer(port, "/new"), (200, "hello"))
        self.cluster.op("delete", group="gateway.networking.k8s.io", plural="httproutes", ns="default", name="chat")
        self.cluster.op("refuse", on=False)
        until("the route is gone", lambda: self.answer(port, "/new")[0] == 404)
        folders = list(self.home.glob("gatehouse-cluster-*"))
        self.assertEqual(len(folders), 1)
        self.assertNotIn("aHVzaA", "".join(files_below(folders[0]).values()))
        self.assertEqual(process.stop(), 0)
        self.assertEqual(list(self.home.glob("gatehouse-cluster-*")), [])

    def test_reaches_pods_through_the_server(self):
        class Hello(QuietHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "6")
                self.end_headers()
                self.wfile.write(b"hidden")
        origin = LocalServer(Hello)
        self.addCleanup(origin.stop)
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-1", "namespace": "default", "labels": {"app": "web"}, "annotations": {"test/ports": json.dumps({"8080": origin.port})}},
               "status": {"podIP": "192.0.2.1", "phase": "Running"}}
        gw, chat, web, slices = self.objects(8080)
        slices["endpoints"] = [{"addresses": ["192.0.2.1"], "conditions": {"ready": True}, "targetRef": {"kind": "Pod", "name": "web-1", "namespace": "default"}}]
        pool = {"apiVersion": "inference.networking.k8s.io/v1", "kind": "InferencePool", "metadata": {"name": "pool", "namespace": "default"},
                "spec": {"selector": {"matchLabels": {"app": "web"}}, "targetPorts": [{"number": 8080}], "endpointPickerRef": {"name": "epp", "port": {"number": 9002}}}}
        self.cluster.put(gw, chat, web, slices, pod, pool)
        process = self.keep(Process("serve", "--context", "reader", "--port-forward", "--listen", "18080=127.0.0.1:0", env=self.env | {"TMPDIR": str(self.home)}))
        port = process.line(r"port 18080 at http://127\.0\.0\.1:(\d+)")[1]
        self.assertEqual(self.answer(port), (200, "hidden"))
        folder = next(self.home.glob("gatehouse-cluster-*"))
        written = (folder / "default" / "pod-web-1.yaml").read_text()
        self.assertIn("podIP: 127.0.0.1", written)
        self.assertRegex(written, r'gatehouse.dev/port: "\d+"')
        # A connection that is lost is made anew with the next request.
        self.cluster.op("refuse", on=True)
        self.cluster.op("refuse", on=False)
        until("requests go through again", lambda: self.answer(port) == (200, "hidden"))
        self.cluster.op("delete", group="", plural="pods", ns="default", name="web-1")
        until("the pod is gone", lambda: not (folder / "default" / "pod-web-1.yaml").exists())

    def test_says_why_it_cannot(self):
        code, out, err = run("serve", "--context", "nowhere", env=self.env)
        self.assertEqual(code, 1)
        self.assertIn("there are admin, reader, nobody", err)
        code, out, err = run("serve", "--context", "reader", self.home, env=self.env)
        self.assertEqual(code, 2)
        code, out, err = run("serve", "--context", "nobody", env=self.env)
        self.assertEqual(code, 1)
        self.assertIn('cannot list resource "gateways"', err)


class Trouble(ClusterCase):
    def config(self, **user):
        text = json.loads(pathlib.Path(self.cluster.kubeconfig).read_text())
        text["users"] = [{"name": "admin", "user": user}]
        path = self.home / "cluster" / "other-kubeconfig"
        path.write_text(json.dumps(text))
        return path

    def test_expired_credentials(self):
        self.cluster.op("tokens", other="reader")
        _, err = self.verb("pull", "--context", "reader", "--out", self.home / "out", code=1)
        self.assertIn("may have expired", err)
        self.assertFalse((self.home / "out").exists())

    def test_a_cluster_that_goes_away_in_the_middle(self):
        self.populate()
        self.verb("pull", "--out", self.home / "out")
        before = files_below(self.home / "out")
        self.cluster.put(route(weight=4))
        self.cluster.op("vanish_after", match="/trafficpolicies")
        _, err = self.verb("pull", "--out", self.home / "out", code=1)
        self.assertIn("Nothing was written", err)
        self.assertEqual(files_below(self.home / "out"), before)

    def test_a_kind_that_goes_away_in_the_middle(self):
        self.populate()
        self.verb("pull", "--out", self.home / "out")
        before = files_below(self.home / "out")
        self.cluster.op("next", status=404, match="/httproutes")
        self.verb("pull", "--out", self.home / "out", code=1)
        self.assertEqual(files_below(self.home / "out"), before)

    def test_a_server_that_is_no_api_server(self):
        class Page(QuietHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "6")
                self.end_headers()
                self.wfile.write(b"<html>")
        page = LocalServer(Page)
        self.addCleanup(page.stop)
        config = self.home / "config"
        config.write_text(json.dumps({"kind": "Config", "current-context": "x", "clusters": [{"name": "c", "cluster": {"server": f"http://127.0.0.1:{page.port}"}}],
                                      "contexts": [{"name": "x", "context": {"cluster": "c", "user": ""}}]}))
        _, err = self.verb("pull", "--kubeconfig", config, "--out", self.home / "out", code=1)
        self.assertIn("is this an API server?", err)

    def test_a_disk_that_is_full(self):
        self.populate()
        big = {"apiVersion": "gateway.kgateway.dev/v1alpha1", "kind": "Backend", "metadata": {"name": "zz", "namespace": "default"}, "spec": {"type": "Static", "static": {"hosts": [{"host": "h" * 60 + str(i), "port": 80} for i in range(900)]}}}
        self.cluster.put(big)

        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (32768, 32768))
        done = subprocess.run([BINARY, "pull", "--out", str(self.home / "out")], env={**os.environ, **self.env}, capture_output=True, text=True, timeout=60, preexec_fn=little_room)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("could not be written", done.stderr)
        self.assertFalse((self.home / "out").exists(), "nothing is half written")

    def test_programs_run_after_an_agreement_only(self):
        plugin = self.home / "cluster" / "plugin"
        plugin.write_text('#!/bin/sh\necho run >> "$(dirname "$0")/runs"\necho \'{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"admin\'"-token"\'"}}\'\n')
        plugin.chmod(0o700)
        spec = {"apiVersion": "client.authentication.k8s.io/v1", "command": "./plugin", "interactiveMode": "Never"}
        config = self.config(exec=spec)
        _, err = self.verb("pull", "--kubeconfig", config, "--out", self.home / "out", code=1)
        self.assertIn("nobody agreed to run it", err)
        self.assertIn("Agree with --run-plugin.", err)
        self.assertFalse((plugin.parent / "runs").exists())
        self.verb("pull", "--kubeconfig", config, "--run-plugin", "--out", self.home / "out")
        self.verb("pull", "--kubeconfig", config, "--out", self.home / "out")
        self.assertEqual((plugin.parent / "runs").read_text(), "run\nrun\n", "once each time, and the agreement holds")
        config = self.config(exec={**spec, "args": ["--other"]})
        self.verb("pull", "--kubeconfig", config, "--out", self.home / "out", code=1)

    def test_a_kubeconfig_that_is_wrong(self):
        _, err = self.verb("pull", "--kubeconfig", self.config(**{"client-key-data": "%%"}), "--out", self.home / "out", code=1)
        self.assertIn('users["admin"].user.client-key-data: it is no base64.', err)
        _, err = self.verb("pull", "--kubeconfig", self.home / "missing", "--out", self.home / "out", code=1)
        self.assertIn("There is no kubeconfig at", err)

    def test_a_foreign_folder_is_not_written_over(self):
        self.populate()
        (self.home / "out").mkdir()
        (self.home / "out" / "kustomization.yaml").write_text("resources: []\n")
        self.verb("pull", "--out", self.home / "out", code=1)
        self.assertEqual(files_below(self.home / "out"), {"kustomization.yaml": "resources: []\n"})


class RealCluster(Case):
    """Against whatever GATEHOUSE_TEST_KUBECONFIG names: a ConfigMap of ours in a namespace of ours, by its current context."""

    def test_applies_and_finds_it_again(self):
        config = os.environ["GATEHOUSE_TEST_KUBECONFIG"]
        context = subprocess.run(["kubectl", "--kubeconfig", config, "config", "current-context"], capture_output=True, text=True, check=True, timeout=30).stdout.strip()
        name = f"gatehouse-test-{os.getpid()}"
        self.addCleanup(subprocess.run, ["kubectl", "--kubeconfig", config, "delete", "namespace", name, "--wait=false"], capture_output=True, timeout=60)
        folder = self.folder({"a.yaml": json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}),
                              "b.yaml": json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c", "namespace": name}, "data": {"k": "1"}})})
        for outcome in ("created", "unchanged"):
            code, out, err = run("apply", folder, "--context", context, "--kubeconfig", config)
            self.assertEqual(code, 0, out + err)
            self.assertEqual({line.split()[0] for line in out.splitlines()}, {outcome})
        code, out, err = run("diff", folder, f"context:{context}", "--kubeconfig", config, "--namespace", name)
        self.assertEqual(code, 0, out + err)
        shutil.rmtree(folder / "out", ignore_errors=True)
        code, out, err = run("pull", "--context", context, "--kubeconfig", config, "--namespace", name, "--out", folder / "out")
        self.assertIn(code, (0, 1), err)


if __name__ == "__main__":
    if "RealCluster" in sys.argv and not (os.environ.get("GATEHOUSE_TEST_KUBECONFIG") and has_kubectl()):
        print("skipped: GATEHOUSE_TEST_KUBECONFIG names no cluster, or kubectl is not installed")
        sys.exit(77)
    unittest.main(verbosity=2)
