// A gateway's side of the endpoint-picker protocol, by grpc-js: what Envoy would say to `gatehouse serve --picker`.
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import { gatewayYaml, startGateway, until } from "./harness.mjs";

const proto = (name) =>
  grpc.loadPackageDefinition(
    loader.loadSync(join(dirname(fileURLToPath(import.meta.url)), "proto", name), { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true }),
  );
const { ExternalProcessor } = proto("ext_proc.proto").envoy.service.ext_proc.v3;
const { Health } = proto("health.proto").grpc.health.v1;

/** An InferencePool `name` with the picker `picker` (empty: none named) and pods at these ports of this machine. */
export function servedPoolYaml(name, ports, { picker = "epp", namespace = "default", failureMode = "FailClose" } = {}) {
  const reference = picker ? `endpointPickerRef: {name: ${picker}, port: {number: 9002}, failureMode: ${failureMode}}` : "";
  return [
    `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  targetPorts: [{number: 8000}]
  ${reference}
`,
    ...ports.map(
      (port, index) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}-${index}, namespace: ${namespace}, labels: {app: ${name}}, annotations: {gatehouse.dev/port: "${port}"}}
spec: {containers: [{name: vllm, image: vllm}]}
status: {podIP: 127.0.0.1, phase: Running, conditions: [{type: Ready, status: "True"}]}
`,
    ),
  ].join("---\n");
}

/** A pod's metrics page, and nothing else: `say` changes what it tells. */
export async function startMetrics(t, values = {}) {
  let now = { waiting: 0, running: 0, kv: 0.1, ...values };
  const server = createServer((request, answer) => {
    answer.setHeader("Content-Type", "text/plain; version=0.0.4");
    answer.end(
      `vllm:num_requests_waiting{model_name="m"} ${now.waiting}\nvllm:num_requests_running{model_name="m"} ${now.running}\n` +
        `vllm:kv_cache_usage_perc{model_name="m"} ${now.kv}\nvllm:cache_config_info{block_size="16",num_gpu_blocks="10000"} 1\n`,
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
  return { port: server.address().port, say: (values) => (now = { ...now, ...values }) };
}

/** `gatehouse serve --picker` on these files, and clients of it. */
export async function startPicker(t, files) {
  const gateway = await startGateway(t, { "gateway.yaml": gatewayYaml, ...files }, {}, [], ["--picker", "127.0.0.1:0"]);
  const [, address] = await gateway.process.line("its picker", /^picker at (127\.0\.0\.1:\d+)$/);
  const connect = (Kind, options = {}, credentials = grpc.credentials.createInsecure()) => {
    const client = new Kind(address, credentials, options);
    t.after(() => client.close());
    return client;
  };
  const pods = async () => (await (await fetch(`${gateway.admin}/pools`)).json()).pools.flatMap((pool) => pool.pods);
  return {
    ...gateway,
    address,
    connect,
    pods,
    /** A call, as of the gateway that reaches the picker by `authority`. */
    call: (authority = "epp.default.svc.cluster.local:9002") => new Call(connect(ExternalProcessor, { "grpc.default_authority": authority }).Process()),
    /** The same under TLS, without a look at the certificate. */
    securedCall: () => new Call(connect(ExternalProcessor, {}, grpc.credentials.createSsl(null, null, null, { rejectUnauthorized: false })).Process()),
    health: (options) => connect(Health, options),
    metrics: async () => (await fetch(`${gateway.admin}/metrics`)).text(),
    /** No request is counted at any pod any more. */
    idle: () => until("every reservation is given back", async () => (await pods()).every((pod) => pod.inFlight === 0)),
  };
}

const map = (headers) => ({ headers: Object.entries(headers).map(([key, value]) => ({ key, raw_value: Buffer.from(value) })) });

export class Call {
  answers = [];
  status = null;

  constructor(stream) {
    this.stream = stream;
    stream.on("data", (answer) => this.answers.push(answer));
    stream.on("error", () => {});
    stream.on("status", (status) => (this.status = status));
  }

  say(message) {
    this.stream.write(message);
    return this;
  }

  /** The head of a chat completion; `mode` holds for its body and for the answer's. */
  head(mode, { headers = {}, end = false, subset, method = "POST", path = "/v1/chat/completions", ...more } = {}) {
    const message = {
      request_headers: { headers: map({ ":method": method, ":path": path, ":authority": "chat.test", "content-type": "application/json", "x-request-id": "r-1", ...headers }), end_of_stream: end },
      ...more,
    };
    if (mode) message.protocol_config = { request_body_mode: mode, response_body_mode: mode };
    if (subset !== undefined)
      message.metadata_context = { filter_metadata: { "envoy.lb.subset_hint": { fields: { "x-gateway-destination-endpoint-subset": subset } } } };
    return this.say(message);
  }

  body(text, end = true) {
    return this.say({ request_body: { body: Buffer.from(text), end_of_stream: end } });
  }

  answerHead(status, headers = {}, { end = false, served } = {}) {
    const message = { response_headers: { headers: map({ ":status": String(status), ...headers }), end_of_stream: end } };
    if (served) message.metadata_context = { filter_metadata: { "envoy.lb": { fields: { "x-gateway-destination-endpoint-served": { string_value: served } } } } };
    return this.say(message);
  }

  answerBody(text, end = true) {
    return this.say({ response_body: { body: Buffer.from(text), end_of_stream: end } });
  }

  /** The next `count` answers. */
  async hear(count = 1) {
    await until(`${count} answers come`, () => {
      if (this.answers.length >= count) return true;
      if (this.status) throw new Error(`the call ended: ${JSON.stringify(this.status)}`);
      return false;
    });
    return this.answers.splice(0, count);
  }

  /** How the call ended. */
  async ended() {
    await until("the call ends", () => this.status);
    return this.status;
  }

  async finish() {
    this.stream.end();
    return this.ended();
  }
}

/** What an answer sets: {name: value}. */
export function headersOf(answer) {
  const part = answer[answer.response];
  const mutation = answer.response === "immediate_response" ? part.headers : part.response?.header_mutation;
  return Object.fromEntries((mutation?.set_headers ?? []).map(({ header }) => [header.key, header.raw_value.toString()]));
}

/** The endpoints that an answer tells, which header and metadata must agree about. */
export function endpointsOf(answer) {
  const header = headersOf(answer)["x-gateway-destination-endpoint"];
  const metadata = answer.dynamic_metadata?.fields["envoy.lb"].struct_value.fields["x-gateway-destination-endpoint"].string_value;
  if (header !== metadata) throw new Error(`the header says ${header}, the metadata ${metadata}`);
  return header?.split(",") ?? [];
}

export { ExternalProcessor, Health };
