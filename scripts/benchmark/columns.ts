import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../api/config.ts";
import { startService } from "../../api/server.ts";
import { geographyFiles } from "./geography.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";

const token = "bench-admin-0123456789";
const boundaryFiles = { Jombang: geographyFiles.Jombang, "East Java": geographyFiles["East Java"] } as const;
const areas = { Jombang: "35.17", "East Java": "35" } as const;
const tileOf = { Jombang: "10/533/831", "East Java": "8/133/207" } as const;

type Get = (path: string) => Promise<Uint8Array>;

async function loadFile(url: string, headers: Record<string, string>, path: string): Promise<void> {
  const form = new FormData();
  form.set("file", new Blob([readFileSync(path)]), basename(path));
  const sent = await fetch(`${url}/api/imports/boundaries`, { method: "POST", headers, body: form });
  const location = sent.headers.get("location") ?? "";
  for (;;) {
    const job = (await (await fetch(url + location, { headers })).json()) as { status: string };
    if (job.status === "successful") return;
    if (job.status === "failed") throw new Error(`${path} was not taken`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Tiles, columns and item pages of one region, each against the same values carried as GeoJSON attributes. */
async function rowsOf(region: keyof typeof areas, get: Get): Promise<BenchmarkRow[]> {
  const kilobytes = (bytes: Uint8Array): string => `${(bytes.length / 1000).toFixed(1)} kB`;
  const limits = region === "East Java" ? { limitMs: 10 } : {};
  const codes = JSON.parse(new TextDecoder().decode(await get(`/api/values/population?areas=${areas[region]}&codes=true`))) as {
    codes: string[];
  };
  const asAttributes = async (): Promise<Uint8Array> => {
    const pages: Uint8Array[] = [];
    for (
      let next: string | undefined =
        `/api/collections/villages/items?limit=10000&filter=${encodeURIComponent(`code like '${areas[region]}.%'`)}`;
      next;
    ) {
      const bytes = await get(next);
      pages.push(bytes);
      const page = JSON.parse(new TextDecoder().decode(bytes)) as { links: { rel: string; href: string }[] };
      const link = page.links.find((entry) => entry.rel === "next")?.href;
      next = link?.slice(link.indexOf("/api"));
    }
    return pages[0] ?? new Uint8Array();
  };
  return [
    await timed(`${region}: tile ${tileOf[region]}`, 200, () => get(`/api/collections/villages/tiles/WebMercatorQuad/${tileOf[region]}`), {
      note: kilobytes,
    }),
    await timed(
      `${region}: column of population, Arrow`,
      50,
      () => get(`/api/values/population?areas=${areas[region]}&column=population&f=arrow`),
      {
        ...limits,
        note: (bytes) => `${codes.codes.length} villages, ${kilobytes(bytes)}`,
      },
    ),
    await timed(`${region}: column of population, JSON`, 50, () => get(`/api/values/population?areas=${areas[region]}&column=population`), {
      note: kilobytes,
    }),
    await timed(`${region}: peer, the same as GeoJSON attributes`, 3, asAttributes, { note: kilobytes }),
    await timed(
      `${region}: page of 100 villages with geometry`,
      50,
      () => get(`/api/collections/villages/items?limit=100&bbox=112.1,-7.7,112.4,-7.4`),
      { note: kilobytes },
    ),
  ];
}

/** Tiles and columns over HTTP, one request after another, on the embedded engine with Jombang and then East Java loaded. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (!existsSync(boundaryFiles.Jombang)) return [leftOut("tiles and columns", "no ../shared")];
  const dataDirectory = await mkdtemp(join(tmpdir(), "waspada-bench-"));
  const config = readConfig({ PORT: "0", DEMO: "off", ADMIN_TOKEN: token, RATE_LIMIT: "off", DATA_DIR: dataDirectory });
  const service = await startService(config, pino({ level: "silent" }));
  const headers = { authorization: `Bearer ${token}` };
  const get: Get = async (path) => {
    const answer = await fetch(service.url + path, { headers });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const rows: BenchmarkRow[] = [];
  try {
    for (const region of ["Jombang", "East Java"] as const) {
      await loadFile(service.url, headers, boundaryFiles[region]);
      rows.push(...(await rowsOf(region, get)));
    }
  } finally {
    await service.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
  return rows;
}
