// Bedrock as it is strict: Signature Version 4 over the bytes that came, Converse's unions and pairing, frames of its event stream, and
// embeddings of Titan and Cohere by InvokeModel.
import { createHash, createHmac } from "node:crypto";
import { demand, half, inRange, isBase64, isObject, onlyKnown, replyTo, signatureOf } from "./rules.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Source: AWS General Reference, "Create a signed AWS API request". */
function checkSignature({ method, url, headers, raw }, { accessKey, secretKey, sessionToken, region }) {
  const denied = (why) => [why, { type: "InvalidSignatureException" }, 403];
  const found = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? "");
  demand(found, ...denied("Authorization header requires 'Credential', 'SignedHeaders' and 'Signature'."));
  const [, credential, signedNames, signature] = found;
  const [id, date, place, service, end] = credential.split("/");
  demand(id === accessKey, "The security token included in the request is invalid.", { type: "UnrecognizedClientException" }, 403);
  demand(place === region && service === "bedrock" && end === "aws4_request", ...denied("Credential should be scoped to a valid region and service."));
  const stamp = headers["x-amz-date"] ?? "";
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  demand(stamp.startsWith(date) && Math.abs(Date.now() - at) < 300_000, ...denied(`Signature expired: ${stamp}`));
  const names = signedNames.split(";");
  demand(names.includes("host") && names.includes("x-amz-date"), ...denied("'Host' and 'X-Amz-Date' must be signed."));
  demand((headers["x-amz-security-token"] ?? undefined) === sessionToken, ...denied("The security token is not the session's."));
  demand(!sessionToken || names.includes("x-amz-security-token"), ...denied("'X-Amz-Security-Token' must be signed."));
  const told = headers["x-amz-content-sha256"];
  demand(told === undefined || told === sha256(raw), ...denied("The payload hash does not fit the body."));
  const [path, query = ""] = url.split("?");
  const canonical = [method, path.split("/").map(encoded).join("/"), query.split("&").filter(Boolean).sort().join("&"),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}`), "", signedNames, sha256(raw)].join("\n");
  const scope = `${date}/${place}/${service}/${end}`;
  const key = [place, service, end].reduce(hmac, hmac(`AWS4${secretKey}`, date));
  const expected = hmac(key, ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical)].join("\n")).toString("hex");
  demand(signature === expected, ...denied("The request signature we calculated does not match the signature you provided."));
}

const fields = "messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields promptVariables additionalModelResponseFieldPaths requestMetadata performanceConfig serviceTier outputConfig";
const invalid = (at) => (name) => `Malformed input request: extraneous key [${name}] is not permitted at ${at}, please reformat your input and try again.`;
const blockKinds = "text image document video audio toolUse toolResult guardContent cachePoint reasoningContent citationsContent searchResult";

/** A union says exactly one thing. */
function only(union, kinds, at) {
  demand(isObject(union), `Value at '${at}' failed to satisfy constraint: Member must be a structure`);
  onlyKnown(union, kinds, invalid(at));
  const names = Object.keys(union);
  demand(names.length === 1, `The union at '${at}' must have exactly one member, found ${names.length}.`);
  return names[0];
}

function checkBlock(block, at, role) {
  const kind = only(block, blockKinds, at);
  const value = block[kind];
  if (kind === "text") demand(typeof value === "string" && /\S/.test(value), `The text field in the ContentBlock object at ${at} is blank. Add text to the text field, and try again.`);
  if (kind === "image") {
    onlyKnown(value, "format source", invalid(`${at}.image`));
    demand(["png", "jpeg", "gif", "webp"].includes(value.format), `Value at '${at}.image.format' failed to satisfy constraint: Member must satisfy enum value set: [png, jpeg, gif, webp]`);
    demand(only(value.source, "bytes s3Location", `${at}.image.source`) !== "bytes" || isBase64(value.source.bytes), `${at}.image.source.bytes: no base64`);
  }
  if (kind === "toolUse") {
    onlyKnown(value, "toolUseId name input type", invalid(`${at}.toolUse`));
    demand(role === "assistant", `${at}: toolUse blocks belong to the assistant.`);
    demand(/^[a-zA-Z0-9_.:-]{1,64}$/.test(value.toolUseId ?? "") && /^[a-zA-Z0-9_-]{1,64}$/.test(value.name ?? "") && isObject(value.input), `Value at '${at}.toolUse' failed to satisfy constraint.`);
  }
  if (kind === "toolResult") {
    onlyKnown(value, "toolUseId content status type", invalid(`${at}.toolResult`));
    demand(role === "user", `${at}: toolResult blocks belong to the user.`);
    demand(Array.isArray(value.content) && [undefined, "success", "error"].includes(value.status), `Value at '${at}.toolResult' failed to satisfy constraint.`);
    for (const [i, part] of value.content.entries()) only(part, "json text image document video searchResult", `${at}.toolResult.content.${i}`);
  }
  if (kind === "reasoningContent") {
    demand(role === "assistant", `${at}: reasoningContent belongs to the assistant.`);
    if (only(value, "reasoningText redactedContent", `${at}.reasoningContent`) === "reasoningText") {
      onlyKnown(value.reasoningText, "text signature", invalid(`${at}.reasoningContent.reasoningText`));
      demand(value.reasoningText.signature === signatureOf(value.reasoningText.text), `${at}: Invalid \`signature\` in \`thinking\` block`);
    }
  }
  if (kind === "cachePoint") demand(value.type === "default", `Value at '${at}.cachePoint.type' failed to satisfy constraint.`);
  return kind;
}

function conversation(messages) {
  demand(Array.isArray(messages) && messages.length > 0, "The messages field is empty.");
  const out = { last: "", results: [], images: 0 };
  let open = new Map();
  let hadTools = false;
  messages.forEach((message, i) => {
    const at = `messages.${i}`;
    onlyKnown(message, "role content", invalid(at));
    demand(["user", "assistant"].includes(message.role), `Value '${message.role}' at '${at}.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`);
    demand(message.role === (i % 2 === 0 ? "user" : "assistant"), i === 0 ? "A conversation must start with a user message. Try again with a conversation that starts with a user message." : `Roles must alternate between "user" and "assistant" (${at}).`);
    demand(Array.isArray(message.content) && message.content.length > 0, `The content field in the Message object at ${at} is empty. Add a ContentBlock object to the content field and try again.`);
    const kinds = message.content.map((block, k) => checkBlock(block, `${at}.content.${k}`, message.role));
    hadTools ||= kinds.includes("toolUse") || kinds.includes("toolResult");
    const results = message.content.filter((block) => block.toolResult).map((block) => block.toolResult);
    for (const result of results) demand(open.has(result.toolUseId), `The number of toolResult blocks at ${at}.content exceeds the number of toolUse blocks of previous turn.`);
    demand(results.length === open.size, `Expected toolResult blocks at ${at}.content for the following Ids: ${[...open.keys()].join(", ")}`);
    if (message.role === "user") {
      out.results = results.map((result) => ({ name: open.get(result.toolUseId), text: result.content.map((part) => part.text ?? JSON.stringify(part.json)).join("") }));
      const texts = message.content.filter((block) => block.text).map((block) => block.text);
      if (texts.length) out.last = texts.join(" ");
      out.images = kinds.filter((kind) => kind === "image").length;
    }
    open = new Map(message.content.filter((block) => block.toolUse).map(({ toolUse }) => [toolUse.toolUseId, toolUse.name]));
  });
  demand(open.size === 0, `Expected toolResult blocks for the following Ids: ${[...open.keys()].join(", ")}`);
  return { ...out, hadTools };
}

function check(body, model) {
  demand(/^([a-z]{2,4}\.)?[a-z0-9-]+\.[a-z0-9.-]+(:\d+)?$/.test(model) || model.startsWith("arn:aws:bedrock:"), "The provided model identifier is invalid.", { type: "ValidationException" });
  onlyKnown(body, fields, invalid("#"));
  const config = body.inferenceConfig ?? {};
  onlyKnown(config, "maxTokens temperature topP stopSequences", invalid("inferenceConfig"));
  inRange(config, [["maxTokens", "number", 1, 1e9], ["temperature", "number", 0, 1], ["topP", "number", 0, 1]], (name, why) => `Value at 'inferenceConfig.${name}' failed to satisfy constraint: ${why}`);
  let system = "";
  for (const [i, block] of (body.system ?? []).entries()) if (only(block, "text guardContent cachePoint", `system.${i}`) === "text") system += block.text;
  const tools = [];
  let forced = "";
  if (body.toolConfig) {
    onlyKnown(body.toolConfig, "tools toolChoice", invalid("toolConfig"));
    demand(Array.isArray(body.toolConfig.tools) && body.toolConfig.tools.length > 0, "Value at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1");
    for (const [i, tool] of body.toolConfig.tools.entries()) {
      const at = `toolConfig.tools.${i}`;
      if (only(tool, "toolSpec systemTool cachePoint", at) !== "toolSpec") continue;
      onlyKnown(tool.toolSpec, "name description inputSchema strict", invalid(`${at}.toolSpec`));
      demand(/^[a-zA-Z0-9_-]{1,64}$/.test(tool.toolSpec.name ?? ""), `Value at '${at}.toolSpec.name' failed to satisfy constraint.`);
      demand(tool.toolSpec.description === undefined || tool.toolSpec.description.length > 0, `Value at '${at}.toolSpec.description' failed to satisfy constraint: Member must have length greater than or equal to 1`);
      demand(only(tool.toolSpec.inputSchema, "json", `${at}.toolSpec.inputSchema`) && tool.toolSpec.inputSchema.json.type === "object", "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.");
      tools.push(tool.toolSpec.name);
    }
    if (body.toolConfig.toolChoice) {
      only(body.toolConfig.toolChoice, "auto any tool", "toolConfig.toolChoice");
      forced = body.toolConfig.toolChoice.tool?.name ?? "";
      demand(forced === "" || tools.includes(forced), `toolChoice names no tool: ${forced}`);
    }
  }
  const out = conversation(body.messages);
  demand(!out.hadTools || tools.length > 0, "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
  const more = body.additionalModelRequestFields ?? {};
  demand(more.thinking === undefined || ["enabled", "disabled", "adaptive"].includes(more.thinking.type), "thinking: Input tag is not one of the expected tags");
  const thinking = more.thinking?.type === "enabled" || more.thinking?.type === "adaptive";
  if (more.thinking?.type === "enabled") demand(more.thinking.budget_tokens >= 1024 && more.thinking.budget_tokens < (config.maxTokens ?? Infinity), "`max_tokens` must be greater than `thinking.budget_tokens`.");
  return { model, system, tools, forced, schema: !!body.outputConfig?.textFormat, thinking, ...out };
}

const stop = { end: "end_turn", tools: "tool_use", length: "max_tokens" };
const forcedReply = (reply, ask) => (ask.forced && ask.forced !== "weather" ? { ...reply, text: "", calls: [{ name: ask.forced, args: { city: "Paris", people: 2 } }], stop: "tools" } : reply);
const usageOf = ({ input, output, cached }) => ({ inputTokens: input - cached, outputTokens: output, totalTokens: input + output, cacheReadInputTokens: cached, cacheWriteInputTokens: 0 });

function write(said, ask) {
  const reply = forcedReply(said, ask);
  const content = [];
  if (reply.thinking) content.push({ reasoningContent: { reasoningText: { text: reply.thinking, signature: signatureOf(reply.thinking) } } });
  if (reply.text) content.push({ text: reply.text });
  reply.calls.forEach((call, i) => content.push({ toolUse: { toolUseId: `tooluse_strict_${i}`, name: call.name, input: call.args } }));
  return { output: { message: { role: "assistant", content } }, stopReason: stop[reply.stop], usage: usageOf(reply.usage), metrics: { latencyMs: 12 } };
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** Source: "Event stream encoding" of the Smithy documentation: lengths, CRC of them, headers, payload, CRC of all. */
export function frame(type, payload, kind = "event") {
  const header = (name, value) => {
    const out = Buffer.alloc(1 + name.length + 3 + value.length);
    out.writeUInt8(name.length);
    out.write(name, 1);
    out.writeUInt8(7, 1 + name.length);
    out.writeUInt16BE(value.length, 2 + name.length);
    out.write(value, 4 + name.length);
    return out;
  };
  const headers = Buffer.concat([header(":message-type", kind), header(kind === "event" ? ":event-type" : ":exception-type", type), header(":content-type", "application/json")]);
  const body = Buffer.from(JSON.stringify(payload));
  const out = Buffer.alloc(16 + headers.length + body.length);
  out.writeUInt32BE(out.length, 0);
  out.writeUInt32BE(headers.length, 4);
  out.writeUInt32BE(crc32(out.subarray(0, 8)), 8);
  headers.copy(out, 12);
  body.copy(out, 12 + headers.length);
  out.writeUInt32BE(crc32(out.subarray(0, out.length - 4)), out.length - 4);
  return out;
}

function stream(said, ask) {
  const reply = forcedReply(said, ask);
  const frames = [frame("messageStart", { role: "assistant", p: "abc" })];
  let contentBlockIndex = 0;
  const delta = (value) => frames.push(frame("contentBlockDelta", { contentBlockIndex, delta: value, p: "abcdefgh" }));
  const close = () => frames.push(frame("contentBlockStop", { contentBlockIndex: contentBlockIndex++ }));
  if (reply.thinking) {
    for (const text of half(reply.thinking)) delta({ reasoningContent: { text } });
    delta({ reasoningContent: { signature: signatureOf(reply.thinking) } });
    close();
  }
  if (reply.text) {
    for (const text of half(reply.text)) delta({ text });
    close();
  }
  reply.calls.forEach((call, i) => {
    frames.push(frame("contentBlockStart", { contentBlockIndex, start: { toolUse: { toolUseId: `tooluse_strict_${i}`, name: call.name } } }));
    for (const input of half(JSON.stringify(call.args))) delta({ toolUse: { input } });
    close();
  });
  frames.push(frame("messageStop", { stopReason: stop[reply.stop] }), frame("metadata", { usage: usageOf(reply.usage), metrics: { latencyMs: 12 } }));
  return Buffer.concat(frames);
}

function converse(body, { match }) {
  const ask = check(body, decodeURIComponent(match[1]));
  if (match[2] === "converse") return { ask, answer: write(replyTo(ask), ask) };
  return { ask: { ...ask, stream: true }, stream: stream(replyTo(ask), ask), type: "application/vnd.amazon.eventstream" };
}

function countTokens(body, { match }) {
  onlyKnown(body, "input", invalid("#"));
  onlyKnown(body.input, "converse invokeModel", invalid("#/input"));
  onlyKnown(body.input.converse, "messages system toolConfig additionalModelRequestFields", invalid("#/input/converse"));
  return { ask: check(body.input.converse, decodeURIComponent(match[1])), answer: { inputTokens: 12 } };
}

function invoke(body, { match }) {
  const model = decodeURIComponent(match[1]);
  const vector = (i, size) => Array.from({ length: size }, (_, k) => (i + 1) / (k + 2));
  if (model.startsWith("amazon.titan-embed")) {
    onlyKnown(body, "inputText dimensions normalize embeddingTypes", invalid("#"));
    demand(typeof body.inputText === "string" && body.inputText !== "", "Malformed input request: #: required key [inputText] not found, please reformat your input and try again.");
    return { answer: { embedding: vector(0, body.dimensions ?? 3), embeddingsByType: { float: vector(0, body.dimensions ?? 3) }, inputTextTokenCount: 6 } };
  }
  demand(model.startsWith("cohere.embed"), "The provided model identifier is invalid.");
  onlyKnown(body, "texts images inputs input_type truncate embedding_types output_dimension max_tokens", invalid("#"));
  demand(Array.isArray(body.texts) && body.texts.length > 0 && body.texts.length <= 96, "Malformed input request: #/texts: expected between 1 and 96 items");
  demand(["search_document", "search_query", "classification", "clustering"].includes(body.input_type), "Malformed input request: #: required key [input_type] not found");
  const vectors = body.texts.map((_, i) => vector(i, body.output_dimension ?? 3));
  return { answer: { id: "e-1", texts: body.texts, response_type: body.embedding_types ? "embeddings_by_type" : "embeddings_floats", embeddings: body.embedding_types ? { float: vectors } : vectors }, headers: { "x-amzn-bedrock-input-token-count": "6" } };
}

export const bedrock = ({ accessKey, secretKey, sessionToken, region }) => ({
  auth: (request) => checkSignature(request, { accessKey, secretKey, sessionToken, region }),
  error: ({ message }) => ({ message }),
  errorHeaders: ({ status, more }) => ({ "x-amzn-errortype": more.type ?? { 403: "AccessDeniedException", 404: "ResourceNotFoundException", 429: "ThrottlingException" }[status] ?? "ValidationException" }),
  apis: [
    [/^\/model\/([^/]+)\/(converse|converse-stream)$/, converse],
    [/^\/model\/([^/]+)\/invoke$/, invoke],
    [/^\/model\/([^/]+)\/count-tokens$/, countTokens],
  ],
});
