import { connect, type Socket } from "node:net";
import type { Life } from "../service/life.ts";

const half =
  "POST /api/collections/incidents/items HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/geo+json\r\nContent-Length: 500\r\n";

/** Opens connections that say nothing, that stop in the middle of a header or a body, and that ask for much and read nothing. Returns how to end them. */
export async function badClients(life: Life, count: number, authorization: string): Promise<() => void> {
  const port = Number(new URL(life.url).port);
  const beginnings = [
    "",
    half,
    `${half}Authorization: ${authorization}\r\n\r\n{"type":`,
    `GET /api/collections/villages/items?limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n\r\n`.repeat(20),
    `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n\r\n`,
  ];
  const sockets: Socket[] = await Promise.all(
    Array.from(
      { length: count },
      (_, index) =>
        new Promise<Socket>((resolve) => {
          const socket = connect(port, "127.0.0.1", () => {
            socket.write(beginnings[index % beginnings.length] ?? "");
            socket.pause();
            resolve(socket);
          });
          socket.on("error", () => undefined);
        }),
    ),
  );
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/** Listens to what is announced; `heard` counts. */
export async function listener(life: Life): Promise<{ heard: () => number; stop: () => void }> {
  const ending = new AbortController();
  let heard = 0;
  const answer = await life.ask("/api/events", { signal: ending.signal });
  void (async () => {
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>)
      heard += new TextDecoder().decode(chunk).split("event: incident").length - 1;
  })().catch(() => undefined);
  return { heard: () => heard, stop: () => ending.abort() };
}
