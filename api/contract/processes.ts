import { z } from "zod";
import { incidentStatuses, Period } from "./incident.ts";
import { issueCodes } from "./taxonomy.ts";
import { isDay, isMoment } from "./time.ts";

const areaCode = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35 | 35.17 | 35.17.01 | 35.17.01.2001");
const edge = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.number().positive()])]);
export const levels = ["village", "district", "regency"] as const;

/** The inputs of `weights`, also given inside other processes as `weights`. */
export const WeightsInput = z.strictObject({
  kind: z.enum(["queen", "rook", "knn", "distance", "kernel", "given"]).default("queen"),
  k: z.number().int().min(1).max(100).default(6),
  distanceMetres: z.number().positive().max(1_000_000).default(5000),
  toleranceMetres: z.number().min(0).max(1000).optional(),
  edges: z.array(edge).max(5_000_000).optional(),
});
export type WeightsInput = z.infer<typeof WeightsInput>;

const common = {
  areas: z.array(areaCode).min(1).max(100_000).optional(),
  period: Period.optional(),
  issues: z.array(z.enum(issueCodes)).min(1).optional(),
  statuses: z.array(z.enum(incidentStatuses)).min(1).default(["reported", "verified"]),
  level: z.enum(levels).default("village"),
  border: z.boolean().default(true),
};
const seed = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(1);
const weights = WeightsInput.prefault({});
const measures = ["count", "rate", "eb"] as const;

export const RatesInputs = z.strictObject({
  ...common,
  per: z.number().positive().max(1e9).default(10_000),
  annual: z.boolean().default(false),
  smoothing: z.enum(["none", "global", "local", "gamma"]).default("local"),
  weights,
  credible: z.number().gt(0).lt(1).default(0.9),
});

export const WeightsInputs = z.strictObject({ areas: common.areas, level: common.level, border: common.border, ...WeightsInput.shape });

export const AutocorrelationInputs = z.strictObject({
  ...common,
  measure: z.enum(measures).default("eb"),
  weights,
  permutations: z.number().int().min(0).max(9_999_999).default(99_999),
  seed,
});

export const HotspotsInputs = z.strictObject({
  ...common,
  statistic: z.enum(["gi_star", "gi", "local_moran", "exact"]).default("gi_star"),
  measure: z.enum(measures).default("rate"),
  weights,
  significance: z.enum(["analytic", "permutation"]).default("permutation"),
  tail: z.enum(["two_sided", "high"]).default("two_sided"),
  permutations: z.number().int().min(99).max(9_999_999).default(99_999),
  correction: z.enum(["none", "fdr", "bonferroni"]).default("fdr"),
  alpha: z.number().gt(0).lt(1).default(0.05),
  seed,
});

const componentNames = ["kejadian", "imbasan", "kecenderungan", "kerentanan", "agenda", "potensi"] as const;

export const RiskInputs = z.strictObject({
  areas: common.areas,
  issues: common.issues,
  statuses: common.statuses,
  border: common.border,
  asOf: z
    .string()
    .refine((text) => isDay(text) || isMoment(text), "YYYY-MM-DD | RFC 3339")
    .optional(),
  horizonDays: z.number().int().min(1).max(730).default(90),
  components: z.partialRecord(z.enum(componentNames), z.number().min(0).max(1000)).optional(),
  seed,
});

/** What each process takes. A process that the design names but this version does not have is answered with what there is. */
export const processInputs = {
  rates: RatesInputs,
  weights: WeightsInputs,
  autocorrelation: AutocorrelationInputs,
  hotspots: HotspotsInputs,
  risk: RiskInputs,
} as const;
export type ProcessId = keyof typeof processInputs;
export type Inputs<Id extends ProcessId> = z.output<(typeof processInputs)[Id]>;

/** Later issues bring these; asking for one says so. */
export const plannedProcesses: readonly string[] = [
  "space-time-scan",
  "clusters",
  "density",
  "emerging-hotspots",
  "near-repeat",
  "forecast",
  "backtest",
  "self-test",
  "visit-plan",
];

export const processTexts: Readonly<Record<ProcessId, { readonly title: string; readonly description: string }>> = {
  rates: {
    title: "Angka kejadian / incident rates",
    description: "Crude and smoothed rates with credible intervals; unknown population gives null.",
  },
  weights: {
    title: "Ketetanggaan / spatial weights",
    description: "Who is whose neighbour: queen, rook, nearest, distance, kernel or given.",
  },
  autocorrelation: { title: "Autokorelasi / global autocorrelation", description: "Moran's I of counts, rates or empirical-Bayes rates." },
  hotspots: {
    title: "Titik panas / hotspots",
    description: "Gi*, Gi, Local Moran or exact local risk, with permutation p-values and false discovery rate.",
  },
  risk: {
    title: "Indeks risiko / risk score",
    description: "A score of 0 to 100 made of parts that add up, with intervals, ranks and bands.",
  },
};

/** Every result travels in this frame. */
export const ResultDocument = z.object({
  run: z.string(),
  process: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  dataAsOf: z.string(),
  inputHash: z.string(),
  seed: z.number(),
  software: z.string(),
  codes: z.array(z.string()),
  columns: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.boolean(), z.null()]))),
  summary: z.record(z.string(), z.unknown()),
  warnings: z.array(z.object({ code: z.string() }).loose()),
});
export type ResultDocument = z.infer<typeof ResultDocument>;
