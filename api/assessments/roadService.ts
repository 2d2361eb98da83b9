import { problem } from "../problem.ts";

/** Longest side of one question; road services refuse larger tables by default. */
const block = 100;
const patienceMs = 20_000;
const largestAnswer = 4_000_000;

/**
 * Minutes by road between points from the office's own road service (OSRM's table service, version 1), in blocks of 100 × 100: points × points, row from, column to;
 * infinite where there is no way. Follows no redirect, so that nobody but who set the address decides where questions go.
 * @throws road_service_failed with the reason when it does not answer, answers too much, or answers something else. Cost: (points ÷ 100)² questions, one after another.
 */
export async function roadMinutes(
  address: string,
  points: readonly (readonly [number, number])[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const side = points.length;
  const minutes = new Float64Array(side * side);
  for (let from = 0; from < side; from += block) {
    for (let to = 0; to < side; to += block) {
      const sources = points.slice(from, from + block);
      const destinations = points.slice(to, to + block);
      const table = await askTable(address, sources, destinations, signal);
      sources.forEach((_, row) => {
        destinations.forEach((__, column) => {
          const seconds = table[row]?.[column];
          // Rounded up to hundredths, so that what is planned with and what is shown are the same numbers.
          minutes[(from + row) * side + to + column] =
            typeof seconds === "number" && seconds >= 0 ? Math.ceil((seconds / 60) * 100) / 100 : Number.POSITIVE_INFINITY;
        });
      });
    }
  }
  for (let place = 0; place < side; place++) minutes[place * side + place] = 0;
  return minutes;
}

type Point = readonly [number, number];

async function askTable(
  address: string,
  sources: readonly Point[],
  destinations: readonly Point[],
  signal?: AbortSignal,
): Promise<unknown[][]> {
  const failed = (reason: string) => problem("road_service_failed", { value: new URL(address).origin, reason });
  const places = [...sources, ...destinations].map(([longitude, latitude]) => `${longitude.toFixed(6)},${latitude.toFixed(6)}`).join(";");
  const numbers = (count: number, first: number): string => Array.from({ length: count }, (_, index) => first + index).join(";");
  const question = new URL(`${address.replace(/\/+$/, "")}/table/v1/driving/${places}`);
  question.searchParams.set("sources", numbers(sources.length, 0));
  question.searchParams.set("destinations", numbers(destinations.length, sources.length));
  question.searchParams.set("annotations", "duration");
  const patience = AbortSignal.timeout(patienceMs);
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(question, { redirect: "error", signal: signal ? AbortSignal.any([signal, patience]) : patience });
    text = await readAtMost(answer, largestAnswer);
  } catch (error) {
    signal?.throwIfAborted();
    throw failed(
      error instanceof Error ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ""}` : String(error),
    );
  }
  if (!answer.ok) throw failed(`HTTP ${answer.status}`);
  let document: { durations?: unknown } | null;
  try {
    document = JSON.parse(text) as { durations?: unknown } | null;
  } catch {
    throw failed("JSON");
  }
  const table = document?.durations;
  const isWhole =
    Array.isArray(table) &&
    table.length === sources.length &&
    table.every((row) => Array.isArray(row) && row.length === destinations.length);
  if (!isWhole) throw failed("durations");
  return table as unknown[][];
}

async function readAtMost(answer: Response, limit: number): Promise<string> {
  let size = 0;
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body ?? []) {
    size += piece.length;
    if (size > limit) throw new Error(`> ${limit} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
