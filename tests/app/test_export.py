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
}


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

    def test_plain(self):
        self.validate(VECTORS / "plain.yaml", "gateway-api")

    def test_plain_for_kgateway(self):
        self.validate(VECTORS / "plain.yaml", "kgateway-2.1")

    def test_kgateway(self):
        self.validate(VECTORS / "workspace.yaml", "kgateway-2.1")

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
