// Anthropic's messages as they are strict, and Claude on Vertex AI, which differs in the envelope alone.
import { demand, half, inRange, isBase64, isObject, onlyKnown, replyTo, signatureOf, sse } from "./rules.mjs";

const common = "max_tokens messages cache_control container diagnostics inference_geo metadata output_config service_tier speed stop_sequences stream system temperature thinking tool_choice tools top_k top_p user_profile_id workspace_id mcp_servers context_management";
const countFields = "messages model cache_control output_config speed system thinking tool_choice tools user_profile_id workspace_id";
const blockFields = {
  text: "type text cache_control citations",
  image: "type source cache_control",
  document: "type source cache_control citations context title",
  thinking: "type thinking signature",
  redacted_thinking: "type data",
  tool_use: "type id name input cache_control caller",
  tool_result: "type tool_use_id content is_error cache_control",
};
const extra = (at) => (name) => `${at}${name}: Extra inputs are not permitted`;

function checkSource(source, at, image) {
  demand(["base64", "url", "file", ...(image ? [] : ["text", "content"])].includes(source?.type), `${at}.source.type: Input should be 'base64', 'url' or 'file'`);
  if (source.type === "url") demand(/^https:\/\//.test(source.url ?? ""), `${at}.source.url: Only HTTPS URLs are supported.`);
  if (source.type !== "base64") return;
  demand(isBase64(source.data), `${at}.source.base64.data: Input should be a valid base64 string`);
  if (image) demand(["image/jpeg", "image/png", "image/gif", "image/webp"].includes(source.media_type), `${at}.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'`);
}

function checkBlock(block, at, role, state) {
  demand(isObject(block) && block.type in blockFields, `${at}.type: Input tag '${block?.type}' found is not one of the expected tags`);
  onlyKnown(block, blockFields[block.type], extra(`${at}.${block.type}.`));
  if (block.cache_control) {
    state.marks += 1;
    demand(block.cache_control.type === "ephemeral", `${at}.cache_control.type: Input should be 'ephemeral'`);
  }
  const forRole = { text: "both", image: "user", document: "user", tool_result: "user", thinking: "assistant", redacted_thinking: "assistant", tool_use: "assistant" }[block.type];
  demand(forRole === "both" || forRole === role, `${at}: '${block.type}' blocks can not be in '${role}' messages`);
  if (block.type === "text") demand(typeof block.text === "string" && block.text !== "", `${at}: text content blocks must be non-empty`);
  if (block.type === "image" || block.type === "document") checkSource(block.source, at, block.type === "image");
  if (block.type === "thinking") demand(block.signature === signatureOf(block.thinking), `${at}: Invalid \`signature\` in \`thinking\` block`);
  if (block.type === "tool_use") {
    demand(/^[a-zA-Z0-9_-]+$/.test(block.id ?? ""), `${at}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
    demand(/^[a-zA-Z0-9_-]{1,128}$/.test(block.name ?? ""), `${at}.tool_use.name: String should match pattern`);
    demand(isObject(block.input), `${at}.tool_use.input: Input should be a valid dictionary`);
  }
}

function conversation(messages, body, state) {
  demand(Array.isArray(messages) && messages.length > 0, "messages: at least one message is required");
  const out = { last: "", results: [], images: 0 };
  let open = new Map();
  messages.forEach((message, i) => {
    const at = `messages.${i}`;
    onlyKnown(message, "role content", extra(`${at}.`));
    demand(message.role === "user" || message.role === "assistant", `${at}.role: Unexpected role "${message.role}". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`);
    if (i === 0) demand(message.role === "user", "messages: first message must use the \"user\" role");
    demand(typeof message.content === "string" || Array.isArray(message.content), `${at}.content: Input should be a valid string or list`);
    const blocks = typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
    demand(blocks.length > 0 || (message.role === "assistant" && i === messages.length - 1), `${at}: all messages must have non-empty content except for the optional final assistant message`);
    blocks.forEach((block, k) => checkBlock(block, `${at}.content.${k}`, message.role, state));
    if (message.role === "user") {
      const results = blocks.filter((block) => block.type === "tool_result");
      for (const result of results) demand(open.has(result.tool_use_id), `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${result.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`);
      const missing = [...open.keys()].filter((id) => !results.some((result) => result.tool_use_id === id));
      demand(missing.length === 0, `${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(", ")}.`);
      const firstOther = blocks.findIndex((block) => block.type !== "tool_result");
      demand(open.size === 0 || firstOther === -1 || blocks.slice(firstOther).every((block) => block.type !== "tool_result"), `${at}: \`tool_result\` blocks must come first`);
      out.results = results.map((result) => ({ name: open.get(result.tool_use_id), text: typeof result.content === "string" ? result.content : (result.content ?? []).map((part) => part.text ?? "").join("") }));
      const texts = blocks.filter((block) => block.type === "text").map((block) => block.text);
      if (texts.length) out.last = texts.join(" ");
      out.images = blocks.filter((block) => block.type === "image").length;
      open = new Map();
    } else {
      demand(open.size === 0, `${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${[...open.keys()].join(", ")}.`);
      for (const block of blocks) if (block.type === "tool_use") open.set(block.id, block.name);
      const isLast = i === messages.length - 1;
      if (isLast && blocks.at(-1)?.type === "text") demand(!/\s$/.test(blocks.at(-1).text), "messages: final assistant content cannot end with trailing whitespace");
      if (open.size > 0 && body.thinking?.type === "enabled")
        demand(["thinking", "redacted_thinking"].includes(blocks[0].type), `${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${blocks[0].type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block.`);
    }
  });
  demand(open.size === 0, `messages: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${[...open.keys()].join(", ")}.`);
  return out;
}

function checkTools(body, state) {
  const names = (body.tools ?? []).map((tool, i) => {
    onlyKnown(tool, "type name description input_schema cache_control strict eager_input_streaming input_examples defer_loading allowed_callers", extra(`tools.${i}.custom.`));
    demand(/^[a-zA-Z0-9_-]{1,128}$/.test(tool.name ?? ""), `tools.${i}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    demand(isObject(tool.input_schema) && tool.input_schema.type === "object", `tools.${i}.custom.input_schema.type: Field required`);
    if (tool.cache_control) state.marks += 1;
    return tool.name;
  });
  const choice = body.tool_choice;
  if (choice) {
    onlyKnown(choice, choice.type === "tool" ? "type name disable_parallel_tool_use" : choice.type === "none" ? "type" : "type disable_parallel_tool_use", extra(`tool_choice.${choice.type}.`));
    demand(["auto", "any", "tool", "none"].includes(choice.type), `tool_choice: Input tag '${choice.type}' found is not one of the expected tags`);
    demand(names.length > 0, "tool_choice may only be specified while providing tools");
    demand(choice.type !== "tool" || names.includes(choice.name), `Tool '${choice.name}' not found in provided tools`);
    demand(body.thinking?.type !== "enabled" || ["auto", "none"].includes(choice.type), "Thinking may not be enabled when tool_choice forces tool use.");
  }
  return names;
}

/** `envelope`: what stands in the body beside the message itself ("model", or Vertex's "anthropic_version"). */
function check(body, envelope, counting = false) {
  onlyKnown(body, counting ? countFields : `${common} ${envelope}`, extra(""));
  const state = { marks: 0 };
  if (envelope === "model" || counting) demand(typeof body.model === "string" && body.model !== "", "model: Field required");
  else demand(body.anthropic_version === "vertex-2023-10-16", "anthropic_version: Field required");
  demand(body.model === undefined || /^claude-/.test(body.model), `model: ${body.model}`, { type: "not_found_error" }, 404);
  if (!counting) {
    demand(Number.isInteger(body.max_tokens), "max_tokens: Field required");
    inRange(body, [["max_tokens", "number", 1, 1e9], ["temperature", "number", 0, 1], ["top_p", "number", 0, 1], ["top_k", "number", 0, 1e9], ["stream", "boolean"]], (name, why) => `${name}: Input ${why}`);
    demand(body.stop_sequences === undefined || (Array.isArray(body.stop_sequences) && body.stop_sequences.every((text) => /\S/.test(text))), "stop_sequences: each stop sequence must contain non-whitespace");
    if (body.metadata) onlyKnown(body.metadata, "user_id", extra("metadata."));
  }
  const thinking = body.thinking;
  if (thinking) {
    demand(["enabled", "disabled", "adaptive"].includes(thinking.type), `thinking: Input tag '${thinking.type}' found is not one of the expected tags`);
    if (thinking.type === "enabled") {
      demand(Number.isInteger(thinking.budget_tokens) && thinking.budget_tokens >= 1024, "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
      demand(counting || body.max_tokens > thinking.budget_tokens, "`max_tokens` must be greater than `thinking.budget_tokens`.");
      demand(body.temperature === undefined || body.temperature === 1, "`temperature` may only be set to 1 when thinking is enabled.");
      demand(body.top_k === undefined, "`top_k` must be unset when thinking is enabled.");
    }
  }
  let system = "";
  if (typeof body.system === "string") system = body.system;
  else if (body.system !== undefined) {
    demand(Array.isArray(body.system), "system: Input should be a valid list");
    body.system.forEach((block, i) => {
      demand(block.type === "text", `system.${i}.type: Input should be 'text'`);
      checkBlock(block, `system.${i}`, "user", state);
    });
    system = body.system.map((block) => block.text).join("");
  }
  const format = body.output_config?.format;
  if (format) demand(format.type === "json_schema" && isObject(format.schema), "output_config.format.schema: Field required");
  if (body.output_config) onlyKnown(body.output_config, "effort format", extra("output_config."));
  const tools = checkTools(body, state);
  const out = conversation(body.messages, body, state);
  demand(state.marks <= 4, `A maximum of 4 blocks with cache_control may be provided. Found ${state.marks}.`);
  const forced = body.tool_choice?.type === "tool" && body.tool_choice.name;
  return { model: body.model ?? "claude-on-vertex", stream: body.stream === true, system, tools, schema: !!format, forced, thinking: thinking?.type === "enabled" || thinking?.type === "adaptive", marks: state.marks, ...out };
}

const stop = { end: "end_turn", tools: "tool_use", length: "max_tokens" };

/** Structured output by a tool that must be called, as it was asked for before there was a field of its own. */
const forcedReply = (reply, ask) => (ask.forced && ask.forced !== "weather" ? { ...reply, text: "", calls: [{ name: ask.forced, args: { city: "Paris", people: 2 } }], stop: "tools" } : reply);

function write(said, ask) {
  const reply = forcedReply(said, ask);
  const content = [];
  if (reply.thinking) content.push({ type: "thinking", thinking: reply.thinking, signature: signatureOf(reply.thinking) });
  if (reply.text) content.push({ type: "text", text: reply.text, citations: null });
  reply.calls.forEach((call, i) => content.push({ type: "tool_use", id: `toolu_strict_${i}`, name: call.name, input: call.args }));
  const { input, output, cached } = reply.usage;
  return { id: "msg_strict", type: "message", role: "assistant", model: ask.model, content, stop_reason: stop[reply.stop], stop_sequence: null,
    usage: { input_tokens: input - cached, cache_creation_input_tokens: 0, cache_read_input_tokens: cached, output_tokens: output, service_tier: "standard" } };
}

function stream(said, ask) {
  const answer = write(said, ask);
  const events = [{ type: "message_start", message: { ...answer, content: [], stop_reason: null, usage: { ...answer.usage, output_tokens: 1 } } }, { type: "ping" }];
  answer.content.forEach((block, index) => {
    const start = block.type === "text" ? { type: "text", text: "" } : block.type === "thinking" ? { type: "thinking", thinking: "", signature: "" } : { ...block, input: {} };
    events.push({ type: "content_block_start", index, content_block: start });
    const add = (delta) => events.push({ type: "content_block_delta", index, delta });
    if (block.type === "text") for (const text of half(block.text)) add({ type: "text_delta", text });
    if (block.type === "thinking") {
      for (const thinking of half(block.thinking)) add({ type: "thinking_delta", thinking });
      add({ type: "signature_delta", signature: block.signature });
    }
    if (block.type === "tool_use") {
      add({ type: "input_json_delta", partial_json: "" });
      for (const partial_json of half(JSON.stringify(block.input))) add({ type: "input_json_delta", partial_json });
    }
    events.push({ type: "content_block_stop", index });
  });
  events.push({ type: "message_delta", delta: { stop_reason: answer.stop_reason, stop_sequence: null }, usage: { output_tokens: answer.usage.output_tokens } }, { type: "message_stop" });
  return sse(events, true);
}

const types = { 400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error", 529: "overloaded_error" };
const error = ({ status, message, more }) => ({ type: "error", error: { type: more.type ?? types[status] ?? "api_error", message }, request_id: "req_strict" });
const answered = (ask) => (ask.stream ? { ask, stream: stream(replyTo(ask), ask), type: "text/event-stream" } : { ask, answer: write(replyTo(ask), ask) });

export const anthropic = (key) => ({
  auth: ({ headers }) => {
    demand(headers["x-api-key"] === key, "invalid x-api-key", {}, 401);
    demand(!headers.authorization, "both x-api-key and Authorization were sent", {}, 401);
    demand(/^\d{4}-\d{2}-\d{2}$/.test(headers["anthropic-version"] ?? ""), "anthropic-version: header is required");
  },
  error,
  apis: [
    [/^\/v1\/messages$/, (body) => answered(check(body, "model"))],
    [/^\/v1\/messages\/count_tokens$/, (body) => ({ ask: check(body, "model", true), answer: { input_tokens: 12 } })],
  ],
});

/** Of Vertex AI; the model stands in the path. */
export function claudeOnVertex(body, { match }) {
  const [, model, method] = match;
  if (model === "count-tokens") return { ask: check(body, "model", true), answer: { input_tokens: 12 } };
  demand(/^claude-[a-z0-9.-]+(@\d{8})?$/.test(model), `Publisher model ${model} was not found.`, { type: "not_found_error" }, 404);
  const ask = check(body, "anthropic_version");
  demand(ask.stream === (method === "streamRawPredict"), "stream: does not fit the method");
  return answered({ ...ask, model });
}
