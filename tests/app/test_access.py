"""Who may call and how much, through the real binary: keys, tokens made by openssl, passwords, limits, virtual keys and their budgets."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

from gatehouse import GATEWAY, Case, LocalServer, QuietHandler, pool, pool_ref, replace_file, route, run, service, until, workspace

ROUTE_TARGET = "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]"
SECRET = "gh-test-secret-key-"
BOOK = """apiVersion: v1
kind: ConfigMap
metadata: {name: prices, labels: {gatehouse.dev/price-book: "true"}}
data:
  prices.yaml: |
    version: "1"
    currency: USD
    entries: [{provider: vllm, model: "*", input: 1000, output: 1000}]
"""


def policy(name, spec):
    return f"apiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: {{name: {name}}}\nspec:\n  {ROUTE_TARGET}\n{spec}"


def secret(name, data, annotations=None):
    notes = "".join(f'    {key}: "{value}"\n' for key, value in (annotations or {}).items())
    values = "".join(f'  {key}: "{value}"\n' for key, value in data.items())
    return (f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\n" + (f"  annotations:\n{notes}" if notes else "") + f"stringData:\n{values}")


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Keys and tokens by the openssl program; the key set over HTTP."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="gatehouse-issuer-")
        self.names, self.down, self.asked = [], False, 0
        issuer = self

        class Handler(QuietHandler):
            def do_GET(self):
                issuer.asked += 1
                body = issuer.jwks().encode()
                self.send_response(500 if issuer.down else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = LocalServer(Handler)
        self.port = self.server.port

    def close(self):
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def openssl(self, *args, data=b""):
        return subprocess.run(["openssl", *args], input=data, check=True, capture_output=True, cwd=self.folder).stdout

    def make(self, name):
        self.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", name)
        self.names.append(name)

    def jwks(self):
        keys = []
        for name in self.names:
            modulus = self.openssl("rsa", "-in", name, "-noout", "-modulus").decode().strip().split("=")[1]
            keys.append({"kty": "RSA", "kid": name, "use": "sig", "n": b64(bytes.fromhex(modulus)), "e": "AQAB"})
        return json.dumps({"keys": keys})

    def token(self, name, **claims):
        body = {"iss": "https://issuer.test", "sub": "alice", "aud": "gateway", "exp": int(time.time()) + 600} | claims
        text = b64(json.dumps({"alg": "RS256", "kid": name}).encode()) + "." + b64(json.dumps(body).encode())
        return text + "." + b64(self.openssl("dgst", "-sha256", "-sign", name, data=text.encode()))


class AccessCase(Case):
    def chat_gateway(self, *objects, more=(), state=None):
        _, pods = self.pods()
        state = state or str(self.folder())
        return self.gateway({"gateway.yaml": GATEWAY, "chat.yaml": workspace(route("chat", "/v1", pool_ref("chat")), pool("chat", pods)),
                             "prices.yaml": BOOK, "access.yaml": workspace(*objects)}, "--state", state, *more)

    def chat(self, gateway, key=None, stream=False, model="llama", header="Authorization", prefix="Bearer ", **more):
        headers = {"Content-Type": "application/json"} | ({header: prefix + key} if key else {})
        body = {"model": model, "messages": [{"role": "user", "content": "hello"}], "stream": stream, "max_tokens": 8, **more}
        return gateway.ask("POST", "/v1/chat/completions", json.dumps(body), headers)

    def nowhere(self, gateway, value):
        """A secret stands in no page and in no line that the gateway prints."""
        for page in ("/config", "/requests?limit=100", "/usage", "/usage?format=csv", "/metrics", "/limits"):
            self.assertNotIn(value, gateway.admin(page).text, page)
        for line in gateway.process.log + gateway.process.lines:
            self.assertNotIn(value, line)


class Keys(AccessCase):
    KEYS = "  apiKeyAuth: {secretRef: {name: keys}, keySources: [{header: Authorization}], clientIdHeader: x-client}\n"

    def test_keys_admit_their_owners_alone(self):
        log = self.folder() / "access.log"
        gateway = self.chat_gateway(policy("keys", self.KEYS), secret("keys", {"alice": SECRET + "a", "bob": SECRET + "b"}), more=("--access-log", log))
        answer = self.chat(gateway, SECRET + "a")
        self.assertEqual(answer.status, 200, answer.text)
        for key in (None, SECRET + "c", SECRET, ""):
            answer = self.chat(gateway, key)
            self.assertEqual(answer.status, 401)
            self.assertEqual(answer.headers["WWW-Authenticate"], 'Bearer realm="gatehouse"')
            self.assertEqual(answer.json()["error"]["type"], "authentication_error")
            self.assertIn("API key", answer.json()["error"]["message"])
        page = gateway.ask("POST", "/v1/messages", json.dumps({"model": "m", "max_tokens": 3, "messages": []}),
                           {"Content-Type": "application/json", "anthropic-version": "2023-06-01"})
        self.assertEqual((page.status, page.json()["type"], page.json()["error"]["type"]), (401, "error", "authentication_error"))
        record = until("the first is recorded", lambda: next((r for r in gateway.requests() if r["status"] == 200), None))
        self.assertEqual((record["caller"]["name"], record["caller"]["by"], record["caller"]["from"]), ("alice", "API key", "Secret default/keys"))
        refused = next(r for r in gateway.records(5) if r["status"] == 401)
        self.assertIn(refused["error"], ("no-key", "bad-key"))
        self.assertTrue(any(step["stage"] == "access" and step["outcome"] == "rejected" for step in refused["steps"]))
        usage = gateway.admin("/usage").json()
        self.assertEqual(usage["byKey"][0]["key"], "default/keys/alice")
        self.assertIn('gatehouse_key_tokens_total{key="default/keys/alice",type="input"}', gateway.admin("/metrics").text)
        until("the log has it", lambda: '"name":"alice"' in log.read_text())
        self.nowhere(gateway, SECRET)
        self.assertNotIn(SECRET, log.read_text())

    def test_keys_in_places_of_plain_names_are_hidden_too(self):
        spec = "  apiKeyAuth: {secretRef: {name: keys}, keySources: [{header: x-team, query: k}], forwardCredential: true}\n"
        gateway = self.chat_gateway(policy("keys", spec), secret("keys", {"alice": '{\\"key\\": \\"' + SECRET + 'a\\"}'}), more=("--capture", "1M"))
        self.assertEqual(self.chat(gateway, SECRET + "a", header="X-Team", prefix="").status, 200)
        body = json.dumps({"model": "llama", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 2})
        for path in (f"/v1/chat/completions?k={SECRET}a&x=1", f"/v1/chat/completions?x=1&%6b={SECRET}wrong"):
            answer = gateway.ask("POST", path, body, {"Content-Type": "application/json"})
            self.assertEqual(answer.status, 401 if "wrong" in path else 200, answer.text)
        gateway.records(3)
        self.nowhere(gateway, SECRET)
        record = next(r for r in gateway.requests() if "%6b" in r["path"])
        self.assertIn("%6b=(hidden)", record["path"])
        for record in gateway.requests():
            capture = gateway.admin(f"/capture?request={record['requestId']}")
            self.assertEqual(capture.status, 200, capture.text)
            self.assertNotIn(SECRET, capture.text)

    def test_an_edit_changes_who_may_call(self):
        gateway = self.chat_gateway(policy("keys", self.KEYS), secret("keys", {"alice": SECRET + "a"}))
        self.assertEqual(self.chat(gateway, SECRET + "a").status, 200)
        replace_file(gateway.folder / "access.yaml", workspace(policy("keys", self.KEYS), secret("keys", {"alice": SECRET + "new"})))
        until("the old key is none any more", lambda: self.chat(gateway, SECRET + "a").status == 401)
        self.assertEqual(self.chat(gateway, SECRET + "new").status, 200)

    def test_explain_says_who_would_be_let_in(self):
        files = {"a.yaml": workspace(GATEWAY, service("web", 9), route("chat", "/", "{name: web, port: 80}"), policy("keys", self.KEYS),
                                     secret("keys", {"alice": SECRET + "a"}))}
        folder = self.folder(files)
        _, out, _ = run("explain", folder, "-H", f"Authorization: Bearer {SECRET}a", "http://h:8080/x")
        self.assertIn("alice of Secret default/keys", out)
        self.assertNotIn(SECRET, out)
        _, out, _ = run("explain", folder, "-H", "Authorization: Bearer nobody", "http://h:8080/x")
        self.assertIn("401", out)
        code, out, _ = run("export", folder, "--target", "kgateway-2.4", "--out", self.folder() / "out")
        self.assertEqual(code, 0, out)

    def test_a_policy_that_cannot_be_run_closes_its_rule(self):
        folder = self.folder({"a.yaml": workspace(GATEWAY, service("web", 9), route("chat", "/", "{name: web, port: 80}"), policy("keys", self.KEYS))})
        code, out, _ = run("check", folder)
        self.assertEqual(code, 1)
        self.assertIn("GH3301 Secret default/keys does not exist.", out)
        _, out, _ = run("explain", folder, "http://h:8080/x")
        self.assertIn("500", out)
        _, out, _ = run("status", folder, "--json")
        self.assertIn("Secret default/keys does not exist", out)

    def test_passwords(self):
        users = "  basicAuth: {users: ['myName:$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC']}\n"
        gateway = self.chat_gateway(policy("users", users))
        for password, status in (("myPassword", 200), ("myPassword", 200), ("guess", 401)):
            token = base64.b64encode(f"myName:{password}".encode()).decode()
            answer = self.chat(gateway, token, prefix="Basic ")
            self.assertEqual(answer.status, status, answer.text)
        self.assertIn("Basic realm=", answer.headers["WWW-Authenticate"])


class Tokens(AccessCase):
    def setUp(self):
        if shutil.which("openssl") is None:
            self.skipTest("openssl is not installed")
        self.issuer = Issuer()
        self.addCleanup(self.issuer.close)
        self.issuer.make("one")

    def objects(self, more=""):
        jwks = f"remote: {{url: 'http://issuer.test/keys', backendRef: {{name: issuer, port: 80}}, cacheDuration: 1h}}"
        extension = f"""apiVersion: gateway.kgateway.dev/v1alpha1
kind: GatewayExtension
metadata: {{name: issuer}}
spec:
  jwt:
    providers:
      - {{name: main, issuer: "https://issuer.test", audiences: [gateway], claimsToHeaders: [{{name: sub, header: x-user}}], jwks: {{{jwks}}}}}
"""
        return policy("tokens", "  jwtAuth: {extensionRef: {name: issuer}}\n" + more), extension, service("issuer", self.issuer.port)

    def test_keys_are_fetched_rotated_and_kept_while_the_issuer_is_down(self):
        gateway = self.chat_gateway(*self.objects())
        token = self.issuer.token("one")
        answer = self.chat(gateway, token)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(self.chat(gateway).status, 401)
        self.assertEqual(self.chat(gateway, self.issuer.token("one", aud="else")).status, 401)
        self.assertEqual(self.chat(gateway, self.issuer.token("one", exp=int(time.time()) - 600)).status, 401)
        self.issuer.make("two")
        self.assertEqual(self.chat(gateway, self.issuer.token("two")).status, 200, "a new key is fetched when it is first seen")
        asked = self.issuer.asked
        self.issuer.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "stranger")
        stranger = self.issuer.token("stranger")
        for _ in range(20):
            self.assertEqual(self.chat(gateway, stranger).status, 401)
        self.assertLessEqual(self.issuer.asked - asked, 1, "strangers do not make the gateway ask the issuer again and again")
        self.issuer.down = True
        self.assertEqual(self.chat(gateway, token).status, 200)
        record = until("recorded", lambda: next((r for r in gateway.requests() if r["status"] == 200), None))
        self.assertEqual((record["caller"]["name"], record["caller"]["from"]), ("alice", "https://issuer.test"))
        self.nowhere(gateway, token.split(".")[2])

    def test_an_issuer_that_never_answered_admits_nobody(self):
        self.issuer.down = True
        gateway = self.chat_gateway(*self.objects())
        answer = self.chat(gateway, self.issuer.token("one"))
        self.assertEqual(answer.status, 503, answer.text)
        self.issuer.down = False
        until("the keys came", lambda: self.chat(gateway, self.issuer.token("one")).status == 200)

    def test_access_to_models_by_claim(self):
        rules = "  rbac: {policy: {matchExpressions: [\"jwt.team == 'research'\", \"jwt.team == 'support' && llm.requestModel == 'llama'\"]}}\n"
        gateway = self.chat_gateway(*self.objects(rules))
        for team, model, status in (("research", "llama", 200), ("research", "other", 404), ("support", "llama", 200), ("support", "other", 403), ("sales", "llama", 403)):
            answer = self.chat(gateway, self.issuer.token("one", team=team), model=model)
            self.assertEqual(answer.status == 403, status == 403, (team, model, answer.text))
        self.assertIn("not permitted", answer.json()["error"]["message"])


class Limits(AccessCase):
    def test_requests_by_bucket(self):
        gateway = self.chat_gateway(policy("rate", "  rateLimit: {local: {tokenBucket: {maxTokens: 3, tokensPerFill: 1, fillInterval: 1h}}}\n"))
        statuses = [self.chat(gateway).status for _ in range(5)]
        self.assertEqual(statuses, [200, 200, 200, 429, 429])
        answer = self.chat(gateway)
        self.assertGreater(int(answer.headers["Retry-After"]), 3000)
        self.assertEqual((answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]), ("3", "0"))
        self.assertIn("Too many requests", answer.json()["error"]["message"])
        access = (gateway.folder / "access.yaml").read_text()
        replace_file(gateway.folder / "access.yaml", access.replace("maxTokens: 3", "maxTokens: 5"))
        until("two more are let in after the edit, and no fresh five", lambda: self.chat(gateway).status == 200)
        self.assertEqual([self.chat(gateway).status for _ in range(3)], [200, 429, 429])
        self.assertIn("gatehouse_rate_limit_left", gateway.admin("/metrics").text)

    def test_tokens_count_after_the_answer(self):
        """agentgateway: the request that goes over the limit is answered, the next one is not."""
        target = ROUTE_TARGET
        limit = f"apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayPolicy\nmetadata: {{name: tokens}}\nspec:\n  {target}\n  traffic: {{rateLimit: {{local: [{{tokens: 5, unit: Hours}}]}}}}\n"
        gateway = self.chat_gateway(limit)
        for stream in (False, True):
            self.assertEqual(self.chat(gateway, stream=stream).status, 200 if not stream else 429)
        answer = self.chat(gateway)
        self.assertEqual(answer.status, 429)
        self.assertIn("Retry-After", answer.headers)


class VirtualKeys(AccessCase):
    POLICY = policy("keys", "  apiKeyAuth: {secretRef: {name: keys}, keySources: [{header: Authorization}]}\n")

    def keys(self, annotations):
        return secret("keys", {"alice": SECRET + "a", "bob": SECRET + "b"}, annotations)

    def test_each_key_has_a_budget_of_its_own_that_outlives_the_process(self):
        state = str(self.folder())
        keys = self.keys({"gatehouse.dev/tokens-per-day": "alice=5; bob=100000"})
        gateway = self.chat_gateway(self.POLICY, keys, state=state)
        self.assertEqual(self.chat(gateway, SECRET + "a", stream=True).status, 200)
        answer = self.chat(gateway, SECRET + "a")
        self.assertEqual(answer.status, 429)
        self.assertIn("daily token budget", answer.json()["error"]["message"])
        self.assertEqual(answer.headers["x-should-retry"], "false")
        self.assertLessEqual(int(answer.headers["Retry-After"]), 86400)
        self.assertEqual(self.chat(gateway, SECRET + "b").status, 200)
        charged = until("recorded", lambda: next((r for r in gateway.requests() if r["status"] == 200 and r["caller"]["name"] == "alice"), None))
        llm = charged["llm"]
        self.assertEqual(charged["caller"]["chargedTokens"], llm["inputTokens"] + llm["outputTokens"])
        self.assertEqual(charged["caller"]["charged"]["nano"], llm["receipt"]["nano"])
        self.assertEqual(gateway.process.stop(), 0)
        with open(os.path.join(state, "budgets.json")) as file:
            kept = file.read()
        self.assertIn("default/keys/alice", kept)
        self.assertNotIn(SECRET, kept)
        again = self.chat_gateway(self.POLICY, keys, state=state)
        self.assertEqual(self.chat(again, SECRET + "a").status, 429, "a restart hands nothing out again")
        self.assertEqual(self.chat(again, SECRET + "b").status, 200)
        self.nowhere(again, SECRET)

    def test_money(self):
        gateway = self.chat_gateway(self.POLICY, self.keys({"gatehouse.dev/money-per-day": "alice=0.001; *=10"}))
        self.assertEqual(self.chat(gateway, SECRET + "a").status, 200)
        answer = self.chat(gateway, SECRET + "a")
        self.assertEqual(answer.status, 429)
        self.assertIn("money budget", answer.json()["error"]["message"])
        self.assertEqual(self.chat(gateway, SECRET + "b").status, 200)

    def test_models_and_rate(self):
        gateway = self.chat_gateway(self.POLICY, self.keys({"gatehouse.dev/allowed-models": "alice=lla*; bob=gpt-*", "gatehouse.dev/requests-per-minute": "alice=2"}))
        self.assertEqual(self.chat(gateway, SECRET + "a").status, 200)
        answer = self.chat(gateway, SECRET + "b")
        self.assertEqual(answer.status, 403)
        self.assertIn("may not call the model llama", answer.json()["error"]["message"])
        self.assertEqual(self.chat(gateway, SECRET + "a").status, 200)
        self.assertEqual(self.chat(gateway, SECRET + "a").status, 429)

    def test_a_state_that_cannot_be_read_is_told(self):
        folder = self.folder({"budgets.json": "{"})
        code, _, err = run("serve", self.folder({"gateway.yaml": GATEWAY}), "--state", folder)
        self.assertNotEqual(code, 0)
        self.assertIn("budgets.json", err)

    def test_an_annotation_that_cannot_be_read_allows_nothing(self):
        gateway = self.chat_gateway(self.POLICY, self.keys({"gatehouse.dev/tokens-per-day": "lots"}))
        self.assertEqual(self.chat(gateway, SECRET + "a").status, 429)
        code, out, _ = run("check", gateway.folder)
        self.assertEqual(code, 1)
        self.assertIn("GH2306", out)


if __name__ == "__main__":
    unittest.main()
