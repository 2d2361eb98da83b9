import type { Database } from "../database/database.ts";
import { invalidRows, measureSpan, type RepairedArea, repairRow, unstageRows } from "../queries/stagedAreas.ts";
import type { ReadFindings } from "./boundaryReport/readFindings.ts";
import type { ReportBuilder } from "./report.ts";

/** Rows handed to the geometry engine in one statement, so that none holds it for long. */
export const rowsPerSpan = 250;

/** What became of an invalid shape. */
export interface MendedShape {
  readonly row: number;
  /** Null when the geometry engine could not mend it. */
  readonly area: (RepairedArea & { readonly geojson: string }) | null;
}

export const isLost = ({ area }: MendedShape): boolean => !(area && area.after > 0);

/** Repairs and measures the staged rows of a span; a shape of which nothing is left goes out of staging. Returns what was invalid. */
export async function checkSpan(database: Database, importId: string, from: number, to: number): Promise<MendedShape[]> {
  const mended: MendedShape[] = [];
  for (const row of await invalidRows(database, importId, from, to)) mended.push({ row, area: await repairRow(database, importId, row) });
  const lost = mended.filter(isLost).map(({ row }) => row);
  if (lost.length > 0) await unstageRows(database, importId, lost);
  await measureSpan(database, importId, from, to);
  return mended;
}

const squareKilometres = (value: number): number => Number(value.toPrecision(4));

/** Tells the sender what was repaired or lost, in the order of the file. What a union leaves behind, under a row below 0, is ours to mend, not the sender's to know. */
export function tellMended(mended: readonly MendedShape[], report: ReportBuilder, found: ReadFindings): void {
  for (const shape of mended.filter(({ row }) => row > 0).sort((a, b) => a.row - b.row)) {
    const { row, area } = shape;
    if (area && !isLost(shape)) {
      found.repaired(area);
      report.warn(row, {
        field: "geometry",
        code: "geometry_repaired",
        value: area.code,
        reason: area.reason,
        before: squareKilometres(area.before),
        after: squareKilometres(area.after),
      });
      continue;
    }
    const reason = area?.reason ?? "ST_MakeValid";
    found.lost(row, area?.code ?? null, reason);
    report.reject(row, [{ field: "geometry", code: "geometry_lost", value: area?.code ?? null, reason }]);
  }
}
