// Gemini's generateContent as it is strict, on Google's own host and on Vertex AI: names that the message lacks are refused, a part says
// one thing, calls and responses pair up, signatures of thoughts come back as they were.
import { checkEmbeddings } from "./openai.mjs";
import { claudeOnVertex } from "./anthropic.mjs";
import { demand, half, inRange, isBase64, isObject, replyTo, signatureOf, sse } from "./rules.mjs";

/** What Google's documentation offers for calls that another model made. */
const noSignature = ["skip_thought_signature_validator", "context_engineering_is_the_way_to_go"];
const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
/** JSON of protocol buffers takes both spellings. */
const named = (object) => Object.fromEntries(Object.entries(object).map(([name, value]) => [camel(name), value]));
function message(object, known, at) {
  demand(isObject(object), `Invalid value at '${at}'.`);
  const out = named(object);
  const names = known.split(" ");
  for (const name of Object.keys(out)) demand(names.includes(name), `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`);
  return out;
}

const bodyFields = "contents tools toolConfig safetySettings systemInstruction generationConfig cachedContent store serviceTier";
const vertexFields = `${bodyFields} labels modelArmorConfig`;
const configFields =
  "stopSequences responseMimeType responseSchema responseJsonSchema responseModalities candidateCount maxOutputTokens temperature topP topK seed presencePenalty frequencyPenalty responseLogprobs logprobs enableEnhancedCivicAnswers speechConfig thinkingConfig imageConfig mediaResolution";
const partFields = "text inlineData fileData functionCall functionResponse executableCode codeExecutionResult thought thoughtSignature videoMetadata mediaResolution partMetadata";
const partData = ["text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode", "codeExecutionResult"];
const schemaFields = "type format title description nullable enum maxItems minItems properties required minProperties maxProperties minLength maxLength pattern example anyOf propertyOrdering default items minimum maximum";

function checkSchema(schema, at) {
  const out = message(schema, schemaFields, at);
  demand(out.type === undefined || /^(string|number|integer|boolean|array|object|null|type_unspecified)$/i.test(out.type), `Invalid value at '${at}.type': ${JSON.stringify(out.type)}`);
  demand(!out.enum || out.enum.every((value) => typeof value === "string"), `Invalid value at '${at}.enum'`);
  for (const [name, value] of Object.entries(out.properties ?? {})) checkSchema(value, `${at}.properties[${name}]`);
  if (out.items) checkSchema(out.items, `${at}.items`);
  for (const [i, value] of (out.anyOf ?? []).entries()) checkSchema(value, `${at}.any_of[${i}]`);
}

function checkPart(raw, at, role) {
  const part = message(raw, partFields, at);
  const data = partData.filter((name) => part[name] !== undefined);
  demand(data.length === 1 || (data.length === 0 && part.thoughtSignature), data.length === 0 ? `${at}: required oneof field 'data' must have one initialized field` : `Invalid value at '${at}' (oneof), oneof field 'data' is already set.`);
  if (part.text !== undefined) demand(typeof part.text === "string", `Invalid value at '${at}.text'`);
  if (part.inlineData) {
    const blob = message(part.inlineData, "mimeType data displayName", `${at}.inline_data`);
    demand(isBase64(blob.data) && /^\w+\/[\w.+-]+$/.test(blob.mimeType ?? ""), `Invalid value at '${at}.inline_data.data' (TYPE_BYTES), Base64 decoding failed`);
  }
  if (part.functionCall) {
    const call = message(part.functionCall, "id name args partialArgs willContinue", `${at}.function_call`);
    demand(role === "model" && typeof call.name === "string" && call.name !== "", `${at}.function_call.name: Name cannot be empty.`);
    demand(call.args === undefined || isObject(call.args), `Invalid value at '${at}.function_call.args' (type.googleapis.com/google.protobuf.Struct)`);
  }
  if (part.functionResponse) {
    const response = message(part.functionResponse, "id name response willContinue scheduling parts", `${at}.function_response`);
    demand(role !== "model" && typeof response.name === "string" && response.name !== "", `${at}.function_response.name: Name cannot be empty.`);
    demand(isObject(response.response), `Invalid value at '${at}.function_response.response' (type.googleapis.com/google.protobuf.Struct)`);
  }
  if (part.thoughtSignature !== undefined) demand(isBase64(part.thoughtSignature) || noSignature.includes(part.thoughtSignature), `Invalid value at '${at}.thought_signature' (TYPE_BYTES), Base64 decoding failed`);
  return part;
}

function conversation(contents, model, vertex) {
  demand(Array.isArray(contents) && contents.length > 0, "* GenerateContentRequest.contents: contents is not specified");
  const out = { last: "", results: [], images: 0 };
  let calls = [];
  // Signatures are demanded of the calls since the user last said something.
  const said = contents.findLastIndex((content) => content?.role !== "model" && content?.parts?.some?.((part) => part.text !== undefined));
  contents.forEach((raw, i) => {
    const at = `contents[${i}]`;
    const content = message(raw, "role parts", at);
    demand(content.role === "user" || content.role === "model" || (content.role === undefined && !vertex && contents.length === 1), "Please use a valid role: user, model.");
    demand(Array.isArray(content.parts) && content.parts.length > 0, `* GenerateContentRequest.${at}.parts: contents.parts must not be empty.`);
    const parts = content.parts.map((part, k) => checkPart(part, `${at}.parts[${k}]`, content.role));
    const responses = parts.filter((part) => part.functionResponse).map((part) => part.functionResponse);
    if (calls.length || responses.length)
      demand(responses.length === calls.length, "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.");
    const names = calls.map((part) => part.functionCall.name).sort();
    demand(responses.map((response) => response.name).sort().join() === names.join(), "Please ensure that function response turn comes immediately after a function call turn, with the names of its calls.");
    calls = parts.filter((part) => part.functionCall);
    if (calls.length) {
      demand(i > 0 && contents[i - 1].role !== "model", "Please ensure that function call turn comes immediately after a user turn or after a function response turn.");
      const mark = calls[0].thoughtSignature;
      if (/^gemini-3/.test(model) && i > said) demand(mark === signatureOf("calls") || noSignature.includes(mark), mark ? `Thought signature is not valid in ${at}.` : `Function call is missing a thought_signature in functionCall parts. (${at})`);
    }
    if (content.role === "model") return;
    out.results = responses.map((response) => ({ name: response.name, text: String(response.response.result ?? response.response.output ?? response.response.content ?? JSON.stringify(response.response)) }));
    const texts = parts.filter((part) => part.text !== undefined).map((part) => part.text);
    if (texts.length) out.last = texts.join(" ");
    out.images = parts.filter((part) => part.inlineData || part.fileData).length;
  });
  demand(calls.length === 0, "Please ensure that function call turn is followed by a function response turn.");
  return out;
}

function checkTools(body) {
  const names = [];
  for (const [i, raw] of (body.tools ?? []).entries()) {
    const tool = message(raw, "functionDeclarations googleSearch googleSearchRetrieval codeExecution urlContext computerUse fileSearch googleMaps", `tools[${i}]`);
    for (const [k, each] of (tool.functionDeclarations ?? []).entries()) {
      const at = `tools[${i}].function_declarations[${k}]`;
      const declared = message(each, "name description parameters parametersJsonSchema response responseJsonSchema behavior", at);
      demand(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/.test(declared.name ?? ""), `* GenerateContentRequest.${at}.name: Invalid function name.`);
      demand(!(declared.parameters && declared.parametersJsonSchema), `${at}: only one of parameters and parameters_json_schema may be set.`);
      if (declared.parameters) {
        checkSchema(declared.parameters, `${at}.parameters`);
        demand(!/^object$/i.test(declared.parameters.type) || Object.keys(declared.parameters.properties ?? {}).length > 0, `* GenerateContentRequest.${at}.parameters.properties: should be non-empty for OBJECT type`);
      }
      names.push(declared.name);
    }
  }
  if (body.toolConfig) {
    const config = message(body.toolConfig, "functionCallingConfig retrievalConfig includeServerSideToolInvocations", "tool_config");
    const calling = config.functionCallingConfig ? message(config.functionCallingConfig, "mode allowedFunctionNames streamFunctionCallArguments", "tool_config.function_calling_config") : {};
    demand([undefined, "AUTO", "ANY", "NONE", "VALIDATED"].includes(calling.mode), `Invalid value at 'tool_config.function_calling_config.mode': "${calling.mode}"`);
    demand(calling.allowedFunctionNames === undefined || calling.mode === "ANY" || calling.mode === "VALIDATED", "Function calling config is set without function_declarations or with a mode that takes no names.");
    demand((calling.allowedFunctionNames ?? []).every((name) => names.includes(name)), "allowed_function_names: unknown function.");
    demand(names.length > 0 || calling.mode === undefined || calling.mode === "NONE" || calling.mode === "AUTO", "Function calling config is set without function_declarations.");
  }
  return names;
}

function check(raw, model, vertex) {
  const body = message(raw, vertex ? vertexFields : bodyFields, "");
  demand(/^(gemini|m-)[a-z0-9.-]*$/.test(model), `models/${model} is not found for API version v1beta, or is not supported for generateContent.`, { status: "NOT_FOUND" }, 404);
  const config = body.generationConfig ? message(body.generationConfig, configFields, "generation_config") : {};
  inRange(config, [["temperature", "number", 0, 2], ["topP", "number", 0, 1], ["topK", "number", 1, 1000], ["maxOutputTokens", "number", 1, 65537], ["candidateCount", "number", 1, 8], ["seed", "number", -(2 ** 31), 2 ** 31 - 1]],
    (name, why) => `* GenerateContentRequest.generation_config.${name}: ${why}`);
  demand((config.stopSequences ?? []).length <= 5, "The number of stop_sequences must not exceed 5.");
  if (config.responseSchema) checkSchema(config.responseSchema, "generation_config.response_schema");
  const schema = config.responseSchema ?? config.responseJsonSchema;
  demand(!schema || config.responseMimeType === "application/json", "Response schema is only supported with response_mime_type application/json.");
  demand(!(config.responseSchema && config.responseJsonSchema), "Only one of response_schema and response_json_schema may be set.");
  demand(config.logprobs === undefined || config.responseLogprobs === true, "logprobs needs response_logprobs.");
  const thinking = config.thinkingConfig ? message(config.thinkingConfig, "includeThoughts thinkingBudget thinkingLevel", "generation_config.thinking_config") : {};
  demand(!(thinking.thinkingBudget !== undefined && thinking.thinkingLevel !== undefined), "You can only set only one of thinking budget and thinking level.");
  demand(thinking.thinkingLevel === undefined || /^(minimal|low|medium|high)$/i.test(thinking.thinkingLevel), "Invalid value at 'generation_config.thinking_config.thinking_level'");
  let system = "";
  if (body.systemInstruction) {
    const content = message(body.systemInstruction, "role parts", "system_instruction");
    system = content.parts.map((part, k) => checkPart(part, `system_instruction.parts[${k}]`, "user").text).join("");
  }
  for (const [i, setting] of (body.safetySettings ?? []).entries()) message(setting, "category threshold method", `safety_settings[${i}]`);
  return { model, system, tools: checkTools(body), schema: !!schema, thinking: thinking.includeThoughts === true, ...conversation(body.contents, model, vertex) };
}

const finish = { end: "STOP", tools: "STOP", length: "MAX_TOKENS" };

function partsOf(reply) {
  const parts = [];
  if (reply.thinking) for (const text of half(reply.thinking)) parts.push({ text, thought: true });
  for (const text of half(reply.text)) parts.push({ text });
  // The first of parallel calls holds the signature of all.
  reply.calls.forEach((call, i) => parts.push({ functionCall: { name: call.name, args: call.args }, ...(i === 0 ? { thoughtSignature: signatureOf("calls") } : {}) }));
  return parts;
}
const usageOf = ({ input, output, cached, reasoning }) => ({ promptTokenCount: input, candidatesTokenCount: output - reasoning, thoughtsTokenCount: reasoning || undefined, cachedContentTokenCount: cached, totalTokenCount: input + output });
const shell = (ask) => ({ modelVersion: ask.model, responseId: "resp-strict" });
const write = (reply, ask) => ({ candidates: [{ content: { parts: partsOf(reply), role: "model" }, finishReason: finish[reply.stop], index: 0 }], usageMetadata: usageOf(reply.usage), ...shell(ask) });
function stream(reply, ask) {
  const parts = partsOf(reply);
  return sse(parts.map((part, i) => {
    const last = i === parts.length - 1;
    return { candidates: [{ content: { parts: [part], role: "model" }, index: 0, ...(last ? { finishReason: finish[reply.stop] } : {}) }], ...(last ? { usageMetadata: usageOf(reply.usage) } : { usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 } }), ...shell(ask) };
  }));
}

const generate = (vertex) => (body, { match, query }) => {
  const [, model, method] = match;
  const ask = check(body, decodeURIComponent(model), vertex);
  if (method !== "streamGenerateContent") return { ask, answer: write(replyTo(ask), ask) };
  demand(query.get("alt") === "sse", "this checker streams events alone");
  return { ask: { ...ask, stream: true }, stream: stream(replyTo(ask), ask), type: "text/event-stream" };
};

/** Of the Gemini API contents alone, or a whole request inside an object that names its model again; of Vertex AI some of its fields. */
const count = (vertex) => (raw, { match }) => {
  const model = decodeURIComponent(match[1]);
  const body = message(raw, vertex ? "model contents systemInstruction tools generationConfig instances" : "contents generateContentRequest", "");
  demand(vertex || !(body.contents && body.generateContentRequest), "Only one of contents and generate_content_request may be set.");
  const { model: named, ...request } = body.generateContentRequest ?? body;
  demand(!body.generateContentRequest || named === `models/${model}`, "* CountTokensRequest.generate_content_request.model: must be the model of the URL.");
  return { ask: check(request, model, vertex), answer: { totalTokens: 12, promptTokensDetails: [{ modality: "TEXT", tokenCount: 12 }] } };
};

/** Discovery Engine's ranking. */
function rank(raw) {
  const body = message(raw, "model topN query records ignoreRecordDetailsInResponse userLabels", "");
  demand(/^semantic-ranker-[a-z0-9@-]+$/.test(body.model ?? "semantic-ranker-512"), `Invalid model: ${body.model}`);
  demand(Array.isArray(body.records) && body.records.length > 0 && body.records.length <= 200, "records: between 1 and 200");
  body.records.forEach((record, i) => {
    const { id, title, content } = message(record, "id title content score", `records[${i}]`);
    demand(typeof id === "string" && (title || content), `records[${i}]: id, and title or content, are required`);
  });
  const records = body.records.map(({ id, title, content }, i) => ({ id, score: 1 / (i + 1), ...(body.ignoreRecordDetailsInResponse ? {} : { title, content }) }));
  return { answer: { records: records.slice(0, body.topN || undefined) } };
}

const words = { 400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED" };
const error = ({ status, message, more }) => ({ error: { code: status, message, status: more.status ?? words[status] ?? "INTERNAL" } });

export const gemini = (key) => ({
  auth: ({ headers, query, url }) => {
    demand(!query.has("key"), "the key stands in the URL");
    if (/\/openai\//.test(url)) demand(headers.authorization === `Bearer ${key}`, "API key not valid. Please pass a valid API key.");
    else demand(headers["x-goog-api-key"] === key, "API key not valid. Please pass a valid API key.");
  },
  error,
  apis: [
    [/^\/v1beta\/models\/([^/]+):(generateContent|streamGenerateContent)$/, generate(false)],
    [/^\/v1beta\/models\/([^/]+):countTokens$/, count(false)],
    [/^\/v1beta\/openai\/embeddings$/, (body) => checkEmbeddings(body, { strict: false })],
  ],
});

const publisher = "^\\/v1\\/projects\\/my-project\\/locations\\/europe-west1\\/publishers";
export const vertexai = (key) => ({
  auth: ({ headers }) => demand(headers.authorization === `Bearer ${key}` && !headers["x-goog-api-key"], "Request had invalid authentication credentials.", {}, 401),
  error: (refusal) => (refusal.more.type ? { type: "error", error: { type: refusal.more.type, message: refusal.message } } : error(refusal)),
  apis: [
    [new RegExp(`${publisher}\\/google\\/models\\/([^/]+):(generateContent|streamGenerateContent)$`), generate(true)],
    [new RegExp(`${publisher}\\/google\\/models\\/([^/]+):countTokens$`), count(true)],
    [/^\/v1\/projects\/my-project\/locations\/global\/rankingConfigs\/default_ranking_config:rank$/, rank],
    [new RegExp(`${publisher}\\/anthropic\\/models\\/([^/]+):(rawPredict|streamRawPredict)$`), claudeOnVertex],
  ],
});
