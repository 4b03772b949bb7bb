// The real SDKs' own accumulators over the streams that `gatehouse convert` writes: what they hold at the end must be what the whole
// answer would have been. The streams reach them through HTTP, cut at places that no event respects.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { run } from "./harness.mjs";

const gatehouse = process.env.GATEHOUSE;

const anthropicAnswer = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-x",
  content: [
    { type: "thinking", thinking: "I need both.", signature: "EqMB" },
    { type: "redacted_thinking", data: "b64==" },
    { type: "text", text: "Grün 🌱. " },
    { type: "text", text: "Let me look.", citations: [{ type: "web_search_result_location", url: "https://x.test", title: "T", cited_text: "g", encrypted_index: "e" }] },
    { type: "tool_use", id: "toolu_1", name: "weather", input: { city: "Zürich", days: 2 } },
    { type: "tool_use", id: "toolu_2", name: "time", input: {} },
  ],
  stop_reason: "tool_use",
  stop_sequence: null,
  usage: { input_tokens: 10, cache_creation_input_tokens: 3, cache_read_input_tokens: 5, output_tokens: 7 },
};

const chatAnswer = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1700000000,
  model: "gpt-x",
  choices: [
    {
      index: 0,
      message: {
        role: "assistant",
        content: "Grün 🌱.",
        refusal: null,
        reasoning_content: "Hm.",
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Zürich"}' } },
          { id: "call_2", type: "function", function: { name: "time", arguments: "{}" } },
        ],
      },
      logprobs: null,
      finish_reason: "tool_calls",
    },
  ],
  usage: {
    prompt_tokens: 18,
    completion_tokens: 7,
    total_tokens: 25,
    prompt_tokens_details: { cached_tokens: 5 },
    completion_tokens_details: { reasoning_tokens: 2 },
  },
  service_tier: "default",
};

const responsesAnswer = {
  id: "resp_1",
  object: "response",
  created_at: 1700000000,
  status: "completed",
  error: null,
  incomplete_details: null,
  model: "gpt-x",
  output: [
    { id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "gAAA" },
    {
      id: "msg_1",
      type: "message",
      status: "completed",
      role: "assistant",
      content: [
        {
          type: "output_text",
          text: "Grün: x.",
          annotations: [{ type: "url_citation", start_index: 6, end_index: 7, url: "https://x.test", title: "X" }],
          logprobs: [{ token: "Grün: x.", logprob: -0.5, bytes: [71], top_logprobs: [] }],
        },
      ],
    },
    { id: "fc_1", type: "function_call", status: "completed", arguments: '{"city":"Zürich"}', call_id: "call_1", name: "weather" },
  ],
  usage: {
    input_tokens: 18,
    input_tokens_details: { cached_tokens: 5, cache_write_tokens: 0 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 25,
  },
  service_tier: "default",
};

const half = (text) => {
  const letters = [...text];
  const middle = Math.ceil(letters.length / 2);
  return [letters.slice(0, middle).join(""), letters.slice(middle).join("")].filter(Boolean);
};

/** The stream that Anthropic would have sent for an answer. */
function anthropicStream(answer) {
  const events = [
    { type: "message_start", message: { ...answer, content: [], stop_reason: null, usage: { ...answer.usage, output_tokens: 1 } } },
    { type: "ping" },
  ];
  answer.content.forEach((block, index) => {
    const deltas = [];
    let start = block;
    if (block.type === "thinking") {
      start = { type: "thinking", thinking: "", signature: "" };
      for (const thinking of half(block.thinking)) deltas.push({ type: "thinking_delta", thinking });
      deltas.push({ type: "signature_delta", signature: block.signature });
    } else if (block.type === "text") {
      start = { type: "text", text: "" };
      for (const citation of block.citations ?? []) deltas.push({ type: "citations_delta", citation });
      for (const text of half(block.text)) deltas.push({ type: "text_delta", text });
    } else if (block.type === "tool_use") {
      start = { ...block, input: {} };
      for (const partial_json of half(JSON.stringify(block.input))) deltas.push({ type: "input_json_delta", partial_json });
    }
    events.push({ type: "content_block_start", index, content_block: start });
    for (const delta of deltas) events.push({ type: "content_block_delta", index, delta });
    events.push({ type: "content_block_stop", index });
  });
  events.push({ type: "message_delta", delta: { stop_reason: answer.stop_reason, stop_sequence: null }, usage: { output_tokens: answer.usage.output_tokens } });
  events.push({ type: "message_stop" });
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}

/** The stream that OpenAI's chat would have sent for an answer. */
function chatStream(answer) {
  const [{ message, finish_reason }] = answer.choices;
  const deltas = [{ role: "assistant", content: "", refusal: null }];
  for (const reasoning_content of half(message.reasoning_content)) deltas.push({ reasoning_content });
  for (const content of half(message.content)) deltas.push({ content });
  message.tool_calls.forEach((call, index) => {
    deltas.push({ tool_calls: [{ index, id: call.id, type: "function", function: { name: call.function.name, arguments: "" } }] });
    for (const piece of half(call.function.arguments)) deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] });
  });
  const chunk = (choices, more) => ({
    id: answer.id,
    object: "chat.completion.chunk",
    created: answer.created,
    model: answer.model,
    service_tier: answer.service_tier,
    choices,
    ...more,
  });
  const chunks = deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }]));
  chunks.push(chunk([{ index: 0, delta: {}, finish_reason }]), chunk([], { usage: answer.usage }));
  return [...chunks.map((event) => JSON.stringify(event)), "[DONE]"].map((data) => `data: ${data}\n\n`).join("");
}

/** The stream that OpenAI's responses would have sent for an answer. */
function responsesStream(answer) {
  const events = [];
  const shell = { ...answer, status: "in_progress", output: [], usage: null };
  const add = (type, rest) => events.push({ type, sequence_number: events.length, ...rest });
  add("response.created", { response: shell });
  add("response.in_progress", { response: shell });
  answer.output.forEach((item, output_index) => {
    const at = { item_id: item.id, output_index };
    if (item.type === "reasoning") {
      add("response.output_item.added", { output_index, item: { id: item.id, type: "reasoning", summary: [] } });
      item.summary.forEach((part, summary_index) => {
        add("response.reasoning_summary_part.added", { ...at, summary_index, part: { type: "summary_text", text: "" } });
        for (const delta of half(part.text)) add("response.reasoning_summary_text.delta", { ...at, summary_index, delta });
        add("response.reasoning_summary_text.done", { ...at, summary_index, text: part.text });
        add("response.reasoning_summary_part.done", { ...at, summary_index, part });
      });
    } else if (item.type === "message") {
      add("response.output_item.added", { output_index, item: { ...item, status: "in_progress", content: [] } });
      item.content.forEach((part, content_index) => {
        add("response.content_part.added", { ...at, content_index, part: { ...part, text: "", annotations: [], logprobs: [] } });
        half(part.text).forEach((delta, i) => add("response.output_text.delta", { ...at, content_index, delta, logprobs: i === 0 ? part.logprobs : [] }));
        part.annotations.forEach((annotation, annotation_index) =>
          add("response.output_text.annotation.added", { ...at, content_index, annotation_index, annotation }),
        );
        add("response.output_text.done", { ...at, content_index, text: part.text, logprobs: part.logprobs });
        add("response.content_part.done", { ...at, content_index, part });
      });
    } else {
      add("response.output_item.added", { output_index, item: { ...item, status: "in_progress", arguments: "" } });
      for (const delta of half(item.arguments)) add("response.function_call_arguments.delta", { ...at, delta });
      add("response.function_call_arguments.done", { ...at, name: item.name, arguments: item.arguments });
    }
    add("response.output_item.done", { output_index, item });
  });
  add("response.completed", { response: answer });
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}

const sources = {
  "anthropic-messages": { answer: anthropicAnswer, stream: anthropicStream },
  "openai-chat": { answer: chatAnswer, stream: chatStream },
  "openai-responses": { answer: responsesAnswer, stream: responsesStream },
};

async function convert(from, to, direction, input) {
  const done = await run(gatehouse, ["convert", "--from", from, "--to", to, "--direction", direction, "--usage"], input);
  return { ...done, faults: done.err.split("\n").filter((line) => line.startsWith("fault:")) };
}

/** A provider that answers every request with `body` as a stream, in pieces. */
async function serve(t, body) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 37) response.write(bytes.subarray(at, at + 37));
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${server.address().port}`;
}

const openai = (url) => new OpenAI({ baseURL: `${url}/v1`, apiKey: "unused", maxRetries: 0 });
const plain = (value) => JSON.parse(JSON.stringify(value));

/** What the client's SDK makes of a stream of its own dialect. */
const readers = {
  "openai-responses": async (url) => {
    let last = -1;
    const stream = openai(url).responses.stream({ model: "m", input: "Hi" });
    stream.on("event", (event) => {
      assert.equal(event.sequence_number, last + 1);
      last = event.sequence_number;
    });
    return plain(await stream.finalResponse());
  },
  "openai-chat": async (url) => {
    const stream = openai(url).chat.completions.stream({ model: "m", messages: [], stream_options: { include_usage: true } });
    // Of fields that are not OpenAI's own its accumulator keeps the last piece alone.
    const thoughts = [];
    const blocks = [];
    stream.on("chunk", ({ choices: [choice] }) => {
      if (choice?.delta.reasoning_content) thoughts.push(choice.delta.reasoning_content);
      blocks.push(...(choice?.delta.thinking_blocks ?? []));
    });
    const held = plain(await stream.finalChatCompletion());
    const [{ message }] = held.choices;
    if (thoughts.length) message.reasoning_content = thoughts.join("");
    if (blocks.length) message.thinking_blocks = blocks;
    return held;
  },
  "anthropic-messages": async (url) => {
    const client = new Anthropic({ baseURL: url, apiKey: "unused", maxRetries: 0 });
    return plain(await client.messages.stream({ model: "m", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] }).finalMessage());
  },
};

/** What the SDKs add for their callers' convenience, and what depends on the time of day. */
function comparable(dialect, answer, source) {
  const copy = structuredClone(answer);
  if (dialect === "openai-responses") {
    delete copy.output_text;
    delete copy.output_parsed;
    for (const item of copy.output) {
      delete item.parsed_arguments;
      for (const part of item.content ?? []) delete part.parsed;
    }
    if (source === "anthropic-messages") copy.created_at = 0;
  }
  if (dialect === "openai-chat") {
    for (const choice of copy.choices) {
      delete choice.message.parsed;
      for (const call of choice.message.tool_calls ?? []) delete call.function.parsed_arguments;
    }
    if (source === "anthropic-messages") copy.created = 0;
  }
  if (dialect === "anthropic-messages") {
    delete copy.parsed_output;
    for (const block of copy.content) delete block.parsed_output;
  }
  return copy;
}

for (const [from, source] of Object.entries(sources))
  for (const [to, read] of Object.entries(readers)) {
    if (from === to) continue;
    test(`${to}'s SDK adds a stream of ${from} up to the whole answer`, async (t) => {
      const stream = await convert(from, to, "stream", source.stream(source.answer));
      assert.equal(stream.code, 0, stream.err);
      assert.deepEqual(stream.faults, []);
      const whole = await convert(from, to, "response", JSON.stringify(source.answer));
      assert.equal(whole.code, 0, whole.err);
      const held = await read(await serve(t, stream.out));
      assert.deepEqual(comparable(to, held, from), comparable(to, JSON.parse(whole.out), from));
    });

    test(`${to}'s SDK never takes a cut stream of ${from} for whole`, async (t) => {
      const bytes = source.stream(source.answer);
      const stream = await convert(from, to, "stream", bytes.slice(0, Math.floor(bytes.length * 0.7)));
      assert.equal(stream.code, 1);
      const url = await serve(t, stream.out);
      const failure = await read(url).then(
        (held) => assert.fail(JSON.stringify(held)),
        (error) => error,
      );
      assert.match(`${failure.message} ${JSON.stringify(failure.error ?? {})}`, /broke off/);
    });
  }

test("what the responses' accumulator holds on the way is what its end repeats", async (t) => {
  const stream = await convert("anthropic-messages", "openai-responses", "stream", anthropicStream(anthropicAnswer));
  const snapshots = [];
  const runner = openai(await serve(t, stream.out)).responses.stream({ model: "m", input: "Hi" });
  runner.on("response.output_text.delta", (event) => snapshots.push([event.output_index, event.content_index, event.snapshot]));
  runner.on("response.function_call_arguments.delta", (event) => snapshots.push([event.output_index, event.snapshot]));
  const held = await runner.finalResponse();
  const message = held.output.findIndex((item) => item.type === "message");
  const ends = held.output[message].content.map((part, index) => [message, index, part.text]);
  held.output.forEach((item, index) => item.type === "function_call" && ends.push([index, item.arguments]));
  for (const end of ends) assert.ok(snapshots.some((snapshot) => JSON.stringify(snapshot) === JSON.stringify(end)), JSON.stringify({ end, snapshots }));
});
