// OpenAI as it is strict: chat completions, responses, completions, embeddings. Azure, Mistral and vLLM are told apart by `flavour`.
import { demand, half, inRange, isObject, onlyKnown, parsedArguments, refuse, replyTo, sse } from "./rules.mjs";

const chatFields =
  "messages model audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens metadata modalities moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options";
const mistralFields =
  "model temperature top_p max_tokens stream stop random_seed metadata messages response_format tools tool_choice presence_penalty frequency_penalty n prediction parallel_tool_calls reasoning_effort prompt_mode guardrails prompt_cache_key service_tier safe_prompt";
const messageFields = {
  system: "role content name",
  developer: "role content name",
  user: "role content name",
  assistant: "role content name refusal audio tool_calls function_call",
  tool: "role content tool_call_id",
};
const mistralMessageFields = { system: "role content", user: "role content", assistant: "role content tool_calls prefix", tool: "role content tool_call_id name" };
const reasons = /^(o[134]|gpt-5)/;
const unknown = (at) => (name) => `Unknown parameter: '${at ? `${at}.` : ""}${name}'.`;

function partsOf(content, allowed, at) {
  if (typeof content === "string") return [{ type: "text", text: content }];
  demand(Array.isArray(content) && content.length > 0, `Invalid type for '${at}.content': expected a string or a list of parts.`, { param: `${at}.content` });
  content.forEach((part, i) => {
    const here = `${at}.content[${i}]`;
    demand(isObject(part) && allowed.includes(part.type), `Invalid value: '${part?.type}' at '${here}.type'. Supported values are: ${allowed.join(", ")}.`, { param: here });
    if (part.type === "text") {
      demand(typeof part.text === "string", `Missing required parameter: '${here}.text'.`);
      onlyKnown(part, "type text", unknown(here));
    }
    if (part.type === "image_url") {
      const url = part.image_url?.url ?? part.image_url;
      demand(typeof url === "string" && /^(https?:\/\/|data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$)/.test(url), `Invalid image at '${here}.image_url'.`, { code: "invalid_image_url" });
    }
  });
  return content;
}

/** Order and pairing of a conversation; what it asks. */
function conversation(messages, flavour) {
  const fields = flavour === "mistral" ? mistralMessageFields : messageFields;
  demand(Array.isArray(messages) && messages.length > 0, "Invalid 'messages': empty array.", { param: "messages" });
  const out = { last: "", system: "", results: [], images: 0 };
  let open = new Map();
  messages.forEach((message, i) => {
    const at = `messages[${i}]`;
    demand(isObject(message) && message.role in fields, `Invalid value: '${message?.role}'. Supported values are: ${Object.keys(fields).join(", ")}.`, { param: `${at}.role` });
    if (flavour !== "vllm") onlyKnown(message, fields[message.role], unknown(at), flavour === "mistral" ? 422 : 400);
    if (message.role === "tool") {
      demand(open.has(message.tool_call_id), `${at} with role 'tool' must be a response to a preceding message with 'tool_calls'.`, { param: at });
      const text = partsOf(message.content, ["text"], at).map((part) => part.text).join("");
      out.results.push({ name: open.get(message.tool_call_id), text });
      open.delete(message.tool_call_id);
      return;
    }
    demand(open.size === 0, `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id': ${[...open.keys()].join(", ")}.`, { param: "messages" });
    if (message.role === "system" || message.role === "developer") {
      out.system += partsOf(message.content, ["text"], at).map((part) => part.text).join("");
    } else if (message.role === "user") {
      const parts = partsOf(message.content, ["text", "image_url", "input_audio", "file"], at);
      out.last = parts.filter((part) => part.type === "text").map((part) => part.text).join(" ");
      out.images = parts.filter((part) => part.type === "image_url").length;
      out.results = [];
    } else {
      const calls = message.tool_calls;
      demand(calls === undefined || (Array.isArray(calls) && calls.length > 0), `Invalid '${at}.tool_calls': empty array.`);
      if (message.content !== null && message.content !== undefined) partsOf(message.content, ["text", "refusal", ...(flavour === "mistral" ? ["thinking"] : [])], at);
      else demand(calls || message.refusal || message.function_call, `Invalid value for 'content': expected a string, got null.`, { param: `${at}.content` });
      open = new Map();
      for (const call of calls ?? []) {
        demand(typeof call.id === "string" && call.id !== "" && call.type !== undefined && call.function?.name, `A call of '${at}.tool_calls' lacks id, type or name.`);
        if (flavour === "mistral")
          demand(/^[a-zA-Z0-9]{9}$/.test(call.id), `Tool call id was ${call.id} but must be a-z, A-Z, 0-9, with a length of 9.`, { code: "3280" });
        demand(call.id.length <= 64, `Invalid '${at}.tool_calls[0].id': string too long. Expected a string with maximum length 64.`);
        parsedArguments(call.function.arguments, (what) => `${at}.tool_calls: ${what}`);
        open.set(call.id, call.function.name);
      }
      out.results = [];
    }
  });
  demand(open.size === 0, `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id': ${[...open.keys()].join(", ")}.`, { param: "messages" });
  const end = messages.at(-1);
  if (flavour === "mistral")
    demand(end.role === "user" || end.role === "tool" || end.prefix === true, `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${end.role}`, { code: "3230" });
  return out;
}

function strictSchema(schema, at) {
  if (!isObject(schema) || schema.type !== "object") return;
  demand(schema.additionalProperties === false, `Invalid schema at ${at}: 'additionalProperties' is required to be supplied and to be false.`);
  const names = Object.keys(schema.properties ?? {});
  demand(names.every((name) => schema.required?.includes(name)), `Invalid schema at ${at}: 'required' is required to include every key in properties.`);
  for (const name of names) strictSchema(schema.properties[name], `${at}.${name}`);
}

function checkTools(body, flat) {
  const tools = body.tools;
  if (tools === undefined || tools === null) {
    demand(body.tool_choice === undefined || body.tool_choice === null || body.tool_choice === "none" || flat, "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", { param: "tool_choice" });
    demand(body.parallel_tool_calls === undefined || flat, "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.", { param: "parallel_tool_calls" });
    return [];
  }
  demand(Array.isArray(tools) && tools.length > 0, "Invalid 'tools': empty array. Expected an array with minimum length 1.", { param: "tools" });
  const names = tools.map((tool, i) => {
    const at = `tools[${i}]`;
    demand(tool.type === "function", `Invalid value: '${tool.type}' at '${at}.type'.`, { param: at });
    onlyKnown(tool, flat ? "type name description parameters strict" : "type function", unknown(at));
    const definition = flat ? tool : tool.function;
    if (!flat) onlyKnown(definition, "name description parameters strict", unknown(`${at}.function`));
    demand(/^[a-zA-Z0-9_-]{1,64}$/.test(definition?.name ?? ""), `Invalid '${at}.function.name'.`, { param: at });
    if (definition.parameters !== undefined && definition.parameters !== null)
      demand(isObject(definition.parameters) && definition.parameters.type === "object", `Invalid schema for function '${definition.name}': schema must be a JSON Schema of 'type: "object"'.`, { code: "invalid_function_parameters" });
    if (definition.strict) strictSchema(definition.parameters, `${at}.parameters`);
    return definition.name;
  });
  const choice = body.tool_choice;
  const chosen = isObject(choice) ? (flat ? choice.name : choice.function?.name) : undefined;
  demand(choice === undefined || choice === null || ["auto", "none", "required", "any"].includes(choice) || names.includes(chosen) || choice.type === "allowed_tools", `Invalid 'tool_choice': ${JSON.stringify(choice)}.`, { param: "tool_choice" });
  return names;
}

export function checkChat(body, { flavour = "openai" } = {}) {
  const mistral = flavour === "mistral";
  if (flavour !== "vllm") onlyKnown(body, mistral ? mistralFields : chatFields, (name) => (mistral ? `Extra inputs are not permitted: ${name}` : `Unknown parameter: '${name}'.`), mistral ? 422 : 400);
  demand(typeof body.model === "string" && body.model !== "", "you must provide a model parameter");
  inRange(body, [["temperature", "number", 0, mistral ? 1.5 : 2], ["top_p", "number", 0, 1], ["frequency_penalty", "number", -2, 2], ["presence_penalty", "number", -2, 2],
    ["n", "number", 1, 128], ["max_tokens", "number", 1, 1e9], ["max_completion_tokens", "number", 1, 1e9], ["stream", "boolean"], ["logprobs", "boolean"], ["top_logprobs", "number", 0, 20], ["seed", "number", -(2 ** 63), 2 ** 63]],
    (name, why) => `Invalid '${name}': ${why}.`, true);
  demand(!(body.max_tokens !== undefined && body.max_completion_tokens !== undefined), "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", { code: "invalid_parameter_combination" });
  if (flavour === "openai" || flavour === "azure") {
    demand(!(reasons.test(body.model) && body.max_tokens !== undefined), "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", { param: "max_tokens", code: "unsupported_parameter" });
    demand(!(reasons.test(body.model) && body.temperature !== undefined && body.temperature !== 1), "Unsupported value: 'temperature' does not support this value with this model.", { param: "temperature", code: "unsupported_value" });
    demand(reasons.test(body.model) || body.reasoning_effort === undefined, "Unrecognized request argument supplied: reasoning_effort", { param: "reasoning_effort" });
  }
  demand(!body.top_logprobs || body.logprobs === true, "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", { param: "top_logprobs" });
  demand(body.stream_options === undefined || body.stream_options === null || body.stream === true, "The 'stream_options' parameter is only allowed when 'stream' is enabled.", { param: "stream_options" });
  demand(!Array.isArray(body.stop) || (body.stop.length > 0 && body.stop.length <= 4), "Invalid 'stop': array too long. Expected an array with maximum length 4.", { param: "stop" });
  if (body.metadata && !mistral) demand(Object.values(body.metadata).every((value) => typeof value === "string"), "Invalid 'metadata': values must be strings.", { param: "metadata" });
  const format = body.response_format;
  if (format !== undefined && format !== null) {
    demand(["text", "json_object", "json_schema"].includes(format.type), `Invalid value: '${format.type}' at 'response_format.type'.`, { param: "response_format" });
    if (format.type === "json_schema") {
      demand(/^[a-zA-Z0-9_-]{1,64}$/.test(format.json_schema?.name ?? ""), "Missing required parameter: 'response_format.json_schema.name'.", { param: "response_format.json_schema.name" });
      if (format.json_schema.strict) strictSchema(format.json_schema.schema, "response_format");
    }
  }
  const tools = checkTools(body, false);
  return { model: body.model, stream: body.stream === true, usage: body.stream_options?.include_usage === true || mistral, tools, schema: format?.type === "json_schema",
    thinking: flavour !== "openai" && flavour !== "azure" && !!body.reasoning_effort && body.reasoning_effort !== "none", choices: body.n ?? 1, ...conversation(body.messages, flavour) };
}

const finish = { end: "stop", tools: "tool_calls", length: "length" };
const chatUsage = ({ input, output, cached, reasoning }) => ({ prompt_tokens: input, completion_tokens: output, total_tokens: input + output, prompt_tokens_details: { cached_tokens: cached }, completion_tokens_details: { reasoning_tokens: reasoning } });
const idOf = (i, flavour) => (flavour === "mistral" ? `callNo${String(i).padStart(3, "0")}` : `call_strict_${i}`);

export function writeChat(reply, ask, flavour) {
  const message = { role: "assistant", content: reply.text, refusal: null };
  if (flavour === "vllm" && reply.thinking) message.reasoning_content = reply.thinking;
  if (flavour === "mistral") {
    delete message.refusal;
    if (reply.thinking) message.content = [{ type: "thinking", thinking: [{ type: "text", text: reply.thinking }], closed: true }, { type: "text", text: reply.text }];
  }
  if (reply.calls.length) message.tool_calls = reply.calls.map((call, i) => ({ id: idOf(i, flavour), type: "function", function: { name: call.name, arguments: JSON.stringify(call.args) } }));
  const choices = Array.from({ length: ask.choices }, (_, index) => ({ index, message, logprobs: null, finish_reason: finish[reply.stop] }));
  return { id: "chatcmpl-strict", object: "chat.completion", created: 1700000000, model: ask.model, choices, usage: chatUsage(reply.usage), system_fingerprint: "fp_1" };
}

export function streamChat(reply, ask, flavour) {
  const base = { id: "chatcmpl-strict", object: "chat.completion.chunk", created: 1700000000, model: ask.model };
  const events = [];
  const add = (delta, finish_reason = null) => events.push({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason }] });
  add({ role: "assistant", content: "" });
  if (flavour === "vllm") for (const piece of half(reply.thinking ?? "")) add({ reasoning_content: piece });
  if (flavour === "mistral") for (const piece of half(reply.thinking ?? "")) add({ content: [{ type: "thinking", thinking: [{ type: "text", text: piece }] }] });
  for (const piece of half(reply.text)) add({ content: piece });
  reply.calls.forEach((call, index) => {
    const written = JSON.stringify(call.args);
    if (flavour === "mistral") return add({ tool_calls: [{ index, id: idOf(index, flavour), function: { name: call.name, arguments: written } }] });
    add({ tool_calls: [{ index, id: idOf(index, flavour), type: "function", function: { name: call.name, arguments: "" } }] });
    for (const piece of half(written)) add({ tool_calls: [{ index, function: { arguments: piece } }] });
  });
  add({}, finish[reply.stop]);
  if (flavour === "mistral") events.at(-1).usage = chatUsage(reply.usage);
  else if (ask.usage) events.push({ ...base, choices: [], usage: chatUsage(reply.usage) });
  return sse([...events, "[DONE]"]);
}

const responsesFields =
  "background context_management conversation include input instructions max_output_tokens metadata model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user";
const itemFields = { message: "type role content id status phase", function_call: "type call_id name arguments id status", function_call_output: "type call_id output id status", reasoning: "type id summary content encrypted_content status" };

export function checkResponses(body) {
  onlyKnown(body, responsesFields, unknown(""));
  demand(typeof body.model === "string" && body.model !== "", "Missing required parameter: 'model'.", { param: "model" });
  inRange(body, [["temperature", "number", 0, 2], ["top_p", "number", 0, 1], ["max_output_tokens", "number", 16, 1e9], ["stream", "boolean"]], (name, why) => `Invalid '${name}': ${why}.`, true);
  const out = { model: body.model, stream: body.stream === true, tools: checkTools(body, true), results: [], last: "", system: body.instructions ?? "", images: 0,
    schema: body.text?.format?.type === "json_schema", thinking: !!body.reasoning?.summary };
  if (out.schema) {
    demand(/^[a-zA-Z0-9_-]{1,64}$/.test(body.text.format.name ?? ""), "Missing required parameter: 'text.format.name'.", { param: "text.format.name" });
    if (body.text.format.strict) strictSchema(body.text.format.schema, "text.format");
  }
  if (typeof body.input === "string") return { ...out, last: body.input };
  demand(Array.isArray(body.input) && body.input.length > 0, "Missing required parameter: 'input'.", { param: "input" });
  const open = new Map();
  body.input.forEach((item, i) => {
    const at = `input[${i}]`;
    const type = item.type ?? "message";
    demand(type in itemFields, `Invalid value: '${type}' at '${at}.type'.`, { param: at });
    onlyKnown(item, itemFields[type], unknown(at));
    if (type === "function_call") {
      parsedArguments(item.arguments, (what) => `${at}: ${what}`);
      open.set(item.call_id, item.name);
      out.results = [];
    } else if (type === "function_call_output") {
      demand(open.has(item.call_id), `No tool call found for function call output with call_id ${item.call_id}.`, { param: "input" });
      const text = typeof item.output === "string" ? item.output : item.output.map((part) => part.text).join("");
      out.results.push({ name: open.get(item.call_id), text });
      open.delete(item.call_id);
    } else if (type === "reasoning") {
      demand(Array.isArray(item.summary), `Missing required parameter: '${at}.summary'.`);
      demand(typeof item.id === "string" && item.id.startsWith("rs_"), `Invalid '${at}.id': '${item.id}'. Expected an ID that begins with 'rs'.`, { param: `${at}.id` });
      demand(i + 1 < body.input.length && body.input[i + 1].role !== "user", `Item '${item.id}' of type 'reasoning' was provided without its required following item.`, { param: "input" });
    } else {
      demand(["user", "system", "developer", "assistant"].includes(item.role), `Invalid value: '${item.role}' at '${at}.role'.`);
      const allowed = item.role === "assistant" ? ["output_text", "refusal"] : ["input_text", "input_image", "input_file"];
      const parts = typeof item.content === "string" ? [{ type: allowed[0], text: item.content }] : item.content;
      for (const part of parts) demand(allowed.includes(part.type), `Invalid value: '${part.type}'. Supported values are: ${allowed.join(", ")}.`, { param: `${at}.content` });
      const text = parts.map((part) => part.text ?? "").join(" ").trim();
      if (item.role === "user") {
        Object.assign(out, { last: text, images: parts.filter((part) => part.type === "input_image").length, results: [] });
      } else if (item.role !== "assistant") {
        out.system += text;
      }
    }
  });
  demand(open.size === 0, `No tool output found for function call ${[...open.keys()].join(", ")}.`, { param: "input" });
  return out;
}

export function writeResponses(reply, ask) {
  const output = [];
  if (reply.thinking) output.push({ id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: reply.thinking }] });
  if (reply.text) output.push({ id: "msg_1", type: "message", status: "completed", role: "assistant", content: [{ type: "output_text", text: reply.text, annotations: [], logprobs: [] }] });
  reply.calls.forEach((call, i) => output.push({ id: `fc_${i}`, type: "function_call", status: "completed", call_id: `call_strict_${i}`, name: call.name, arguments: JSON.stringify(call.args) }));
  const { input, output: written, cached, reasoning } = reply.usage;
  const cut = reply.stop === "length";
  return { id: "resp_1", object: "response", created_at: 1700000000, status: cut ? "incomplete" : "completed", error: null, incomplete_details: cut ? { reason: "max_output_tokens" } : null, instructions: null,
    max_output_tokens: null, model: ask.model, output, parallel_tool_calls: true, previous_response_id: null, reasoning: { effort: null, summary: null }, store: true, temperature: 1, text: { format: { type: "text" } },
    tool_choice: "auto", tools: [], top_p: 1, truncation: "disabled", usage: { input_tokens: input, input_tokens_details: { cached_tokens: cached }, output_tokens: written, output_tokens_details: { reasoning_tokens: reasoning }, total_tokens: input + written }, user: null, metadata: {} };
}

export function streamResponses(reply, ask) {
  const answer = writeResponses(reply, ask);
  const events = [];
  const add = (type, rest) => events.push({ type, sequence_number: events.length, ...rest });
  const shell = { ...answer, status: "in_progress", output: [], usage: null, incomplete_details: null };
  add("response.created", { response: shell });
  add("response.in_progress", { response: shell });
  answer.output.forEach((item, output_index) => {
    const at = { item_id: item.id, output_index };
    if (item.type === "reasoning") {
      const [part] = item.summary;
      add("response.output_item.added", { output_index, item: { ...item, summary: [] } });
      add("response.reasoning_summary_part.added", { ...at, summary_index: 0, part: { type: "summary_text", text: "" } });
      for (const delta of half(part.text)) add("response.reasoning_summary_text.delta", { ...at, summary_index: 0, delta });
      add("response.reasoning_summary_text.done", { ...at, summary_index: 0, text: part.text });
      add("response.reasoning_summary_part.done", { ...at, summary_index: 0, part });
    } else if (item.type === "message") {
      const [part] = item.content;
      add("response.output_item.added", { output_index, item: { ...item, status: "in_progress", content: [] } });
      add("response.content_part.added", { ...at, content_index: 0, part: { ...part, text: "" } });
      for (const delta of half(part.text)) add("response.output_text.delta", { ...at, content_index: 0, delta, logprobs: [] });
      add("response.output_text.done", { ...at, content_index: 0, text: part.text, logprobs: [] });
      add("response.content_part.done", { ...at, content_index: 0, part });
    } else {
      add("response.output_item.added", { output_index, item: { ...item, status: "in_progress", arguments: "" } });
      for (const delta of half(item.arguments)) add("response.function_call_arguments.delta", { ...at, delta });
      add("response.function_call_arguments.done", { ...at, name: item.name, arguments: item.arguments });
    }
    add("response.output_item.done", { output_index, item });
  });
  add(answer.status === "completed" ? "response.completed" : "response.incomplete", { response: answer });
  return sse(events, true);
}

const completionFields = "model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream stream_options suffix temperature top_p user";
export function checkCompletions(body) {
  onlyKnown(body, completionFields, unknown(""));
  demand(typeof body.model === "string" && body.model !== "", "you must provide a model parameter");
  demand(typeof body.prompt === "string" || Array.isArray(body.prompt), "Missing required parameter: 'prompt'.", { param: "prompt" });
  return { model: body.model, stream: body.stream === true, usage: body.stream_options?.include_usage === true, last: String(body.prompt), system: "", tools: [], results: [] };
}
const completion = (ask, text, finish_reason) => ({ id: "cmpl-strict", object: "text_completion", created: 1700000000, model: ask.model, choices: [{ index: 0, text, logprobs: null, finish_reason }] });
const writeCompletion = (reply, ask) => ({ ...completion(ask, reply.text, finish[reply.stop]), usage: chatUsage(reply.usage) });
const streamCompletion = (reply, ask) => sse([...half(reply.text).map((text) => completion(ask, text, null)), completion(ask, "", finish[reply.stop]), ...(ask.usage ? [{ ...completion(ask, "", null), choices: [], usage: chatUsage(reply.usage) }] : []), "[DONE]"]);

export function checkEmbeddings(body, { strict = true } = {}) {
  if (strict) onlyKnown(body, "model input dimensions encoding_format user", unknown(""));
  demand(typeof body.model === "string" && body.model !== "", "you must provide a model parameter");
  const inputs = typeof body.input === "string" ? [body.input] : body.input;
  demand(Array.isArray(inputs) && inputs.length > 0, "Invalid 'input': expected a string or a list.", { param: "input" });
  demand(inputs.every((text) => text !== ""), "Invalid 'input': input cannot be an empty string.", { param: "input" });
  demand([undefined, null, "float", "base64"].includes(body.encoding_format), `Invalid value: '${body.encoding_format}' at 'encoding_format'.`, { param: "encoding_format" });
  const size = body.dimensions ?? 3;
  const vectors = inputs.map((_, index) => Array.from({ length: size }, (_, i) => (index + 1) / (i + 2)));
  const written = (vector) => (body.encoding_format === "base64" ? Buffer.from(new Float32Array(vector).buffer).toString("base64") : vector);
  return { answer: { object: "list", data: vectors.map((vector, index) => ({ object: "embedding", index, embedding: written(vector) })), model: body.model, usage: { prompt_tokens: 6, total_tokens: 6 } } };
}

/** One API that speaks in events or whole. */
export const talk = (check, write, stream) => (body, context) => {
  const ask = check(body, context);
  const reply = replyTo(ask);
  return ask.stream ? { ask, stream: stream(reply, ask), type: "text/event-stream" } : { ask, answer: write(reply, ask) };
};
export const chat = (flavour) => talk((body) => checkChat(body, { flavour }), (reply, ask) => writeChat(reply, ask, flavour), (reply, ask) => streamChat(reply, ask, flavour));

const bearer = (key) => ({ headers }) => demand(headers.authorization === `Bearer ${key}`, "Incorrect API key provided.", { code: "invalid_api_key" }, 401);
const error = ({ status, message, more }) => ({ error: { message, type: status === 429 ? "requests" : status === 401 ? "invalid_request_error" : "invalid_request_error", param: more.param ?? null, code: more.code ?? null } });

export const openai = (key) => ({
  auth: bearer(key),
  error,
  apis: [
    [/^\/v1\/chat\/completions$/, chat("openai")],
    [/^\/v1\/responses$/, talk(checkResponses, writeResponses, streamResponses)],
    [/^\/v1\/responses\/input_tokens$/, (body) => {
      onlyKnown(body, "conversation input instructions model parallel_tool_calls personality previous_response_id reasoning text tool_choice tools truncation", unknown(""));
      return { ask: checkResponses(body), answer: { object: "response.input_tokens", input_tokens: 12 } };
    }],
    [/^\/v1\/completions$/, talk(checkCompletions, writeCompletion, streamCompletion)],
    [/^\/v1\/embeddings$/, (body) => checkEmbeddings(body)],
  ],
});

export const azureopenai = (key) => {
  const deployed = (act) => (body, context) => {
    const [, deployment] = context.match;
    demand(deployment === "prod", "The API deployment for this resource does not exist.", { code: "DeploymentNotFound" }, 404);
    const version = context.query.get("api-version") ?? "";
    demand(/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version), "Missing or unsupported api-version.", { code: "404" }, 404);
    return act(body, context);
  };
  return {
    auth: ({ headers }) => demand(headers["api-key"] === key && !headers.authorization, "Access denied due to invalid subscription key or wrong API endpoint.", { code: "401" }, 401),
    error,
    apis: [
      [/^\/openai\/deployments\/([^/]+)\/chat\/completions$/, deployed(chat("azure"))],
      [/^\/openai\/deployments\/([^/]+)\/embeddings$/, deployed((body) => checkEmbeddings(body))],
      [/^\/openai\/v1\/responses$/, talk(checkResponses, writeResponses, streamResponses)],
    ],
  };
};

export const mistral = (key) => ({
  auth: ({ headers }) => demand(headers.authorization === `Bearer ${key}`, "Unauthorized", {}, 401),
  error: ({ status, message, more }) => (status === 422 ? { object: "error", message: { detail: [{ type: "extra_forbidden", loc: ["body", more.param], msg: message }] }, type: "invalid_request_error", param: null, code: null }
    : { object: "error", message, type: "invalid_request_message_order", param: null, code: more.code ?? null }),
  apis: [
    [/^\/v1\/chat\/completions$/, chat("mistral")],
    [/^\/v1\/embeddings$/, (body) => {
      onlyKnown(body, "model input metadata output_dimension output_dtype encoding_format", (name) => `Extra inputs are not permitted: ${name}`, 422);
      const { answer } = checkEmbeddings({ ...body, dimensions: body.output_dimension }, { strict: false });
      return { answer: { id: "embd-strict", ...answer, usage: { ...answer.usage, completion_tokens: 0 } } };
    }],
  ],
});

export const vllm = () => ({
  auth: () => {},
  error: ({ status, message, more }) => ({ error: { message, type: "BadRequestError", param: more.param ?? null, code: status } }),
  apis: [
    [/^\/v1\/chat\/completions$/, chat("vllm")],
    [/^\/v1\/completions$/, talk(checkCompletions, writeCompletion, streamCompletion)],
    [/^\/v1\/responses$/, talk(checkResponses, writeResponses, streamResponses)],
    [/^\/v1\/embeddings$/, (body) => checkEmbeddings(body, { strict: false })],
    [/^\/tokenize$/, (body) => {
      onlyKnown(body, "model messages prompt tools add_generation_prompt continue_final_message add_special_tokens return_token_strs chat_template chat_template_kwargs mm_processor_kwargs", unknown(""));
      demand(Array.isArray(body.messages) || typeof body.prompt === "string", "messages or prompt is required");
      return { answer: { count: 12, max_model_len: 4096, tokens: Array.from({ length: 12 }, (_, i) => i) } };
    }],
    [/^\/v1\/rerank$/, (body) => {
      demand(typeof body.query === "string" && Array.isArray(body.documents) && body.documents.length > 0, "query and documents are required");
      return { answer: { id: "rerank-1", model: body.model, usage: { total_tokens: 7 }, results: body.documents.slice(0, body.top_n || undefined).map((document, index) => ({ index, document: { text: document }, relevance_score: 1 / (index + 1) })) } };
    }],
  ],
});
