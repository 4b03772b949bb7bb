// A server on loopback that plays one provider, strictly. `seen` holds what it was asked, `refused` what it refused and why.
import { createServer } from "node:http";
import { anthropic } from "./anthropic.mjs";
import { bedrock } from "./bedrock.mjs";
import { cohere, ollama } from "./cohere.mjs";
import { gemini, vertexai } from "./gemini.mjs";
import { azureopenai, mistral, openai, vllm } from "./openai.mjs";
import { Refusal, demand, refuse } from "./rules.mjs";

const kinds = { openai, azureopenai, anthropic, gemini, vertexai, bedrock, mistral, cohere, ollama, vllm };

/** What some prompts bring about, in every provider's own words. */
function trouble(text, response) {
  if (text.includes("TROUBLE html")) {
    response.writeHead(502, { "content-type": "text/html" }).end("<html><body><h1>502 Bad Gateway</h1>nginx</body></html>");
    return true;
  }
  if (text.includes("TROUBLE page")) {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Please sign in to the hotel's network.</body></html>");
    return true;
  }
  if (text.includes("TROUBLE busy")) refuse(429, "slow down, please");
  if (text.includes("TROUBLE context")) refuse(400, "This model's maximum context length is 8192 tokens.", { code: "context_length_exceeded" });
  return false;
}

function answer(provider, request, response, seen) {
  const [path, query = ""] = request.url.split("?");
  const context = { ...request, query: new URLSearchParams(query) };
  provider.auth(context);
  const api = provider.apis.map(([pattern, act]) => ({ match: pattern.exec(path), act })).find(({ match }) => match);
  demand(api, `Invalid URL (${request.method} ${path})`, {}, 404);
  demand(request.method === "POST", "Method not allowed.", {}, 405);
  demand(/^application\/json/.test(request.headers["content-type"] ?? ""), "Unsupported Media Type: send application/json.", {}, 415);
  if (trouble(request.raw.toString(), response)) return;
  let body;
  try {
    body = JSON.parse(request.raw);
  } catch {
    refuse(400, "We could not parse the JSON body of your request.");
  }
  const said = api.act(body, { ...context, match: api.match });
  seen.push({ path, query, headers: request.headers, body, ask: said.ask });
  if (!said.stream) {
    response.writeHead(200, { "content-type": "application/json", ...said.headers }).end(JSON.stringify(said.answer));
    return;
  }
  // In pieces that no event respects.
  response.writeHead(200, { "content-type": said.type });
  for (let at = 0; at < said.stream.length; at += 61) response.write(said.stream.subarray(at, at + 61));
  response.end();
}

export async function startStrict(t, kind, key) {
  const provider = kinds[kind](key);
  const seen = [];
  const refused = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      try {
        answer(provider, { method: request.method, url: request.url, headers: request.headers, raw: Buffer.concat(chunks) }, response, seen);
      } catch (error) {
        if (!(error instanceof Refusal)) console.error(error);
        const refusal = error instanceof Refusal ? error : new Refusal(500, String(error.stack));
        refused.push({ url: request.url, status: refusal.status, message: refusal.message, body: Buffer.concat(chunks).toString() });
        response.writeHead(refusal.status, { "content-type": "application/json", ...provider.errorHeaders?.(refusal) }).end(JSON.stringify(provider.error(refusal)));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { port: server.address().port, seen, refused };
}
