// Starts the real binary for a test: simulated pods, and a gateway on a workspace of YAML texts. Everything that is started
// here is stopped when its test ends, also when it fails.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const gatehouse = process.env.GATEHOUSE;
if (!gatehouse) throw new Error("GATEHOUSE must name the binary");

const patience = 20_000; // ms until a process that should have answered counts as stuck

/** Waits until `done` answers something true; the last answer otherwise fails with `what`. */
export async function until(what, done) {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await done();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function start(t, args, env = {}) {
  const child = spawn(gatehouse, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  const log = [];
  let exited = null;
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
  child.on("exit", (code, signal) => (exited = { code, signal }));
  t.after(async () => {
    if (!exited) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await until("the process ends", () => exited);
      clearTimeout(timer);
    }
  });
  const line = (what, pattern) =>
    until(`${args[0]} prints ${what}`, () => {
      if (exited) throw new Error(`gatehouse ${args.join(" ")} ended (${JSON.stringify(exited)}): ${log.join("\n")}`);
      return lines.map((text) => pattern.exec(text)).find(Boolean);
    });
  return { child, line, lines, log, exited: () => exited };
}

/** Simulated model servers: [{name, port, model}]. */
export async function startPods(t, count, ...more) {
  const process = start(t, ["pods", "--count", String(count), ...more]);
  const pattern = /^(\S+) http:\/\/127\.0\.0\.1:(\d+) (\S+)$/;
  await until("every pod is up", () => process.exited() || process.lines.filter((line) => pattern.test(line)).length === count);
  if (process.exited()) throw new Error(`gatehouse pods ended: ${process.log.join("\n")}`);
  const pods = process.lines.map((line) => pattern.exec(line)).map(([, name, port, model]) => ({ name, port: Number(port), model }));
  return { pods, process };
}

/**
 * The gateway on `files` ({name: yaml}), its logical port 8080, `more` ports and its admin server on free ports. `ports` maps
 * each logical port to the one that it is bound to. `args` are further ones of the command line.
 */
export async function startGateway(t, files, env = {}, more = [], args = []) {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-client-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const process = start(t, ["serve", folder, ...[8080, ...more].flatMap((port) => ["--listen", `${port}=127.0.0.1:0`]), "--admin", "127.0.0.1:0", ...args], env);
  const [, url] = await process.line("its address", /^port 8080 at (http:\S+)$/);
  const ports = { 8080: Number(new URL(url).port) };
  for (const port of more) {
    const [, bound] = await process.line(`port ${port}`, new RegExp(`^port ${port} at http://\\S+:(\\d+)$`));
    ports[port] = Number(bound);
  }
  const [, admin] = await process.line("its admin address", /^admin at (http:\S+)$/);
  const requests = async () => {
    const answer = await (await fetch(`${admin}/requests?limit=100`)).json();
    return Array.isArray(answer) ? answer : answer.requests;
  };
  return { url, admin, folder, process, requests, ports };
}

/** In place of a test's context, for what is started once for a file: `end()` stops all of it. */
export function startSuite() {
  const cleanUps = [];
  const end = async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  };
  return { after: (act) => cleanUps.push(act), end };
}

export const gatewayYaml = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: test}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, port: 8080, protocol: HTTP}]
`;

/** The Backends of these names, each below the path of its name, which it does not see. */
export const backendRoutesYaml = (names) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ai}
spec:
  parentRefs: [{name: test}]
  rules:
${names
  .map(
    (name) => `    - matches: [{path: {type: PathPrefix, value: /${name}}}]
      filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]
      backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: ${name}}]`,
  )
  .join("\n")}
`;

/** An InferencePool of simulated pods behind one route. */
export function poolYaml(pods) {
  const objects = [
    `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: test}]
  rules:
    - matches: [{path: {type: PathPrefix, value: /v1}}]
      backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: chat}]
`,
    `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: chat}
spec:
  selector: {matchLabels: {app: vllm}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: epp, port: {number: 9002}}
`,
    ...pods.map(
      (pod) => `apiVersion: v1
kind: Pod
metadata: {name: ${pod.name}, labels: {app: vllm}, annotations: {gatehouse.dev/port: "${pod.port}"}}
spec: {containers: [{name: vllm, image: vllm}]}
status: {podIP: 127.0.0.1, phase: Running, conditions: [{type: Ready, status: "True"}]}
`,
    ),
  ];
  return objects.join("---\n");
}

/** A Service at a port of this machine. */
export function serviceYaml(name, port, appProtocol) {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {ports: [{name: main, port: 80${appProtocol ? `, appProtocol: ${appProtocol}` : ""}}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}-1, labels: {kubernetes.io/service-name: ${name}}}
addressType: IPv4
endpoints: [{addresses: [127.0.0.1]}]
ports: [{name: main, port: ${port}}]
`;
}

/** Runs a command to its end; {code, out, err}. */
export function run(command, args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.stderr.on("data", (bytes) => (err += bytes));
    const timer = setTimeout(() => child.kill("SIGKILL"), patience);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, out, err });
    });
    child.stdin.end(input);
  });
}

/** Is there such a command? */
export async function has(command) {
  return (await run("sh", ["-c", `command -v ${command}`])).code === 0;
}

/** A self-signed certificate for `name` as a Secret, and its PEM. Null without openssl. */
export async function certificate(t, name, secret) {
  if (!(await has("openssl"))) return null;
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-certificate-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [crt, key] = ["tls.crt", "tls.key"].map((file) => join(folder, file));
  const made = await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
    "-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`, "-out", crt, "-keyout", key]);
  if (made.code !== 0) throw new Error(made.err);
  const pem = await readFile(crt, "utf8");
  const yaml = `apiVersion: v1
kind: Secret
metadata: {name: ${secret}}
type: kubernetes.io/tls
stringData:
  tls.crt: ${JSON.stringify(pem)}
  tls.key: ${JSON.stringify(await readFile(key, "utf8"))}
`;
  return { pem, yaml, file: crt };
}
