// Cohere's v2 API and Ollama's own, as they are strict.
import { chat, checkCompletions, checkEmbeddings } from "./openai.mjs";
import { demand, half, inRange, isObject, onlyKnown, parsedArguments, replyTo, sse } from "./rules.mjs";

const chatFields = "stream model messages tools strict_tools documents citation_options response_format safety_mode max_tokens stop_sequences temperature seed frequency_penalty presence_penalty k p logprobs tool_choice thinking priority";
const unknown = (name) => `unknown field: parameter '${name}' is not a valid field`;
const messageFields = { system: "role content", user: "role content", assistant: "role content tool_calls tool_plan citations", tool: "role content tool_call_id" };

function conversation(messages) {
  demand(Array.isArray(messages) && messages.length > 0, "invalid request: list of messages must not be empty");
  const out = { last: "", system: "", results: [], images: 0 };
  let open = new Map();
  messages.forEach((message, i) => {
    demand(message.role in messageFields, `invalid request: message at index ${i} has an invalid role '${message.role}'`);
    onlyKnown(message, messageFields[message.role], unknown);
    const parts = typeof message.content === "string" ? [{ type: "text", text: message.content }] : (message.content ?? []);
    demand(Array.isArray(parts), `invalid type: parameter messages[${i}].content`);
    if (message.role === "tool") {
      demand(open.has(message.tool_call_id), `invalid request: tool call id not found in previous tool calls: ${message.tool_call_id}`);
      const text = parts.map((part) => part.text ?? JSON.stringify(part.document?.data ?? part)).join("");
      out.results.push({ name: open.get(message.tool_call_id), text });
      open.delete(message.tool_call_id);
      return;
    }
    demand(open.size === 0, "invalid request: all tool calls must be answered by messages of role 'tool'");
    out.results = [];
    if (message.role === "assistant") {
      demand(parts.length > 0 || message.tool_calls?.length, `invalid request: message at index ${i} must have content or tool_calls`);
      open = new Map((message.tool_calls ?? []).map((call) => {
        demand(call.type === "function" && call.id && call.function?.name, `invalid tool call in message ${i}`);
        parsedArguments(call.function.arguments, (what) => `invalid tool call in message ${i}: ${what}`);
        return [call.id, call.function.name];
      }));
      for (const part of parts) demand(["text", "thinking"].includes(part.type), `invalid content type '${part.type}' at index ${i}`);
      return;
    }
    demand(parts.length > 0 && parts.every((part) => part.type !== "text" || part.text !== ""), `invalid request: message at index ${i} has no content`);
    for (const part of parts) demand(["text", "image_url", "document"].includes(part.type), `invalid content type '${part.type}' at index ${i}`);
    const text = parts.map((part) => part.text ?? "").join(" ").trim();
    if (message.role === "system") out.system += text;
    else Object.assign(out, { last: text, images: parts.filter((part) => part.type === "image_url").length });
  });
  demand(open.size === 0, "invalid request: all tool calls must be answered by messages of role 'tool'");
  return out;
}

function checkChat(body) {
  onlyKnown(body, chatFields, unknown);
  demand(/^(command|c4ai)-/.test(body.model ?? ""), `model '${body.model}' not found, make sure the correct model ID was used and that you have access to the model.`, {}, 404);
  inRange(body, [["temperature", "number", 0, 1], ["p", "number", 0.01, 0.99], ["k", "number", 0, 500], ["max_tokens", "number", 1, 1e6], ["frequency_penalty", "number", 0, 1], ["presence_penalty", "number", 0, 1], ["seed", "number", 0, 2 ** 53], ["stream", "boolean"]],
    (name, why) => `invalid request: ${name}: ${why}`);
  demand(body.tool_choice === undefined || ["REQUIRED", "NONE"].includes(body.tool_choice), "invalid request: tool_choice must be REQUIRED or NONE");
  demand((body.stop_sequences ?? []).length <= 5, "invalid request: too many stop_sequences");
  const tools = (body.tools ?? []).map((tool, i) => {
    demand(tool.type === "function" && /^[a-zA-Z0-9_]+$/.test((tool.function?.name ?? "").replaceAll("-", "_")), `invalid request: tools[${i}].function.name`);
    onlyKnown(tool, "type function", unknown);
    onlyKnown(tool.function, "name description parameters", unknown);
    demand(isObject(tool.function.parameters), `invalid request: tools[${i}].function.parameters is required`);
    return tool.function.name;
  });
  demand(tools.length > 0 || body.tool_choice === undefined, "invalid request: tool_choice is only allowed with tools");
  const format = body.response_format;
  if (format) {
    onlyKnown(format, "type json_schema schema", unknown);
    demand(["text", "json_object"].includes(format.type), "invalid request: response_format.type must be text or json_object");
    demand(!format.json_schema || format.type === "json_object", "invalid request: json_schema needs the type json_object");
    demand(format.type !== "json_object" || tools.length === 0, "invalid request: response_format is not supported with tools");
  }
  if (body.thinking) onlyKnown(body.thinking, "type token_budget", unknown);
  return { model: body.model, stream: body.stream === true, tools, schema: !!format?.json_schema, thinking: body.thinking?.type === "enabled", ...conversation(body.messages) };
}

const finish = { end: "COMPLETE", tools: "TOOL_CALL", length: "MAX_TOKENS" };
const usageOf = ({ input, output, cached }) => ({ billed_units: { input_tokens: input, output_tokens: output }, tokens: { input_tokens: input, output_tokens: output }, cached_tokens: cached });
const callOf = (call, i) => ({ id: `weather_${i}strict`, type: "function", function: { name: call.name, arguments: JSON.stringify(call.args) } });

function writeChat(reply) {
  const message = { role: "assistant" };
  if (reply.calls.length) Object.assign(message, { tool_plan: reply.text, tool_calls: reply.calls.map(callOf) });
  const content = [];
  if (reply.thinking) content.push({ type: "thinking", thinking: reply.thinking });
  if (!reply.calls.length) content.push({ type: "text", text: reply.text });
  if (content.length) message.content = content;
  return { id: "c-strict", finish_reason: finish[reply.stop], message, usage: usageOf(reply.usage) };
}

function streamChat(reply) {
  const events = [{ id: "c-strict", type: "message-start", delta: { message: { role: "assistant", content: [], tool_plan: "", tool_calls: [], citations: [] } } }];
  let index = 0;
  const content = (type, text) => {
    events.push({ type: "content-start", index, delta: { message: { content: { type, [type]: "" } } } });
    for (const piece of half(text)) events.push({ type: "content-delta", index, delta: { message: { content: { [type]: piece } } } });
    events.push({ type: "content-end", index: index++ });
  };
  if (reply.thinking) content("thinking", reply.thinking);
  if (!reply.calls.length) content("text", reply.text);
  if (reply.calls.length) for (const tool_plan of half(reply.text)) events.push({ type: "tool-plan-delta", delta: { message: { tool_plan } } });
  reply.calls.forEach((call, i) => {
    const whole = callOf(call, i);
    events.push({ type: "tool-call-start", index: i, delta: { message: { tool_calls: { ...whole, function: { name: call.name, arguments: "" } } } } });
    for (const piece of half(whole.function.arguments)) events.push({ type: "tool-call-delta", index: i, delta: { message: { tool_calls: { function: { arguments: piece } } } } });
    events.push({ type: "tool-call-end", index: i });
  });
  events.push({ type: "message-end", delta: { finish_reason: finish[reply.stop], usage: usageOf(reply.usage) } });
  return sse(events, true);
}

function embed(body) {
  onlyKnown(body, "texts images inputs model input_type max_tokens output_dimension embedding_types truncate priority", unknown);
  demand(/^embed-/.test(body.model ?? ""), `model '${body.model}' not found`, {}, 404);
  demand(["search_document", "search_query", "classification", "clustering", "image"].includes(body.input_type), "invalid request: valid input_type must be provided with the provided model");
  const texts = body.texts ?? (body.inputs ?? []).map((input) => input.content[0].text);
  demand(texts.length > 0 && texts.length <= 96, "invalid request: total number of texts must be at most 96");
  demand((body.embedding_types ?? ["float"]).every((type) => ["float", "int8", "uint8", "binary", "ubinary", "base64"].includes(type)), "invalid request: embedding_types");
  const float = texts.map((_, i) => Array.from({ length: body.output_dimension ?? 3 }, (_, k) => (i + 1) / (k + 2)));
  return { answer: { id: "e-strict", embeddings: { float }, texts, meta: { api_version: { version: "2" }, billed_units: { input_tokens: 6 } }, response_type: "embeddings_by_type" } };
}

function rerank(body) {
  onlyKnown(body, "model query documents top_n max_tokens_per_doc priority", unknown);
  demand(typeof body.query === "string" && body.query !== "", "invalid request: query must not be empty");
  demand(Array.isArray(body.documents) && body.documents.every((document) => typeof document === "string"), "invalid type: parameter documents is of type list but should be of type list of strings");
  return { answer: { id: "r-strict", results: body.documents.slice(0, body.top_n).map((_, index) => ({ index, relevance_score: 1 / (index + 1) })), meta: { api_version: { version: "2" }, billed_units: { search_units: 1 } } } };
}

export const cohere = (key) => ({
  auth: ({ headers }) => demand(headers.authorization === `Bearer ${key}`, "invalid api token", {}, 401),
  error: ({ message }) => ({ id: "err-strict", message }),
  apis: [
    [/^\/v2\/chat$/, (body) => {
      const ask = checkChat(body);
      const reply = replyTo(ask);
      return ask.stream ? { ask, stream: streamChat(reply), type: "text/event-stream" } : { ask, answer: writeChat(reply) };
    }],
    [/^\/v2\/embed$/, embed],
    [/^\/v2\/rerank$/, rerank],
  ],
});

function checkOllama(body) {
  demand(typeof body.model === "string" && body.model !== "", "model is required");
  demand(Array.isArray(body.messages), "messages is required");
  const out = { last: "", system: "", results: [], images: 0 };
  body.messages.forEach((message, i) => {
    demand(["system", "user", "assistant", "tool"].includes(message.role), `invalid role: ${message.role}, must be one of ["system", "user", "assistant", "tool"]`);
    demand(message.content === undefined || typeof message.content === "string", `json: cannot unmarshal into Go struct field ChatRequest.messages.content of type string (message ${i})`);
    demand(message.images === undefined || message.images.every((image) => /^[A-Za-z0-9+/]+=*$/.test(image)), "illegal base64 data at input byte 4");
    for (const call of message.tool_calls ?? []) demand(isObject(call.function?.arguments), "json: cannot unmarshal string into Go struct field ToolCallFunction.arguments of type map");
    if (message.role === "tool") return out.results.push({ name: message.tool_name ?? "", text: message.content });
    out.results = [];
    if (message.role === "system") out.system += message.content;
    if (message.role === "user") Object.assign(out, { last: message.content, images: message.images?.length ?? 0 });
    return undefined;
  });
  demand(body.format === undefined || body.format === "json" || body.format === "" || isObject(body.format), "invalid format");
  const tools = (body.tools ?? []).map((tool) => {
    demand(tool.type === "function" && isObject(tool.function?.parameters), "json: cannot unmarshal tools");
    return tool.function.name;
  });
  inRange(body.options ?? {}, [["temperature", "number", 0, 100], ["num_predict", "number", -2, 1e9], ["seed", "number", -(2 ** 53), 2 ** 53]], (name, why) => `option "${name}": ${why}`);
  return { model: body.model, stream: body.stream !== false, tools, schema: isObject(body.format), thinking: !!body.think, ...out };
}

const ollamaEnd = (reply, ask) => ({ model: ask.model, created_at: "2026-01-02T03:04:05.678Z", done: true, done_reason: reply.stop === "length" ? "length" : "stop", total_duration: 5, load_duration: 1, prompt_eval_count: reply.usage.input, prompt_eval_duration: 2, eval_count: reply.usage.output, eval_duration: 2 });
const ollamaCalls = (reply) => reply.calls.map((call) => ({ function: { name: call.name, arguments: call.args } }));

function ollamaChat(body) {
  const ask = checkOllama(body);
  const reply = replyTo(ask);
  const message = { role: "assistant", content: reply.text, ...(reply.thinking ? { thinking: reply.thinking } : {}), ...(reply.calls.length ? { tool_calls: ollamaCalls(reply) } : {}) };
  if (!ask.stream) return { ask, answer: { ...ollamaEnd(reply, ask), message } };
  const part = (rest) => ({ model: ask.model, created_at: "2026-01-02T03:04:05.678Z", message: { role: "assistant", content: "", ...rest }, done: false });
  const lines = [...half(reply.thinking ?? "").map((thinking) => part({ thinking })), ...half(reply.text).map((content) => part({ content })), ...ollamaCalls(reply).map((call) => part({ tool_calls: [call] })), { ...ollamaEnd(reply, ask), message: { role: "assistant", content: "" } }];
  return { ask, stream: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join("")), type: "application/x-ndjson" };
}

export const ollama = () => ({
  auth: () => {},
  error: ({ message }) => ({ error: message }),
  apis: [
    [/^\/api\/chat$/, ollamaChat],
    [/^\/v1\/chat\/completions$/, chat("vllm")],
    [/^\/v1\/completions$/, (body) => {
      const ask = checkCompletions(body);
      return { ask, answer: { id: "cmpl", object: "text_completion", created: 1, model: ask.model, choices: [{ index: 0, text: replyTo(ask).text, finish_reason: "stop" }], usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 } } };
    }],
    [/^\/v1\/embeddings$/, (body) => checkEmbeddings(body, { strict: false })],
  ],
});
