// One gateway before every provider, each played by the strict checker under a path of its own.
import { backendRoutesYaml, gatewayYaml, startGateway, startSuite } from "../harness.mjs";
import { startStrict } from "./server.mjs";

export const aws = { accessKey: "AKIAGATEWAY", secretKey: "aws-secret-of-the-gateway", sessionToken: "session-1", region: "us-west-2" };
const inline = (more = "") => (key) => `authToken: {kind: Inline, inline: ${key}}${more}`;
const vertexBlock = inline(", apiVersion: v1, projectId: my-project, location: europe-west1");

const bedrockBlock = (model) => `{host: 127.0.0.1, port: PORT, bedrock: {model: "${model}", region: us-west-2, auth: {type: Secret, secretRef: {name: aws}}}}`;

/**
 * kind: of the checker; write: kgateway's block; preset: of the table. `chats`: false where the Backend's model is none for
 * chats.
 */
export const providers = {
  openai: { model: "gpt-4o-mini" },
  "openai reasoning": { kind: "openai", model: "gpt-5-mini" },
  azureopenai: { model: "gpt-4o", write: (key) => `{host: 127.0.0.1, port: PORT, azureopenai: {endpoint: unused.test, deploymentName: prod, apiVersion: "2024-10-21", authToken: {kind: Inline, inline: ${key}}}}` },
  anthropic: { model: "claude-sonnet-4-5" },
  gemini: { model: "gemini-2.5-flash", write: (key) => `{host: 127.0.0.1, port: PORT, gemini: {model: gemini-2.5-flash, apiVersion: v1beta, authToken: {kind: Inline, inline: ${key}}}}` },
  "gemini 3": { kind: "gemini", model: "gemini-3-pro", write: (key) => `{host: 127.0.0.1, port: PORT, gemini: {model: gemini-3-pro, apiVersion: v1beta, authToken: {kind: Inline, inline: ${key}}}}` },
  "vertexai gemini": { kind: "vertexai", model: "gemini-2.5-flash", write: (key) => `{host: 127.0.0.1, port: PORT, vertexai: {model: gemini-2.5-flash, publisher: GOOGLE, ${vertexBlock(key)}}}` },
  "vertexai claude": { kind: "vertexai", model: "claude-sonnet-4-5@20250929", write: (key) => `{host: 127.0.0.1, port: PORT, vertexai: {model: claude-sonnet-4-5@20250929, publisher: GOOGLE, ${vertexBlock(key)}}}` },
  "vertexai ranking": { kind: "vertexai", model: "semantic-ranker-default-004", chats: false, write: (key) => `{host: 127.0.0.1, port: PORT, vertexai: {model: semantic-ranker-default-004, publisher: GOOGLE, ${vertexBlock(key)}}}` },
  bedrock: { model: "anthropic.claude-sonnet-4-5-20250929-v1:0", key: aws, write: () => bedrockBlock("anthropic.claude-sonnet-4-5-20250929-v1:0") },
  "bedrock titan": { kind: "bedrock", model: "amazon.titan-embed-text-v2:0", key: aws, write: () => bedrockBlock("amazon.titan-embed-text-v2:0"), chats: false },
  "bedrock cohere": { kind: "bedrock", model: "cohere.embed-v4:0", key: aws, write: () => bedrockBlock("cohere.embed-v4:0"), chats: false },
  mistral: { model: "mistral-large-latest", preset: "mistral" },
  "cohere embed": { kind: "cohere", model: "embed-v4.0", preset: "cohere", chats: false },
  cohere: { model: "command-a-03-2025", preset: "cohere" },
  ollama: { model: "llama3.2", preset: "ollama" },
  vllm: { model: "qwen", preset: "vllm" },
};

export const slug = (name) => name.replaceAll(" ", "-");

/**
 * {gateway, strict: {provider: {seen, refused}}, urlOf(provider), end()}. `play(suite, kind, key)` -> {port} starts who plays a provider; the
 * strict checker unless it is given.
 */
export async function startWorld(play = startStrict) {
  const suite = startSuite();
  const strict = {};
  const backends = [`apiVersion: v1
kind: Secret
metadata: {name: aws}
stringData: {accessKey: ${aws.accessKey}, secretKey: ${aws.secretKey}, sessionToken: ${aws.sessionToken}}
`];
  for (const [name, provider] of Object.entries(providers)) {
    const kind = provider.kind ?? name;
    const key = provider.key ?? `sk-own-${slug(name)}`;
    strict[name] = await play(suite, kind, key);
    const block = (provider.write ?? ((own) => `{host: 127.0.0.1, port: PORT, ${provider.preset ? "openai" : kind}: {model: ${provider.model}, authToken: {kind: Inline, inline: ${own}}}}`))(key).replace("PORT", strict[name].port);
    backends.push(`apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ${slug(name)}${provider.preset ? `, annotations: {gatehouse.dev/provider: ${provider.preset}}` : ""}}
spec:
  type: AI
  ai: {llm: ${block}}
`);
  }
  const gateway = await startGateway(suite, { "gateway.yaml": gatewayYaml, "route.yaml": backendRoutesYaml(Object.keys(providers).map(slug)), "backends.yaml": backends.join("---\n") });
  return { gateway, strict, urlOf: (name) => `${gateway.url}/${slug(name)}`, end: suite.end };
}
