// Every official client against every provider that aimock plays in the provider's own dialect: somebody else's idea of it than the strict
// checker's. What it says is fixed; that it arrives whole, in a stream too, and that tools are called, is looked at.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LLMock } from "@copilotkit/aimock";
import { clients } from "./sdks.mjs";
import { providers, startWorld } from "./strict/world.mjs";

/** aimock has no Claude on Vertex AI. */
const played = ["openai", "azureopenai", "anthropic", "gemini", "vertexai gemini", "bedrock", "mistral", "cohere", "ollama", "vllm"];

let world;
let mock;
before(async () => {
  mock = new LLMock({ port: 0, host: "127.0.0.1" });
  mock.onMessage(/weather/, { toolCalls: [{ name: "weather", arguments: '{"city":"Paris"}' }, { name: "weather", arguments: '{"city":"Rome"}' }] });
  mock.onMessage(/./, { content: "A fine answer from the provider." });
  await mock.start();
  const port = Number(new URL(mock.url).port);
  world = await startWorld(async () => ({ port }));
});
after(async () => {
  await world.end();
  await mock.stop();
});

for (const [clientName, client] of Object.entries(clients))
  for (const provider of played) {
    // It plays Mistral in OpenAI's words, of which Mistral's own client cannot read streamed calls.
    if (clientName === "mistral" && provider === "mistral") continue;
    test(`${clientName} to aimock's ${provider}`, async (t) => {
      const made = client.make(world.urlOf(provider));
      t.after(() => client.close?.(made));
      for (const stream of [false, true]) {
        const ask = (options) => client.ask(made, { model: providers[provider].model, stream, ...options });
        const answer = await ask({ system: "Be brief.", turns: [{ user: "hello" }] });
        assert.equal(answer.text, "A fine answer from the provider.");
        assert.equal(answer.stop, "end");
        const called = await ask({ turns: [{ user: "the weather in Paris and Rome" }], tools: true });
        assert.equal(called.stop, "tools");
        assert.deepEqual(called.calls.map((call) => call.args.city), ["Paris", "Rome"]);
      }
      assert.ok(!JSON.stringify(mock.getLastRequest().headers).includes("sk-of-the-client"));
    });
  }
