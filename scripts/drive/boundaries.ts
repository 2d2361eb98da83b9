import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { readConfig } from "../../api/config.ts";
import type { BoundaryReport } from "../../api/contract/boundaryReport.ts";
import { startService } from "../../api/server.ts";
import { clusterUrl, createCluster, stopCluster } from "../privateCluster.ts";
import { askPostgis } from "./boundaries/postgis.ts";

// `npm run drive:boundaries [-- --file desa.geojson.gz]`: the boundary report of a real file beside what PostGIS finds in the same villages. Status 1 where they differ.
const { values } = parseArgs({
  options: {
    file: {
      type: "string",
      default: resolve(import.meta.dirname, "../../../shared/data/boundaries/desa_35_jawa_timur_tanpa_35.12.geojson.gz"),
    },
  },
});
const file = values.file;
if (!existsSync(file)) {
  console.error(`There is no file ${file}; name one with --file.`);
  process.exit(2);
}

const token = "boundary-drive-token";
const folder = await mkdtemp(join(tmpdir(), "waspada-drive-"));
const place = process.getuid?.() === 0 ? `/var/lib/postgresql/${folder.split("/").at(-1)}` : join(folder, "postgres");
const cluster = await createCluster(place);
const databaseUrl = clusterUrl(cluster);
let failed = 0;
try {
  const service = await startService(
    readConfig({
      PORT: "0",
      DEMO: "off",
      ADMIN_TOKEN: token,
      RATE_LIMIT: "off",
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(folder, "data"),
    }),
    pino({ level: "silent" }),
  );
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await fetch(service.url + path, { ...init, headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    return answer;
  };
  try {
    const start = performance.now();
    const sent = await ask(`/api/imports/boundaries?partial=true&name=${encodeURIComponent(basename(file))}`, {
      method: "POST",
      body: await readFile(file),
    });
    const job = sent.headers.get("location")!;
    for (;;) {
      // A busy service may drop a connection that lay idle: asked again.
      const { status } = (await ask(job).then(
        (answer) => answer.json(),
        () => ({ status: "unknown" }),
      )) as { status: string };
      if (status === "successful") break;
      if (["failed", "dismissed"].includes(status)) throw new Error(`the import ended as ${status}`);
      await new Promise((wait) => setTimeout(wait, 1000));
    }
    console.log(`${basename(file)} loaded with its report in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    const id = job.split("/").at(-1);
    const report = (await (await ask(`/api/imports/${id}/boundary-report?limit=1`)).json()) as BoundaryReport;
    const theirs = await askPostgis(
      databaseUrl,
      { overlapSquareMetres: report.definitions.overlapSquareMetres!, gapSquareMetres: report.definitions.gapSquareMetres! },
      console.log,
    );
    const of = (kind: string) => report.counts.find((count) => count.kind === kind)!;
    const judge = (what: string, ours: number, expected: number, share: number): void => {
      const holds = Math.abs(ours - expected) <= share * Math.abs(expected);
      if (!holds) failed++;
      console.log(
        `${holds ? " " : "!"} ${what.padEnd(34)}${ours.toFixed(0).padStart(14)}${expected.toFixed(0).padStart(14)}   ± ${100 * share}%`,
      );
    };
    console.log(`  ${"".padEnd(34)}${"ours".padStart(14)}${"PostGIS".padStart(14)}`);
    judge("overlaps over 100 m²", of("overlap").total, theirs.overlaps, 0.002);
    judge("their area, m²", of("overlap").squareMetres ?? 0, theirs.overlapSquareMetres, 0.001);
    judge("gaps over 1 m²", of("gap").total, theirs.gaps, 0.01);
    judge("their area, m²", of("gap").squareMetres ?? 0, theirs.gapSquareMetres, 0.001);
    judge("rook pairs that both have", theirs.rookBoth, theirs.rookBoth + theirs.rookOnlyOurs + theirs.rookOnlyPostgis, 0.001);
    for (const { kind, total } of report.counts) if (total > 0) console.log(`  ${kind.padEnd(34)}${String(total).padStart(14)}`);
  } finally {
    await service.close();
  }
} finally {
  await stopCluster(cluster);
  await rm(folder, { recursive: true, force: true });
  await rm(place, { recursive: true, force: true });
}
console.log(failed === 0 ? "The report agrees with PostGIS" : `${failed} figures, marked !, differ`);
process.exitCode = failed === 0 ? 0 : 1;
