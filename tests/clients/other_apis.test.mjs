// The APIs beside chat through the official clients: embeddings, completions, rerank, counted tokens, several choices, and what the
// legacy completions become at providers that only chat.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Mistral } from "@mistralai/mistralai";
import { CohereClientV2 } from "cohere-ai";
import OpenAI from "openai";
import { clientKey } from "./sdks.mjs";
import { providers, startWorld } from "./strict/world.mjs";

let world;
before(async () => {
  world = await startWorld();
});
after(async () => world.end());

const shared = { apiKey: clientKey, maxRetries: 0, timeout: 20_000 };
const openai = (provider) => new OpenAI({ baseURL: `${world.urlOf(provider)}/v1`, ...shared });
const cohere = (provider) => new CohereClientV2({ token: clientKey, environment: world.urlOf(provider) });
const once = { maxRetries: 0, timeoutInSeconds: 20 };
const near = (got, wanted) => got.length === wanted.length && got.every((value, i) => Math.abs(value - wanted[i]) < 1e-6);
const first = [1 / 2, 1 / 3, 1 / 4];
const second = [2 / 2, 2 / 3, 2 / 4];

/** Providers with embeddings, and a model of theirs where the Backend's own is one for chats. */
const embedding = ["openai", "azureopenai", "gemini", "bedrock titan", "bedrock cohere", "mistral", "cohere embed", "ollama", "vllm"];

for (const provider of embedding)
  test(`OpenAI's client embeds with ${provider}`, async () => {
    const client = openai(provider);
    const inputs = provider === "bedrock titan" ? "one text" : ["one text", "another"];
    // Its client asks for base64 and decodes it by itself, unless it is told a format.
    for (const encoding_format of [undefined, "float"]) {
      const { data, usage } = await client.embeddings.create({ model: "text-embedding-3-small", input: inputs, ...(encoding_format ? { encoding_format } : {}) });
      assert.ok(near(data[0].embedding, first), JSON.stringify(data[0]));
      if (data.length > 1) assert.ok(near(data[1].embedding, second), JSON.stringify(data[1]));
      assert.equal(data.length, Array.isArray(inputs) ? 2 : 1);
      assert.equal(usage.prompt_tokens, 6);
    }
    assert.deepEqual(world.strict[provider].refused, []);
  });

for (const provider of ["openai", "bedrock cohere", "mistral", "cohere embed", "vllm"])
  test(`Cohere's client embeds with ${provider}`, async () => {
    const { embeddings } = await cohere(provider).embed({ model: "embed-v4.0", texts: ["one text", "another"], inputType: "search_document", embeddingTypes: ["float"] }, once);
    assert.ok(near(embeddings.float[0], first) && near(embeddings.float[1], second), JSON.stringify(embeddings));
    assert.deepEqual(world.strict[provider].refused, []);
  });

for (const provider of ["cohere", "vllm", "vertexai ranking"])
  test(`Cohere's client ranks with ${provider}`, async () => {
    const { results } = await cohere(provider).rerank({ model: "rerank-v3.5", query: "rivers", documents: ["the Rhine", "a car", "the Elbe"], topN: 2 }, once);
    assert.deepEqual(results.map(({ index, relevanceScore }) => [index, relevanceScore]), [[0, 1], [1, 0.5]]);
    assert.deepEqual(world.strict[provider].refused, []);
  });

const tool = { name: "weather", description: "of a city", input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } };
const counting = ["anthropic", "vertexai claude", "gemini", "vertexai gemini", "bedrock", "openai", "vllm"];

for (const provider of counting)
  test(`Anthropic's client counts tokens at ${provider}`, async () => {
    const client = new Anthropic({ baseURL: world.urlOf(provider), ...shared });
    const ask = { model: providers[provider].model, system: "Be brief.", messages: [{ role: "user", content: "hello" }] };
    for (const more of [{}, { tools: [tool], tool_choice: { type: "any" } }, { thinking: { type: "enabled", budget_tokens: 2000 } }]) {
      if (more.thinking && !/claude/.test(ask.model)) continue;
      const counted = await client.messages.countTokens({ ...ask, ...more });
      assert.equal(counted.input_tokens, 12);
    }
    assert.deepEqual(world.strict[provider].refused, []);
  });

for (const provider of counting)
  test(`Google's client counts tokens at ${provider}`, async () => {
    const client = new GoogleGenAI({ apiKey: clientKey, httpOptions: { baseUrl: world.urlOf(provider) } });
    const counted = await client.models.countTokens({ model: "gemini-2.5-flash", contents: "hello" });
    assert.equal(counted.totalTokens, 12);
    assert.deepEqual(world.strict[provider].refused, []);
  });

test("OpenAI's client counts tokens at anthropic", async () => {
  const counted = await openai("anthropic").post("/responses/input_tokens", { body: { model: "claude-sonnet-4-5", input: "hello" } });
  assert.deepEqual(counted, { object: "response.input_tokens", input_tokens: 12 });
});

for (const provider of ["openai", "anthropic", "gemini", "bedrock", "cohere", "ollama", "vllm"])
  test(`legacy completions with ${provider}`, async () => {
    const client = openai(provider);
    const answer = await client.completions.create({ model: providers[provider].model, prompt: "Once", max_tokens: 20 });
    assert.equal(answer.object, "text_completion");
    assert.equal(answer.choices[0].text, "A fine answer.");
    assert.equal(answer.choices[0].finish_reason, "stop");
    if (provider === "ollama") return; // Its checker plays no stream of them.
    let text = "";
    for await (const chunk of await client.completions.create({ model: providers[provider].model, prompt: "Once", max_tokens: 20, stream: true })) text += chunk.choices[0]?.text ?? "";
    assert.equal(text, "A fine answer.");
    assert.deepEqual(world.strict[provider].refused, []);
  });

test("several choices where the provider has them", async () => {
  const answer = await openai("openai").chat.completions.create({ model: "gpt-4o", n: 3, messages: [{ role: "user", content: "hello" }] });
  assert.deepEqual(answer.choices.map((choice) => choice.message.content), ["A fine answer.", "A fine answer.", "A fine answer."]);
});

test("Mistral's client embeds with Mistral", async () => {
  const client = new Mistral({ apiKey: clientKey, serverURL: world.urlOf("mistral"), retryConfig: { strategy: "none" } });
  const { data } = await client.embeddings.create({ model: "mistral-embed", inputs: ["one text", "another"] });
  assert.ok(near(data[1].embedding, second));
});

test("an API that a provider lacks is told in the client's words", async () => {
  await assert.rejects(openai("anthropic").embeddings.create({ model: "m", input: "x" }), (error) => {
    assert.ok(error instanceof OpenAI.APIError, String(error));
    assert.match(error.message, /Anthropic has no API for embeddings/);
    return true;
  });
  await assert.rejects(new Anthropic({ baseURL: world.urlOf("mistral"), ...shared }).messages.countTokens({ model: "m", messages: [{ role: "user", content: "x" }] }), (error) => {
    assert.ok(error instanceof Anthropic.APIError, String(error));
    assert.match(error.message, /count-tokens/);
    return true;
  });
});
