import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { Pool } from "undici";
import { readConfig } from "../../api/config.ts";
import { startService } from "../../api/server.ts";
import { prepareRegion } from "../drive/load/prepare.ts";
import { recordStatements } from "../drive/load/recorder.ts";
import { clusterUrl, createCluster, stopCluster } from "../privateCluster.ts";
import { geographyFiles } from "./geography.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";

const token = "bench-admin-0123456789";
const headers = { authorization: `Bearer ${token}` };
const tile = { z: 9, x: 415, y: 266 } as const;
const pages = ["limit=100&regency_code=35.17", "limit=100&bbox=112.1,-7.7,112.35,-7.45"] as const;
const tileTimes = 5;
const pageTimes = 2;
const columnLimits = { milliseconds: 10, kilobytes: 20 } as const;

// The same tile made at each request, as a tile server on PostGIS makes it.
const tileSql = `
select ST_AsMVT(shape, 'villages', 4096, 'geom', 'id') as data
  from (select replace(code, '.', '')::bigint as id, code, name,
               ST_AsMVTGeom(ST_Transform(geometry, 3857), ST_TileEnvelope($1, $2, $3), 4096, 64, true) as geom
          from area
         where level = 'village' and geometry && ST_Transform(ST_TileEnvelope($1, $2, $3), 4326)) shape
 where geom is not null`;

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

function ratio(own: BenchmarkRow, peer: BenchmarkRow, most: number): string {
  const times = own.medianMs / peer.medianMs;
  return `${times.toFixed(2)} × the peer, at most ${most}${times > most ? " MISSED" : ""}`;
}

/** Tiles, columns and pages of villages of East Java on a native PostgreSQL, one request after another, each beside what PostgreSQL alone takes. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (!existsSync(geographyFiles["East Java"])) return [leftOut("tiles, columns and pages on PostgreSQL", "no ../shared")];
  const scratch = await mkdtemp(join(tmpdir(), "waspada-serving-"));
  const folder = process.getuid?.() === 0 ? `/var/lib/postgresql/${basename(scratch)}` : join(scratch, "postgres");
  const cluster = await createCluster(folder);
  const seen = recordStatements();
  const environment = { PORT: "0", DEMO: "off", RATE_LIMIT: "off", ADMIN_TOKEN: token, DATA_DIR: join(scratch, "data") };
  const service = await startService(readConfig({ ...environment, DATABASE_URL: clusterUrl(cluster) }), pino({ level: "silent" }));
  const bare = new pg.Client({ connectionString: clusterUrl(cluster) });
  await bare.connect();
  const pool = new Pool(service.url, { connections: 1 });
  const get = async (path: string): Promise<Uint8Array> => {
    const answer = await pool.request({ method: "GET", path, headers });
    if (answer.statusCode >= 300) throw new Error(`${path}: HTTP ${answer.statusCode}`);
    return answer.body.bytes();
  };
  const size = (bytes: Uint8Array): string => kilobytes(bytes.length);
  try {
    await prepareRegion(
      { ask: (path, init = {}) => fetch(service.url + path, { ...init, headers: { ...headers, ...init.headers } }) },
      "east-java",
    );
    const own = await timed(
      "tile from the store, warm",
      300,
      () => get(`/api/collections/villages/tiles/WebMercatorQuad/${tile.z}/${tile.y}/${tile.x}`),
      {
        note: size,
      },
    );
    const made = await timed("  peer: ST_AsMVT by plain SQL", 15, () => bare.query(tileSql, [tile.z, tile.x, tile.y]), {
      note: ({ rows }) => kilobytes((rows[0] as { data: Uint8Array }).data.length),
    });
    const rows: BenchmarkRow[] = [{ ...own, note: `${own.note}, ${ratio(own, made, 1 / tileTimes)}` }, made];
    for (const path of ["population?areas=35&column=population", "risk?areas=35&column=score"]) {
      rows.push(
        await timed(`column of ${path.split("=").at(-1)}, East Java, Arrow`, 100, () => get(`/api/values/${path}&f=arrow`), {
          limitMs: columnLimits.milliseconds,
          note: (bytes) => `${size(bytes)}${bytes.length > 1000 * columnLimits.kilobytes ? ` of ${columnLimits.kilobytes} kB MISSED` : ""}`,
        }),
      );
    }
    for (const page of pages) {
      const path = `/api/collections/villages/items?${page}`;
      for (let times = 0; times < 5; times++) await get(path);
      seen();
      await get(path);
      const statements = seen().flat();
      const served = await timed(`page of villages, ${page.slice(10)}`, 100, () => get(path), { note: size });
      const alone = await timed(`  peer: its ${statements.length} statements by pg alone`, 100, async () => {
        for (const { name, text, values } of statements)
          await bare.query({ text, ...(name ? { name } : {}), ...(values ? { values: [...values] } : {}) });
      });
      rows.push({ ...served, note: `${served.note}, ${ratio(served, alone, pageTimes)}` }, alone);
    }
    return rows;
  } finally {
    await pool.close();
    await bare.end();
    await service.close();
    await stopCluster(cluster);
    await rm(folder, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}
