/** A result document as far as every process is alike. */
export interface RunDocument<Summary, Columns = Readonly<Record<string, never>>> {
  readonly run: string;
  readonly inputs: {
    readonly period?: { readonly from: string; readonly to: string };
    readonly asOf?: string;
    readonly issues?: readonly string[];
    readonly statuses?: readonly string[];
    readonly level?: string;
  };
  readonly dataAsOf: string;
  readonly codes: readonly string[];
  readonly columns: Columns;
  readonly summary: Summary;
  readonly warnings: readonly { readonly code: string; readonly details?: unknown }[];
}

export interface ScanCluster {
  readonly rank: number;
  readonly codes: readonly string[];
  readonly areasOutside: number;
  readonly centre: string | null;
  readonly radiusMetres: number;
  /** Half-open. */
  readonly from: string;
  readonly to: string;
  readonly observed: number;
  readonly expected: number;
  readonly relativeRisk: number | null;
  readonly p: number;
}
export type ScanDocument = RunDocument<{
  readonly clusters: readonly ScanCluster[];
  readonly events: number;
  readonly simulations: number;
  readonly power?: { readonly sentence?: { readonly id: string; readonly en: string } } | null;
}>;

export type Hull =
  | { readonly type: "Point"; readonly coordinates: readonly number[] }
  | { readonly type: "LineString"; readonly coordinates: readonly (readonly number[])[] }
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly (readonly number[])[])[] };
export interface PointCluster {
  readonly cluster: number;
  readonly count: number;
  /** How many of them are known to the village only and stand on one spot. */
  readonly labelPoints: number;
  readonly first: string;
  readonly last: string;
  readonly villages: readonly string[];
  readonly hull: Hull;
}
export type PointClustersDocument = RunDocument<{
  readonly n: number;
  readonly noise: number;
  readonly clusters: readonly PointCluster[];
}> & { readonly inputs: { readonly epsilonMetres: number; readonly minPoints: number } };

export interface DensityContour {
  /** Of all incidents, how many lie inside. */
  readonly share: number;
  readonly perKm2: number;
  readonly areaKm2: number;
  readonly geometry: { readonly type: "MultiPolygon"; readonly coordinates: number[][][][] };
}
export type DensityDocument = RunDocument<{
  readonly incidents: number;
  readonly bandwidthMetres: number;
  readonly contours: readonly DensityContour[];
}>;

export type EmergingDocument = RunDocument<
  {
    readonly steps: readonly { readonly from: string; readonly to: string }[];
    readonly classes: readonly { readonly class: string; readonly areas: number }[];
  },
  { readonly class: readonly (string | null)[]; readonly mannKendallZ: readonly (number | null)[] }
>;

export interface SurgeSeries {
  readonly observed: readonly (readonly number[])[];
  readonly expected: readonly (readonly (number | null)[])[];
  readonly upper: readonly (readonly (number | null)[])[];
}
export interface SurgeAlarm {
  readonly code: string;
  /** The Monday that the week begins on. */
  readonly week: string;
  readonly observed: number;
  readonly expected: number;
  readonly upper: number;
  readonly p: number;
}
export type SurgeDocument = RunDocument<{
  readonly weeks: readonly string[];
  readonly series: SurgeSeries;
  readonly alarms: readonly SurgeAlarm[];
  readonly falseAlarmsAtMost: number;
}>;

export type WeightsDocument = RunDocument<{
  readonly edges: { readonly from: readonly string[]; readonly to: readonly string[]; readonly weight: readonly number[] };
}>;
