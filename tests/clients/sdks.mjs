// The official clients behind one small interface, so that one scenario can be told to each of them: turns in, {text, calls, thinking,
// stop, usage, turn} out. `turn` is the assistant's answer as the client itself would send it again.
import Anthropic from "@anthropic-ai/sdk";
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { GoogleGenAI } from "@google/genai";
import { Mistral } from "@mistralai/mistralai";
import { CohereClientV2 } from "cohere-ai";
import OpenAI from "openai";

export const clientKey = "sk-of-the-client";
const patience = 20_000;
const shared = { apiKey: clientKey, maxRetries: 0, timeout: patience };
const tool = { name: "weather", description: "The weather of a city.", schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } };
const place = { type: "object", properties: { city: { type: "string" }, people: { type: "integer" } }, required: ["city", "people"], additionalProperties: false };

/**
 * Each: make(url) -> client; ask(client, {model, system, turns, tools, schema, think, stream, max}). turns: {user, image} | {assistant:
 * answer.turn} | {results: [{id, name, text}]}.
 */
export const clients = {};

const chatTools = [{ type: "function", function: { name: tool.name, description: tool.description, parameters: tool.schema } }];

clients["openai chat"] = {
  make: (url) => new OpenAI({ baseURL: `${url}/v1`, ...shared }),
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const messages = system ? [{ role: "system", content: system }] : [];
    for (const turn of turns) {
      if (turn.assistant) messages.push(turn.assistant);
      else if (turn.results) messages.push(...turn.results.map(({ id, text }) => ({ role: "tool", tool_call_id: id, content: text })));
      else messages.push({ role: "user", content: turn.image ? [{ type: "text", text: turn.user }, { type: "image_url", image_url: { url: `data:${turn.image.mime};base64,${turn.image.base64}` } }] : turn.user });
    }
    const body = { model, messages, ...(tools ? { tools: chatTools, parallel_tool_calls: true } : {}), ...(max ? { max_completion_tokens: max } : {}), ...(think ? { reasoning_effort: "low" } : {}),
      ...(schema ? { response_format: { type: "json_schema", json_schema: { name: "place", schema: place, strict: true } } } : {}) };
    let answer;
    if (stream) {
      // Of fields that are not OpenAI's own its accumulator keeps the last piece alone.
      const thoughts = [];
      const runner = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
      runner.on("chunk", ({ choices: [choice] }) => choice?.delta.reasoning_content && thoughts.push(choice.delta.reasoning_content));
      answer = await runner.finalChatCompletion();
      if (thoughts.length) answer.choices[0].message.reasoning_content = thoughts.join("");
    } else {
      answer = await client.chat.completions.create(body);
    }
    const [{ message, finish_reason }] = answer.choices;
    const { parsed, ...turn } = message;
    for (const call of turn.tool_calls ?? []) delete call.function.parsed_arguments;
    return { text: message.content ?? "", calls: (message.tool_calls ?? []).map((call) => ({ id: call.id, name: call.function.name, args: JSON.parse(call.function.arguments) })), thinking: message.reasoning_content ?? "",
      stop: { stop: "end", tool_calls: "tools", length: "length" }[finish_reason], usage: { input: answer.usage?.prompt_tokens, output: answer.usage?.completion_tokens }, turn };
  },
};

clients["openai responses"] = {
  make: clients["openai chat"].make,
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const input = [];
    for (const turn of turns) {
      if (turn.assistant) input.push(...turn.assistant);
      else if (turn.results) input.push(...turn.results.map(({ id, text }) => ({ type: "function_call_output", call_id: id, output: text })));
      else input.push({ role: "user", content: turn.image ? [{ type: "input_text", text: turn.user }, { type: "input_image", detail: "auto", image_url: `data:${turn.image.mime};base64,${turn.image.base64}` }] : turn.user });
    }
    const body = { model, input, store: false, ...(system ? { instructions: system } : {}), ...(max ? { max_output_tokens: max } : {}), ...(think ? { reasoning: { effort: "low", summary: "auto" } } : {}),
      ...(tools ? { tools: [{ type: "function", name: tool.name, description: tool.description, parameters: tool.schema, strict: false }], parallel_tool_calls: true } : {}),
      ...(schema ? { text: { format: { type: "json_schema", name: "place", schema: place, strict: true } } } : {}) };
    const answer = stream ? await client.responses.stream(body).finalResponse() : await client.responses.create(body);
    const calls = answer.output.filter((item) => item.type === "function_call");
    const turn = answer.output.map(({ parsed_arguments, ...item }) => (item.content ? { ...item, content: item.content.map(({ parsed, ...part }) => part) } : item));
    return { text: answer.output_text, calls: calls.map((call) => ({ id: call.call_id, name: call.name, args: JSON.parse(call.arguments) })),
      thinking: answer.output.filter((item) => item.type === "reasoning").map((item) => item.summary.map((part) => part.text).join("")).join(""),
      stop: answer.status === "incomplete" ? "length" : calls.length ? "tools" : "end", usage: { input: answer.usage?.input_tokens, output: answer.usage?.output_tokens }, turn };
  },
};

clients.anthropic = {
  make: (url) => new Anthropic({ baseURL: url, ...shared }),
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const messages = turns.map((turn) => {
      if (turn.assistant) return { role: "assistant", content: turn.assistant };
      if (turn.results) return { role: "user", content: turn.results.map(({ id, text }) => ({ type: "tool_result", tool_use_id: id, content: text })) };
      return { role: "user", content: turn.image ? [{ type: "text", text: turn.user }, { type: "image", source: { type: "base64", media_type: turn.image.mime, data: turn.image.base64 } }] : turn.user };
    });
    const body = { model, max_tokens: max ?? 4000, messages, ...(system ? { system } : {}), ...(think ? { thinking: { type: "enabled", budget_tokens: 1024 } } : {}),
      ...(tools ? { tools: [{ name: tool.name, description: tool.description, input_schema: tool.schema }] } : {}), ...(schema ? { output_config: { format: { type: "json_schema", schema: place } } } : {}) };
    const answer = stream ? await client.messages.stream(body).finalMessage() : await client.messages.create(body);
    const of = (type) => answer.content.filter((block) => block.type === type);
    return { text: of("text").map((block) => block.text).join(""), calls: of("tool_use").map((block) => ({ id: block.id, name: block.name, args: block.input })), thinking: of("thinking").map((block) => block.thinking).join(""),
      stop: { end_turn: "end", tool_use: "tools", max_tokens: "length" }[answer.stop_reason], turn: answer.content.map(({ parsed_output, ...block }) => block),
      usage: { input: answer.usage.input_tokens + (answer.usage.cache_read_input_tokens ?? 0) + (answer.usage.cache_creation_input_tokens ?? 0), output: answer.usage.output_tokens } };
  },
};

clients["google genai"] = {
  make: (url) => new GoogleGenAI({ apiKey: clientKey, httpOptions: { baseUrl: url, timeout: patience } }),
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const contents = turns.map((turn) => {
      if (turn.assistant) return turn.assistant;
      if (turn.results) return { role: "user", parts: turn.results.map(({ id, name, text }) => ({ functionResponse: { ...(id ? { id } : {}), name, response: { output: text } } })) };
      return { role: "user", parts: [{ text: turn.user }, ...(turn.image ? [{ inlineData: { mimeType: turn.image.mime, data: turn.image.base64 } }] : [])] };
    });
    const config = { ...(system ? { systemInstruction: system } : {}), ...(max ? { maxOutputTokens: max } : {}), ...(think ? { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } } : {}),
      ...(tools ? { tools: [{ functionDeclarations: [{ name: tool.name, description: tool.description, parametersJsonSchema: tool.schema }] }] } : {}), ...(schema ? { responseMimeType: "application/json", responseJsonSchema: place } : {}) };
    const chunks = [];
    if (stream) for await (const chunk of await client.models.generateContentStream({ model, contents, config })) chunks.push(chunk);
    else chunks.push(await client.models.generateContent({ model, contents, config }));
    const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
    const calls = parts.filter((part) => part.functionCall).map((part) => part.functionCall);
    const usage = chunks.map((chunk) => chunk.usageMetadata).filter(Boolean).at(-1);
    return { text: parts.filter((part) => part.text && !part.thought).map((part) => part.text).join(""), thinking: parts.filter((part) => part.thought).map((part) => part.text).join(""), calls,
      stop: calls.length ? "tools" : { STOP: "end", MAX_TOKENS: "length" }[chunks.map((chunk) => chunk.candidates?.[0]?.finishReason).filter(Boolean).at(-1)],
      usage: { input: usage?.promptTokenCount, output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0) }, turn: { role: "model", parts } };
  },
};

clients.mistral = {
  make: (url) => new Mistral({ apiKey: clientKey, serverURL: url, timeoutMs: patience, retryConfig: { strategy: "none" } }),
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const messages = system ? [{ role: "system", content: system }] : [];
    for (const turn of turns) {
      if (turn.assistant) messages.push({ role: "assistant", ...turn.assistant });
      else if (turn.results) messages.push(...turn.results.map(({ id, name, text }) => ({ role: "tool", toolCallId: id, name, content: text })));
      else messages.push({ role: "user", content: turn.image ? [{ type: "text", text: turn.user }, { type: "image_url", imageUrl: `data:${turn.image.mime};base64,${turn.image.base64}` }] : turn.user });
    }
    const body = { model, messages, ...(tools ? { tools: chatTools } : {}), ...(max ? { maxTokens: max } : {}), ...(think ? { reasoningEffort: "high" } : {}),
      ...(schema ? { responseFormat: { type: "json_schema", jsonSchema: { name: "place", schemaDefinition: place, strict: true } } } : {}) };
    let message = { content: "", toolCalls: [] };
    let text = "";
    let thoughts = "";
    let stop;
    let usage;
    if (stream) {
      for await (const { data } of await client.chat.stream(body)) {
        const [choice] = data.choices;
        usage = data.usage ?? usage;
        stop = choice?.finishReason ?? stop;
        const piece = choice?.delta.content;
        if (typeof piece === "string") text += piece;
        else for (const part of piece ?? []) thoughts += part.thinking.map(({ text: thought }) => thought).join("");
        for (const call of choice?.delta.toolCalls ?? []) {
          const known = message.toolCalls[call.index ?? 0];
          if (known) known.function.arguments += call.function.arguments;
          else message.toolCalls[call.index ?? 0] = structuredClone(call);
        }
      }
      message.content = thoughts ? [{ type: "thinking", thinking: [{ type: "text", text: thoughts }] }, { type: "text", text }] : text;
    } else {
      const answer = await client.chat.complete(body);
      usage = answer.usage;
      stop = answer.choices[0].finishReason;
      message = answer.choices[0].message;
    }
    const written = (args) => (typeof args === "string" ? JSON.parse(args) : args);
    const parts = typeof message.content === "string" ? [{ type: "text", text: message.content }] : (message.content ?? []);
    return { text: parts.filter((part) => part.type === "text").map((part) => part.text).join(""), calls: (message.toolCalls ?? []).map((call) => ({ id: call.id, name: call.function.name, args: written(call.function.arguments) })),
      thinking: parts.filter((part) => part.type === "thinking").flatMap((part) => part.thinking.map((piece) => piece.text)).join(""), stop: { stop: "end", tool_calls: "tools", length: "length" }[stop],
      usage: { input: usage?.promptTokens, output: usage?.completionTokens }, turn: { content: message.content, ...(message.toolCalls?.length ? { toolCalls: message.toolCalls } : {}) } };
  },
};

clients.cohere = {
  make: (url) => new CohereClientV2({ token: clientKey, environment: url }),
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const messages = system ? [{ role: "system", content: system }] : [];
    for (const turn of turns) {
      if (turn.assistant) messages.push({ role: "assistant", ...turn.assistant });
      else if (turn.results) messages.push(...turn.results.map(({ id, text }) => ({ role: "tool", toolCallId: id, content: text })));
      else messages.push({ role: "user", content: turn.image ? [{ type: "text", text: turn.user }, { type: "image_url", imageUrl: { url: `data:${turn.image.mime};base64,${turn.image.base64}` } }] : turn.user });
    }
    const body = { model, messages, ...(tools ? { tools: chatTools } : {}), ...(max ? { maxTokens: max } : {}), ...(think ? { thinking: { type: "enabled", tokenBudget: 1024 } } : {}),
      ...(schema ? { responseFormat: { type: "json_object", jsonSchema: place } } : {}) };
    const options = { maxRetries: 0, timeoutInSeconds: patience / 1000 };
    let message = { content: [], toolCalls: [], toolPlan: "" };
    let stop;
    let usage;
    if (stream) {
      for await (const event of await client.chatStream(body, options)) {
        const delta = event.delta?.message;
        if (event.type === "content-start") message.content[event.index] = { ...delta.content };
        if (event.type === "content-delta") for (const [name, text] of Object.entries(delta.content)) if (typeof text === "string" && name !== "type") message.content[event.index][name] = (message.content[event.index][name] ?? "") + text;
        if (event.type === "tool-plan-delta") message.toolPlan += delta.toolPlan;
        if (event.type === "tool-call-start") message.toolCalls[event.index] = structuredClone(delta.toolCalls);
        if (event.type === "tool-call-delta") message.toolCalls[event.index].function.arguments += delta.toolCalls.function.arguments;
        if (event.type === "message-end") ({ finishReason: stop, usage } = event.delta);
      }
    } else {
      ({ message, finishReason: stop, usage } = await client.chat(body, options));
    }
    const parts = (message.content ?? []).filter(Boolean);
    const calls = (message.toolCalls ?? []).filter(Boolean);
    const text = parts.filter((part) => part.type === "text").map((part) => part.text).join("");
    return { text: text || message.toolPlan || "", calls: calls.map((call) => ({ id: call.id, name: call.function.name, args: JSON.parse(call.function.arguments) })), thinking: parts.filter((part) => part.type === "thinking").map((part) => part.thinking).join(""),
      stop: { COMPLETE: "end", TOOL_CALL: "tools", MAX_TOKENS: "length" }[stop], usage: { input: usage?.tokens?.inputTokens, output: usage?.tokens?.outputTokens },
      turn: { ...(parts.length ? { content: parts } : {}), ...(calls.length ? { toolCalls: calls } : {}), ...(message.toolPlan ? { toolPlan: message.toolPlan } : {}) } };
  },
};

clients["aws bedrock"] = {
  make: (url) => new BedrockRuntimeClient({ endpoint: url, region: "us-east-1", credentials: { accessKeyId: "AKIACLIENT", secretAccessKey: clientKey }, maxAttempts: 1 }),
  close: (client) => client.destroy(),
  async ask(client, { model, system, turns, tools, schema, think, stream, max }) {
    const messages = turns.map((turn) => {
      if (turn.assistant) return { role: "assistant", content: turn.assistant };
      if (turn.results) return { role: "user", content: turn.results.map(({ id, text }) => ({ toolResult: { toolUseId: id, content: [{ text }] } })) };
      return { role: "user", content: [{ text: turn.user }, ...(turn.image ? [{ image: { format: turn.image.mime.split("/")[1], source: { bytes: Buffer.from(turn.image.base64, "base64") } } }] : [])] };
    });
    const input = { modelId: model, messages, ...(system ? { system: [{ text: system }] } : {}), inferenceConfig: { maxTokens: max ?? 4000 }, ...(think ? { additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } } } : {}),
      ...(tools ? { toolConfig: { tools: [{ toolSpec: { name: tool.name, description: tool.description, inputSchema: { json: tool.schema } } }] } } : {}),
      ...(schema ? { outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema: { schema: JSON.stringify(place), name: "place" } } } } } : {}) };
    let content = [];
    let stop;
    let usage;
    if (stream) {
      const answer = await client.send(new ConverseStreamCommand(input));
      const arguments_ = [];
      for await (const event of answer.stream) {
        const { contentBlockStart: start, contentBlockDelta: change } = event;
        if (start?.start?.toolUse) [content[start.contentBlockIndex], arguments_[start.contentBlockIndex]] = [{ toolUse: { ...start.start.toolUse } }, ""];
        if (change?.delta.text !== undefined) content[change.contentBlockIndex] = { text: (content[change.contentBlockIndex]?.text ?? "") + change.delta.text };
        if (change?.delta.toolUse) arguments_[change.contentBlockIndex] += change.delta.toolUse.input;
        if (change?.delta.reasoningContent) {
          const { text = "", signature } = change.delta.reasoningContent;
          const known = content[change.contentBlockIndex]?.reasoningContent.reasoningText ?? { text: "" };
          content[change.contentBlockIndex] = { reasoningContent: { reasoningText: { ...known, text: known.text + text, ...(signature ? { signature } : {}) } } };
        }
        if (event.messageStop) stop = event.messageStop.stopReason;
        if (event.metadata) usage = event.metadata.usage;
      }
      content = content.filter(Boolean);
      arguments_.filter((text) => text !== undefined).forEach((text, i) => (content.filter((block) => block.toolUse)[i].toolUse.input = JSON.parse(text || "{}")));
    } else {
      ({ output: { message: { content } }, stopReason: stop, usage } = await client.send(new ConverseCommand(input)));
    }
    return { text: content.map((block) => block.text ?? "").join(""), calls: content.filter((block) => block.toolUse).map(({ toolUse }) => ({ id: toolUse.toolUseId, name: toolUse.name, args: toolUse.input })),
      thinking: content.map((block) => block.reasoningContent?.reasoningText?.text ?? "").join(""), stop: { end_turn: "end", tool_use: "tools", max_tokens: "length" }[stop],
      usage: { input: usage && usage.inputTokens + (usage.cacheReadInputTokens ?? 0) + (usage.cacheWriteInputTokens ?? 0), output: usage?.outputTokens }, turn: content };
  },
};

/** How each client's own error says status and sentence. */
export const errorOf = (error) => ({ status: error.status ?? error.statusCode ?? error.$metadata?.httpStatusCode, message: `${error.message} ${JSON.stringify(error.body ?? error.error ?? "")}` });
