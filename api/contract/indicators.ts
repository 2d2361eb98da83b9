import catalogue from "../../data/indicators.json" with { type: "json" };

/** An indicator that ships with its names and the way it points: `low` means that a low value is the worse one. */
export interface KnownIndicator {
  readonly id: string;
  readonly name: { readonly id: string; readonly en: string };
  readonly unit: { readonly id: string; readonly en: string } | null;
  readonly orientation: "high" | "low" | null;
  readonly decimals: number;
}

export const knownIndicators: ReadonlyMap<string, KnownIndicator> = new Map(
  (catalogue.indicators as readonly KnownIndicator[]).map((indicator) => [indicator.id, indicator]),
);
