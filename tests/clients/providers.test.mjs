// Clients of one dialect, providers of another: the official SDKs through the gateway to aimock, which plays each provider in its own
// words. What the gateway translates must read to each side as if the other spoke its dialect.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { LLMock } from "@copilotkit/aimock";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";
import { gatewayYaml, startGateway, until } from "./harness.mjs";

const routeYaml = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ai}
spec:
  parentRefs: [{name: test}]
  rules:
    - backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: ai}]
`;

const provider = (kind, port, { name, model, token = "sk-own" }) => `{${name ? `name: ${name}, ` : ""}host: 127.0.0.1, port: ${port}, ${kind}: {${model ? `model: ${model}, ` : ""}${kind === "gemini" ? "apiVersion: v1beta, " : ""}authToken: {kind: Inline, inline: ${token}}}}`;

const backendYaml = (ai, annotations = "{}") => `apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai, annotations: ${annotations}}
spec:
  type: AI
  ai: ${ai}
`;
const one = (kind, port, options = {}) => backendYaml(`{llm: ${provider(kind, port, options)}}`);
const groups = (...entries) => `{priorityGroups: [${entries.map((entry) => `{providers: [${entry}]}`).join(", ")}]}`;

async function startMock(t, setUp) {
  const mock = new LLMock({ port: 0, host: "127.0.0.1" });
  setUp(mock);
  await mock.start();
  t.after(() => mock.stop());
  return { mock, port: new URL(mock.url).port };
}

/** A provider that misbehaves: every request is handed to `act(request, response)`. */
async function startFault(t, act) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    request.resume();
    request.on("end", () => act(request, response));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { port: server.address().port, seen };
}

async function gatewayFor(t, yaml) {
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, "route.yaml": routeYaml, "backend.yaml": yaml });
  const options = { apiKey: "sk-of-the-client", maxRetries: 0, timeout: 20_000 };
  return { gateway, openai: new OpenAI({ baseURL: `${gateway.url}/v1`, ...options }), anthropic: new Anthropic({ baseURL: gateway.url, ...options }), google: new GoogleGenAI({ apiKey: "sk-of-the-client", httpOptions: { baseUrl: gateway.url } }) };
}

const weatherTool = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
// In the words of every dialect that aimock plays; it says 0 otherwise.
const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17, input_tokens: 12, output_tokens: 5, promptTokenCount: 12, candidatesTokenCount: 5, totalTokenCount: 17 };

const withTool = (mock) => {
  mock.onMessage(/weather/, { toolCalls: [{ name: "weather", arguments: '{"city":"Paris"}' }] });
  mock.onMessage(/./, { content: "A fine answer from the provider.", usage });
};

const record = (gateway) => until("the request is recorded", async () => (await gateway.requests())[0]);

const paths = { openai: /^\/v1\/chat\/completions$/, anthropic: /^\/v1\/messages$/, gemini: /^\/v1beta\/models\/m-1:(streamG|g)enerateContent/ };
const dialects = { openai: "openai-chat", anthropic: "anthropic-messages", gemini: "gemini-generate" };

for (const [kind, path] of Object.entries(paths)) {
  const alone = (port) => one(kind, port, kind === "gemini" ? { model: "m-1" } : {});

  test(`the OpenAI client chats with ${kind}`, async (t) => {
    const { mock, port } = await startMock(t, withTool);
    const { openai, gateway } = await gatewayFor(t, alone(port));
    const answer = await openai.chat.completions.create({ model: "m-1", messages: [{ role: "system", content: "Be brief." }, { role: "user", content: "hello" }] });
    assert.equal(answer.object, "chat.completion");
    assert.equal(answer.choices[0].message.content, "A fine answer from the provider.");
    assert.equal(answer.choices[0].finish_reason, "stop");
    assert.equal(answer.usage.total_tokens, 17);
    assert.match(mock.getLastRequest().path, path);
    assert.ok(!JSON.stringify(mock.getLastRequest().headers).includes("sk-of-the-client"));

    const stream = await openai.chat.completions.create({ model: "m-1", stream: true, stream_options: { include_usage: true }, messages: [{ role: "user", content: "hello" }] });
    let text = "";
    let finish;
    let counted;
    let role;
    for await (const chunk of stream) {
      role ??= chunk.choices[0]?.delta?.role;
      text += chunk.choices[0]?.delta?.content ?? "";
      finish = chunk.choices[0]?.finish_reason ?? finish;
      counted = chunk.usage ?? counted;
    }
    assert.equal(text, "A fine answer from the provider.");
    assert.equal(role, "assistant");
    assert.equal(finish, "stop");
    assert.equal(counted.prompt_tokens, 12);
    assert.equal(counted.completion_tokens, 5);
    const seen = await record(gateway);
    assert.equal(seen.llm.providerDialect, dialects[kind], JSON.stringify(seen.llm));
    assert.equal(seen.llm.inputTokens, 12, JSON.stringify(seen.llm));
  });

  test(`the OpenAI client has ${kind} call a tool`, async (t) => {
    const { port } = await startMock(t, withTool);
    const { openai } = await gatewayFor(t, alone(port));
    const ask = { model: "m-1", messages: [{ role: "user", content: "the weather in Paris" }], tools: [{ type: "function", function: { name: "weather", parameters: weatherTool } }] };
    const answer = await openai.chat.completions.create(ask);
    assert.equal(answer.choices[0].finish_reason, "tool_calls");
    const [call] = answer.choices[0].message.tool_calls;
    assert.equal(call.function.name, "weather");
    assert.deepEqual(JSON.parse(call.function.arguments), { city: "Paris" });
    const streamed = await openai.chat.completions.stream(ask).finalChatCompletion();
    assert.deepEqual(JSON.parse(streamed.choices[0].message.tool_calls[0].function.arguments), { city: "Paris" });
  });

  test(`the Anthropic client chats with ${kind}`, async (t) => {
    const { mock, port } = await startMock(t, withTool);
    const { anthropic, gateway } = await gatewayFor(t, alone(port));
    const ask = { model: "m-1", max_tokens: 100, system: "Be brief.", messages: [{ role: "user", content: "hello" }] };
    const answer = await anthropic.messages.create(ask);
    assert.equal(answer.type, "message");
    assert.equal(answer.content[0].text, "A fine answer from the provider.");
    assert.equal(answer.stop_reason, "end_turn");
    assert.match(mock.getLastRequest().path, path);
    const events = [];
    const stream = anthropic.messages.stream(ask);
    for await (const event of stream) events.push(event.type);
    assert.equal((await stream.finalMessage()).content[0].text, "A fine answer from the provider.");
    assert.equal(events.filter((type) => type === "message_start").length, 1);
    assert.equal(events.at(-1), "message_stop");
    const seen = await record(gateway);
    assert.equal(seen.llm.clientDialect, "anthropic-messages", JSON.stringify(seen.llm));
  });

  test(`the Anthropic client has ${kind} call a tool`, async (t) => {
    const { port } = await startMock(t, withTool);
    const { anthropic } = await gatewayFor(t, alone(port));
    const ask = { model: "m-1", max_tokens: 100, messages: [{ role: "user", content: "the weather in Paris" }], tools: [{ name: "weather", input_schema: weatherTool }] };
    const answer = await anthropic.messages.create(ask);
    assert.equal(answer.stop_reason, "tool_use");
    const call = answer.content.find((block) => block.type === "tool_use");
    assert.deepEqual(call.input, { city: "Paris" });
    const streamed = await anthropic.messages.stream(ask).finalMessage();
    assert.deepEqual(streamed.content.find((block) => block.type === "tool_use").input, { city: "Paris" });
  });

  test(`the Gemini client chats with ${kind}, and has it call a tool`, async (t) => {
    const { mock, port } = await startMock(t, withTool);
    const { google } = await gatewayFor(t, alone(port));
    const answer = await google.models.generateContent({ model: "m-1", contents: "hello" });
    assert.equal(answer.text, "A fine answer from the provider.");
    assert.equal(answer.candidates[0].finishReason, "STOP");
    assert.match(mock.getLastRequest().path, path);
    assert.ok(!JSON.stringify(mock.getLastRequest()).includes("sk-of-the-client"));
    let text = "";
    for await (const chunk of await google.models.generateContentStream({ model: "m-1", contents: "hello" })) text += chunk.text ?? "";
    assert.equal(text, "A fine answer from the provider.");
    const config = { tools: [{ functionDeclarations: [{ name: "weather", parametersJsonSchema: weatherTool }] }] };
    const called = await google.models.generateContent({ model: "m-1", contents: "the weather in Paris", config });
    assert.deepEqual(called.functionCalls.map(({ name, args }) => [name, args]), [["weather", { city: "Paris" }]]);
  });

  test(`errors of ${kind} are errors of the client's SDK`, async (t) => {
    const { mock, port } = await startMock(t, withTool);
    const { openai, anthropic } = await gatewayFor(t, alone(port));
    mock.nextRequestError(429, { message: "slow down", type: "rate_limit_error" });
    await assert.rejects(openai.chat.completions.create({ model: "m", messages: [{ role: "user", content: "x" }] }), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError, String(error));
      assert.match(error.message, /slow down/);
      return true;
    });
    mock.nextRequestError(400, { message: "bad field", type: "invalid_request_error" });
    await assert.rejects(anthropic.messages.create({ model: "m", max_tokens: 9, messages: [{ role: "user", content: "x" }] }), (error) => {
      assert.ok(error instanceof Anthropic.BadRequestError, String(error));
      assert.match(error.message, /bad field/);
      assert.equal(error.error.type, "error");
      return true;
    });
  });
}

test("a key that the client passes on reaches a provider that looks for it elsewhere", async (t) => {
  const { mock, port } = await startMock(t, withTool);
  const { openai } = await gatewayFor(t, backendYaml(`{llm: {host: 127.0.0.1, port: ${port}, anthropic: {authToken: {kind: Passthrough}}}}`));
  await openai.chat.completions.create({ model: "m", messages: [{ role: "user", content: "hello" }] });
  assert.ok(mock.getLastRequest().headers["x-api-key"], JSON.stringify(mock.getLastRequest().headers));
  assert.equal(mock.getLastRequest().headers.authorization, undefined);
});

test("models are listed from the configuration, in the shape of the client", async (t) => {
  const { port } = await startMock(t, withTool);
  const { openai, anthropic } = await gatewayFor(t, backendYaml(groups(provider("openai", port, { name: "a", model: "gpt-4o" }), provider("anthropic", port, { name: "b", model: "claude-x" }))));
  const ids = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  assert.deepEqual(ids, ["gpt-4o", "claude-x"]);
  const listed = [];
  for await (const model of anthropic.models.list()) listed.push([model.id, model.type]);
  assert.deepEqual(listed, [["gpt-4o", "model"], ["claude-x", "model"]]);
  assert.equal((await openai.models.retrieve("gpt-4o")).id, "gpt-4o");
  await assert.rejects(openai.models.retrieve("nothing"), OpenAI.NotFoundError);
});

const faults = {
  "429 with Retry-After": (_, response) => response.writeHead(429, { "retry-after": "30", "content-type": "application/json" }).end('{"error":{"message":"no"}}'),
  "429 without Retry-After": (_, response) => response.writeHead(429, { "content-type": "application/json" }).end('{"error":{"message":"no"}}'),
  "a 500": (_, response) => response.writeHead(500).end("oops"),
  "a reset": (request) => request.socket.resetAndDestroy(),
  "silence": () => {},
  "a stream that stays silent": (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
  },
};

for (const [name, act] of Object.entries(faults)) {
  test(`after ${name} the next group answers, in its own dialect`, async (t) => {
    const fault = await startFault(t, act);
    const { mock, port } = await startMock(t, withTool);
    const ai = groups(provider("openai", fault.port, { name: "first" }), provider("anthropic", port, { name: "second", model: "claude-x" }));
    const { openai, gateway } = await gatewayFor(t, backendYaml(ai, `{gatehouse.dev/first-token-timeout: 300ms}`));
    const chat = () => openai.chat.completions.stream({ model: "gpt", messages: [{ role: "user", content: "hello" }] }).finalChatCompletion();
    assert.equal((await chat()).choices[0].message.content, "A fine answer from the provider.");
    assert.equal(fault.seen.length, 1);
    assert.equal(mock.getLastRequest().path, "/v1/messages");
    assert.equal(mock.getLastRequest().body.model, "claude-x");
    const seen = await record(gateway);
    assert.equal(seen.llm.provider, "second");
    assert.ok(seen.steps.some((step) => step.stage === "try" && step.subject === "first"), JSON.stringify(seen.steps));
    // The first one is cooling down.
    await chat();
    assert.equal(fault.seen.length, 1);
  });
}

test("a stream that is cut ends with an error, and nobody else is asked", async (t) => {
  const fault = await startFault(t, (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"half"},"finish_reason":null}]}\n\n', () =>
      setImmediate(() => response.destroy()));
  });
  const { mock, port } = await startMock(t, withTool);
  const ai = groups(provider("openai", fault.port, { name: "first" }), provider("anthropic", port, { name: "second" }));
  const { openai, anthropic } = await gatewayFor(t, backendYaml(ai));
  await assert.rejects(openai.chat.completions.stream({ model: "m", messages: [{ role: "user", content: "x" }] }).finalChatCompletion());
  await assert.rejects(anthropic.messages.stream({ model: "m", max_tokens: 9, messages: [{ role: "user", content: "x" }] }).finalMessage());
  assert.equal(mock.getRequests().length, 0);
});
