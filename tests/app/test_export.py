"""`gatehouse export`: what is written, what is refused, and that the projects' own schemas accept it."""
import json
import os
import subprocess
import sys
import unittest

from gatehouse import GATEWAY, SOURCE, Case, run, workspace

VECTORS = SOURCE / "tests" / "vectors" / "gitops"
SHARED = SOURCE.parent / "shared"
VALIDATOR = SHARED / "tools" / "validate-crd"
CRDS = {
    "gateway-api": ["gateway-api-1.6.1-standard", "inference-extension"],
    "kgateway-2.1": ["gateway-api-1.6.1-standard", "inference-extension", "kgateway-2.1"],
    "kgateway-2.4": ["gateway-api-1.6.1-standard", "kgateway-2.4"],
    "agentgateway-1": ["gateway-api-1.6.1-standard", "inference-extension", "agentgateway-1.4"],
}


def closed(schema):
    """The schema with unknown fields refused. Unlike VALIDATOR's, it keeps a property that is named "default"."""
    if isinstance(schema, list):
        return [closed(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: closed(value) for key, value in schema.items() if key not in ("properties", "format", "default") and not key.startswith("x-")}
    if "x-kubernetes-int-or-string" in schema:
        out.pop("type", None)
        out["anyOf"] = [{"type": "integer"}, {"type": "string"}]
    if isinstance(schema.get("properties"), dict):
        out["properties"] = {name: closed(value) for name, value in schema["properties"].items()}
        if "x-kubernetes-preserve-unknown-fields" not in schema:
            out.setdefault("additionalProperties", False)
    return out


def files_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Export(Case):
    def export(self, path, target, out, *more):
        return run("export", path, "--target", target, "--out", out, *more)

    def test_same_bytes_twice_and_back(self):
        out = self.folder()
        for target, source in (("gateway-api", "plain.yaml"), ("kgateway-2.1", "workspace.yaml")):
            code, _, err = self.export(VECTORS / source, target, out / "once")
            self.assertIn(code, (0, 1), err)
            self.export(VECTORS / source, target, out / "twice")
            once = files_below(out / "once")
            self.assertTrue(once, err)
            self.assertEqual(once, files_below(out / "twice"))
            self.export(out / "once", target, out / "back")
            self.assertEqual(once, files_below(out / "back"))
            for name in ("once", "twice", "back"):
                subprocess.run(["rm", "-r", str(out / name)], check=True)

    def test_says_what_it_writes_and_does_nothing_on_a_dry_run(self):
        out = self.folder() / "deep" / "er"
        code, told, err = self.export(VECTORS / "plain.yaml", "gateway-api", out, "--dry-run")
        self.assertIn("added", told, err)
        self.assertFalse(out.exists())
        _, again, _ = self.export(VECTORS / "plain.yaml", "gateway-api", out)
        self.assertEqual(told, again)
        _, same, _ = self.export(VECTORS / "plain.yaml", "gateway-api", out, "--json")
        self.assertEqual({entry["state"] for entry in json.loads(same)["files"]}, {"same"})

    def test_a_pipeline_learns_whether_the_folder_is_up_to_date(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY.replace("gatewayClassName", "futureField: 1\n  gatewayClassName"))})
        out = folder / "out"
        code, told, err = self.export(folder / "a.yaml", "gateway-api", out, "--check")
        self.assertEqual(code, 1, err)
        self.assertIn("is not what the workspace would write", err)
        self.assertIn("added", told)
        self.assertFalse(out.exists())
        self.export(folder / "a.yaml", "gateway-api", out)
        code, _, err = self.export(folder / "a.yaml", "gateway-api", out, "--check")
        self.assertEqual(code, 0, "warnings of the workspace are check's business: " + err)
        changed = next(path for path in out.rglob("gateway-*.yaml"))
        changed.write_text(changed.read_text() + "# by hand\n")
        before = files_below(out)
        self.assertEqual(self.export(folder / "a.yaml", "gateway-api", out, "--check")[0], 1)
        self.assertEqual(files_below(out), before, "nothing is written")
        self.assertEqual(self.export(VECTORS / "workspace.yaml", "gateway-api", out, "--check")[0], 1, "what the target lacks")

    def test_a_refusal_writes_nothing(self):
        out = self.folder() / "out"
        code, _, err = self.export(VECTORS / "workspace.yaml", "gateway-api", out)
        self.assertEqual(code, 1)
        self.assertIn("refused: HTTPRoute default/chat", err)
        self.assertIn("Nothing was written", err)
        self.assertFalse(out.exists())

    def test_the_exit_code_is_that_of_check(self):
        clean = self.folder({"a.yaml": workspace(GATEWAY)})
        self.assertEqual(self.export(clean, "gateway-api", clean / "out")[0], run("check", clean / "a.yaml")[0])
        warned = self.folder({"a.yaml": workspace(GATEWAY.replace("gatewayClassName", "futureField: 1\n  gatewayClassName"))})
        code, out, err = self.export(warned, "gateway-api", warned / "out")
        self.assertEqual(run("check", warned / "a.yaml")[0], 1)
        self.assertEqual(code, 1, err)
        self.assertIn("added", out)
        self.assertTrue(files_below(warned / "out"), "warnings are told, and the files are written")

    def test_a_broken_file_stops_the_export(self):
        folder = self.folder({"a.yaml": GATEWAY, "b.yaml": "kind: [\n"})
        code, _, err = self.export(folder, "gateway-api", folder / "out")
        self.assertEqual(code, 1)
        self.assertFalse((folder / "out").exists(), err)

    def test_a_folder_that_cannot_be_written(self):
        folder = self.folder({"a.yaml": GATEWAY, "out": "a file\n"})
        code, _, err = self.export(folder / "a.yaml", "gateway-api", folder / "out")
        self.assertEqual(code, 1)
        self.assertIn("out", err)

    def test_a_secret_is_named_and_its_value_stays(self):
        secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {token: very-secret-value}\n"
        folder = self.folder({"a.yaml": workspace(GATEWAY, secret)})
        code, out, err = self.export(folder, "gateway-api", folder / "out")
        self.assertIn("left-out: Secret default/s", err)
        written = b"".join(files_below(folder / "out").values())
        self.assertNotIn(b"very-secret-value", written + (out + err).encode())


class Schemas(Case):
    def validate(self, source, target):
        out = self.folder() / "out"
        code, _, err = run("export", source, "--target", target, "--out", out)
        self.assertIn(code, (0, 1), err)
        self.assertTrue(out.exists(), err)
        checked = subprocess.run([str(VALIDATOR), *(str(SHARED / "crds" / name) for name in CRDS[target]), "--", str(out)],
                                 capture_output=True, text=True, timeout=120)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        return int(checked.stderr.split()[0])

    def test_every_kind_of_the_gateway_api(self):
        for target in CRDS:
            with self.subTest(target):
                self.assertEqual(self.validate(VECTORS / "kinds.yaml", target), 6)

    def test_listener_sets(self):
        self.assertEqual(self.validate(VECTORS / "listener_set.yaml", "gateway-api"), 3)
        out = self.folder() / "out"
        code, _, err = run("export", VECTORS / "listener_set.yaml", "--target", "kgateway-2.1", "--out", out)
        self.assertEqual(code, 1)
        self.assertIn("refused: ListenerSet default/more", err)

    def test_policies_on_backends(self):
        for target in ("kgateway-2.1", "kgateway-2.4"):
            self.assertEqual(self.validate(VECTORS / "backend_policies.yaml", target), 4)
        newer = (VECTORS / "backend_policies.yaml").read_text().replace("  connectTimeout: 2s\n", "  circuitBreakers: {maxConnections: 5}\n")
        folder = self.folder({"a.yaml": newer})
        self.assertEqual(self.validate(folder / "a.yaml", "kgateway-2.4"), 4)
        code, _, err = run("export", folder / "a.yaml", "--target", "kgateway-2.1", "--out", folder / "out")
        self.assertEqual(code, 1)
        self.assertIn("refused: BackendConfigPolicy default/balance", err)

    def test_policies_about_callers(self):
        self.assertEqual(self.validate(VECTORS / "access.yaml", "kgateway-2.4"), 3)
        out = self.folder() / "out"
        code, _, err = run("export", VECTORS / "access.yaml", "--target", "kgateway-2.1", "--out", out)
        self.assertEqual(code, 1)
        for field in ("apiKeyAuth", "jwtAuth", "basicAuth"):
            self.assertRegex(err, rf"refused: TrafficPolicy default/access[^\n]*{field}")
        self.assertRegex(err, "refused: GatewayExtension default/issuer")
        code, text, err = run("export", VECTORS / "access.yaml", "--target", "kgateway-2.4", "--out", out)
        self.assertNotIn(b"a-key-that-is-never-written", b"".join(files_below(out).values()))
        self.assertIn("alice", text + err + files_below(out).get("README.md", b"").decode())

    def test_listener_policies_are_of_the_kind_that_the_target_has(self):
        self.assertEqual(self.validate(VECTORS / "listener_policies.yaml", "kgateway-2.1"), 3)
        import jsonschema
        import yaml
        crd = yaml.safe_load((SHARED / "crds" / "kgateway-2.4" / "gateway.kgateway.dev_listenerpolicies.yaml").read_text())
        spec = closed(crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"])
        for source, names in (("listener_policies.yaml", ("newer", "older")), ("listener_policies_2.4.yaml", ("all",))):
            out = self.folder() / "out"
            code, _, err = run("export", VECTORS / source, "--target", "kgateway-2.4", "--out", out)
            self.assertIn(code, (0, 1), err)
            for name in names:
                written = yaml.safe_load((out / "default" / f"listenerpolicy-{name}.yaml").read_text())
                self.assertEqual(written["kind"], "ListenerPolicy")
                jsonschema.Draft7Validator(spec).validate(written["spec"])
        for source, target in (("listener_policies.yaml", "gateway-api"), ("listener_policies_2.4.yaml", "kgateway-2.1")):
            code, _, err = run("export", VECTORS / source, "--target", target, "--out", self.folder() / "out")
            self.assertEqual(code, 1)
            self.assertIn("refused: ListenerPolicy default/", err)

    def test_statuses_are_what_a_cluster_would_accept(self):
        import yaml
        seen = set()
        folder = self.folder()
        for source in ("kinds.yaml", "listener_set.yaml", "backend_policies.yaml", "plain.yaml", "workspace.yaml"):
            _, told, err = run("status", VECTORS / source, "--json")
            blocks = {(entry["kind"], entry["name"]): entry["status"] for entry in json.loads(told)["objects"] if "status" in entry}
            self.assertTrue(blocks, err)
            objects = [document for document in yaml.safe_load_all((VECTORS / source).read_text()) if document]
            for document in objects:
                status = blocks.get((document["kind"], document["metadata"]["name"]))
                if status is not None:
                    seen.add(document["kind"])
                    document["status"] = status
            (folder / source).write_text(yaml.safe_dump_all(objects))
        self.assertGreaterEqual(seen, {"GatewayClass", "Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "TLSRoute", "BackendTLSPolicy",
                                       "BackendConfigPolicy", "TrafficPolicy", "Backend", "DirectResponse", "InferencePool"})
        crds = ["gateway-api-1.6.1-standard", "inference-extension", "kgateway-2.1"]
        checked = subprocess.run([str(VALIDATOR), *(str(SHARED / "crds" / name) for name in crds), "--", str(folder)],
                                 capture_output=True, text=True, timeout=120)
        self.assertEqual([line for line in checked.stdout.splitlines() if ": status" in line], [])

    def test_plain(self):
        self.validate(VECTORS / "plain.yaml", "gateway-api")

    def test_plain_for_kgateway(self):
        self.validate(VECTORS / "plain.yaml", "kgateway-2.1")

    def test_kgateway(self):
        self.validate(VECTORS / "workspace.yaml", "kgateway-2.1")

    def test_agentgateways_own_kinds(self):
        # A key in the file is refused, and its object left out, so it stays where it is.
        text = (VECTORS / "agentgateway.yaml").read_text().replace(', policies: {auth: {key: "env:KEY"}}', "")
        folder = self.folder({"a.yaml": text})
        self.assertEqual(self.validate(folder / "a.yaml", "agentgateway-1"), 6)

    def test_kgateways_ai_as_agentgateways(self):
        self.assertEqual(self.validate(VECTORS / "kgateway_ai.yaml", "agentgateway-1"), 6)

    def test_statuses_of_agentgateways_kinds(self):
        import yaml
        folder = self.folder()
        _, told, err = run("status", VECTORS / "agentgateway.yaml", "--json")
        blocks = {(entry["kind"], entry["name"]): entry["status"] for entry in json.loads(told)["objects"] if "status" in entry}
        objects = [document for document in yaml.safe_load_all((VECTORS / "agentgateway.yaml").read_text()) if document]
        for document in objects:
            status = blocks.get((document["kind"], document["metadata"]["name"]))
            if document["kind"].startswith("Agentgateway"):
                self.assertIsNotNone(status, err)
                document["status"] = status
        (folder / "a.yaml").write_text(yaml.safe_dump_all(objects))
        checked = subprocess.run([str(VALIDATOR), str(SHARED / "crds" / "agentgateway-1.4"), "--", str(folder)],
                                 capture_output=True, text=True, timeout=120)
        self.assertEqual([line for line in checked.stdout.splitlines() if ": status" in line], [])

    def test_the_demo(self):
        folder = self.folder()
        subprocess.run([os.environ["GATEHOUSE_DEMO_WORKSPACE"], str(folder)], check=True, timeout=60)
        self.validate(folder, "kgateway-2.1")


if __name__ == "__main__":
    # Run alone, so that its skip shows where the schemas are not there.
    if sys.argv[1:] == ["Schemas"]:
        try:
            import jsonschema
            import yaml
        except ImportError as error:
            print(f"skipped: {error}")
            sys.exit(77)
        if not VALIDATOR.exists():
            print("skipped: the CRD schemas are not beside the project")
            sys.exit(77)
    unittest.main(verbosity=2)
