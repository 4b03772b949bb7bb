// An OpenAI-compatible provider of somebody else (aimock) behind an AI Backend: what reaches it, and what comes back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";
import { gatewayYaml, startGateway, until } from "./harness.mjs";

const token = "sk-upstream-4711-token";

const backendYaml = (port) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: provider}
spec:
  parentRefs: [{name: test}]
  rules:
    - matches: [{path: {type: PathPrefix, value: /v1}}]
      backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: provider}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: provider}
spec:
  type: AI
  ai:
    llm:
      host: 127.0.0.1
      port: ${port}
      openai:
        model: gpt-4o-mini
        authToken: {kind: SecretRef, secretRef: {name: provider}}
---
apiVersion: v1
kind: Secret
metadata: {name: provider}
stringData: {Authorization: "env:GATEHOUSE_TEST_TOKEN"}
`;

const policyYaml = (action) => `apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: guard}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: provider}]
  ai:
    promptEnrichment:
      prepend: [{role: SYSTEM, content: "Answer briefly."}]
    promptGuard:
      request:
        customResponse: {message: "No card numbers here.", statusCode: 422}
        regex: {action: ${action}, builtins: [CREDIT_CARD, EMAIL]}
`;

async function setUp(t, files = {}) {
  const mock = new LLMock({ port: 0, host: "127.0.0.1", auth: { apiKeys: [token] } }); // 401 for any other key
  mock.onMessage(/./, { content: "A fine answer from the provider." });
  await mock.start();
  t.after(() => mock.stop());
  const port = new URL(mock.url).port;
  const gateway = await startGateway(
    t,
    { "gateway.yaml": gatewayYaml, "backend.yaml": backendYaml(port), ...files },
    { GATEHOUSE_TEST_TOKEN: token },
  );
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "sk-of-the-client", maxRetries: 0, timeout: 20_000 });
  return { mock, gateway, client };
}

const chat = (client, content, more = {}) =>
  client.chat.completions.create({ model: "whatever", messages: [{ role: "user", content }], ...more });

test("the upstream gets the key of the Secret and the model of the Backend", async (t) => {
  const { mock, client } = await setUp(t);
  const answer = await chat(client, "hello");
  assert.equal(answer.choices[0].message.content, "A fine answer from the provider.");
  const { headers, body } = mock.getLastRequest();
  assert.ok(!JSON.stringify(headers).includes("sk-of-the-client"), "the client's key stays here");
  assert.equal(body.model, "gpt-4o-mini");
});

test("a stream passes, piece by piece", async (t) => {
  const { client } = await setUp(t);
  const stream = await chat(client, "hello", { stream: true });
  let text = "";
  for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? "";
  assert.equal(text, "A fine answer from the provider.");
});

test("enrichment and masking change what the provider sees", async (t) => {
  const { mock, client } = await setUp(t, { "policy.yaml": policyYaml("MASK") });
  await chat(client, "my card is 4111 1111 1111 1111, write to me@example.com");
  const { body } = mock.getLastRequest();
  assert.equal(body.messages.length, 2);
  assert.equal(body.messages[0].role, "system");
  assert.equal(body.messages[0].content, "Answer briefly.");
  assert.equal(body.messages[1].content, "my card is <CREDIT_CARD>, write to <EMAIL_ADDRESS>");
});

test("a rejected prompt never leaves", async (t) => {
  const { mock, client, gateway } = await setUp(t, { "policy.yaml": policyYaml("REJECT") });
  await assert.rejects(chat(client, "my card is 4111-1111-1111-1111"), (error) => {
    assert.equal(error.status, 422);
    assert.match(error.message, /No card numbers here\./);
    return true;
  });
  assert.equal(mock.getRequests().length, 0);
  const record = await until("the rejection is recorded", async () => (await gateway.requests())[0]);
  assert.equal(record.error, "guard-rejected", JSON.stringify(record));
  assert.ok(!JSON.stringify(record).includes("4111"), "the record does not repeat what was found");
});

test("an error of the provider reaches the client as it is", async (t) => {
  const { mock, client } = await setUp(t);
  mock.nextRequestError(429, { message: "slow down", type: "rate_limit_error" });
  await assert.rejects(chat(client, "hello"), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError, String(error));
    assert.match(error.message, /slow down/);
    return true;
  });
  const answer = await chat(client, "hello");
  assert.equal(answer.choices[0].finish_reason, "stop");
});

test("no key leaks through the admin server", async (t) => {
  const { client, gateway } = await setUp(t);
  await chat(client, "hello");
  for (const path of ["/config", "/requests?limit=10", "/metrics", "/pools"]) {
    const text = await (await fetch(gateway.admin + path)).text();
    assert.ok(!text.includes(token), `${path} holds the upstream's key`);
    assert.ok(!text.includes("sk-of-the-client"), `${path} holds the client's key`);
  }
  assert.ok(!gateway.process.log.join("\n").includes(token), "the log holds the key");
});
