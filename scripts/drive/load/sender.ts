import { Pool } from "undici";
import { sendOnSchedule } from "./schedule.ts";
import { type Region, requestsOf, type WorkName } from "./works.ts";

/** What the drive tells the process that sends. */
export interface SenderOrder {
  readonly url: string;
  readonly token: string;
  readonly work: WorkName;
  readonly region: Region;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly connections: number;
  readonly seed: number;
}

// A process of its own, so that what the client takes is not the service's and can be told apart.
process.once("message", async (order: SenderOrder) => {
  const pool = new Pool(order.url, { connections: order.connections, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const next = requestsOf(order.work, order.region, order.seed);
  const begun = process.cpuUsage();
  const send = (): Promise<{ status: number; bytes: number }> => {
    const { method, path, body } = next();
    return new Promise((resolve, reject) => {
      let [status, bytes] = [0, 0];
      pool.dispatch(
        {
          method,
          path,
          headers: { authorization: `Bearer ${order.token}`, ...(body === undefined ? {} : { "content-type": "application/geo+json" }) },
          body: body ?? null,
        },
        {
          onRequestStart: () => undefined,
          onResponseStart: (_controller, code) => {
            status = code;
          },
          onResponseData: (_controller, piece) => {
            bytes += piece.length;
          },
          onResponseEnd: () => resolve({ status, bytes }),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
  };
  const measured = await sendOnSchedule(send, order.ratePerSecond, order.seconds);
  const { user, system } = process.cpuUsage(begun);
  await pool.close();
  process.send?.({ measured, cpuSeconds: (user + system) / 1e6 });
  process.disconnect();
});
