import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { drainOf } from "../../api/drain.ts";

/** A server whose answers wait until they are let go. */
async function waitingServer() {
  const server: Server = createServer();
  const drain = drainOf(server);
  const waiting: (() => void)[] = [];
  server.on(
    "request",
    drain.guard((_request, response) => {
      waiting.push(() => response.end("ok"));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const open = async (): Promise<{ socket: Socket; text: () => string; ended: Promise<void> }> => {
    const socket = connect(port, "127.0.0.1");
    let heard = "";
    socket.on("data", (data) => {
      heard += data.toString();
    });
    socket.on("error", () => undefined);
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    return { socket, text: () => heard, ended: new Promise((resolve) => socket.once("close", () => resolve())) };
  };
  return { drain, waiting, port, open };
}

const get = "GET /apa HTTP/1.1\r\nHost: x\r\n\r\n";

test("what is under way when the service stops is answered, and its connection closed", async () => {
  const { drain, waiting, open } = await waitingServer();
  const client = await open();
  client.socket.write(get);
  await expect.poll(() => waiting.length).toBe(1);
  const stopped = drain.stop(20_000);
  waiting[0]!();
  await stopped;
  await client.ended;
  expect(client.text()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close[\s\S]*ok/);
});

test("while it stops, a request on an open connection gets 503 with Retry-After, and a new connection is refused", async () => {
  const { drain, waiting, open, port } = await waitingServer();
  const [busy, other] = [await open(), await open()];
  busy.socket.write(get);
  // Half a request keeps the connection from being idle.
  other.socket.write("GET /apa HTTP/1.1\r\nHost: x\r\n");
  await expect.poll(() => waiting.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = drain.stop(20_000);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  other.socket.write("\r\n");
  await expect.poll(other.text).toMatch(/^HTTP\/1\.1 503[\s\S]*Retry-After: 5[\s\S]*"code":"stopping"/);
  waiting[0]!();
  await stopped;
});

test("connections that say nothing, or half a request, do not keep it from stopping", async () => {
  const { drain, open } = await waitingServer();
  const [silent, half] = [await open(), await open()];
  half.socket.write("POST /apa HTTP/1.1\r\nHost: x\r\nContent-Le");
  await drain.stop(60_000);
  await Promise.all([silent.ended, half.ended]);
});

test("what is not answered within the bound is cut off", async () => {
  const { drain, waiting, open } = await waitingServer();
  const client = await open();
  client.socket.write(get);
  await expect.poll(() => waiting.length).toBe(1);
  await drain.stop(50);
  await client.ended;
  expect(client.text()).toBe("");
});
