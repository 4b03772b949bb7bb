// curl, nghttp, h2load and openssl, where they are installed, against `gatehouse serve`.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { certificate, gatewayYaml, has, run, serviceYaml, startGateway } from "./harness.mjs";

async function setUp(t) {
  const origin = createServer((request, response) => {
    let size = 0;
    request.on("data", (bytes) => (size += bytes.length));
    request.on("end", () => response.end(`${request.method} ${request.url} ${request.headers["x-forwarded-proto"]} ${size}\n`));
  }).listen(0, "127.0.0.1");
  await once(origin, "listening");
  t.after(() => origin.close());
  const pair = await certificate(t, "a.test", "pair");
  if (!pair) return null;
  const listeners = gatewayYaml.replace("protocol: HTTP}", "protocol: HTTP}, {name: https, port: 8443, protocol: HTTPS, hostname: a.test, tls: {certificateRefs: [{name: pair}]}}");
  const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: all}
spec:
  parentRefs: [{name: test}]
  rules: [{backendRefs: [{name: origin, port: 80}]}]
`;
  const gateway = await startGateway(t, { "gateway.yaml": listeners, "pair.yaml": pair.yaml, "route.yaml": route,
    "origin.yaml": serviceYaml("origin", origin.address().port) }, {}, [8443]);
  const secure = ["--resolve", `a.test:${gateway.ports[8443]}:127.0.0.1`, "--cacert", pair.file];
  return { gateway, pair, secure, httpsUrl: `https://a.test:${gateway.ports[8443]}` };
}

test("curl speaks every version, with and without TLS", async (t) => {
  const world = await setUp(t);
  if (!world || !(await has("curl"))) return t.skip("there is no curl or openssl");
  const cases = [
    [["--http1.1", `${world.gateway.url}/x`], "1.1", "http"],
    [["--http2-prior-knowledge", `${world.gateway.url}/x`], "2", "http"],
    [["--http2", `${world.gateway.url}/x`], "1.1", "http"], // By Upgrade it is not offered.
    [[...world.secure, "--http1.1", `${world.httpsUrl}/x`], "1.1", "https"],
    [[...world.secure, "--http2", `${world.httpsUrl}/x`], "2", "https"],
    [[...world.secure, "--http2", "--tls-max", "1.2", `${world.httpsUrl}/x`], "2", "https"],
  ];
  for (const [args, version, scheme] of cases) {
    const { code, out, err } = await run("curl", ["-sS", "-w", "%{http_version} %{http_code}", ...args]);
    assert.equal(code, 0, `${args.join(" ")}: ${err}`);
    assert.equal(out, `GET /x ${scheme} 0\n${version} 200`, args.join(" "));
  }
  const upload = "u".repeat(3_000_000);
  for (const args of [["--http2-prior-knowledge", world.gateway.url], [...world.secure, "--http2", world.httpsUrl]]) {
    const { code, out } = await run("curl", ["-sS", "--data-binary", "@-", ...args], upload);
    assert.equal(code, 0);
    assert.match(out, / 3000000\n$/);
  }
  const head = await run("curl", ["-sSI", ...world.secure, "--http2", world.httpsUrl]);
  assert.match(head.out, /^HTTP\/2 200/);
});

test("a name that no listener has gets no session", async (t) => {
  const world = await setUp(t);
  if (!world || !(await has("curl"))) return t.skip("there is no curl or openssl");
  const { code } = await run("curl", ["-sSk", "--resolve", `b.test:${world.gateway.ports[8443]}:127.0.0.1`, `https://b.test:${world.gateway.ports[8443]}/`]);
  assert.equal(code, 35);
  const metrics = await (await fetch(`${world.gateway.admin}/metrics`)).text();
  assert.match(metrics, /tls-no-listener/);
});

test("openssl s_client sees the certificate and ALPN", async (t) => {
  const world = await setUp(t);
  if (!world) return t.skip("there is no openssl");
  const { out } = await run("openssl", ["s_client", "-connect", `127.0.0.1:${world.gateway.ports[8443]}`, "-servername", "a.test",
    "-alpn", "h2,http/1.1", "-CAfile", world.pair.file, "-verify_return_error"], "");
  assert.match(out, /ALPN protocol: h2/);
  assert.match(out, /TLSv1\.3/);
  assert.match(out, /Verify return code: 0 \(ok\)/);
});

test("nghttp and h2load", async (t) => {
  const world = await setUp(t);
  if (!world) return t.skip("there is no openssl");
  if (!(await has("nghttp")) || !(await has("h2load"))) return t.skip("there is no nghttp or h2load");
  const asked = await run("nghttp", ["-v", "--no-dep", "-d", world.pair.file, `${world.gateway.url}/n`]);
  assert.match(asked.out, /:status: 200/);
  assert.match(asked.out, /POST \/n http/);
  for (const [url, more] of [[world.gateway.url, []], [`https://127.0.0.1:${world.gateway.ports[8443]}`, ["--sni", "a.test", "--header", ":authority: a.test"]]]) {
    const { out, code } = await run("h2load", ["-n", "2000", "-c", "4", "-m", "20", ...more, `${url}/l`]);
    if (more.length > 0 && code !== 0) continue; // Older ones have no --sni.
    assert.match(out, /2000 succeeded, 0 failed/, out);
  }
});
