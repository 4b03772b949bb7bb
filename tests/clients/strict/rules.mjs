// What the strict providers share: how a request is refused, what a model "says" to it, and streams of events.
import { createHmac } from "node:crypto";

/** What a provider answers in place of a completion. `more`: what its dialect adds (type, code, param). */
export class Refusal extends Error {
  constructor(status, message, more = {}) {
    super(message);
    this.status = status;
    this.more = more;
  }
}
export const refuse = (status, message, more) => {
  throw new Refusal(status, message, more);
};
export const demand = (condition, message, more, status = 400) => {
  if (!condition) refuse(status, message, more);
};

export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** Refuses members beside `known` (a list in one string). */
export function onlyKnown(object, known, say, status = 400) {
  const names = known.split(/\s+/);
  for (const name of Object.keys(object)) if (!names.includes(name)) refuse(status, say(name), { param: name });
}

/** Each row: [name, type, lowest, highest]. Null is as good as absent where `nullable`. */
export function inRange(object, rows, say, nullable = false) {
  for (const [name, type, low, high] of rows) {
    const value = object[name];
    if (value === undefined || (nullable && value === null)) continue;
    if (typeof value !== type) refuse(400, say(name, `should be a ${type}`), { param: name });
    if (type === "number" && (value < low || value > high)) refuse(400, say(name, `${value} is not within ${low} and ${high}`), { param: name });
  }
}

/** A model's own mark on its thoughts: replayed with another text it is refused. */
export const signatureOf = (text) => createHmac("sha256", "strict provider").update(text).digest("base64");

const cities = /\b(Paris|Rome|Oslo)\b/g;

/**
 * What the model says. `ask`: {last, tools, results, schema, thinking} as each dialect's check() tells it. Everything in it came over
 * the wire in the provider's words, so what the client gets at the end says what arrived here.
 */
export function replyTo(ask) {
  const usage = { input: 12, output: 5, cached: 4, reasoning: 0 };
  if (ask.results.length) return { text: `I read: ${ask.results.map((result) => result.text).join(" and ")}.`, calls: [], usage, stop: "end" };
  if (/weather/.test(ask.last) && ask.tools.includes("weather")) {
    const calls = (ask.last.match(cities) ?? ["Paris"]).map((city) => ({ name: "weather", args: { city } }));
    const thinking = ask.thinking ? "I should look outside." : undefined;
    return { text: "Let me look.", thinking, calls, usage, stop: "tools" };
  }
  if (ask.schema) return { text: '{"city":"Paris","people":2}', calls: [], usage, stop: "end" };
  if (ask.thinking) return { thinking: "The question is short.", text: "A thoughtful answer.", calls: [], usage: { ...usage, reasoning: 3 }, stop: "end" };
  if (/picture/.test(ask.last)) return { text: `I see ${ask.images ?? 0} pictures.`, calls: [], usage, stop: "end" };
  if (/long story/.test(ask.last)) return { text: "Once upon a", calls: [], usage, stop: "length" };
  return { text: ask.system ? `A fine answer (${ask.system}).` : "A fine answer.", calls: [], usage, stop: "end" };
}

export const half = (text) => {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter(Boolean);
};

export const sse = (events, named = false) =>
  Buffer.from(events.map((event) => (typeof event === "string" ? `data: ${event}\n\n` : `${named ? `event: ${event.type}\n` : ""}data: ${JSON.stringify(event)}\n\n`)).join(""));

const tinyPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const picture = { base64: tinyPng, mime: "image/png" };
export const isBase64 = (text) => typeof text === "string" && text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

/** Arguments of tools are texts of JSON objects. */
export function parsedArguments(text, say) {
  if (typeof text !== "string") refuse(400, say("arguments should be a string"));
  try {
    const value = JSON.parse(text === "" ? "{}" : text);
    if (isObject(value)) return value;
  } catch {
    // Told below.
  }
  return refuse(400, say("arguments are no JSON object"));
}
