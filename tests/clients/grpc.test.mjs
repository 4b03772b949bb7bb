// The grpc-js client through `gatehouse serve` to a grpc-js server, by a GRPCRoute. Messages are plain text, so no compiler
// of protocol buffers is needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import grpc from "@grpc/grpc-js";
import { certificate, gatewayYaml, serviceYaml, startGateway, until } from "./harness.mjs";

const text = { serialize: (value) => Buffer.from(value), deserialize: (bytes) => bytes.toString() };
const method = (path, requestStream, responseStream) => ({
  path, requestStream, responseStream,
  requestSerialize: text.serialize, requestDeserialize: text.deserialize,
  responseSerialize: text.serialize, responseDeserialize: text.deserialize,
});
const service = {
  say: method("/echo.Echo/Say", false, false),
  fail: method("/echo.Echo/Fail", false, false),
  slow: method("/echo.Echo/Slow", false, false),
  count: method("/echo.Echo/Count", false, true),
  collect: method("/echo.Echo/Collect", true, false),
  chat: method("/echo.Echo/Chat", true, true),
};
const Echo = grpc.makeGenericClientConstructor({ ...service, lost: method("/other.Service/Lost", false, false) }, "Echo");

async function setUp(t, extra = {}, more = []) {
  const server = new grpc.Server();
  server.addService(service, {
    say: (call, answer) => {
      const trailer = new grpc.Metadata();
      trailer.set("x-trailer", "1");
      answer(null, `${call.request} ${call.metadata.get("x-mine").join()}`, trailer);
    },
    fail: (call, answer) => answer({ code: grpc.status.NOT_FOUND, details: "no such thing: 100 %" }),
    slow: () => {},
    count: (call) => {
      for (let i = 0; i < Number(call.request); i += 1) call.write(String(i));
      call.end();
    },
    collect: (call, answer) => {
      const all = [];
      call.on("data", (part) => all.push(part));
      call.on("end", () => answer(null, all.join(" ")));
    },
    chat: (call) => {
      call.on("data", (part) => call.write(part.toUpperCase()));
      call.on("end", () => call.end());
    },
  });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  t.after(() => server.forceShutdown());
  const route = `apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: echo}
spec:
  parentRefs: [{name: test}]
  rules:
    - matches: [{method: {service: echo.Echo}}]
      backendRefs: [{name: echo, port: 80}]
`;
  const files = { "gateway.yaml": gatewayYaml, "route.yaml": route, "echo.yaml": serviceYaml("echo", port, "kubernetes.io/h2c"), ...extra };
  const gateway = await startGateway(t, files, {}, more);
  const client = (address, credentials = grpc.credentials.createInsecure(), options = {}) => {
    const made = new Echo(address, credentials, options);
    t.after(() => made.close());
    return made;
  };
  return { gateway, server, client, plain: client(`127.0.0.1:${gateway.ports[8080]}`) };
}

const unary = (client, name, request, metadata = new grpc.Metadata(), options = {}) =>
  new Promise((resolve) => {
    const result = {};
    const call = client[name](request, metadata, options, (error, value) => Object.assign(result, { error, value }));
    call.on("status", (status) => resolve(Object.assign(result, { status })));
  });

test("a unary call, with metadata and trailers", async (t) => {
  const { plain, gateway } = await setUp(t);
  const metadata = new grpc.Metadata();
  metadata.set("x-mine", "yes");
  const { error, value, status } = await unary(plain, "say", "hello", metadata);
  assert.equal(error, null);
  assert.equal(value, "hello yes");
  assert.deepEqual(status.metadata.get("x-trailer"), ["1"]);
  const [record] = await until("the record is there", async () => {
    const all = await gateway.requests();
    return all.length > 0 ? all : null;
  });
  assert.equal(record.protocol, "HTTP/2");
  assert.equal(record.upstreamProtocol, "HTTP/2");
  assert.equal(record.grpcStatus, 0);
  assert.equal(record.path, "/echo.Echo/Say");
});

test("an error of the server arrives as it was", async (t) => {
  const { plain } = await setUp(t);
  const { error } = await unary(plain, "fail", "x");
  assert.equal(error.code, grpc.status.NOT_FOUND);
  assert.equal(error.details, "no such thing: 100 %");
});

test("a call that no route takes is unimplemented", async (t) => {
  const { plain } = await setUp(t);
  const { error } = await unary(plain, "lost", "x");
  assert.equal(error.code, grpc.status.UNIMPLEMENTED);
  assert.match(error.details, /No route/);
});

test("a server that is gone is unavailable", async (t) => {
  const { plain, server } = await setUp(t);
  server.forceShutdown();
  const { error } = await unary(plain, "say", "x");
  assert.equal(error.code, grpc.status.UNAVAILABLE);
});

test("a client's deadline ends the call", async (t) => {
  const { plain } = await setUp(t);
  const { error } = await unary(plain, "slow", "x", new grpc.Metadata(), { deadline: Date.now() + 300 });
  assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
});

test("a server's stream", async (t) => {
  const { plain } = await setUp(t);
  const got = [];
  for await (const part of plain.count("500")) got.push(part);
  assert.equal(got.length, 500);
  assert.equal(got[499], "499");
});

test("a client's stream", async (t) => {
  const { plain } = await setUp(t);
  const answer = await new Promise((resolve, reject) => {
    const call = plain.collect((error, value) => (error ? reject(error) : resolve(value)));
    for (const part of ["a", "b", "c"]) call.write(part);
    call.end();
  });
  assert.equal(answer, "a b c");
});

test("a conversation, each answer before the next word", async (t) => {
  const { plain } = await setUp(t);
  const call = plain.chat();
  const heard = [];
  call.on("data", (part) => heard.push(part));
  const ended = new Promise((resolve) => call.on("status", resolve));
  for (let i = 0; i < 20; i += 1) {
    call.write(`word ${i}`);
    await until(`word ${i} is answered`, () => heard.length === i + 1);
    assert.equal(heard[i], `WORD ${i}`);
  }
  call.end();
  assert.equal((await ended).code, grpc.status.OK);
});

test("a hundred calls at once", async (t) => {
  const { plain } = await setUp(t);
  const all = await Promise.all(Array.from({ length: 100 }, (_, i) => unary(plain, "say", String(i))));
  for (const [i, { error, value }] of all.entries()) {
    assert.equal(error, null);
    assert.equal(value, `${i} `);
  }
});

test("a call under TLS", async (t) => {
  const pair = await certificate(t, "grpc.test", "pair");
  if (!pair) return t.skip("there is no openssl");
  const listener = gatewayYaml.replace("protocol: HTTP}", "protocol: HTTP}, {name: https, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: pair}]}}");
  const { client, gateway } = await setUp(t, { "gateway.yaml": listener, "pair.yaml": pair.yaml }, [8443]);
  const secured = client(`127.0.0.1:${gateway.ports[8443]}`, grpc.credentials.createSsl(Buffer.from(pair.pem)), {
    "grpc.ssl_target_name_override": "grpc.test",
    "grpc.default_authority": "grpc.test",
  });
  const { error, value } = await unary(secured, "say", "hello");
  assert.equal(error, null);
  assert.equal(value, "hello ");
});
