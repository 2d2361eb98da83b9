/** The six parts of the score in the order they are stacked. */
export const parts = ["kejadian", "imbasan", "kecenderungan", "kerentanan", "agenda", "potensi"] as const;

export type Part = (typeof parts)[number];
export type Band = "AMAN" | "RAWAN" | "SANGAT RAWAN" | "DATA KURANG";

/** Points of each part, which add up to the score; null where a part is not there. */
export type PartPoints = Readonly<Record<Part, number | null>>;

/** The three maps of the score and the parts that each is made of. */
export const partGroups = {
  gangguan: ["kejadian", "imbasan", "kecenderungan"],
  kerawanan: ["kerentanan"],
  potensi: ["agenda", "potensi"],
} as const satisfies Record<string, readonly Part[]>;

/** One village in one assessment; null is unknown. */
export interface RiskValues extends PartPoints {
  readonly score: number | null;
  /** 90% interval. */
  readonly scoreLower: number | null;
  readonly scoreUpper: number | null;
  readonly band: Band | null;
  readonly rank: number | null;
  readonly rankLower: number | null;
  readonly rankUpper: number | null;
  /** Incidents in the period. */
  readonly count: number | null;
  readonly population: number | null;
  readonly populationYear: number | null;
}

/** The score as it was at the end of a month, or is today. */
export interface TrendMonth extends Partial<PartPoints> {
  /** Day, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly score: number | null;
  readonly scoreLower: number | null;
  readonly scoreUpper: number | null;
}

/** Gi* of one village; `class` is hot, cold or neither. */
export interface HotspotValues {
  readonly z: number | null;
  readonly p: number | null;
  readonly q: number | null;
  readonly class: string | null;
}

/** What the list of reports needs of an incident. */
export interface IncidentFeature {
  readonly id?: string | number;
  readonly properties: {
    readonly id?: string;
    readonly occurred_from: string;
    readonly issue: string;
    readonly form: string;
    readonly severity: number;
    readonly status: string;
    readonly source_value: string | null;
    readonly content_value: number | null;
    readonly title?: string | null;
    readonly facts: string;
  };
}

/** The words of each band. */
export const bandKeys = {
  AMAN: "detail.band_aman",
  RAWAN: "detail.band_rawan",
  "SANGAT RAWAN": "detail.band_sangat_rawan",
  "DATA KURANG": "detail.band_data_kurang",
} as const satisfies Record<Band, string>;

/** A village as the list of the highest ranks shows it. */
export type RankedVillage = Pick<RiskValues, "score" | "scoreLower" | "scoreUpper" | "band" | "rank"> & {
  readonly code: string;
  readonly name: string;
  readonly districtName: string;
};
