// CONNECT by curl and by Node, and WebSocket over HTTP/2 (RFC 8441) by Node's http2, through `gatehouse serve`.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { gatewayYaml, has, run, serviceYaml, startGateway, until } from "./harness.mjs";

async function listening(t, server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return server.address().port;
}

/** A forward proxy that takes CONNECT, and refuses it to "forbidden". */
async function startProxy(t) {
  const asked = [];
  const proxy = http.createServer((_, response) => response.writeHead(405).end());
  proxy.on("connect", (request, socket, head) => {
    asked.push(request);
    const { hostname, port } = new URL(`http://${request.url}`);
    if (hostname === "forbidden.test") return socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    const far = net.connect(Number(port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      far.write(head);
      far.pipe(socket).pipe(far);
    });
    for (const end of [far, socket]) end.on("error", () => [far, socket].forEach((each) => each.destroy()));
  });
  return { port: await listening(t, proxy), asked };
}

const tunnels = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: tunnels}
spec:
  parentRefs: [{name: test}]
  rules: [{matches: [{method: CONNECT}], backendRefs: [{name: proxy, port: 80}]}]
`;

async function throughProxy(t) {
  const proxy = await startProxy(t);
  const far = await listening(t, http.createServer((request, response) => response.end(`far away ${request.url}`)));
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, "route.yaml": tunnels, "proxy.yaml": serviceYaml("proxy", proxy.port) });
  return { proxy, far, gateway };
}

test("curl reaches a server through the tunnel of a rule", async (t) => {
  if (!(await has("curl"))) return t.skip("there is no curl");
  const { proxy, far, gateway } = await throughProxy(t);
  const got = await run("curl", ["-sS", "--noproxy", "", "--proxytunnel", "-x", gateway.url, `http://far.test:${far}/x`]);
  assert.equal(got.out, "far away /x", got.err);
  assert.equal(proxy.asked[0].url, `far.test:${far}`);
  assert.equal(proxy.asked[0].headers.host, `far.test:${far}`);
  const old = await run("curl", ["-sS", "--noproxy", "", "--proxytunnel", "--proxy1.0", gateway.url, `http://far.test:${far}/y`]);
  assert.equal(old.out, "far away /y", old.err);
  const [record] = await until("both records are there", async () => {
    const all = await gateway.requests();
    return all.length === 2 ? all : null;
  });
  assert.equal(record.method, "CONNECT");
  assert.equal(record.status, 200);
});

test("curl is told what the proxy behind refuses, and what no rule asks for", async (t) => {
  if (!(await has("curl"))) return t.skip("there is no curl");
  const { gateway } = await throughProxy(t);
  const refused = await run("curl", ["-sS", "--noproxy", "", "--proxytunnel", "-x", gateway.url, "-w", "%{http_connect}", "http://forbidden.test:443/"]);
  assert.equal(refused.out, "403", refused.err);
  const { gateway: plain } = await plainGateway(t);
  const none = await run("curl", ["-sS", "--noproxy", "", "--proxytunnel", "-x", plain.url, "-w", "%{http_connect}", "http://far.test:443/"]);
  assert.equal(none.out, "501", none.err);
});

async function plainGateway(t) {
  const origin = await listening(t, http.createServer((_, response) => response.end("plain")));
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, "route.yaml": tunnels.replace("matches: [{method: CONNECT}], ", ""), "proxy.yaml": serviceYaml("proxy", origin) });
  return { gateway };
}

test("Node's http2 tunnels by CONNECT", async (t) => {
  const { far, gateway } = await throughProxy(t);
  const session = http2.connect(gateway.url);
  t.after(() => session.close());
  const stream = session.request({ ":method": "CONNECT", ":authority": `far.test:${far}` });
  const [head] = await once(stream, "response");
  assert.equal(head[":status"], 200);
  let heard = "";
  stream.on("data", (bytes) => (heard += bytes));
  stream.write("GET /z HTTP/1.1\r\nHost: far.test\r\nConnection: close\r\n\r\n");
  await once(stream, "end");
  assert.match(heard, /far away \/z$/);
  stream.end();
});

test("a WebSocket over HTTP/2", async (t) => {
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
  const route = tunnels.replace("matches: [{method: CONNECT}], ", "").replace("name: proxy", "name: ws");
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, "route.yaml": route, "ws.yaml": serviceYaml("ws", server.address().port) });
  const session = http2.connect(gateway.url);
  t.after(() => session.close());
  const [settings] = await once(session, "remoteSettings");
  assert.equal(settings.enableConnectProtocol, true);
  const stream = session.request({ ":method": "CONNECT", ":protocol": "websocket", ":path": "/chat?room=1", "sec-websocket-version": "13" });
  const [head] = await once(stream, "response");
  assert.equal(head[":status"], 200);
  assert.equal(head["sec-websocket-accept"], undefined);
  // The ws library's own frames, over the stream.
  const socket = new WebSocket(null, undefined, {});
  socket._isServer = false;
  for (const method of ["setNoDelay", "setTimeout"]) stream[method] ??= () => stream;
  socket.setSocket(stream, Buffer.alloc(0), { maxPayload: 0, skipUTF8Validation: false });
  const heard = [];
  socket.on("message", (data, binary) => heard.push(binary ? data : data.toString()));
  await until("the server speaks first", () => heard.length === 1);
  assert.equal(heard[0], "path /chat?room=1");
  socket.send("hello");
  const large = Buffer.alloc(1_000_000, 7);
  socket.send(large);
  await until("both are echoed", () => heard.length === 3);
  assert.equal(heard[1], "hello");
  assert.ok(large.equals(heard[2]));
  socket.close(1000);
  const [record] = await until("the tunnel's record is there", async () => {
    const all = await gateway.requests();
    return all.length > 0 && all;
  });
  assert.equal(record.status, 200);
  session.destroy();
});
