import type { Band } from "../analysis/risk/bands.ts";
import type { OfficialVersion } from "../analysis/risk/officialVersion.ts";
import type { AssessRiskInput } from "../analysis/risk/risk.ts";
import type { Inputs } from "../contract/processes.ts";
import { addDays, dayOf, parseWhen } from "../contract/time.ts";
import { problem } from "../problem.ts";
import * as samples from "../queries/samples.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { namedAreas } from "./hotspots.ts";
import { officialVersionFor } from "./officialVersion.ts";
import { type PopulationYears, readPopulation } from "./population.ts";
import { readIndicators, rememberedDays, riskIncidentArrays } from "./riskInputs.ts";
import { defaultIssues, readSample, readWeights, type Sample } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** The day that an assessment looks back from. */
export function assessedDay(asOf: string | undefined, frame: Frame): string {
  const today = dayOf(frame.now, frame.timeZone);
  if (asOf === undefined) return today;
  const day = parseWhen(asOf, frame.timeZone)?.day ?? today;
  if (day < "1900-01-01" || day > addDays(today, 1))
    throw problem("invalid_input", { field: "asOf", value: asOf, expected: `1900-01-01 … ${today}` });
  return day;
}

export interface RiskData {
  readonly sample: Sample;
  readonly input: Omit<AssessRiskInput, "componentWeights" | "previousBands">;
  readonly populationYears: PopulationYears;
  readonly issues: readonly string[];
  readonly version: OfficialVersion;
}

/** Everything that the score of these areas is made of, read once. */
export async function readRiskData(
  frame: Frame,
  inputs: Pick<Inputs<"risk">, "areas" | "issues" | "statuses" | "border" | "seed">,
  asOf: string,
): Promise<RiskData> {
  const sample = await readSample(frame.database, { areas: inputs.areas, level: "village", border: inputs.border }, frame.scope);
  const issues = inputs.issues ?? defaultIssues;
  const { population, years } = await readPopulation(frame.database, sample, { from: asOf, to: addDays(asOf, 1) });
  const rows = await samples.riskIncidents(frame.database, sample.codes, {
    from: addDays(asOf, -rememberedDays),
    to: addDays(asOf, 1),
    issues,
    statuses: inputs.statuses,
  });
  const indicators = await readIndicators(frame, sample.codes, Number(asOf.slice(0, 4)));
  const weights = await buildWeights(
    frame,
    sample,
    await readWeights(frame.database, sample, { kind: "queen", k: 6, distanceMetres: 5000 }),
  );
  const version = await officialVersionFor(frame, asOf);
  return {
    sample,
    input: {
      population,
      reported: sample.reported,
      incidents: riskIncidentArrays(rows, sample.indexOf, asOf),
      weights,
      indicators,
      version,
      seed: inputs.seed,
    },
    populationYears: years,
    issues,
    version,
  };
}

/**
 * The process `risk`. `previousBands` (by code) come only from a standing assessment, for the hysteresis of published bands;
 * a question on request has none.
 */
export async function assessRiskProcess(
  frame: Frame,
  inputs: Inputs<"risk">,
  previousBands: ReadonlyMap<string, Band> | null = null,
): Promise<Outcome> {
  const asOf = assessedDay(inputs.asOf, frame);
  const { sample, input, populationYears, issues, version } = await readRiskData(frame, inputs, asOf);
  if (version.provisional && input.incidents.area.length === 0) {
    // Where nothing was ever reported, a score would only rank villages by their population and call silence safe.
    throw problem("analysis_refused", {
      refusal: "no_incidents",
      reason_id: "belum ada satu pun kejadian yang dimuat, dan diam bukan berarti aman. Muat atau laporkan kejadian dahulu.",
      reason_en: "no incident has been loaded yet, and silence is not safety. Load or report incidents first.",
    });
  }
  const result = await frame.pool.run(
    "assessRisk",
    [
      {
        ...input,
        ...(inputs.components ? { componentWeights: inputs.components } : {}),
        ...(previousBands ? { previousBands: sample.codes.map((code) => previousBands.get(code) ?? null) } : {}),
      },
    ],
    frame.signal,
  );
  const columns = Object.entries({ ...result.columns, population: input.population }).map(([name, values]) => [
    name,
    onlyReported<number | string | null>(values as ArrayLike<number | string | null>, sample.reported),
  ]);
  const { islands, ...summary } = result.summary as typeof result.summary & { islands?: unknown };
  return {
    inputs: { ...inputs, asOf, issues },
    seed: inputs.seed,
    codes: onlyReported(sample.codes, sample.reported),
    columns: Object.fromEntries(columns),
    summary: {
      ...summary,
      ...(islands === undefined ? {} : { islands: namedAreas(sample, islands) }),
      ...populationYears,
      officialVersion: version.name,
      officialTables: version,
      coverage: null,
    },
    warnings: result.warnings,
    hashed: [input.population, input.incidents, input.weights.targets, input.indicators, version, previousBands ? [...previousBands] : []],
  };
}
