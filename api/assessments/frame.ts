import { createHash, randomBytes } from "node:crypto";
import type { OfficialVersion } from "../analysis/risk/officialVersion.ts";
import type { ResultDocument } from "../contract/processes.ts";
import type { Database } from "../database/database.ts";
import type { Pool } from "./pool.ts";

/** What every assessment is given: where the data are, where to think, and whose question it is. */
export interface Frame {
  readonly database: Database;
  readonly pool: Pool;
  readonly timeZone: string;
  /** The moment of the question: "today" and "now" of everything below it. */
  readonly now: Date;
  /** Area codes that the person may see; null is everywhere. */
  readonly scope: readonly string[] | null;
  readonly signal?: AbortSignal;
  /** For a replay: the constants that the run was measured with, in place of those that hold now. */
  readonly officialVersion?: OfficialVersion;
  /**
   * What to do where the power of a method is not known yet: simulate it now (the default); `gently`, leaving a thread free for others; `later`, a warning in its
   * place; `left_out`, not even looked for.
   */
  readonly power?: "now" | "gently" | "later" | "left_out";
  /** Answer with a warning where no map with so few incidents could show anything, and a request would be refused: what is published must not stay older than its data. */
  readonly tellsHopeless?: boolean;
  /** Address of the office's own road service; absent where none is set. */
  readonly roadService?: string;
  /** Told now and then how far the work is, in per cent of it. */
  readonly onProgress?: (percent: number, message: string) => void;
}

/** What an assessment gives back, before it is framed as a run. */
export interface Outcome {
  readonly inputs: Record<string, unknown>;
  readonly seed: number;
  readonly codes: readonly string[];
  /** Of incidents, where the columns are about those. */
  readonly ids?: readonly string[];
  readonly columns: Readonly<Record<string, ArrayLike<number | string | boolean | null>>>;
  readonly summary: Record<string, unknown>;
  readonly warnings: readonly { readonly code: string; readonly details?: unknown }[];
  /** What a process gives beside the columns, as members of its document. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** The numbers that went in, for the hash that tells whether two runs saw the same data. */
  readonly hashed: readonly unknown[];
}

export const software = "waspada 0.1.0";

/** JSON with sorted keys, so that equal inputs make equal text. */
export function canonical(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as unknown as ArrayLike<number>).join(",")}]`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** A run number that tells its day: 2026-1122-k7f3q2m9. */
export function newRunId(now: Date): string {
  const day = now.toISOString().slice(0, 10);
  return `${day.slice(0, 4)}-${day.slice(5, 7)}${day.slice(8, 10)}-${BigInt(`0x${randomBytes(6).toString("hex")}`)
    .toString(36)
    .padStart(10, "0")}`;
}

/** Unknown is NaN in the kernels and null outside. */
export function column(values: ArrayLike<number | string | boolean | null>): (number | string | boolean | null)[] {
  return Array.from(values, (value) => (typeof value === "number" && !Number.isFinite(value) ? null : value));
}

function known(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (ArrayBuffer.isView(value)) return column(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map(known);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
  return value;
}

/** Frames an outcome as the document that travels and is kept. */
export function resultDocument(process: string, outcome: Outcome, dataAsOf: Date): ResultDocument {
  return {
    run: newRunId(dataAsOf),
    process,
    inputs: outcome.inputs,
    dataAsOf: dataAsOf.toISOString(),
    inputHash: createHash("sha256")
      .update(canonical([process, outcome.inputs, outcome.codes, outcome.ids, ...outcome.hashed]))
      .digest("hex"),
    seed: outcome.seed,
    software,
    codes: [...outcome.codes],
    ...(outcome.ids ? { ids: [...outcome.ids] } : {}),
    columns: Object.fromEntries(Object.entries(outcome.columns).map(([name, values]) => [name, column(values)])),
    ...outcome.members,
    summary: known(outcome.summary) as Record<string, unknown>,
    warnings: known(outcome.warnings) as ResultDocument["warnings"],
  };
}

/** Keeps only the areas that were asked for; the ring across the border belonged to the sample, not to the answer. */
export function onlyReported<T>(values: ArrayLike<T>, reported: Uint8Array): T[] {
  return Array.from(values).filter((_, index) => reported[index] === 1);
}
