import { z } from "zod";
import { AutocorrelationInputs, HotspotsInputs, RatesInputs, RiskInputs, WeightsInputs } from "./areaInputs.ts";
import { ClustersInputs, DensityInputs, NearRepeatInputs } from "./pointInputs.ts";
import { SpaceTimeScanInputs } from "./scanInputs.ts";
import { SelfTestInputs } from "./selfTestInputs.ts";
import { EmergingHotspotsInputs, SurgeInputs } from "./timeInputs.ts";
import { VisitEffectInputs } from "./visitEffectInputs.ts";
import { VisitPlanInputs, VisitPlanParts } from "./visitInputs.ts";

/** What each process takes. A process that the design names but this version does not have is answered with what there is. */
export const processInputs = {
  rates: RatesInputs,
  weights: WeightsInputs,
  autocorrelation: AutocorrelationInputs,
  hotspots: HotspotsInputs,
  "space-time-scan": SpaceTimeScanInputs,
  clusters: ClustersInputs,
  density: DensityInputs,
  "emerging-hotspots": EmergingHotspotsInputs,
  surge: SurgeInputs,
  "near-repeat": NearRepeatInputs,
  risk: RiskInputs,
  "self-test": SelfTestInputs,
  "visit-plan": VisitPlanInputs,
  "visit-effect": VisitEffectInputs,
} as const;
export type ProcessId = keyof typeof processInputs;
export type Inputs<Id extends ProcessId> = z.output<(typeof processInputs)[Id]>;

/** Later issues bring these; asking for one says so. */
export const plannedProcesses: readonly string[] = ["forecast", "backtest"];

export const processTexts: Readonly<Record<ProcessId, { readonly title: string; readonly description: string }>> = {
  rates: {
    title: "Angka kejadian / incident rates",
    description:
      "Crude and smoothed rates with credible intervals and how far each was drawn to its reference; observed over expected events with the exact interval; unknown population gives null.",
  },
  weights: {
    title: "Ketetanggaan / spatial weights",
    description:
      "Who is whose neighbour: queen, rook, nearest, distance, kernel or given (edges, or the text of a .gal or .gwt file). A kept run is exported by GET /api/runs/{run}?f=gal or f=gwt.",
  },
  autocorrelation: {
    title: "Autokorelasi / global autocorrelation",
    description:
      "Moran's I or Geary's C of counts, rates or empirical-Bayes rates, or join counts of areas with and without incidents: is the whole map clustered at all?",
  },
  hotspots: {
    title: "Titik panas / hotspots",
    description: "Gi*, Gi, Local Moran or exact local risk, with permutation p-values and false discovery rate.",
  },
  "space-time-scan": {
    title: "Pemindaian ruang-waktu / space-time scan",
    description: "Clusters in space and time by the scan statistic, Poisson or space-time permutation, with Monte Carlo p-values.",
  },
  clusters: {
    title: "Gerombol titik / point clusters",
    description: "DBSCAN, ST-DBSCAN or HDBSCAN on the places of incidents. It groups; it does not test.",
  },
  density: {
    title: "Kepadatan kejadian / incident density",
    description: "Quartic kernel density in incidents per km², edge-corrected, with contours. Density is not risk.",
  },
  "emerging-hotspots": {
    title: "Titik panas menurut waktu / emerging hotspots",
    description: "Gi* in every time step and its trend (Mann–Kendall): new, growing, persistent, fading hotspots.",
  },
  surge: {
    title: "Lonjakan mingguan / weekly surge",
    description: "The expected band of weekly counts by kecamatan, and the weeks above it.",
  },
  "near-repeat": {
    title: "Kejadian ulang di dekatnya / near repeat",
    description: "Knox table: do incidents follow each other nearby within days more often than chance gives?",
  },
  "self-test": {
    title: "Uji diri / self-test",
    description: "How often a method raises a false alarm here, and the smallest raised risk that it would see, by simulation.",
  },
  "visit-plan": {
    title: "Rencana kunjungan / visit plan",
    description:
      "Which team visits which village on which day and in what order, so that the visits are worth most together; with a proven bound on what any plan could reach, the reason for every stop, and what was left out.",
  },
  "visit-effect": {
    title: "Pengaruh kunjungan / effect of visits",
    description:
      "Whether fewer incidents followed visits than comparable villages had without them: matched on what came before, judged by randomisation, tried at dates when nothing happened; says when it cannot be told, and what could have been found.",
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
  /** The areas that the columns are about; empty where they are about incidents or about nothing. */
  codes: z.array(z.string()),
  /** In place of codes where the columns are about single incidents. */
  ids: z.array(z.string()).optional(),
  columns: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.boolean(), z.null()]))),
  /** Of a visit plan alone. */
  routes: VisitPlanParts.routes.optional(),
  travel: VisitPlanParts.travel.optional(),
  summary: z.record(z.string(), z.unknown()),
  warnings: z.array(z.object({ code: z.string() }).loose()),
});
export type ResultDocument = z.infer<typeof ResultDocument>;
