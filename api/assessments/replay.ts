import type { OfficialVersion } from "../analysis/risk/officialVersion.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { databaseAsKnown } from "../queries/knownThen.ts";
import { riskBefore } from "../queries/standing.ts";
import { type Frame, resultDocument } from "./frame.ts";
import { assess, checkInputs, processOf } from "./processes.ts";
import { assessRiskProcess } from "./risk.ts";
import { bandsOf } from "./standing.ts";

/** What a replay found. */
export interface Replay extends ResultDocument {
  readonly replayOf: string;
  /** The same columns, summary and warnings, bit for bit. */
  readonly isSame: boolean;
  /** The same incidents, indicators and neighbours went in. False where boundaries changed since: those are not kept as they were. */
  readonly isSameData: boolean;
}

/** Works a kept run out again from the incidents and indicators that were known then, with its own seed and official version. Nothing is kept. */
export async function replay(frame: Frame, kept: ResultDocument): Promise<Replay> {
  const now = new Date(kept.dataAsOf);
  const version = kept.summary.officialTables as OfficialVersion | undefined;
  const then: Frame = {
    ...frame,
    now,
    // What the run was about stands in its inputs; who may see it was asked before.
    scope: null,
    database: databaseAsKnown(frame.database, { at: now, timeZone: frame.timeZone }),
    ...(version ? { officialVersion: version } : {}),
    ...(kept.warnings.some(({ code }) => code === "too_few_events" || code === "nothing_attainable") ? { tellsHopeless: true } : {}),
    // What was published before its power was simulated is worked out without it again.
    ...(kept.warnings.some(({ code }) => code === "power_pending") ? { power: "left_out" } : {}),
  };
  const again = resultDocument(kept.process, await outcomeOf(then, kept), now);
  const numbers = ({ columns, summary, warnings }: ResultDocument): string => JSON.stringify([columns, summary, warnings]);
  return {
    ...again,
    run: kept.run,
    replayOf: kept.run,
    isSame: numbers(again) === numbers(kept),
    isSameData: again.inputHash === kept.inputHash,
  };
}

async function outcomeOf(then: Frame, kept: ResultDocument) {
  const id = processOf(kept.process);
  const inputs = checkInputs(id, kept.inputs);
  const published = id === "risk" ? await riskBefore(then.database, kept.run) : undefined;
  if (published) return assessRiskProcess(then, checkInputs("risk", kept.inputs), bandsOf(published.result));
  return assess(then, id, inputs);
}
