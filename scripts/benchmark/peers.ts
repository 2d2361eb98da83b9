import { execFile } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { NeighbourPairs } from "../../api/analysis/neighbours/contiguity.ts";
import { featuresOf, type Place } from "./geography.ts";
import { type BenchmarkRow, leftOut } from "./row.ts";
import type { Synthetic } from "./synthetic.ts";

/** What is timed of ours, some of it of peers too. */
export type Work = "neighbours" | "analytic" | "local" | "moran999" | "moran9999" | "moran99999" | "risk";

/** What a peer's program prints, a line of JSON each: times of a work, or the name of what it lacks. */
type PeerLine =
  | { readonly work: string; readonly name: string; readonly times: readonly number[]; readonly note?: string }
  | { readonly missing: string; readonly install: string };

interface Peer {
  readonly name: string;
  readonly command: string;
  readonly program: readonly string[];
  readonly install: string;
}

const folderOfPeers = join(import.meta.dirname, "peers");
export const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
const peers: readonly Peer[] = [
  { name: "R", command: "Rscript", program: ["areas.R"], install: "apt install r-base-core r-cran-spdep r-cran-sf" },
  { name: "PySAL", command: python, program: ["areas.py"], install: "apt install python3-libpysal" },
  { name: "GeoDa", command: process.execPath, program: ["areas.mjs"], install: "npm install" },
];

/**
 * Runs a peer's program, which times itself without its start and reading: `command program… arguments…`. Each line of its output that is JSON becomes a row, with
 * how much of the peer's time ours took where `ours` knows the same work.
 */
export async function runPeer(
  peer: Peer,
  label: string,
  given: readonly string[],
  ours: ReadonlyMap<string, BenchmarkRow>,
): Promise<BenchmarkRow[]> {
  const [program, ...rest] = peer.program;
  const asked = [join(folderOfPeers, program!), ...rest, ...given];
  const { output, failure } = await new Promise<{ output: string; failure: string | null }>((resolve) => {
    execFile(peer.command, asked, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ output: stdout, failure: error ? stderr.trim().split("\n").at(-1)?.slice(0, 120) || error.message : null }),
    );
  });
  const rows = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => rowOf(JSON.parse(line) as PeerLine, label, ours));
  return failure === null ? rows : [...rows, leftOut(`${label}   ${peer.name}`, `${failure} (${peer.install})`)];
}

function rowOf(line: PeerLine, label: string, ours: ReadonlyMap<string, BenchmarkRow>): BenchmarkRow {
  if ("missing" in line) return leftOut(`${label}   ${line.missing}`, `not installed (${line.install})`);
  const times = line.times.toSorted((a, b) => a - b);
  const own = ours.get(line.work);
  const ratio = own ? `ours ${(own.minMs / times[0]!).toPrecision(2)} of it` : "";
  return {
    name: `${label}   ${line.name}`,
    runs: times.length,
    minMs: times[0]!,
    medianMs: times[Math.floor(times.length / 2)]!,
    maxMs: times.at(-1)!,
    memoryMb: Number.NaN,
    note: [ratio, line.note].filter(Boolean).join("; "),
  };
}

/** Times the peers on the same polygons, links and numbers, written to a folder of their own. */
export async function peerRows(
  place: Place,
  pairs: Pick<NeighbourPairs, "from" | "to">,
  { counts, population }: Synthetic,
  ours: ReadonlyMap<string, BenchmarkRow>,
): Promise<BenchmarkRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "waspada-peers-"));
  try {
    const lines = async function* () {
      for await (const { geometry } of featuresOf(place)) yield `${JSON.stringify({ type: "Feature", properties: {}, geometry })}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(folder, "areas.geojsonl")));
    const table = (head: string, first: ArrayLike<number>, second: ArrayLike<number>): string =>
      `${head}\n${Array.from(first, (value, row) => `${value},${second[row]}`).join("\n")}\n`;
    await writeFile(join(folder, "links.csv"), table("from,to", pairs.from, pairs.to));
    await writeFile(join(folder, "values.csv"), table("count,population", counts, population));
    const rows: BenchmarkRow[] = [];
    for (const peer of peers) rows.push(...(await runPeer(peer, `${place}:`, [folder], ours)));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
