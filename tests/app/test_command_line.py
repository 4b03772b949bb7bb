"""Every verb's usage, help and exit codes, and what a workspace's mistakes look like on a terminal."""
import json
import os
import subprocess
import sys
import unittest

from gatehouse import BINARY, GATEWAY, SOURCE, Case, pool, pool_ref, route, run, service, workspace

VERBS = ["serve", "check", "status", "explain", "convert", "export", "pull", "diff", "apply", "pods", "simulate", "drill", "screenshot"]
BROKEN = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: chat\nspec: [\n"


class Usage(Case):
    def test_help_names_every_verb(self):
        code, out, err = run("--help")
        self.assertEqual((code, err), (0, ""))
        for verb in VERBS:
            self.assertIn(f"gatehouse {verb}", out)

    def test_every_verb_explains_itself(self):
        for verb in VERBS:
            for words in ([verb, "--help"], [verb, "-h"], ["help", verb]):
                code, out, err = run(*words)
                self.assertEqual((code, err), (0, ""), words)
                self.assertTrue(out.startswith(f"Usage: gatehouse {verb}"), out)

    def test_version(self):
        code, out, _ = run("--version")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"^gatehouse \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_one_sentence_and_exit_code_2(self):
        cases = {
            ("chekc",): "Did you mean check?",
            ("no-such-thing",): "no verb and no file",
            ("check",): "needs PATH",
            ("check", "--jsno", "x"): "Did you mean --json?",
            ("serve",): "needs a PATH, --context, or --demo",
            ("serve", ".", "--demo"): "--demo brings its own workspace",
            ("serve", ".", "--workers", "none"): "--workers needs a number from 1 to 64",
            ("serve", ".", "--workers"): "--workers needs a value",
            ("serve", ".", "--listen", "80"): "LOGICAL=BIND",
            ("serve", ".", "--listen", "80=host:port"): "--listen needs an address",
            ("serve", ".", "--listen", "80=1.2.3.4:99999"): "--listen needs an address",
            ("serve", ".", "--listen", "80=:1", "--listen", "80=:2"): "--listen needs an address",
            ("serve", ".", "--listen", "80=1", "--listen", "80=2"): "names port 80 twice",
            ("serve", ".", "--admin", "a", "--admin", "b"): "--admin is given twice",
            ("export", ".", "--out", "x"): "--target",
            ("export", ".", "--target", "gateway-api"): "--out",
            ("explain", "."): "needs a URL",
            ("explain", "http://localhost/"): "needs a PATH",
            ("explain", ".", "http://localhost/", "-H", "no colon"): "NAME: VALUE",
            ("explain", ".", "http://localhost/", "--draw", "1.5"): "--draw",
            ("convert",): "needs --from DIALECT",
            ("convert", "--from", "openai-chat", "--to", "openai"): "--to is one of openai-chat, openai-responses",
            ("convert", "--from", "openai-chat", "--to", "openai-chat", "--direction", "up"): "--direction is request, response or stream",
            ("convert", "--from", "openai-chat", "--to", "openai-chat", "--status", "429"): "--status goes with --direction response",
            ("convert", "--from", "openai-chat", "--to", "openai-chat", "x"): "takes no x",
            ("pods", "--count", "0"): "--count needs a number from 1",
            ("pods", "extra"): "takes no extra",
            ("pods", "--profile", "abacus"): "abacus",
            ("pods", "--fault", "7:slow=3"): "--fault needs a number from 0 to 0",
            ("pods", "--fault", "0:melt"): "melt",
            ("screenshot",): "--out",
            ("screenshot", "--out", "x", "--theme", "pink"): "--theme is light, dark or contrast",
            ("screenshot", "--out", "x", "--language", "xx"): "--language is en or de",
        }
        for words, part in cases.items():
            code, out, err = run(*words)
            if "no console" in err:
                continue  # Built without it.
            self.assertEqual((code, out), (2, ""), (words, err))
            self.assertIn(part, err, words)
            self.assertEqual(err.count("\n"), 1, err)
            self.assertTrue(err.startswith("gatehouse: "), err)

    def test_a_console_without_a_display_says_so(self):
        env = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
        for words in (["--demo"], [str(SOURCE / "tests")]):
            code, _, err = run(*words, env=env)
            self.assertEqual(code, 1)
            self.assertIn("gatehouse serve", err.replace('"', ""))
            self.assertEqual(err.count("\n"), 1, err)

    def test_a_folder_that_takes_no_pictures_is_told_at_once(self):
        code, _, err = run("screenshot", "--out", "/proc/pictures")
        if "no console" in err:
            self.skipTest("built without a console")
        self.assertEqual(code, 1)
        self.assertIn("gatehouse: no picture can be written into /proc/pictures\n", err)

    def test_an_unknown_target_names_the_known_ones(self):
        folder = self.folder({"a.yaml": GATEWAY})
        code, _, err = run("export", folder, "--target", "istio", "--out", folder / "out")
        self.assertEqual(code, 2)
        self.assertIn("gateway-api, kgateway-2.1", err)


UNSUPPORTED = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: test}]
  rules:
  - filters: [{type: Nope}]
    backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: aws}]
  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: x, port: 80}}}]
    backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: many}]
  - filters: [{type: URLRewrite}]
    backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: bedrock}]
  - matches: [{path: {type: RegularExpression, value: "("}}]
    backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: many, filters: [{type: CORS, cors: {allowOrigins: ["*"]}}]}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: aws}
spec: {type: AWS, aws: {accountId: "123456789012", lambda: {functionName: f}}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: many}
spec:
  type: AI
  ai:
    priorityGroups:
    - providers: [{name: a, openai: {authToken: {kind: Passthrough}}}]
    - providers: [{name: b, openai: {authToken: {kind: Passthrough}}}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: bedrock}
spec: {type: AI, ai: {llm: {bedrock: {model: m, region: us-east-1}}}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: p}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]
  cors: {allowOrigins: ["*"]}
  rateLimit: {local: {tokenBucket: {maxTokens: 1, fillInterval: 1s}}}
  ai:
    defaults: [{field: temperature, value: "1"}]
    promptGuard:
      request:
        regex: {action: MASK, builtins: [SSN, NOPE]}
        moderation: {openAIModeration: {authToken: {kind: Passthrough}}}
      response: {regex: {builtins: [SSN]}}
"""


class Check(Case):
    def test_a_clean_workspace(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY, service("web", 8000), route("r", "/", "{name: web, port: 80}"))})
        code, out, err = run("check", folder)
        self.assertEqual((code, out), (0, ""), err)
        self.assertIn("nothing to report in 4 objects", err)

    def test_malformed_yaml_has_its_place(self):
        folder = self.folder({"good.yaml": GATEWAY, "bad.yaml": BROKEN})
        code, out, err = run("check", folder)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"bad\.yaml:\d+:\d+: error GH\d+ ")
        self.assertIn("1 error", err)

    def test_a_dangling_reference_names_its_field(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY, route("r", "/", "{name: nobody, port: 80}"))})
        code, out, _ = run("check", folder)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"a\.yaml:\d+:\d+: (error|warning) GH\d+ .*nobody.*\[spec\.rules\[0\]\.backendRefs\[0\]")

    def test_wrong_types_and_duplicate_names(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY, GATEWAY, GATEWAY.replace("test", "other").replace("8080", "eighty"))})
        code, out, _ = run("check", folder)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"(?i)(duplicate|twice|already)")
        self.assertRegex(out, r"\[spec\.listeners\[0\]\.port\]")

    def test_what_is_quoted_cannot_steer_a_terminal(self):
        text = route("r", "/", "{name: nobody, port: 80}").replace("value: /", 'value: "/a\\e[2J\\n\\u009bb"')
        self.assertIn("\\e[2J", text)
        folder = self.folder({"a.yaml": workspace(GATEWAY, text)})
        for verb in (["check", folder], ["status", folder], ["explain", folder, "http://localhost/\x1b[2J"]):
            code, out, err = run(*verb)
            for character in out + err:
                self.assertTrue(character == "\n" or not (ord(character) < 0x20 or 0x7f <= ord(character) <= 0x9f),
                                (verb, out, err))
        code, out, _ = run("check", folder)
        self.assertIn("\\x1b[2J\\n\\x9bb", out)

    def test_json_is_for_scripts(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY, route("r", "/", "{name: nobody, port: 80}"))})
        code, out, err = run("check", folder, "--json")
        self.assertEqual((code, err), (1, ""))
        findings = json.loads(out)["diagnostics"]
        self.assertTrue(any(f["object"] and f["object"]["kind"] == "HTTPRoute" and f["line"] > 0 and f["code"].startswith("GH")
                            for f in findings), findings)

    def test_unreadable_paths(self):
        code, _, err = run("check", "/no/such/folder")
        self.assertEqual(code, 1)
        self.assertIn("/no/such/folder", err)

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_an_unreadable_folder_is_named_and_the_rest_is_checked(self):
        folder = self.folder({"a.yaml": GATEWAY, "closed/b.yaml": GATEWAY})
        (folder / "closed").chmod(0)
        self.addCleanup((folder / "closed").chmod, 0o755)
        code, out, err = run("check", folder)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"closed: error GH1015 ")
        self.assertNotIn("closed", err)

    def test_a_path_that_is_missing_is_named_once_and_the_rest_is_checked(self):
        folder = self.folder({"a.yaml": GATEWAY})
        code, out, err = run("check", folder, folder / "missing")
        self.assertEqual(code, 1)
        self.assertRegex(out, r"missing: error GH1015 ")
        self.assertEqual(out.count("missing"), 1)
        self.assertNotIn("missing", err)
        self.assertIn("in 1 object", err)

    def test_nothing_in_a_folder_is_said(self):
        code, out, err = run("check", self.folder())
        self.assertEqual((code, out), (0, ""))
        self.assertIn("no object", err)

    def test_what_is_not_run_is_reported_once_with_what_follows(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY, UNSUPPORTED)})
        code, out, _ = run("check", folder, "--json")
        self.assertEqual(code, 1)
        findings = [f for f in json.loads(out)["diagnostics"] if f["severity"] != "info"]
        fields = [(f["object"]["kind"] + " " + f["object"]["name"], f["field"]) for f in findings]
        for at, (who, field) in enumerate(fields):
            for other_who, other in fields[at + 1:]:
                related = other == field or other.startswith((field + ".", field + "[")) or field.startswith((other + ".", other + "["))
                self.assertFalse(who == other_who and related, f"{who}: {field} and {other}\n{json.dumps(findings, indent=1)}")
        self.assertTrue(any("The rule answers 500." in f["message"] for f in findings), findings)

    def test_a_file_that_is_no_text(self):
        folder = self.folder({"a.yaml": GATEWAY})
        (folder / "b.yaml").write_bytes(bytes(range(256)) * 10)
        code, out, err = run("check", folder)
        self.assertEqual(code, 1)
        self.assertIn("b.yaml", out + err)

    def test_output_can_be_cut_short(self):
        folder = self.folder({f"{i}.yaml": BROKEN for i in range(50)})
        first = subprocess.run(f'"{BINARY}" check "{folder}" 2>&1 | head -n 1', shell=True, capture_output=True, text=True, timeout=60)
        self.assertIn("error", first.stdout)


class Status(Case):
    FILES = {"a.yaml": workspace(GATEWAY, service("web", 8000), route("good", "/", "{name: web, port: 80}"),
                                 route("bad", "/bad", "{name: nobody, port: 80}"))}

    def test_conditions_as_a_controller_would_write_them(self):
        code, out, _ = run("status", self.folder(self.FILES), "--json")
        self.assertEqual(code, 1)
        objects = {(o["kind"], o["name"]): o for o in json.loads(out)["objects"]}
        gateway = {c["type"]: c["status"] for c in objects["Gateway", "test"]["conditions"]}
        self.assertEqual(gateway["Accepted"], "True")
        listener = objects["Gateway", "test"]["listeners"][0]
        self.assertEqual((listener["name"], listener["attachedRoutes"]), ("http", 2))
        bad = {c["type"]: c for c in objects["HTTPRoute", "bad"]["parents"][0]["conditions"]}
        self.assertEqual((bad["ResolvedRefs"]["status"], bad["ResolvedRefs"]["reason"]), ("False", "BackendNotFound"))
        good = {c["type"]: c["status"] for c in objects["HTTPRoute", "good"]["parents"][0]["conditions"]}
        self.assertEqual(good["ResolvedRefs"], "True")

    def test_text(self):
        code, out, _ = run("status", self.folder(self.FILES))
        self.assertEqual(code, 1)
        self.assertIn("HTTPRoute default/bad", out)
        self.assertIn("ResolvedRefs=False (BackendNotFound)", out)
        self.assertIn("  parent Gateway default/test (controller gatehouse.dev/gateway)", out)
        self.assertIn("  address IPAddress 127.0.0.1", out)
        self.assertIn("  0 attached listener sets", out)

    def test_blocks_as_an_api_server_holds_them(self):
        klass = """apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: gatehouse}
spec: {controllerName: example.net/theirs}
"""
        policy = """apiVersion: gateway.kgateway.dev/v1alpha1
kind: BackendConfigPolicy
metadata: {name: p, generation: 3, creationTimestamp: "2024-05-06T07:08:09Z"}
spec: {targetRefs: [{group: "", kind: Service, name: web}], connectTimeout: 1s}
"""
        folder = self.folder({**self.FILES, "b.yaml": klass, "c.yaml": policy})
        _, out, _ = run("status", folder, "--json")
        self.assertEqual(out, run("status", folder, "--json")[1], "the same bytes every time")
        blocks = {(o["kind"], o["name"]): o["status"] for o in json.loads(out)["objects"] if "status" in o}
        gateway = blocks["Gateway", "test"]
        self.assertEqual(gateway["addresses"], [{"type": "IPAddress", "value": "127.0.0.1"}])
        self.assertEqual(gateway["attachedListenerSets"], 0)
        self.assertEqual(gateway["listeners"][0]["attachedRoutes"], 2)
        parent = blocks["HTTPRoute", "good"]["parents"][0]
        self.assertEqual(parent["controllerName"], "example.net/theirs")
        self.assertEqual(parent["parentRef"], {"group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "default", "name": "test"})
        self.assertEqual(parent["conditions"][0]["lastTransitionTime"], "1970-01-01T00:00:00Z")
        self.assertIn({"name": "HTTPRouteRetry"}, blocks["GatewayClass", "gatehouse"]["supportedFeatures"])
        ancestor = blocks["BackendConfigPolicy", "p"]["ancestors"][0]
        self.assertEqual(ancestor["ancestorRef"]["name"], "test")
        condition = ancestor["conditions"][0]
        self.assertEqual((condition["observedGeneration"], condition["lastTransitionTime"]), (3, "2024-05-06T07:08:09Z"))


class Explain(Case):
    def files(self):
        class FakePod:
            port = 9
        return {"a.yaml": workspace(
            GATEWAY, service("web", 8000), route("web", "/web", "{name: web, port: 80}"), pool("chat", [FakePod, FakePod]),
            route("chat", "/v1", pool_ref("chat")),
            """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: split}
spec:
  parentRefs: [{name: test}]
  rules:
    - matches: [{path: {type: Exact, value: /split}, headers: [{name: x-team, value: blue}], method: POST}]
      backendRefs: [{name: web, port: 80, weight: 3}, {name: nobody, port: 80, weight: 1}]
""",
            """apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: guard}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
  ai:
    promptGuard: {request: {regex: {action: REJECT, builtins: [CREDIT_CARD]}, customResponse: {statusCode: 422, message: "no cards"}}}
""")}

    def explain(self, *words, input=None):
        code, out, err = run("explain", self.folder(self.files()), *words, "--json", input=input)
        self.assertIn(code, (0, 1), err)
        return json.loads(out)

    def test_a_plain_route(self):
        told = self.explain("http://localhost/web/x?y=1")
        self.assertIsNone(told["status"], told)
        self.assertIn("web", told["route"])
        self.assertEqual(told["endpoint"], "127.0.0.1:8000")
        self.assertEqual(told["forwarded"]["path"].split("?")[0], "/web/x")

    def test_nothing_matches(self):
        told = self.explain("http://localhost/nowhere")
        self.assertEqual(told["status"], 404)
        self.assertTrue(told["steps"])

    def test_both_arms_with_their_share(self):
        told = self.explain("-X", "POST", "-H", "X-Team: blue", "http://localhost/split")
        shares = {arm["backend"]: arm["share"] for arm in told["arms"]}
        self.assertEqual(sorted(shares.values()), [0.25, 0.75], told["arms"])
        self.assertTrue(any("nobody" in name or "nobody" in arm["note"] for arm in told["arms"] for name in [arm["backend"]]))

    def test_draw_follows_one_arm(self):
        told = self.explain("-X", "POST", "-H", "X-Team: blue", "http://localhost/split", "--draw", "0.99")
        self.assertEqual(told["status"], 500)

    def test_a_pool_without_metrics_says_so(self):
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hello"}]})
        told = self.explain("-d", body, "-H", "Content-Type: application/json", "http://localhost/v1/chat/completions")
        self.assertEqual(told["pick"]["method"], "own-state", told)
        self.assertEqual(len(told["pick"]["candidates"]), 2)

    def test_a_guard_answers_from_http_text(self):
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "card 4111 1111 1111 1111"}]})
        request = f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n{body}"
        told = self.explain("--request", "-", input=request)
        self.assertEqual(told["status"], 422, told)
        self.assertIn("no cards", told["answer"])
        self.assertTrue(any(policy["object"]["name"] == "guard" for policy in told["policies"]), told["policies"])
        self.assertNotIn("4111", json.dumps(told["steps"]))

    def test_text_reads_from_top_to_bottom(self):
        code, out, _ = run("explain", self.folder(self.files()), "http://localhost/web")
        self.assertTrue(out.startswith("GET http://localhost/web\n"), out)
        self.assertLess(out.index("listener"), out.index("forwarded"), out)
        self.assertIn("a.yaml:", out)

    def test_a_record_is_explained_as_the_request_was(self):
        record = {"requestId": "r1", "method": "POST", "host": "h:1", "path": "/split", "port": 8080, "client": "10.0.0.9:1",
                  "head": {"target": "/split", "headers": [{"name": "x-team", "value": "blue"}, {"name": "authorization", "value": "(hidden)"}]}}
        for text in (json.dumps(record), json.dumps({"requests": [record]})):
            told = self.explain("--record", "-", input=text)
            self.assertEqual(len(told["arms"]), 2, told)
            notes = [step["subject"] + ": " + step["detail"] for step in told["steps"] if step["stage"] == "request"]
            self.assertTrue(any(note.startswith("authorization:") for note in notes), notes)
            self.assertTrue(any("the body is not kept" in note for note in notes), notes)
        del record["head"]
        self.assertEqual(self.explain("--record", "-", input=json.dumps(record))["status"], 404)

    def test_a_record_of_no_readable_request_says_what_it_was(self):
        record = {"requestId": "r1", "method": "", "path": "", "port": 8080, "status": 400, "errorSentence": "The first byte does not begin an HTTP request."}
        code, _, err = run("explain", self.folder(self.files()), "--record", "-", input=json.dumps(record))
        self.assertEqual(code, 2, err)
        self.assertIn("holds no request that could be read: The first byte", err)

    def tls_files(self):
        return {"a.yaml": workspace("""apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: test}
spec:
  gatewayClassName: gatehouse
  listeners:
    - {name: http, port: 8080, protocol: HTTP}
    - {name: pass, port: 9443, protocol: TLS, hostname: "*.example.com", tls: {mode: Passthrough}}
""", service("db", 5432), """apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: db}
spec:
  parentRefs: [{name: test, sectionName: pass}]
  hostnames: [db.example.com]
  rules: [{backendRefs: [{name: db, port: 80}]}]
""")}

    def test_a_server_name_alone(self):
        folder = self.folder(self.tls_files())

        def ask(*words):
            code, out, err = run("explain", folder, *words, "--json")
            self.assertIn(code, (0, 1), err)
            return json.loads(out)

        told = ask("--sni", "DB.example.com")
        self.assertEqual((told["status"], told["route"], told["endpoint"]), (None, "TLSRoute default/db", "127.0.0.1:5432"), told)
        self.assertTrue(told["tunnel"])
        self.assertNotIn("forwarded", told)
        unrouted = ask("--sni", "other.example.com", "--port", "9443")
        self.assertEqual(unrouted["status"], 525)
        self.assertIn("No TLSRoute takes it", unrouted["answer"])
        self.assertTrue(any("does not cover server name other.example.com" in step["detail"] for step in unrouted["steps"]), unrouted)
        unknown = ask("--sni", "nobody.test", "--port", "9443")
        self.assertEqual(unknown["status"], 525)
        self.assertTrue(any("hostname *.example.com does not cover" in step["detail"] for step in unknown["steps"]), unknown)
        self.assertEqual(ask("http://db.example.com:9443/", "--tls")["route"], "TLSRoute default/db")
        self.assertEqual(ask("--sni", "db.example.com", "--port", "1")["status"], 404)
        _, text, _ = run("explain", folder, "--sni", "db.example.com")
        self.assertIn("the bytes of the connection to 127.0.0.1:5432", text)

    def test_options_that_do_not_fit_are_told(self):
        folder = self.folder(self.tls_files())
        for words, part in ((["http://h/", "--sni", "x"], "--sni"), (["http://h/", "--client-cert", "none"], "--client-cert"),
                            (["--record", "-", "-X", "GET"], "--record"), (["--record", "-", "--request", "-"], "give one"),
                            (["https://h/", "--client-cert", str(folder / "a.yaml")], "--client-cert"),
                            (["--record", "-"], "record")):
            code, out, err = run("explain", folder, *words, input="no json")
            self.assertEqual(code, 2, (words, err))
            self.assertIn(part, err)

    def test_losers_are_told_with_the_reason(self):
        policy = """apiVersion: gateway.kgateway.dev/v1alpha1
kind: BackendConfigPolicy
metadata: {name: %s}
spec:
  targetRefs: [{group: "", kind: Service, name: web}]
  connectTimeout: %s
"""
        folder = self.folder({"a.yaml": workspace(GATEWAY, service("web", 8000), route("web", "/", "{name: web, port: 80}"),
                                                  policy % ("alpha", "1s"), policy % ("beta", "2s"))})
        code, out, err = run("explain", folder, "http://localhost/")
        self.assertIn("    * connectTimeout of Service default/web port 80 from BackendConfigPolicy default/alpha", out, err)
        self.assertIn("    - connectTimeout of Service default/web port 80 from BackendConfigPolicy default/beta: targets Service default/web, but "
                      "BackendConfigPolicy default/alpha wins: default/alpha comes before default/beta in the alphabet", out)
        _, out, _ = run("explain", folder, "http://localhost/", "--json")
        self.assertEqual([(p["object"]["name"], p["effective"]) for p in json.loads(out)["policies"]], [("alpha", True), ("beta", False)])

    def test_bad_requests_are_told(self):
        folder = self.folder(self.files())
        for words, part in ((["--request", "/no/such/file"], "/no/such/file"),
                            (["--request", "-"], "METHOD"),
                            (["http://"], "")):
            code, out, err = run("explain", folder, *words, input="")
            self.assertIn(code, (1, 2), words)
            self.assertIn(part, err)
            self.assertEqual(out, "", words)


if __name__ == "__main__":
    unittest.main(verbosity=2, argv=[sys.argv[0], *sys.argv[1:]])
