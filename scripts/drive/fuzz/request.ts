import { Agent, request as openRequest } from "node:http";

/** One request as it goes over the wire; everything a person needs to send it again. */
export interface FuzzRequest {
  readonly method: string;
  /** With the query, encoded as it is sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

export interface FuzzAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly milliseconds: number;
  readonly failure: string | null;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const patienceMs = 120_000;

/** Sends it as it is, follows nothing, and reads the whole answer. Endless answers (events) are cut off when their head has come. */
export function send(url: string, request: FuzzRequest): Promise<FuzzAnswer> {
  const { method, path, headers, body } = request;
  const { hostname, port } = new URL(url);
  const began = performance.now();
  const sent = typeof body === "string" ? Buffer.from(body) : body;
  return new Promise((resolve) => {
    const none = (failure: string): void =>
      resolve({ status: 0, headers: {}, body: Buffer.alloc(0), milliseconds: performance.now() - began, failure });
    const asked = openRequest(
      { hostname, port, method, path, agent, headers: { ...(sent ? { "content-length": sent.length } : {}), ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        const done = (failure: string | null): void =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks),
            milliseconds: performance.now() - began,
            failure,
          });
        if (answer.headers["content-type"]?.startsWith("text/event-stream")) {
          done(null);
          asked.destroy();
          return;
        }
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("end", () => done(null)).once("error", (error) => done(error.message));
      },
    );
    asked.setTimeout(patienceMs, () => asked.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
    // A kept connection may have been closed in the moment it was taken up again: that says nothing about the request.
    asked.once("error", (error) => (asked.reusedSocket ? send(url, request).then(resolve) : none(error.message)));
    asked.end(sent ?? undefined);
  });
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same request as a line for a shell. */
export function curlLine(url: string, { method, path, headers, body }: FuzzRequest): string {
  const told = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const bytes = body === null ? null : typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
  const isText = bytes !== null && !/[^\t\n\r\x20-\x7e]/.test(bytes.toString("latin1"));
  const data = bytes === null ? [] : isText ? [`--data-binary ${quoted(bytes.toString())}`] : ["--data-binary @-"];
  const piped = bytes === null || isText ? "" : `echo ${bytes.toString("base64")} | base64 -d | `;
  return `${piped}curl -sS -i --path-as-is -X ${quoted(method)} ${[...told, ...data].join(" ")} ${quoted(url + path)}`;
}
