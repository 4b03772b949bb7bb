// Refusals of callers as the official openai client shows them: its own error classes, and what it does about retries. Tokens are made by
// Node's crypto.
import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import OpenAI, { AuthenticationError, PermissionDeniedError, RateLimitError } from "openai";
import { gatewayYaml, poolYaml, startGateway, startPods, until } from "./harness.mjs";

const target = "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]";
const policy = (spec) => `apiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: {name: access}\nspec:\n  ${target}\n  ${spec}\n`;
const messages = [{ role: "user", content: "hi" }];

async function setUp(t, access) {
  const { pods } = await startPods(t, 1);
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, "pool.yaml": poolYaml(pods), "access.yaml": access },
    { XDG_STATE_HOME: `/tmp/gatehouse-state-${process.pid}-${Math.random()}` });
  const client = (apiKey, more = {}) => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0, timeout: 30_000, ...more });
  const ask = (one, more = {}) => one.chat.completions.create({ model: pods[0].model, messages, max_tokens: 4, ...more });
  return { client, ask, gateway, model: pods[0].model };
}

const keys = (annotations = "") => `${policy("apiKeyAuth: {secretRef: {name: keys}, keySources: [{header: Authorization}]}")}---
apiVersion: v1
kind: Secret
metadata: {name: keys${annotations}}
stringData: {alice: sk-alice, bob: sk-bob}
`;

test("a wrong key is an AuthenticationError", async (t) => {
  const { client, ask } = await setUp(t, keys());
  await ask(client("sk-alice"));
  await assert.rejects(ask(client("sk-eve")), (error) => {
    assert.ok(error instanceof AuthenticationError, String(error));
    assert.equal(error.status, 401);
    assert.match(error.message, /The API key is not valid/);
    assert.equal(error.code, "bad-key");
    return true;
  });
});

test("a model that a key may not call is a PermissionDeniedError", async (t) => {
  const { client, ask } = await setUp(t, keys(', annotations: {gatehouse.dev/allowed-models: "alice=none; *=*"}'));
  await ask(client("sk-bob"));
  await assert.rejects(ask(client("sk-alice")), PermissionDeniedError);
  await assert.rejects(ask(client("sk-alice"), { stream: true }), PermissionDeniedError);
});

test("a budget that is used up is a RateLimitError that the client does not retry", async (t) => {
  const { client, ask, gateway } = await setUp(t, keys(', annotations: {gatehouse.dev/tokens-per-day: "1"}'));
  const stream = await ask(client("sk-alice"), { stream: true });
  for await (const chunk of stream) assert.ok(chunk.id);
  await assert.rejects(ask(client("sk-alice", { maxRetries: 2 })), (error) => {
    assert.ok(error instanceof RateLimitError, String(error));
    assert.match(error.message, /daily token budget/);
    return true;
  });
  await ask(client("sk-bob"));
  // Records come in order: with that of the last request all are there.
  const records = await until("the last request is recorded", async () => {
    const seen = await gateway.requests();
    return seen.filter((record) => record.status === 200).length === 2 && seen;
  });
  const refused = records.filter((record) => record.status === 429);
  assert.equal(refused.length, 1, "x-should-retry: false was heard");
});

test("a limit on requests is a RateLimitError with Retry-After", async (t) => {
  const { client, ask } = await setUp(t, policy("rateLimit: {local: {tokenBucket: {maxTokens: 1, fillInterval: 1h}}}"));
  await ask(client("unused"));
  await assert.rejects(ask(client("unused")), (error) => {
    assert.ok(error instanceof RateLimitError, String(error));
    assert.ok(Number(error.headers.get("retry-after")) > 3000);
    return true;
  });
});

test("a token signed by Node lets its subject in", async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "ES256" }] });
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (claims) => {
    const text = `${part({ alg: "ES256", kid: "k1" })}.${part({ iss: "me", exp: Math.floor(Date.now() / 1000) + 60, ...claims })}`;
    return `${text}.${createSign("SHA256").update(text).sign({ key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  };
  const { client, ask } = await setUp(t, `${policy("jwtAuth: {extensionRef: {name: me}}\n  rbac: {policy: {matchExpressions: [\"jwt.plan == 'paid'\"]}}")}---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: GatewayExtension
metadata: {name: me}
spec: {jwt: {providers: [{name: me, issuer: me, jwks: {local: {inline: '${jwks}'}}}]}}
`);
  await ask(client(token({ sub: "ann", plan: "paid" })));
  await assert.rejects(ask(client(token({ sub: "ann", plan: "free" }))), PermissionDeniedError);
  await assert.rejects(ask(client(token({ sub: "ann", plan: "paid", iss: "you" }))), AuthenticationError);
});
