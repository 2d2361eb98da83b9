import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../api/config.ts";
import type { PlannedRoute } from "../../api/contract/visitInputs.ts";
import { startService } from "../../api/server.ts";
import { featuresOf, geographyFiles } from "./geography.ts";
import { type BenchmarkRow, timed } from "./row.ts";

const token = "benchmark-token-0123456789";
const reference = resolve(import.meta.dirname, "../../../shared/reference");
const week = { from: "2026-01-05", to: "2026-01-12", asOf: "2025-12-31" } as const;
const thousand = 1000;
/** Most seconds on two cores: a plan, the same redone around locked stops, and that of a thousand villages. */
const limitsMs = { plan: 5000, redo: 1000, thousand: 60_000 } as const;

interface Plan {
  readonly run: string;
  readonly routes: readonly PlannedRoute[];
  readonly summary: { readonly gap: number; readonly bound: number; readonly totalGain: number; readonly stops: number };
}

/** Teams at villages spread over the list. */
const teamsOf = (codes: readonly string[], count: number): { name: string; base: string }[] =>
  Array.from({ length: count }, (_, team) => ({
    name: `Tim ${team + 1}`,
    base: codes[Math.floor(((team + 0.5) * codes.length) / count)]!,
  }));

const noteOf = ({ summary }: Plan): string =>
  `${summary.stops} stops, gain ${summary.totalGain.toFixed(0)} of at most ${summary.bound.toFixed(0)}: gap ${(100 * summary.gap).toFixed(1)}%`;

/** Whole plans through the service over HTTP, from the data to the reasons of every stop: Jombang's week, its redo after a drag, and a thousand villages with twenty teams. */
export async function benchmarkPlannedWeeks(): Promise<BenchmarkRow[]> {
  const jombang = JSON.parse(await readFile(geographyFiles.Jombang, "utf8")) as { features: { properties: { kode: string } }[] };
  const wider: typeof jombang.features = [];
  for await (const feature of featuresOf("East Java")) if (/^35\.(06|16|17|18)\./.test(feature.properties.kode)) wider.push(feature);
  wider.sort((a, b) => Number(b.properties.kode.startsWith("35.17")) - Number(a.properties.kode.startsWith("35.17")));
  return [...(await rowsOf(jombang.features, "Jombang", 4, true)), ...(await rowsOf(wider.slice(0, thousand), "kabupaten set", 20, false))];
}

/** Waits until what follows every change of the data is worked out, so that its processor time is not taken for the plan's. */
async function quietened(): Promise<void> {
  for (let round = 0; round < 60; round++) {
    const before = process.cpuUsage();
    await new Promise((resume) => setTimeout(resume, 3000));
    const { user, system } = process.cpuUsage(before);
    if (user + system < 50_000) return;
  }
}

async function rowsOf(
  features: { properties: { kode: string } }[],
  place: string,
  teamCount: number,
  isRedone: boolean,
): Promise<BenchmarkRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "waspada-planned-"));
  const environment = { PORT: "0", DEMO: "off", ADMIN_TOKEN: token, RATE_LIMIT: "off", DATA_DIR: folder };
  const service = await startService(readConfig(environment), pino({ level: "silent" }));
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(path, service.url), { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  const load = async (kind: string, name: string, content: string): Promise<void> => {
    const sent = await ask(`/api/imports/${kind}?name=${name}&partial=true&year=2024`, { method: "POST", body: content });
    if (sent.status !== 201) throw new Error(await sent.text());
    for (const job = sent.headers.get("location")!; ; ) {
      const { status } = (await (await ask(job)).json()) as { status: string };
      if (status === "successful") return;
      if (status !== "running" && status !== "accepted") throw new Error(`${name}: ${status}`);
      await new Promise((resume) => setTimeout(resume, 200));
    }
  };
  const plan = async (inputs: object): Promise<Plan> => {
    const answer = await ask("/api/processes/visit-plan/execution", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ inputs }),
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    return (await answer.json()) as Plan;
  };
  try {
    const codes = features.map(({ properties }) => properties.kode).sort();
    await load("boundaries", "desa.geojson", JSON.stringify({ type: "FeatureCollection", features }));
    await load(
      "indicators",
      "penduduk.csv",
      `code,population\n${codes.map((code, at) => `${code},${1500 + ((at * 7919) % 9000)}`).join("\n")}\n`,
    );
    const incidents = (await readFile(join(reference, "jombang_incidents.csv"), "utf8")).trim().split(/\r?\n/).slice(1);
    const rows = incidents.map((line) => line.split(","));
    await load(
      "incidents",
      "kejadian.csv",
      `village_code,occurred_from,issue,form,facts\n${rows.map((row, at) => `${isRedone ? row[1] : codes[(at * 7919) % codes.length]},${row[4]},404,F6,Kejadian uji ${at}`).join("\n")}\n`,
    );
    await quietened();
    const asked = { ...week, teams: teamsOf(codes, teamCount), areas: [...new Set(codes.map((code) => code.slice(0, 5)))] };
    let first: Plan | undefined;
    const title = `${place}: ${codes.length} villages × ${teamCount} teams × 5 days, over HTTP`;
    const result = [
      await timed(title, isRedone ? 3 : 1, async () => (first = await plan(asked)), {
        limitMs: isRedone ? limitsMs.plan : limitsMs.thousand,
        note: noteOf,
        warm: isRedone,
      }),
    ];
    if (isRedone && first) {
      // The first stop of the first day is dragged to the last team's last day and stays there; the first two stops of every other day stay as well.
      const keep = first.routes.map(({ team, day, stops }) => ({ team, day, stops: stops.map(({ code }) => code) }));
      const moved = keep[0]!.stops.shift()!;
      keep.at(-1)!.stops.unshift(moved);
      const locked = [moved, ...keep.slice(1, -1).flatMap(({ stops }) => stops.slice(0, 2))];
      const redo = { ...asked, effort: "quick", redo: first.run, keep, locked };
      result.push(
        await timed(`${place}: redone after a drag, ${locked.length} stops locked`, 5, () => plan(redo), {
          limitMs: limitsMs.redo,
          note: noteOf,
        }),
      );
    }
    return result;
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
