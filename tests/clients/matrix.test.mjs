// Every official client against every provider, each provider played by the strict checker: what the gateway makes of a request must be
// what the real provider would take, and what comes back must be what the client's own SDK takes. Prints the matrix at the end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { until } from "./harness.mjs";
import { clientKey, clients, errorOf } from "./sdks.mjs";
import { picture } from "./strict/rules.mjs";
import { aws, providers, startWorld } from "./strict/world.mjs";

let world;
before(async () => {
  world = await startWorld();
});

const results = new Map();
const left = new Map();
after(async () => {
  await world.end();
  const rows = Object.keys(clients);
  const width = Math.max(...rows.map((name) => name.length));
  console.log(`# client x provider: scenarios that passed of those that ran\n# ${"".padEnd(width)} ${chatting.map(([name]) => name.padEnd(16)).join(" ")}`);
  for (const row of rows)
    console.log(`# ${row.padEnd(width)} ${chatting.map(([name]) => {
      const cell = results.get(`${row}/${name}`) ?? { passed: 0, ran: 0 };
      return `${cell.passed} of ${cell.ran}`.padEnd(16);
    }).join(" ")}`);
  for (const [what, why] of left) console.log(`# left out, ${what}: ${why}`);
});

/** OpenAI keeps its models' thoughts, and its chat has an effort but no wish to see them, which Gemini must be told. */
const showsThoughts = (client, provider) => provider !== "openai reasoning" && !(/gemini/.test(provider) && /openai chat|mistral/.test(client));

const cityOf = (calls) => calls.map((call) => [call.name, call.args.city]);

/** Each: what is asked, and what must be true of the answer and of what reached the provider (`said.ask` of the checker). */
const scenarios = {
  async "answers"({ ask, last }) {
    const answer = await ask({ system: "Be brief.", turns: [{ user: "hello" }] });
    assert.equal(answer.text, "A fine answer (Be brief.).");
    assert.equal(answer.stop, "end");
    assert.deepEqual(answer.usage, { input: 12, output: 5 });
    assert.equal(last().ask.last, "hello");
  },
  async "streams"({ ask, last }) {
    const answer = await ask({ system: "Be brief.", turns: [{ user: "hello" }], stream: true });
    assert.equal(answer.text, "A fine answer (Be brief.).");
    assert.equal(answer.stop, "end");
    assert.deepEqual(answer.usage, { input: 12, output: 5 });
    assert.equal(last().ask.stream, true);
  },
  async "stops at the limit"({ ask }) {
    const answer = await ask({ turns: [{ user: "a long story" }], max: 64 });
    assert.equal(answer.text, "Once upon a");
    assert.equal(answer.stop, "length");
  },
  async "remembers turns"({ ask, last }) {
    const first = await ask({ turns: [{ user: "hello" }] });
    await ask({ turns: [{ user: "hello" }, { assistant: first.turn }, { user: "and again" }] });
    assert.equal(last().ask.last, "and again");
  },
  async "shows a picture"({ ask }) {
    assert.equal((await ask({ turns: [{ user: "what is in the picture", image: picture }] })).text, "I see 1 pictures.");
  },
  async "structures its output"({ ask }) {
    assert.deepEqual(JSON.parse((await ask({ turns: [{ user: "a place" }], schema: true })).text), { city: "Paris", people: 2 });
  },
  async "calls tools in parallel and reads their results"({ ask }) {
    await toolLoop(ask, false);
  },
  async "streams calls of tools and reads their results"({ ask }) {
    await toolLoop(ask, true);
  },
  async "takes over a conversation that called another model's tools"({ ask, elsewhere }) {
    const turns = [{ user: "the weather in Oslo and Rome" }];
    const answer = await elsewhere({ turns, tools: true });
    turns.push({ assistant: answer.turn }, { results: answer.calls.map((call) => ({ ...call, text: `sun over ${call.args.city}` })) });
    assert.equal((await ask({ turns, tools: true })).text, "I read: sun over Oslo and sun over Rome.");
  },
  async "thinks, and its thoughts come back unchanged"({ ask, shows }) {
    for (const stream of [false, true]) {
      const turns = [{ user: "the weather in Paris" }];
      const answer = await ask({ turns, tools: true, think: true, stream });
      assert.deepEqual(cityOf(answer.calls), [["weather", "Paris"]]);
      if (shows) assert.equal(answer.thinking, "I should look outside.");
      turns.push({ assistant: answer.turn }, { results: answer.calls.map((call) => ({ ...call, text: "rain" })) });
      assert.equal((await ask({ turns, tools: true, think: true, stream })).text, "I read: rain.");
    }
  },
  async "tells errors"({ ask, state }) {
    for (const stream of [false, true]) {
      await assert.rejects(ask({ turns: [{ user: "TROUBLE busy" }], stream }), (error) => {
        const { status, message } = errorOf(error);
        assert.equal(status, 429, `${error.stack}`);
        assert.match(message, /slow down, please/);
        return true;
      });
      await assert.rejects(ask({ turns: [{ user: "TROUBLE context" }], stream }), (error) => {
        const { status, message } = errorOf(error);
        assert.equal(status, 400, `${error.stack}`);
        assert.match(message, /maximum context length/);
        return true;
      });
    }
    state.refused.splice(0);
  },
};

async function toolLoop(ask, stream) {
  const turns = [{ user: "the weather in Paris and Rome" }];
  const answer = await ask({ system: "Be brief.", turns, tools: true, stream });
  assert.equal(answer.stop, "tools");
  assert.equal(answer.text, "Let me look.");
  assert.deepEqual(cityOf(answer.calls), [["weather", "Paris"], ["weather", "Rome"]]);
  turns.push({ assistant: answer.turn }, { results: answer.calls.map((call) => ({ ...call, text: `sun over ${call.args.city}` })) });
  const told = await ask({ system: "Be brief.", turns, tools: true, stream });
  assert.equal(told.text, "I read: sun over Paris and sun over Rome.");
  turns.push({ assistant: told.turn }, { user: "thanks" });
  assert.equal((await ask({ system: "Be brief.", turns, tools: true, stream })).text, "A fine answer (Be brief.).");
}

/** What a client or a provider has no words for; the matrix names what was left out. */
function skipped(client, provider, scenario) {
  const thinks = scenario.startsWith("thinks");
  if (thinks && (provider === "openai" || provider === "azureopenai")) return "the model does not think";
  if (scenario.startsWith("takes over") && client === "google genai" && provider === "gemini 3") return "its own client shows no signature of a call that another model made";
  return null;
}

const chatting = Object.entries(providers).filter(([, provider]) => provider.chats !== false);

for (const [clientName, client] of Object.entries(clients))
  for (const [providerName, provider] of chatting)
    test(`${clientName} to ${providerName}`, async (t) => {
      const made = client.make(world.urlOf(providerName));
      const other = client.make(world.urlOf("vllm"));
      t.after(() => [made, other].forEach((each) => client.close?.(each)));
      const state = world.strict[providerName];
      const cell = { passed: 0, ran: 0 };
      results.set(`${clientName}/${providerName}`, cell);
      for (const [name, act] of Object.entries(scenarios)) {
        const why = skipped(clientName, providerName, name);
        if (why) {
          left.set(`${name}: ${providerName}`, why);
          continue;
        }
        await t.test(name, async () => {
          cell.ran += 1;
          state.refused.splice(0);
          const ask = (options) => client.ask(made, { model: provider.model, ...options });
          const elsewhere = (options) => client.ask(other, { model: providers.vllm.model, ...options });
          try {
            await act({ ask, elsewhere, state, shows: showsThoughts(clientName, providerName), last: () => state.seen.at(-1) });
          } catch (error) {
            if (state.refused.length) error.message += `\nrefused: ${state.refused.map(({ url, status, message, body }) => `${url} ${status} ${message}\n${body}`).join("\n")}`;
            throw error;
          }
          assert.deepEqual(state.refused, []);
          cell.passed += 1;
        });
      }
      const seen = JSON.stringify(state.seen.map(({ headers, query }) => ({ headers, query })));
      assert.ok(!seen.includes(clientKey) && !seen.includes("AKIACLIENT"), "the client's key reached the provider");
      state.seen.splice(0);
    });

test("every request left a record, and no record a key", async () => {
  const records = await until("the records are there", async () => (await world.gateway.requests()).length > 50 && world.gateway.requests());
  const text = JSON.stringify(records);
  assert.ok(!text.includes(clientKey) && !text.includes("sk-own") && !text.includes(aws.secretKey));
});
