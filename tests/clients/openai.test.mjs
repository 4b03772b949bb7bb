// The official openai client through `gatehouse serve` to simulated pods, as an application would use it.
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";
import { gatewayYaml, poolYaml, startGateway, startPods, until } from "./harness.mjs";

async function setUp(t, count = 2) {
  const { pods } = await startPods(t, count);
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, "pool.yaml": poolYaml(pods) });
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "unused", maxRetries: 0, timeout: 30_000 });
  return { pods, gateway, client, model: pods[0].model };
}

const messages = [{ role: "user", content: "Name three rivers." }];

test("a buffered chat completion", async (t) => {
  const { client, model } = await setUp(t);
  const answer = await client.chat.completions.create({ model, messages, max_tokens: 12 });
  assert.equal(answer.object, "chat.completion");
  assert.equal(answer.choices.length, 1);
  assert.equal(answer.choices[0].message.role, "assistant");
  assert.ok(answer.choices[0].message.content.length > 0);
  assert.ok(answer.usage.prompt_tokens > 0);
  assert.ok(answer.usage.completion_tokens > 0 && answer.usage.completion_tokens <= 12);
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test("a streamed chat completion arrives in pieces, with usage when asked for", async (t) => {
  const { client, model } = await setUp(t);
  const stream = await client.chat.completions.create({
    model,
    messages,
    max_tokens: 16,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let pieces = 0;
  let finish = null;
  let usage = null;
  const arrivals = new Set();
  for await (const chunk of stream) {
    assert.equal(chunk.object, "chat.completion.chunk");
    if (chunk.usage) usage = chunk.usage;
    const [choice] = chunk.choices;
    if (choice?.delta?.content) {
      text += choice.delta.content;
      pieces += 1;
      arrivals.add(Math.round(performance.now()));
    }
    if (choice?.finish_reason) finish = choice.finish_reason;
  }
  assert.ok(pieces > 4, `${pieces} pieces`);
  assert.ok(arrivals.size > 2, "the pieces arrive one by one, not at once");
  assert.ok(text.length > 0);
  assert.ok(["stop", "length"].includes(finish), finish);
  assert.ok(usage.completion_tokens > 0);
});

test("usage of a stream is counted although the client did not ask for it, and is kept from the client", async (t) => {
  const { client, model, gateway } = await setUp(t);
  const stream = await client.chat.completions.create({ model, messages, max_tokens: 8, stream: true });
  for await (const chunk of stream) {
    assert.ok(!chunk.usage, "no usage was asked for");
    assert.ok(chunk.choices.length > 0, "no event without choices");
  }
  const record = await until("the request is recorded", async () => (await gateway.requests())[0]);
  const text = JSON.stringify(record);
  const output = /"(?:outputTokens|output_tokens|completion_tokens)":\s*(\d+)/.exec(text);
  assert.ok(output && Number(output[1]) > 0, text);
});

test("models and completions", async (t) => {
  const { client, model } = await setUp(t);
  const models = await client.models.list();
  assert.deepEqual(models.data.map((entry) => entry.id), [model]);
  const completion = await client.completions.create({ model, prompt: "Once upon", max_tokens: 6 });
  assert.equal(completion.object, "text_completion");
  assert.ok(completion.choices[0].text.length > 0);
});

test("many streams at once, spread over the pods", async (t) => {
  const { client, model, gateway, pods } = await setUp(t, 3);
  const one = async (index) => {
    const stream = await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: `Question ${index}` }],
      max_tokens: 20,
      stream: true,
    });
    let finish = null;
    for await (const chunk of stream) finish = chunk.choices[0]?.finish_reason ?? finish;
    return finish;
  };
  const finishes = await Promise.all(Array.from({ length: 24 }, (_, index) => one(index)));
  assert.ok(finishes.every((finish) => finish === "length" || finish === "stop"), String(finishes));
  const records = await until("all are recorded", async () => {
    const list = await gateway.requests();
    return list.length >= 24 && list;
  });
  const used = new Set(records.map((record) => record.pod));
  assert.equal(used.size, pods.length, `picked ${[...used]}`);
});

test("a client that leaves mid-stream harms nobody", async (t) => {
  const { client, model, gateway } = await setUp(t, 1);
  const stream = await client.chat.completions.create({ model, messages, max_tokens: 400, stream: true });
  for await (const chunk of stream) {
    if (chunk.choices.length) break; // leaves: the client closes the connection
  }
  const left = await until("the leaver is recorded", async () => (await gateway.requests()).find((record) => record.error));
  assert.equal(left.error, "client-left", JSON.stringify(left));
  const answer = await client.chat.completions.create({ model, messages, max_tokens: 4 });
  assert.ok(answer.choices[0].message.content.length > 0);
});

test("an unknown path is a 404 that the client understands", async (t) => {
  const { gateway } = await setUp(t, 1);
  const lost = new OpenAI({ baseURL: `${gateway.url}/nowhere`, apiKey: "unused", maxRetries: 0 });
  await assert.rejects(lost.chat.completions.create({ model: "m", messages }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError, String(error));
    return true;
  });
});

test("a body that is no JSON is a 400 in the client's dialect", async (t) => {
  const { gateway } = await setUp(t, 1);
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"model": "m", "messages": [',
  });
  assert.equal(answer.status, 400);
  const body = await answer.json();
  assert.equal(typeof body.error.message, "string");
});
