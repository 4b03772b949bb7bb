// The ws client through `gatehouse serve` to a ws server: as it is, and under TLS.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { certificate, gatewayYaml, serviceYaml, startGateway, until } from "./harness.mjs";

async function setUp(t, extra = {}, more = []) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  t.after(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on("connection", (socket, request) => {
    socket.send(`path ${request.url}`);
    socket.on("message", (data, binary) => socket.send(data, { binary }));
  });
  const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ws}
spec:
  parentRefs: [{name: test}]
  rules: [{backendRefs: [{name: ws, port: 80}]}]
`;
  const files = { "gateway.yaml": gatewayYaml, "route.yaml": route, "ws.yaml": serviceYaml("ws", server.address().port, "kubernetes.io/ws"), ...extra };
  return { server, gateway: await startGateway(t, files, {}, more) };
}

async function talk(socket) {
  const heard = [];
  socket.on("message", (data, binary) => heard.push(binary ? data : data.toString()));
  await once(socket, "open");
  await until("the server speaks first", () => heard.length === 1);
  assert.equal(heard[0], "path /chat?room=1");
  socket.send("hello");
  const large = Buffer.alloc(2_000_000, 7);
  socket.send(large);
  await until("both are echoed", () => heard.length === 3);
  assert.equal(heard[1], "hello");
  assert.ok(large.equals(heard[2]));
  socket.close(4001, "enough");
  const [code, reason] = await once(socket, "close");
  assert.equal(code, 4001);
  assert.equal(reason.toString(), "enough");
}

test("a WebSocket echoes text and bytes and closes with its code", async (t) => {
  const { gateway } = await setUp(t);
  await talk(new WebSocket(`${gateway.url.replace("http", "ws")}/chat?room=1`));
  const [record] = await until("the record is there", async () => {
    const all = await gateway.requests();
    return all.length > 0 ? all : null;
  });
  assert.equal(record.status, 101);
  assert.ok(record.requestBytes > 2_000_000);
});

test("a WebSocket under TLS", async (t) => {
  const pair = await certificate(t, "ws.test", "pair");
  if (!pair) return t.skip("there is no openssl");
  const listener = gatewayYaml.replace("protocol: HTTP}", "protocol: HTTP}, {name: https, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: pair}]}}");
  const { gateway } = await setUp(t, { "gateway.yaml": listener, "pair.yaml": pair.yaml }, [8443]);
  await talk(new WebSocket(`wss://127.0.0.1:${gateway.ports[8443]}/chat?room=1`, { servername: "ws.test", ca: pair.pem }));
});
