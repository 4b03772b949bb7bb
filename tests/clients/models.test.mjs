// Models by their name: the official SDKs list them, ask for an alias, a pattern and a virtual one, and get model_not_found for the
// rest. The provider is aimock.
import assert from "node:assert/strict";
import { test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";
import { startGateway, until } from "./harness.mjs";

const gatewayYaml = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: test}
spec:
  gatewayClassName: agentgateway
  listeners:
    - name: http
      protocol: HTTP
      port: 8080
      allowedRoutes: {kinds: [{kind: HTTPRoute}, {group: agentgateway.dev, kind: AgentgatewayModel}]}
`;
const model = (name, spec) => `---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayModel
metadata: {name: ${name}}
spec:
  parentRefs: [{name: test}]
${spec}`;

async function start(t, models) {
  const mock = new LLMock({ port: 0, host: "127.0.0.1" });
  mock.onMessage("hi", { content: "Hello there" });
  await mock.start();
  t.after(() => mock.stop());
  const served = (name, more = "") => model(name, `  provider: OpenAI\n  baseURL: ${mock.url.replace(/\/$/, "")}/v1\n${more}`);
  const gateway = await startGateway(t, { "models.yaml": gatewayYaml + models(served) });
  const options = { apiKey: "sk-of-the-client", maxRetries: 0, timeout: 20_000 };
  return { mock, gateway, openai: new OpenAI({ baseURL: `${gateway.url}/v1`, ...options }), anthropic: new Anthropic({ baseURL: gateway.url, ...options }) };
}
const hi = [{ role: "user", content: "hi" }];
const askedFor = (mock) => mock.getRequests().at(-1).body.model;

test("models.list holds the public ones, retrieve one of them", async (t) => {
  const { openai } = await start(t, (served) => served("gpt-4") + served("hidden", "  visibility: Internal\n") + model("balanced", "  virtualModel: {weighted: {targets: [{modelRef: {name: hidden}}]}}\n"));
  const ids = [];
  for await (const entry of openai.models.list()) ids.push(entry.id);
  assert.deepEqual(ids, ["balanced", "gpt-4"]);
  assert.equal((await openai.models.retrieve("gpt-4")).id, "gpt-4");
  await assert.rejects(openai.models.retrieve("hidden"), (error) => error instanceof OpenAI.NotFoundError);
});

test("a pattern takes its prefix off", async (t) => {
  const { mock, openai } = await start(t, (served) => served("family", "  match: {model: openai/*}\n  policies: {transformations: [{field: model, expression: 'llmRequest.model.stripPrefix(\"openai/\")'}]}\n"));
  const answer = await openai.chat.completions.create({ model: "openai/gpt-5-mini", messages: hi });
  assert.equal(answer.choices[0].message.content, "Hello there");
  assert.equal(askedFor(mock), "gpt-5-mini");
});

test("unknown and internal models are model_not_found", async (t) => {
  const { mock, openai, anthropic } = await start(t, (served) => served("hidden", "  visibility: Internal\n"));
  for (const name of ["nobody", "hidden"]) {
    await assert.rejects(openai.chat.completions.create({ model: name, messages: hi }), (error) => error instanceof OpenAI.NotFoundError && error.code === "model_not_found");
    await assert.rejects(anthropic.messages.create({ model: name, max_tokens: 9, messages: hi }), (error) => error instanceof Anthropic.NotFoundError);
  }
  assert.equal(mock.getRequests().length, 0);
});

test("a virtual model answers streams and other dialects, and the record tells which model it was", async (t) => {
  const { mock, gateway, openai, anthropic } = await start(
    t,
    (served) =>
      served("slow", "  visibility: Internal\n") +
      served("fast", "  visibility: Internal\n") +
      model("smart", "  virtualModel: {conditional: {targets: [{modelRef: {name: slow}, when: 'request.headers[\"x-tier\"] == \"gold\"'}, {modelRef: {name: fast}}]}}\n"),
  );
  let text = "";
  for await (const chunk of await openai.chat.completions.create({ model: "smart", messages: hi, stream: true })) text += chunk.choices[0]?.delta?.content ?? "";
  assert.equal(text, "Hello there");
  assert.equal(askedFor(mock), "fast");
  await openai.chat.completions.create({ model: "smart", messages: hi }, { headers: { "x-tier": "gold" } });
  assert.equal(askedFor(mock), "slow");
  const message = await anthropic.messages.create({ model: "smart", max_tokens: 9, messages: hi });
  assert.equal(message.content[0].text, "Hello there");
  const records = await until("the requests are recorded", async () => {
    const all = await gateway.requests();
    return all.length >= 3 && all;
  });
  assert.ok(records.every((record) => record.route === "AgentgatewayModel default/slow" || record.route === "AgentgatewayModel default/fast"), JSON.stringify(records.map((record) => record.route)));
  assert.ok(JSON.stringify(records[0].steps).includes("virtual smart"));
});
