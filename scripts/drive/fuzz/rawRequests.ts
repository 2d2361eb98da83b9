import { connect } from "node:net";

/** What no client library sends: bytes on a bare connection. */
export interface RawRequest {
  readonly name: string;
  readonly bytes: (head: string) => readonly (string | Buffer)[];
  /** The answers that are right; null is an end of the connection without one, or silence while more is awaited. */
  readonly answers: readonly (number | null)[];
}

const incidents = "POST /api/collections/incidents/items HTTP/1.1\r\n";
const json = "Content-Type: application/json\r\n";
const health = "GET /api/health HTTP/1.1\r\n";

/** `head` is Host and Authorization, each with its end of line. */
export const rawRequests: readonly RawRequest[] = [
  {
    name: "a chunk of no length",
    bytes: (head) => [`${incidents}${head}${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
    answers: [400, null],
  },
  {
    name: "a chunk longer than all memory",
    bytes: (head) => [`${incidents}${head}${json}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}`],
    answers: [400, null],
  },
  {
    name: "length and chunks at once",
    bytes: (head) => [`${incidents}${head}${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    answers: [400, null],
  },
  {
    name: "two lengths",
    bytes: (head) => [`${incidents}${head}${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `],
    answers: [400, null],
  },
  { name: "a negative length", bytes: (head) => [`${incidents}${head}${json}Content-Length: -1\r\n\r\n{}`], answers: [400, null] },
  { name: "a length of words", bytes: (head) => [`${incidents}${head}${json}Content-Length: dua\r\n\r\n{}`], answers: [400, null] },
  { name: "fewer bytes than told", bytes: (head) => [`${incidents}${head}${json}Content-Length: 1000\r\n\r\n{`], answers: [null] },
  { name: "more bytes than told", bytes: (head) => [`${incidents}${head}${json}Content-Length: 2\r\n\r\n{}{}{}{}`], answers: [400, 422] },
  {
    name: "an announced body of a terabyte",
    bytes: (head) => [`${incidents}${head}${json}Content-Length: 1099511627776\r\n\r\n{`],
    answers: [413, null],
  },
  { name: "twenty thousand headers", bytes: (head) => [`${health}${head}${"X-A: b\r\n".repeat(20_000)}\r\n`], answers: [431, null] },
  { name: "a header of a megabyte", bytes: (head) => [`${health}${head}X-A: ${"a".repeat(1_000_000)}\r\n\r\n`], answers: [431, null] },
  {
    name: "an address of a megabyte",
    bytes: (head) => [`GET /api/${"a".repeat(1_000_000)} HTTP/1.1\r\n${head}\r\n`],
    answers: [414, 431, null],
  },
  { name: "NUL in the address", bytes: (head) => [`GET /api/\0 HTTP/1.1\r\n${head}\r\n`], answers: [400, null] },
  {
    name: "bytes beyond ASCII in the address",
    bytes: (head) => ["GET /api/", Buffer.from([0xff, 0xfe, 0xc0]), ` HTTP/1.1\r\n${head}\r\n`],
    answers: [400, 404, null],
  },
  { name: "NUL in a header", bytes: (head) => [`${health}${head}X-A: a\0b\r\n\r\n`], answers: [400, null] },
  { name: "a line feed in a header's name", bytes: (head) => [`${health}${head}X-\n A: b\r\n\r\n`], answers: [400, null] },
  { name: "no Host", bytes: () => [`${health}\r\n`], answers: [400] },
  { name: "two Hosts", bytes: (head) => [`${health}${head}Host: jahat.example\r\n\r\n`], answers: [200, 400] },
  { name: "another's Host", bytes: () => [`${health}Host: jahat.example\r\n\r\n`], answers: [400] },
  {
    name: "an address with a broken host",
    bytes: (head) => [`GET http://:x/api/health HTTP/1.1\r\n${head}\r\n`],
    answers: [200, 400, 404],
  },
  { name: "an address of two strokes", bytes: (head) => [`GET //api/health HTTP/1.1\r\n${head}\r\n`], answers: [400, 404] },
  { name: "a star as address", bytes: (head) => [`OPTIONS * HTTP/1.1\r\n${head}\r\n`], answers: [400, 404, 405] },
  { name: "another protocol", bytes: () => ["SSH-2.0-OpenSSH_9.2\r\n"], answers: [400, null] },
  { name: "the beginning of TLS", bytes: () => [Buffer.from("16030100c8010000c40303", "hex")], answers: [400, null] },
  { name: "HTTP of another age", bytes: () => ["GET /\r\n\r\n"], answers: [400, null] },
  { name: "HTTP 9.9", bytes: (head) => [`GET /api/health HTTP/9.9\r\n${head}\r\n`], answers: [400, 505, null] },
  { name: "a method of nobody", bytes: (head) => [`KETUK /api/health HTTP/1.1\r\n${head}\r\n`], answers: [400, null] },
  {
    name: "an upgrade to nothing",
    bytes: (head) => [`${health}${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    answers: [200, 400, 426, null],
  },
  { name: "a hundred requests at once", bytes: (head) => [`${health}${head}\r\n`.repeat(100)], answers: [200] },
  {
    name: "a second request inside the first one's body",
    bytes: (head) => [`${incidents}${head}${json}Content-Length: 2\r\n\r\n{}${health}${head}\r\n`],
    answers: [422],
  },
];

const patienceMs = 5000;

/** Sends the bytes and gives the first status that comes back; null where the connection ends, or nothing comes within the patience. */
export function sendRaw(url: string, token: string, { bytes }: RawRequest, patience = patienceMs): Promise<number | null> {
  const { hostname, port } = new URL(url);
  const head = `Host: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`;
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let heard = "";
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const status = /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1];
      resolve(status === undefined ? null : Number(status));
    };
    const timer = setTimeout(end, patience);
    socket.on("data", (text: Buffer) => {
      heard += text.toString("latin1");
      if (heard.length > 12) end();
    });
    socket.once("error", end).once("close", end);
    for (const part of bytes(head)) socket.write(part);
  });
}
