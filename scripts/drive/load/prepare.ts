import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Life } from "../service/life.ts";
import type { Region } from "./works.ts";

const data = resolve(import.meta.dirname, "../../../../shared/data");

export const regions = {
  jombang: { area: "35.17", boundaries: resolve(data, "boundaries/desa_35.17_jombang.geojson") },
  "east-java": { area: "35", boundaries: resolve(data, "boundaries/desa_35_jawa_timur_tanpa_35.12.geojson.gz") },
} as const;
export type RegionName = keyof typeof regions;

const population = resolve(data, "indicators/penduduk_2010_desa_bps.csv.gz");

async function importFile(life: Pick<Life, "ask">, kind: string, file: string, query: string): Promise<void> {
  const form = new FormData();
  form.set("file", new Blob([readFileSync(file)]), basename(file));
  const sent = await life.ask(`/api/imports/${kind}${query}`, { method: "POST", body: form });
  const location = sent.headers.get("location");
  if (location === null) throw new Error(`${file}: HTTP ${sent.status} ${await sent.text()}`);
  for (;;) {
    const job = (await (await life.ask(location)).json()) as { status: string };
    if (job.status === "successful") return;
    if (job.status === "failed") throw new Error(`${file} was not taken: ${await (await life.ask(`${location}/results`)).text()}`);
    await new Promise((wait) => setTimeout(wait, 200));
  }
}

async function askJson<T>(life: Pick<Life, "ask">, path: string): Promise<T> {
  const answer = await life.ask(path);
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return (await answer.json()) as T;
}

/** How many items a collection has. */
export async function countOf(life: Pick<Life, "ask">, collection: string): Promise<number> {
  return (await askJson<{ numberMatched: number }>(life, `/api/collections/${collection}/items?limit=1`)).numberMatched;
}

interface VillagePage {
  readonly features: readonly { readonly id: string; readonly geometry: { readonly coordinates: unknown } | null }[];
}

/** The first corner of a geometry of any depth. */
function firstPoint(coordinates: unknown): [number, number] {
  let inner = coordinates;
  while (Array.isArray(inner) && Array.isArray(inner[0])) inner = inner[0];
  return inner as [number, number];
}

/** Loads boundaries and population of a region unless they are there, waits until its kabupaten are assessed, and tells its villages. */
export async function prepareRegion(life: Pick<Life, "ask">, name: RegionName): Promise<Region> {
  const { area, boundaries } = regions[name];
  if ((await countOf(life, "villages")) === 0) {
    await importFile(life, "boundaries", boundaries, "");
    await importFile(life, "indicators", population, "?year=2010&partial=true");
  }
  const page = await askJson<VillagePage>(
    life,
    `/api/collections/villages/items?limit=10000&filter=${encodeURIComponent(`code like '${area}.%'`)}`,
  );
  const villages = page.features.flatMap(({ id, geometry }) => (geometry ? [{ code: id, point: firstPoint(geometry.coordinates) }] : []));
  // Tiles and columns of a region that is still being assessed would measure the assessment.
  for (let before = -1, now = -2; before !== now; await new Promise((wait) => setTimeout(wait, 3000))) {
    before = now;
    now = await countOf(life, "risk");
  }
  return { area, villages };
}
