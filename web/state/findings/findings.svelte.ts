import { addDays, daysBetween } from "../../format/day.ts";
import type { OverlayId } from "../overlays.ts";
import { session } from "../session.svelte.ts";
import { shownPeriod, view } from "../view.svelte.ts";
import type {
  DensityDocument,
  EmergingDocument,
  PointClustersDocument,
  ScanDocument,
  SurgeDocument,
  WeightsDocument,
} from "./documents.ts";
import { Finding } from "./finding.svelte.ts";

/** Weeks of the kabupaten as a whole whose expected band stands behind the time line: as many as the process gives at once. */
const bandWeeks = 104;
const emergingSteps = 12;
const thinkers: readonly string[] = ["analyst", "leader", "verifier", "admin"];

/** What the processes have found about the chosen area. */
export const findings = {
  scan: new Finding<ScanDocument>("space-time-scan"),
  pointClusters: new Finding<PointClustersDocument>("clusters"),
  density: new Finding<DensityDocument>("density"),
  emerging: new Finding<EmergingDocument>("emerging-hotspots"),
  surge: new Finding<SurgeDocument>("surge", { level: "district" }),
  band: new Finding<SurgeDocument>("surge", { level: "regency", weeks: bandWeeks }),
  neighbours: new Finding<WeightsDocument>("weights", { level: "village", border: true }),
} as const;
export type FindingName = keyof typeof findings;

/** The finding that a layer on top draws. */
export const findingOfOverlay: Partial<Record<OverlayId, FindingName>> = {
  tepi: "neighbours",
  gerombol: "scan",
  gugus: "pointClusters",
  kerapatan: "density",
  lonjakan: "surge",
};

/** Whether this person may have things computed. */
export function mayCompute(): boolean {
  return thinkers.includes(session.person?.role ?? "");
}

/** The question as the screen asks it now: the period shown and what narrows the incidents. */
function inputsOf(name: FindingName): Record<string, unknown> {
  const period = shownPeriod();
  const narrowed = { ...(view.issues.length ? { issues: view.issues } : {}), ...(view.statuses.length ? { statuses: view.statuses } : {}) };
  if (name === "neighbours") return {};
  if (name === "surge" || name === "band") return narrowed;
  if (name !== "emerging") return { ...narrowed, period };
  // A trend needs steps: three years back from the end where less is shown.
  const days = Math.max(daysBetween(period.from, period.to), 1095);
  return { ...narrowed, period: { from: addDays(period.to, -days), to: period.to }, stepDays: Math.floor(days / emergingSteps) };
}

/** Has a finding computed for what is shown now. The surge of the kabupaten as a whole comes with those of its kecamatan. */
export function compute(name: FindingName): void {
  const { area } = view;
  if (area === null) return;
  void findings[name].compute(area, inputsOf(name));
  if (name === "surge") void findings.band.compute(area, inputsOf("band"));
}

/** Looks for kept runs of what is shown; leaves alone what was looked for. Call in an effect. */
export function lookForShown(): void {
  const { area } = view;
  if (area === null || !mayCompute()) return;
  const period = shownPeriod();
  const wanted = new Set<FindingName>(["band"]);
  for (const { id } of view.overlays) {
    const name = findingOfOverlay[id];
    if (name) wanted.add(name);
  }
  if (view.fill === "emerging") wanted.add("emerging");
  if (view.panel === "moran") wanted.add("neighbours");
  for (const name of wanted) void findings[name].look(area, period);
}
