// The endpoint-picker protocol by a gRPC client of another make: grpc-js as the gateway that asks `gatehouse serve --picker`.
import assert from "node:assert/strict";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import grpc from "@grpc/grpc-js";
import { startPods, until } from "./harness.mjs";
import { endpointsOf, headersOf, servedPoolYaml, startMetrics, startPicker } from "./picker_client.mjs";

const chat = (content, more = {}) => JSON.stringify({ model: "llama", messages: [{ role: "user", content }], ...more });
const answer = JSON.stringify({ id: "a", model: "llama", choices: [{ message: { role: "assistant", content: "hi" } }], usage: { prompt_tokens: 40, completion_tokens: 7 } });
const json = { "content-type": "application/json" };
const at = (port) => `127.0.0.1:${port}`;

async function setUp(t, count = 3, more = "") {
  const { pods } = await startPods(t, count);
  const picker = await startPicker(t, { "pool.yaml": [servedPoolYaml("chat", pods.map((pod) => pod.port)), more].filter(Boolean).join("---\n") });
  return { ...picker, ports: pods.map((pod) => pod.port), endpoints: pods.map((pod) => at(pod.port)) };
}

/** The record of a call, once it is there. */
const recorded = (picker, id) => until("the call is recorded", async () => (await picker.requests()).find((record) => record.requestId === id));

/** As an editor saves: a new file under the old name. */
async function replace(folder, name, text) {
  await writeFile(join(folder, `${name}.new`), text);
  await rename(join(folder, `${name}.new`), join(folder, name));
}

test("a buffered request is told its pod with the body, and the answer is learned from", async (t) => {
  const picker = await setUp(t);
  const call = picker.call().head("BUFFERED", { headers: { "x-request-id": "buffered" } });
  const [head] = await call.hear();
  assert.equal(head.response, "request_headers");
  assert.deepEqual(endpointsOf(head), []);
  const [body] = await call.body(chat("hello")).hear();
  assert.equal(body.response, "request_body");
  const told = endpointsOf(body);
  assert.equal(told.length, 2, "the best, and whom to try next");
  assert.ok(told.every((endpoint) => picker.endpoints.includes(endpoint)) && told[0] !== told[1], told.join());
  assert.equal(body.request_body.response.clear_route_cache, true);
  assert.equal(body.request_body.response.body_mutation, null, "nothing of the body changes");
  assert.equal((await picker.pods()).find((pod) => pod.address === told[0]).inFlight, 1);

  const [answerHead] = await call.answerHead(200, json).hear();
  assert.equal(answerHead.response, "response_headers");
  const [answerBody] = await call.answerBody(answer).hear();
  assert.equal(answerBody.response, "response_body");
  await picker.idle();
  assert.equal((await call.finish()).code, grpc.status.OK);

  const record = await recorded(picker, "buffered");
  assert.equal(record.status, 200);
  assert.equal(record.protocol, "ext_proc");
  assert.equal(record.endpoint, told[0]);
  assert.equal(record.backend, "InferencePool default/chat");
  assert.equal(record.llm.outputTokens, 7);
  assert.equal(record.pick.candidates[record.pick.chosen].address, told[0]);
  assert.ok(record.steps.some((step) => step.stage === "pick" && step.outcome === "chosen"), JSON.stringify(record.steps));
  assert.match(await picker.metrics(), /^gatehouse_picker_calls_total\{outcome="picked"\} 1$/m);
});

test("in full duplex the body comes back in pieces, byte for byte", async (t) => {
  const picker = await setUp(t);
  const text = chat("word ".repeat(40_000));
  const call = picker.call().head("FULL_DUPLEX_STREAMED");
  for (let i = 0; i < text.length; i += 30_000) call.body(text.slice(i, i + 30_000), i + 30_000 >= text.length);
  const pieces = Math.ceil(text.length / 62_000);
  const [head, ...body] = await call.hear(1 + pieces);
  assert.equal(head.response, "request_headers");
  assert.ok(picker.endpoints.includes(endpointsOf(head)[0]));
  assert.equal(headersOf(head)["content-length"], String(text.length));
  const streamed = body.map((piece) => piece.request_body.response.body_mutation.streamed_response);
  assert.equal(Buffer.concat(streamed.map((piece) => piece.body)).toString(), text);
  assert.deepEqual(streamed.map((piece) => piece.end_of_stream), streamed.map((_, index) => index === pieces - 1));

  const events = ["hel", "lo"].map((content) => `data: ${JSON.stringify({ id: "s", model: "llama", choices: [{ delta: { content } }] })}\n\n`);
  events.push(`data: ${JSON.stringify({ id: "s", choices: [], usage: { prompt_tokens: 900, completion_tokens: 2 } })}\n\n`, "data: [DONE]\n\n");
  await call.answerHead(200, { "content-type": "text/event-stream" }).hear();
  for (const [index, event] of events.entries()) {
    const [piece] = await call.answerBody(event, index === events.length - 1).hear();
    assert.equal(piece.response_body.response.body_mutation.streamed_response.body.toString(), event);
  }
  await call.finish();
  const record = await recorded(picker, "r-1");
  assert.equal(record.llm.streamed, true);
  assert.equal(record.llm.inputTokens, 900);
  assert.ok(record.firstByteMicros >= 0);
  await picker.idle();
});

test("a body that trailers end", async (t) => {
  const picker = await setUp(t);
  const call = picker.call().head("FULL_DUPLEX_STREAMED").body(chat("hello"), false).say({ request_trailers: { trailers: { headers: [] } } });
  const [head, body, trailers] = await call.hear(3);
  assert.equal(endpointsOf(head).length, 2);
  assert.equal(body.request_body.response.body_mutation.streamed_response.end_of_stream, false);
  assert.equal(trailers.response, "request_trailers");
  await call.answerHead(200, json).hear();
  await call.answerBody(answer, false).hear();
  const [end] = await call.say({ response_trailers: { trailers: { headers: [] } } }).hear();
  assert.equal(end.response, "response_trailers");
  await call.finish();
  await picker.idle();
});

test("without a body, or with one that is not waited for, the head decides", async (t) => {
  const picker = await setUp(t);
  for (const [mode, end] of [["BUFFERED", true], ["FULL_DUPLEX_STREAMED", true], ["STREAMED", false], ["NONE", false]]) {
    const call = picker.call().head(mode, { end, method: end ? "GET" : "POST" });
    const [head] = await call.hear();
    assert.equal(endpointsOf(head).length, 2, mode);
    assert.equal(headersOf(head)["content-length"], undefined, mode);
    if (mode === "STREAMED") assert.equal((await call.body("{", false).hear())[0].response, "request_body");
    await call.finish();
  }
  await picker.idle();
});

test("of a body that is buffered in part the rest is not touched", async (t) => {
  const picker = await setUp(t, 2, rewriteYaml);
  const call = picker.call().head("BUFFERED_PARTIAL");
  await call.hear();
  const [body] = await call.body('{"model":"llama","messages":[', false).hear();
  assert.equal(endpointsOf(body).length, 2);
  assert.deepEqual(Object.keys(headersOf(body)), ["x-gateway-destination-endpoint"]);
  assert.equal(body.request_body.response.body_mutation, null);
  await call.finish();
});

const rewriteYaml = `apiVersion: llm-d.ai/v1alpha2
kind: InferenceModelRewrite
metadata: {name: next}
spec:
  poolRef: {name: chat}
  rules: [{matches: [{model: {value: llama}}], targets: [{modelRewrite: llama-next-generation}]}]
`;

test("a model is asked for as the pool's rewrites say", async (t) => {
  const picker = await setUp(t, 2, rewriteYaml);
  for (const mode of ["BUFFERED", "FULL_DUPLEX_STREAMED"]) {
    const call = picker.call().head(mode, { headers: { "x-request-id": mode } });
    if (mode === "BUFFERED") await call.hear();
    call.body(chat("hello"));
    const answers = await call.hear(mode === "BUFFERED" ? 1 : 2);
    const mutation = answers.at(-1).request_body.response.body_mutation;
    const body = mutation.body ?? mutation.streamed_response.body;
    assert.equal(body.toString(), chat("hello").replace("llama", "llama-next-generation"));
    assert.equal(headersOf(answers[0])["content-length"], String(body.length));
    await call.finish();
    const record = await recorded(picker, mode);
    assert.equal(record.llm.model, "llama-next-generation");
    assert.ok(record.steps.some((step) => step.stage === "rewrite"), JSON.stringify(record.steps));
  }
});

test("several pools are told apart by the authority of the call", async (t) => {
  const { pods } = await startPods(t, 4);
  const ports = pods.map((pod) => pod.port);
  const picker = await startPicker(t, {
    "pools.yaml": [
      servedPoolYaml("a", [ports[0]], { picker: "epp-a" }),
      servedPoolYaml("b", [ports[1]], { picker: "epp-b" }),
      servedPoolYaml("b", [ports[2]], { picker: "epp-b", namespace: "other" }),
      servedPoolYaml("bare", [ports[3]], { picker: "" }),
    ].join("---\n"),
  });
  for (const [authority, port] of [["epp-a", ports[0]], ["epp-a.default.svc:9002", ports[0]], ["epp-b.default.svc.cluster.local:9002", ports[1]], ["epp-b.other", ports[2]], ["bare.default", ports[3]]]) {
    const call = picker.call(authority).head("NONE");
    assert.deepEqual(endpointsOf((await call.hear())[0]), [at(port)], authority);
    await call.finish();
  }
  for (const authority of ["nobody.default:9002", "epp-b", "127.0.0.1:9002"])
    assert.equal((await picker.call(authority).head("NONE").ended()).code, grpc.status.NOT_FOUND, authority);
});

test("a subset is kept to", async (t) => {
  const picker = await setUp(t, 4);
  const [a, b, c] = picker.endpoints;
  const list = (...values) => ({ list_value: { values: values.map((value) => ({ string_value: value })) } });
  for (const [subset, allowed] of [[{ string_value: a }, [a]], [{ string_value: `${b}, ${c}` }, [b, c]], [list(a, c, "10.9.9.9:1"), [a, c]], [list("127.0.0.1"), picker.endpoints]])
    for (let i = 0; i < 5; i += 1) {
      const call = picker.call().head("NONE", { subset });
      const told = endpointsOf((await call.hear())[0]);
      assert.ok(told.length > 0 && told.every((endpoint) => allowed.includes(endpoint)), `${told} of ${allowed}`);
      await call.finish();
    }
  for (const subset of [list(), { string_value: "" }, { string_value: "10.9.9.9:1" }]) {
    const call = picker.call().head("NONE", { subset });
    const [refused] = await call.hear();
    assert.equal(refused.immediate_response.status.code, 503);
    assert.equal(headersOf(refused)["x-llm-d-request-dropped-reason"], "rejected-no-endpoints");
    assert.equal((await call.ended()).code, grpc.status.OK);
  }
  await picker.idle();
});

test("an empty pool answers 503 with the published reason, in the dialect of the client", async (t) => {
  const picker = await startPicker(t, { "pool.yaml": servedPoolYaml("chat", []) });
  const call = picker.call().head("FULL_DUPLEX_STREAMED", { headers: { "x-request-id": "empty" } }).body(chat("hello"));
  const [refused] = await call.hear();
  assert.equal(refused.immediate_response.status.code, 503);
  assert.equal(headersOf(refused)["x-llm-d-request-dropped-reason"], "rejected-no-endpoints");
  assert.equal(headersOf(refused)["content-type"], "application/json");
  assert.equal(JSON.parse(refused.immediate_response.body).error.code, "rejected-no-endpoints");
  const record = await recorded(picker, "empty");
  assert.equal(record.status, 503);
  assert.equal(record.error, "rejected-no-endpoints");
  assert.match(await picker.metrics(), /^gatehouse_picker_calls_total\{outcome="unavailable"\} 1$/m);
});

const objectivesYaml = [["urgent", 10], ["batch", -1]]
  .map(
    ([name, priority]) => `apiVersion: llm-d.ai/v1alpha2
kind: InferenceObjective
metadata: {name: ${name}}
spec: {priority: ${priority}, poolRef: {name: chat}}
`,
  )
  .join("---\n");

test("in a full pool low priorities are shed, the others wait, and the most urgent goes first", async (t) => {
  const metrics = await startMetrics(t, { waiting: 50, running: 256 });
  const picker = await startPicker(t, { "pool.yaml": [servedPoolYaml("chat", [metrics.port]), objectivesYaml].join("---\n") });
  await until("the pod's queue is known", async () => (await picker.pods())[0].waiting === 50);
  const ask = (objective, id) =>
    picker.call().head("FULL_DUPLEX_STREAMED", { headers: { "x-request-id": id, ...(objective && { "x-gateway-inference-objective": objective }) } }).body(chat(id));
  const queue = async () => Number(/^gatehouse_pool_queue_requests\{pool="default\/chat",priority="0"\} (\d+)$/m.exec(await picker.metrics())?.[1] ?? 0);

  const shed = ask("batch", "shed");
  const [refused] = await shed.hear();
  assert.equal(refused.immediate_response.status.code, 429);
  assert.equal(headersOf(refused)["x-llm-d-request-dropped-reason"], "rejected-saturated");

  const usual = ask(null, "usual");
  await until("it waits", async () => (await queue()) === 1);
  const gone = ask(null, "gone");
  await until("two wait", async () => (await queue()) === 2);
  gone.stream.cancel();
  await until("who left is out of the queue", async () => (await queue()) === 1);
  assert.equal((await recorded(picker, "gone")).error, "client-left");
  const urgent = ask("urgent", "urgent");
  await until("the urgent one waits", async () => (await picker.metrics()).includes('gatehouse_pool_queue_requests{pool="default/chat",priority="10"} 1'));

  metrics.say({ waiting: 0, running: 0 });
  for (const call of [urgent, usual]) {
    assert.deepEqual(endpointsOf((await call.hear(2))[0]), [at(metrics.port)]);
    await call.finish();
  }
  const [first, second] = await Promise.all([recorded(picker, "urgent"), recorded(picker, "usual")]);
  assert.equal(first.pick.priority, 10);
  assert.ok(first.pick.waitedSeconds > 0 && second.pick.waitedSeconds > first.pick.waitedSeconds, `${first.pick.waitedSeconds} ${second.pick.waitedSeconds}`);
  const page = await picker.metrics();
  assert.match(page, /^gatehouse_pool_shed_total\{pool="default\/chat",why="priority"\} 1$/m);
  assert.match(page, /^gatehouse_pool_queue_waits_total\{pool="default\/chat"\} 3$/m);
  await picker.idle();
});

const check = (client, service) => new Promise((resolve) => client.Check({ service }, (error, value) => resolve(error ? error.code : value.status)));

test("health, by the services that a cluster asks for, and its end when the picker stops", async (t) => {
  const picker = await setUp(t, 1);
  const client = picker.health();
  for (const service of ["", "liveness", "readiness", "envoy.service.ext_proc.v3.ExternalProcessor", "inference-extension"])
    assert.equal(await check(client, service), "SERVING", service);
  assert.equal(await check(client, "nobody"), grpc.status.NOT_FOUND);
  const watch = (service) => {
    const seen = [];
    const stream = client.Watch({ service });
    stream.on("data", ({ status }) => seen.push(status));
    stream.on("error", () => {});
    return { seen, stream };
  };
  const ready = watch("readiness");
  const unknown = watch("nobody");
  await until("both are told", () => ready.seen.length > 0 && unknown.seen.length > 0);
  assert.deepEqual([ready.seen, unknown.seen], [["SERVING"], ["SERVICE_UNKNOWN"]]);
  unknown.stream.cancel();
  // A call under way ends as it would have.
  const call = picker.call().head("BUFFERED");
  await call.hear();
  picker.process.child.kill("SIGTERM");
  await until("the watch is told", () => ready.seen.includes("NOT_SERVING"));
  assert.equal(endpointsOf((await call.body(chat("late")).hear())[0]).length, 1);
  await call.finish();
  await until("the process ends", () => picker.process.exited());
  assert.equal(picker.process.exited().code, 0);
});

test("nothing is ready without a pool", async (t) => {
  const picker = await startPicker(t, {});
  const client = picker.health();
  assert.equal(await check(client, "readiness"), "NOT_SERVING");
  assert.equal(await check(client, "liveness"), "SERVING");
  assert.equal((await picker.call().head("NONE").ended()).code, grpc.status.NOT_FOUND);
});

test("what is no message ends its call alone", async (t) => {
  const picker = await setUp(t, 1);
  const bytes = { requestSerialize: (value) => value, requestDeserialize: (value) => value, responseSerialize: (value) => value, responseDeserialize: (value) => value };
  const Raw = grpc.makeGenericClientConstructor(
    {
      process: { path: "/envoy.service.ext_proc.v3.ExternalProcessor/Process", requestStream: true, responseStream: true, ...bytes },
      other: { path: "/envoy.service.ext_proc.v3.ExternalProcessor/Other", requestStream: true, responseStream: true, ...bytes },
    },
    "Raw",
  );
  const client = picker.connect(Raw);
  const said = (method, ...messages) =>
    new Promise((resolve) => {
      const stream = client[method]();
      stream.on("data", () => {});
      stream.on("error", () => {});
      stream.on("status", (status) => resolve(status.code));
      for (const message of messages) stream.write(message);
    });
  for (const message of ["\xff\xff\xff", "\x12\x7f", "", "hello, this is no protobuf", "\x12\x02\x0a\x7f"]) assert.equal(await said("process", Buffer.from(message, "latin1")), grpc.status.INVALID_ARGUMENT, message);
  assert.equal(await said("other"), grpc.status.UNIMPLEMENTED);
  assert.equal((await picker.call().body("{}").ended()).code, grpc.status.INVALID_ARGUMENT);
  assert.equal((await picker.call().answerHead(200).ended()).code, grpc.status.INVALID_ARGUMENT);
  const twice = picker.call().head("BUFFERED");
  assert.equal((await twice.head("BUFFERED").ended()).code, grpc.status.INVALID_ARGUMENT);
  // A client's mistake is answered to the client.
  const bad = picker.call().head("FULL_DUPLEX_STREAMED").body("{no json");
  const [refused] = await bad.hear();
  assert.equal(refused.immediate_response.status.code, 400);
  assert.equal(JSON.parse(refused.immediate_response.body).error.type, "invalid_request_error");

  const call = picker.call().head("NONE");
  assert.equal(endpointsOf((await call.hear())[0]).length, 1);
  await call.finish();
  await picker.idle();
  assert.match(await picker.metrics(), /^gatehouse_picker_calls_total\{outcome="refused"\} 1$/m);
});

test("a gateway that vanishes gives its reservation back", async (t) => {
  const picker = await setUp(t, 2);
  const calls = [];
  for (const [index, tell] of [(call) => call, (call) => call.answerHead(200, { "content-type": "text/event-stream" }).answerBody("data: {}\n\n", false)].entries()) {
    const call = picker.call().head("FULL_DUPLEX_STREAMED", { headers: { "x-request-id": `gone-${index}` } }).body(chat("hello"));
    await call.hear(2);
    tell(call);
    calls.push(call);
  }
  await calls[1].hear(2);
  assert.equal((await picker.pods()).reduce((sum, pod) => sum + pod.inFlight, 0), 2);
  calls.forEach((call) => call.stream.cancel());
  await picker.idle();
  // Node ends its side of a stream before it resets it, so that this may look like a gateway that tells nothing of answers.
  const early = await recorded(picker, "gone-0");
  assert.ok(early.error === "client-left" || (early.status === 0 && early.steps.at(-1).subject === "not told"), JSON.stringify(early.steps));
  assert.equal((await recorded(picker, "gone-1")).status, 200);
  assert.equal((await picker.requests()).length, 2);
});

test("a pod that served in place of the picked one has the request", async (t) => {
  const picker = await setUp(t, 2);
  const call = picker.call().head("BUFFERED", { headers: { "x-request-id": "moved" } });
  await call.hear();
  const [first, second] = endpointsOf((await call.body(chat("hello")).hear())[0]);
  const inFlight = async () => Object.fromEntries((await picker.pods()).map((pod) => [pod.address, pod.inFlight]));
  assert.deepEqual(await inFlight(), { [first]: 1, [second]: 0 });
  await call.answerHead(200, json, { served: second }).hear();
  assert.deepEqual(await inFlight(), { [first]: 0, [second]: 1 });
  await call.answerBody(answer).hear();
  await picker.idle();
  await call.finish();
  const record = await recorded(picker, "moved");
  assert.equal(record.endpoint, second);
  assert.ok(record.steps.some((step) => step.subject === second && step.stage === "endpoint"), JSON.stringify(record.steps));
});

test("a call goes on by the configuration that it began with", async (t) => {
  const { pods } = await startPods(t, 2);
  const picker = await startPicker(t, { "pool.yaml": servedPoolYaml("chat", [pods[0].port]) });
  const waiting = picker.call().head("BUFFERED");
  await waiting.hear();
  const picked = picker.call().head("NONE");
  assert.deepEqual(endpointsOf((await picked.hear())[0]), [at(pods[0].port)]);

  await replace(picker.folder, "pool.yaml", servedPoolYaml("chat", [pods[1].port]));
  await until("the change is taken over", async () => (await picker.pods()).map((pod) => pod.address).join() === at(pods[1].port));
  const after = picker.call().head("NONE");
  assert.deepEqual(endpointsOf((await after.hear())[0]), [at(pods[1].port)]);
  assert.deepEqual(endpointsOf((await waiting.body(chat("hello")).hear())[0]), [at(pods[0].port)]);
  await picked.answerHead(200, json, { end: true }).hear();
  for (const call of [waiting, picked, after]) assert.equal((await call.finish()).code, grpc.status.OK);
  await picker.idle();
});

test("a gateway may begin TLS, as it does with the reference picker", async (t) => {
  const picker = await setUp(t, 2);
  for (const call of [picker.securedCall(), picker.call(), picker.securedCall()]) {
    call.head("FULL_DUPLEX_STREAMED").body(chat("word ".repeat(20_000)));
    const [head] = await call.hear(3);
    assert.ok(picker.endpoints.includes(endpointsOf(head)[0]));
    await call.answerHead(200, json).hear();
    await call.answerBody(answer).hear();
    assert.equal((await call.finish()).code, grpc.status.OK);
  }
  await picker.idle();
});

test("many calls at once, some of which vanish", async (t) => {
  const picker = await setUp(t, 3);
  const calls = Array.from({ length: 200 }, (_, index) => picker.call().head("FULL_DUPLEX_STREAMED", { headers: { "x-request-id": `many-${index}` } }).body(chat(`question ${index}`)));
  await Promise.all(
    calls.map(async (call, index) => {
      const [head] = await call.hear(2);
      assert.ok(picker.endpoints.includes(endpointsOf(head)[0]));
      if (index % 7 === 0) return call.stream.cancel();
      await call.answerHead(200, json).hear();
      await call.answerBody(answer).hear();
      assert.equal((await call.finish()).code, grpc.status.OK);
    }),
  );
  await picker.idle();
  assert.match(await picker.metrics(), /^gatehouse_picker_calls_total\{outcome="picked"\} 200$/m);
  await until("no call is left", async () => /^gatehouse_picker_calls_in_flight 0$/m.test(await picker.metrics()));
});

test("who only watches gets no answer, and no pod is kept for it", async (t) => {
  const picker = await setUp(t, 1);
  const call = picker.call().head("NONE", { observability_mode: true });
  assert.equal((await call.finish()).code, grpc.status.OK);
  assert.equal(call.answers.length, 0);
  assert.equal((await picker.pods())[0].picks, 0);
});
