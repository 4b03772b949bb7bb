// What should not come, over the wire: each is an error in the client's own dialect that names the field or the cause, one record with the
// reason, and nothing else is disturbed.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { backendRoutesYaml, gatewayYaml, startGateway, startSuite, until } from "./harness.mjs";
import { startStrict } from "./strict/server.mjs";

const hello = "hello";
/** A client's dialect: where it asks, a good body, and how its errors look. */
const dialects = {
  "openai-chat": {
    path: "/v1/chat/completions",
    body: (text) => ({ model: "MODEL", messages: [{ role: "user", content: text }] }),
    list: "messages",
    error: ({ error }) => ({ message: error.message, known: typeof error.type === "string" && "code" in error }),
  },
  "openai-responses": {
    path: "/v1/responses",
    body: (text) => ({ model: "MODEL", input: [{ role: "user", content: text }] }),
    list: "input",
    error: ({ error }) => ({ message: error.message, known: typeof error.type === "string" && "code" in error }),
  },
  "anthropic-messages": {
    path: "/v1/messages",
    headers: { "anthropic-version": "2023-06-01" },
    body: (text) => ({ model: "MODEL", max_tokens: 50, messages: [{ role: "user", content: text }] }),
    list: "messages",
    error: (body) => ({ message: body.error.message, known: body.type === "error" && typeof body.error.type === "string" }),
  },
  "gemini-generate": {
    path: "/v1beta/models/MODEL:generateContent",
    body: (text) => ({ contents: [{ role: "user", parts: [{ text }] }] }),
    list: "contents",
    error: ({ error }) => ({ message: error.message, known: Number.isInteger(error.code) && /^[A-Z_]+$/.test(error.status) }),
  },
  "cohere-chat": {
    path: "/v2/chat",
    body: (text) => ({ model: "MODEL", messages: [{ role: "user", content: text }] }),
    list: "messages",
    error: (body) => ({ message: body.message, known: typeof body.message === "string" && body.error === undefined }),
  },
  "bedrock-converse": {
    path: "/model/MODEL/converse",
    body: (text) => ({ messages: [{ role: "user", content: [{ text }] }] }),
    list: "messages",
    error: (body) => ({ message: body.message, known: /Exception$/.test(body.__type ?? "") }),
  },
};
const providers = { openai: "gpt-4o", anthropic: "claude-sonnet-4-5", gemini: "gemini-2.5-flash" };

const suite = startSuite();
after(suite.end);

let gateway;
const strict = {};
const backendOf = (name, kind, port, key) => `apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ${name}}
spec:
  type: AI
  ai: {llm: {host: 127.0.0.1, port: ${port}, ${kind}: {${kind === "gemini" ? `apiVersion: v1beta, model: ${providers.gemini}, ` : ""}authToken: {kind: Inline, inline: ${key}}}}}
`;

before(async () => {
  const backends = [];
  const names = [];
  for (const kind of Object.keys(providers)) {
    strict[kind] = await startStrict(suite, kind, "sk-good");
    backends.push(backendOf(kind, kind, strict[kind].port, "sk-good"), backendOf(`${kind}-expired`, kind, strict[kind].port, "sk-expired"));
    names.push(`${kind}-expired`, kind);
  }
  gateway = await startGateway(suite, { "gateway.yaml": gatewayYaml, "route.yaml": backendRoutesYaml(names), "backends.yaml": backends.join("---\n") });
});

/** As fetch(), but the body is sent when it is asked for: an answer that comes instead of that is heard whole. */
const post = (url, headers, body) =>
  new Promise((resolve, reject) => {
    const all = { ...headers, "content-length": Buffer.byteLength(body), expect: "100-continue" };
    const call = request(url, { method: "POST", headers: all }, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("end", () => resolve({ status: response.statusCode, text: Buffer.concat(pieces).toString() }));
    });
    call.on("error", reject);
    call.on("continue", () => call.end(body));
    call.flushHeaders();
  });

let asked = 0;
/** Sends one request; its status, its error as the dialect tells it, and the record that it left. */
async function send(dialect, provider, body, { model = providers[provider.replace("-expired", "")], raw = false } = {}) {
  const { path, headers } = dialects[dialect];
  const id = `bad-${(asked += 1)}`;
  const text = raw ? body : JSON.stringify(body);
  const url = `${gateway.url}/${provider}${path.replace("MODEL", model)}`;
  const { status, text: written } = await post(url, { "content-type": "application/json", "x-request-id": id, ...headers }, text.replaceAll("MODEL", model));
  let json;
  try {
    json = JSON.parse(written);
  } catch {
    assert.fail(`${dialect} to ${provider}: ${status} with no JSON: ${written.slice(0, 200)}`);
  }
  const record = await until("the request is recorded", async () => (await gateway.requests()).find((each) => JSON.stringify(each).includes(`"${id}"`)));
  return { status, json, record };
}

async function refused(dialect, provider, body, status, pattern, options) {
  const got = await send(dialect, provider, body, options);
  const where = `${dialect} to ${provider}: ${JSON.stringify(got.json)}`;
  assert.equal(got.status, status, where);
  const { message, known } = dialects[dialect].error(got.json);
  assert.ok(known, where);
  assert.match(message, pattern, where);
  assert.equal(got.record.status, status, where);
  return got;
}

const each = async (act, kinds = Object.keys(providers)) => {
  for (const dialect of Object.keys(dialects)) for (const provider of kinds) await act(dialect, provider);
};
/** The provider speaks the client's dialect: its own refusals count. */
const same = (dialect, provider) => dialect.startsWith(provider);

test("good requests pass", async () => {
  await each(async (dialect, provider) => {
    const { status, json } = await send(dialect, provider, dialects[dialect].body(hello));
    assert.equal(status, 200, `${dialect} to ${provider}: ${JSON.stringify(json)}`);
  });
});

test("what is no JSON is a 400 that says where it ends", async () => {
  await each(async (dialect, provider) => {
    for (const body of ['{"model": "MODEL", "messages": [', "", "hello", "[1, 2]", '{"a": 1} trailing']) {
      const { record } = await refused(dialect, provider, body, 400, /JSON|object|empty/i, { raw: true });
      assert.equal(record.error, "bad-chat-request", JSON.stringify(record));
    }
  });
  for (const kind of Object.keys(providers)) assert.equal(strict[kind].refused.length, 0, "none of it reached a provider");
});

test("a key that stands twice is a 400 that names it", async () => {
  await each(async (dialect, provider) => {
    const body = JSON.stringify(dialects[dialect].body(hello)).replace(`"${dialects[dialect].list}":`, `"${dialects[dialect].list}":[],"${dialects[dialect].list}":`);
    await refused(dialect, provider, body, 400, new RegExp(dialects[dialect].list), { raw: true });
  });
});

test("a field of the wrong type is a 400 that names it", async () => {
  await each(async (dialect, provider) => {
    const { list, body } = dialects[dialect];
    await refused(dialect, provider, { ...body(hello), [list]: 7 }, 400, new RegExp(list, "i"));
    await refused(dialect, provider, { ...body(hello), [list]: [7] }, 400, new RegExp(`${list}|object|role|Invalid`, "i"));
    if (dialect !== "gemini-generate" && dialect !== "bedrock-converse") await refused(dialect, provider, { ...body(hello), temperature: "warm" }, 400, /temperature/);
    if (dialect === "gemini-generate") await refused(dialect, provider, { ...body(hello), generationConfig: { temperature: "warm" } }, 400, /temperature/i);
    if (dialect === "bedrock-converse") await refused(dialect, provider, { ...body(hello), inferenceConfig: { temperature: "warm" } }, 400, /temperature/);
  });
});

test("a model that the provider does not know is the provider's 404, in the client's words", async () => {
  await each(async (dialect) => refused(dialect, "anthropic", dialects[dialect].body(hello), 404, /nonesuch/, { model: "nonesuch" }), ["anthropic"]);
});

test("a body beyond the limit is a 413 that says so", async () => {
  const image = "A".repeat(33 * 1024 * 1024);
  await each(async (dialect, provider) => {
    const { record } = await refused(dialect, provider, dialects[dialect].body(image), 413, /large|limit|MiB|bytes/i);
    assert.equal(record.error, "body-too-large", JSON.stringify(record));
  }, ["openai"]);
});

test("a key of ours that the provider no longer takes is no fault of the client's, and the record says which", async () => {
  await each(async (dialect, provider) => {
    const { record, json } = await refused(dialect, `${provider}-expired`, dialects[dialect].body(hello), provider === "gemini" ? 400 : 502, /key/i);
    assert.match(JSON.stringify(record), /refused .+ with 401|API key not valid/);
    assert.ok(!JSON.stringify([record, json]).includes("sk-expired"));
  });
});

test("a page of HTML is an error of the API, whatever its status says", async () => {
  await each(async (dialect, provider) => {
    for (const trouble of ["TROUBLE html", "TROUBLE page"]) {
      const { record, json } = await refused(dialect, provider, dialects[dialect].body(trouble), 502, /./);
      assert.ok(!JSON.stringify(json).includes("<html"), JSON.stringify(json));
      assert.match(JSON.stringify(record), /text\/html|not its API|none of its API|HTML/i, JSON.stringify(record));
    }
  });
});

test("after all of it every route still answers", async () => {
  await each(async (dialect, provider) => {
    const { status } = await send(dialect, provider, dialects[dialect].body(hello));
    assert.equal(status, 200);
  });
});
