import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Actor, actAs } from "../../api/database/actor.ts";
import type { Database } from "../../api/database/database.ts";
import { openDatabase } from "../../api/database/open.ts";
import { collections } from "../../api/queries/collections.ts";
import { type Page, type PageRequest, readPage } from "../../api/queries/items.ts";
import { clusterUrl, createCluster, findInstallation, stopCluster } from "../privateCluster.ts";
import { type BenchmarkRow, leftOut } from "./row.ts";

const told = process.argv.find((word) => word.startsWith("--rows="))?.slice(7);
const incidents = told ? Number(told) : 1_000_000;
const regencies = 500;
const most = 2;
const turns = 101;

/** Kabupaten side by side, 25 a row, each 0.4 degrees wide, with its share of the incidents and a report of each. */
async function fill(database: Database): Promise<void> {
  const made = `select n, 11 + (n % ${regencies}) / 40 as province, (n % ${regencies}) % 40 + 1 as regency, (n / ${regencies}) % 20 + 1 as district,
      (n / (20 * ${regencies})) % 15 + 2001 as village, 95 + (n % ${regencies}) % 25 * 0.4 + (n::bigint * 7919 % 10007) / 10007.0 * 0.4 as lon,
      -10 + (n % ${regencies}) / 25 * 0.4 + (n::bigint * 104729 % 10009) / 10009.0 * 0.4 as lat
    from generate_series(0, ${incidents - 1}) as n`;
  const code = "format('%s.%s.%s.%s', province, lpad(regency::text, 2, '0'), lpad(district::text, 2, '0'), village)";
  const id = "lpad(to_hex(n), 32, '0')::uuid";
  await database.transaction(
    async (transaction) => {
      await transaction.query(
        `insert into incident (id, village_code, regency_code, vintage, occurred_from, occurred_precision, occurred_on, recorded_at, issue, form, field,
           severity, status, source_value, content_value, facts, location_precision, recorded_by, content_hash, geometry)
         select ${id}, ${code}, left(${code}, 5), '2025', now() - n % 1000 * interval '1 day', 'day', current_date - n % 1000, now(), '404', 'F6', 'sosial',
                3, 'reported', 'B', 2, 'Bentrokan dua kelompok.', 1, 'siti', 'x', ST_SetSRID(ST_Point(lon, lat), 4326)
           from (${made}) as made`,
      );
      await transaction.query(
        `insert into report (id, village_code, regency_code, obtained_at, obtained_precision, recorded_at, recorded_by, source_value, content_value, facts,
           status, nil, content_hash)
         select id, village_code, regency_code, occurred_from, 'day', recorded_at, recorded_by, 'B', 2, facts, 'reported', false, 'x' from incident`,
      );
      await transaction.query("insert into report_incident (report_id, incident_id) select id, id from incident");
    },
    { bulk: true },
  );
}

/** Boxes inside the kabupaten 11.01: a screen of a few villages, half of it, all of it. */
const boxes = [0.05, 0.2, 0.4].map((width) => [95, -10, 95 + width, -10 + width] as const);

const asking: readonly (readonly [string, Actor])[] = [
  ["national", { name: "nasional", role: "analyst", areas: null }],
  ["kabupaten", { name: "kabupaten", role: "analyst", areas: ["11.01"] }],
];

/**
 * A page of incidents in a box, with its count, over a million incidents (`--rows=200000` for fewer) on native PostgreSQL: asked by somebody national and by
 * somebody of one kabupaten, beside the same statements asked by the superuser, who passes the rules. Measured with the machine under load, medians:
 * national 0.9–1.1 times, kabupaten 0.6–1.6 times the same without rules.
 */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (findInstallation() === null) return [leftOut("rows", "PostgreSQL with PostGIS is not installed")];
  const folder = await mkdtemp(join(tmpdir(), "waspada-rows-"));
  await chmod(folder, 0o711);
  const cluster = await createCluster(join(folder, "postgres"), {
    settings: ["fsync = off", "shared_buffers = 512MB", "max_wal_size = 4GB"],
  });
  const options = { databaseUrl: clusterUrl(cluster), ownerUrl: null, dataDirectory: "", timeZone: "Asia/Jakarta", poolSize: 1 };
  const ruled = await openDatabase(options);
  const bare = await openDatabase({ ...options, withoutRules: true });
  try {
    await fill(bare);
    const rows: BenchmarkRow[] = [];
    for (const [who, actor] of asking) for (const box of boxes) rows.push(...(await compare({ ruled, bare }, { who, actor }, box)));
    return rows;
  } finally {
    await ruled.close();
    await bare.close();
    await stopCluster(cluster);
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  { ruled, bare }: { ruled: Database; bare: Database },
  { who, actor }: { who: string; actor: Actor },
  bbox: readonly [number, number, number, number],
): Promise<BenchmarkRow[]> {
  const request: PageRequest = {
    limit: 100,
    bbox,
    interval: null,
    filters: [],
    sortBy: null,
    after: null,
    scope: actor.areas,
    timeZone: "Asia/Jakarta",
    asOf: null,
  };
  const ask = (database: Database): Promise<Page> => actAs(actor, () => readPage(database, collections.incidents, request));
  const times = { bare: [] as number[], ruled: [] as number[] };
  const found = (await ask(bare)).numberMatched;
  await ask(ruled);
  // Turn by turn, so that whatever else the machine does weighs on both.
  for (let turn = 0; turn < turns; turn++) {
    times.bare.push(await millisecondsOf(() => ask(bare)));
    times.ruled.push(await millisecondsOf(() => ask(ruled)));
  }
  const note = `${found} in ${(bbox[2] - bbox[0]).toFixed(2)}°`;
  const peer = rowOf(`${who}, without rules`, times.bare, note);
  const ours = rowOf(`${who}, with rules`, times.ruled, note);
  const ratios = [ours.minMs / peer.minMs, ours.medianMs / peer.medianMs].map((ratio) => ratio.toFixed(2));
  return [peer, { ...ours, note: `${note}: ${ratios.join(" × (minima), ")} × (medians) without rules, at most ${most}` }];
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function rowOf(name: string, times: readonly number[], note: string): BenchmarkRow {
  const sorted = [...times].sort((a, b) => a - b);
  const [minMs = Number.NaN] = sorted;
  return {
    name,
    runs: turns,
    minMs,
    medianMs: sorted[turns >> 1] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
    memoryMb: Number.NaN,
    note,
  };
}
