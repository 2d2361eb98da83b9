import type { ResultDocument } from "../contract/processes.ts";
import { SpaceTimeScanInputs } from "../contract/scanInputs.ts";
import { SurgeInputs } from "../contract/timeInputs.ts";
import { Problem } from "../problem.ts";
import { type NewAlert, type Raised, raiseAlerts } from "../queries/alerts.ts";
import { toldClusters } from "../queries/findingAlerts.ts";
import { keepRun } from "../queries/runs.ts";
import { scanAlerts, surgeAlerts } from "./findingAlerts.ts";
import { type Frame, resultDocument } from "./frame.ts";
import { assessSpaceTimeScan } from "./spaceTimeScan.ts";
import { assessSurge } from "./surge.ts";

/** Few simulations, and fewer where chance is soon seen to do as well: the question is only whether to look. */
const simulations = 499;
const stopAfter = 25;
const rememberedDays = 120;
const dayMilliseconds = 86_400_000;

async function attempt(work: () => Promise<ResultDocument>): Promise<ResultDocument | null> {
  try {
    return await work();
  } catch (error) {
    // What the data cannot support raises nothing.
    if (error instanceof Problem && error.status < 500) return null;
    throw error;
  }
}

/**
 * Looks through one kabupaten after its assessment: which kecamatan reported more last week than the weeks before lead one to expect, and where a cluster goes on.
 * What it finds is raised once, with the run that says so.
 */
export async function watchRegency(frame: Frame, regency: string): Promise<Raised[]> {
  const surge = await attempt(async () =>
    resultDocument("surge", await assessSurge(frame, SurgeInputs.parse({ areas: [regency] })), frame.now),
  );
  const inputs = SpaceTimeScanInputs.parse({ areas: [regency], prospective: true, simulations, stopAfter });
  const scan = await attempt(async () => resultDocument("space-time-scan", await assessSpaceTimeScan(frame, inputs), frame.now));
  return frame.database.transaction(async (transaction) => {
    const told = scan ? await toldClusters(transaction, regency, new Date(frame.now.getTime() - rememberedDays * dayMilliseconds)) : [];
    const found: readonly (readonly [ResultDocument | null, readonly NewAlert[]])[] = [
      [surge, surge ? surgeAlerts(surge) : []],
      [scan, scan ? scanAlerts(regency, scan, inputs.alpha, told) : []],
    ];
    const raised: Raised[] = [];
    for (const [document, alerts] of found) {
      const fresh = await raiseAlerts(transaction, alerts, frame.now);
      raised.push(...fresh);
      if (document && fresh.length > 0)
        await keepRun(transaction, { ...document, id: document.run, result: JSON.stringify(document) }, "waspada", frame.now);
    }
    return raised;
  });
}
