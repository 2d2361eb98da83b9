import type { Band } from "../analysis/risk/bands.ts";
import { HotspotsInputs, RiskInputs } from "../contract/areaInputs.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { Problem } from "../problem.ts";
import { type Raised, raiseAlerts } from "../queries/alerts.ts";
import { settleFallen } from "../queries/findingAlerts.ts";
import { keepRun } from "../queries/runs.ts";
import { bumpPublicationVersion } from "../queries/settings.ts";
import { clearDue, latestStanding, markRegencyDue, publishStanding } from "../queries/standing.ts";
import { bandAlerts, hotspotAlerts, raisedVillages } from "./findingAlerts.ts";
import { type Frame, resultDocument } from "./frame.ts";
import { assessHotspots, readHotspotsQuestion } from "./hotspots.ts";
import { powerOf } from "./power.ts";
import { assessRiskProcess } from "./risk.ts";

/** What was published of one kabupaten; `refused` says why a kind has no result. */
export interface Published {
  readonly kind: "risk" | "hotspots";
  readonly regency: string;
  readonly run: string | null;
  readonly refused: Problem | null;
  /** Published without its power, which is not simulated yet: preparePower does that. */
  readonly isPowerPending: boolean;
  /** Alerts that this publication raised. */
  readonly raised: readonly Raised[];
}

async function previousBands(frame: Frame, regency: string): Promise<Map<string, Band>> {
  const [last] = await latestStanding(frame.database, "risk", [regency], null);
  return bandsOf(last?.result ?? null);
}

/** The bands of a published risk run by code, from its document as text; none before the first. */
export function bandsOf(result: string | null): Map<string, Band> {
  if (result === null) return new Map();
  const document = JSON.parse(result) as ResultDocument;
  const bands = document.columns.band ?? [];
  return new Map(document.codes.flatMap((code, index) => (bands[index] ? [[code, bands[index] as Band] as const] : [])));
}

/** A kind that the data cannot support is refused and said; whatever else goes wrong is an error. */
async function attempt(work: () => Promise<ResultDocument>): Promise<ResultDocument | Problem> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return error;
    throw error;
  }
}

/**
 * Redoes the standing assessment of one kabupaten, risk and Gi* hotspots with their defaults, and publishes both.
 * @param dueSince the mark that this answers; a change made meanwhile keeps its own mark.
 */
export async function redoStanding(frame: Frame, regency: string, dueSince: string): Promise<Published[]> {
  const bands = await previousBands(frame, regency);
  const [hotBefore] = await latestStanding(frame.database, "hotspots", [regency], null);
  const raised: Record<"risk" | "hotspots", readonly Raised[]> = { risk: [], hotspots: [] };
  const results = {
    risk: await attempt(async () =>
      resultDocument("risk", await assessRiskProcess(frame, RiskInputs.parse({ areas: [regency] }), bands), frame.now),
    ),
    hotspots: await attempt(async () =>
      resultDocument(
        "hotspots",
        await assessHotspots({ ...frame, power: "later", tellsHopeless: true }, HotspotsInputs.parse({ areas: [regency] })),
        frame.now,
      ),
    ),
  };
  const kinds = ["risk", "hotspots"] as const;
  await frame.database.transaction(async (transaction) => {
    for (const kind of kinds) {
      const document = results[kind];
      if (document instanceof Problem) continue;
      await keepRun(
        transaction,
        {
          id: document.run,
          process: kind,
          inputs: document.inputs,
          inputHash: document.inputHash,
          seed: document.seed,
          software: document.software,
          dataAsOf: document.dataAsOf,
          result: JSON.stringify(document),
        },
        "waspada",
        frame.now,
      );
      const values = document.codes.map((_, index) =>
        Object.fromEntries(Object.entries(document.columns).map(([name, column]) => [name, column[index] ?? null])),
      );
      await publishStanding(transaction, { kind, regencyCode: regency, runId: document.run, at: frame.now, codes: document.codes, values });
      // With what they tell of, so that a crossing is neither lost nor told twice, wherever the service is stopped.
      const crossed =
        kind === "risk"
          ? bandAlerts(bands, document)
          : hotspotAlerts(regency, hotBefore ? (JSON.parse(hotBefore.result) as ResultDocument) : null, document);
      raised[kind] = await raiseAlerts(transaction, crossed, frame.now);
      if (kind === "risk") await settleFallen(transaction, "band_crossed", regency, raisedVillages(document), frame.now);
    }
    // Scores and hotspots that were sent before are out of date; columns of data alone are not.
    await bumpPublicationVersion(transaction);
    await clearDue(transaction, regency, dueSince);
  });
  return kinds.map((kind) => {
    const document = results[kind];
    return document instanceof Problem
      ? { kind, regency, run: null, refused: document, isPowerPending: false, raised: [] }
      : {
          kind,
          regency,
          run: document.run,
          refused: null,
          isPowerPending: document.warnings.some(({ code }) => code === "power_pending"),
          raised: raised[kind],
        };
  });
}

/** Simulates the power of a kabupaten's standing hotspots where it is missing, leaving a thread free for others, and marks the kabupaten so that it is published once more with it. */
export async function preparePower(frame: Frame, regency: string): Promise<void> {
  const { power } = await readHotspotsQuestion(frame, HotspotsInputs.parse({ areas: [regency] }));
  const { warnings } = await powerOf({ ...frame, power: "gently" }, power);
  if (warnings.length === 0) await frame.database.transaction((transaction) => markRegencyDue(transaction, regency, frame.now));
}
