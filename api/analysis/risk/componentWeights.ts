import { requireInput } from "../significance/refusal.ts";

/** The parts of the risk score, in the order in which they are added up. */
export const componentNames = ["kejadian", "imbasan", "kecenderungan", "kerentanan", "agenda", "potensi"] as const;
export type ComponentName = (typeof componentNames)[number];
export type ComponentWeights = Partial<Readonly<Record<ComponentName, number>>>;

/**
 * Weights that sum to 1 over the components not missing; equal without any given, 0 for those left out of what is given.
 * Refuses `wrong_input` for an unknown name, a weight below 0, or nothing left above 0.
 */
export function normalisedWeights(given: ComponentWeights | undefined, missing: readonly ComponentName[]): Record<ComponentName, number> {
  for (const [name, weight] of Object.entries(given ?? {})) {
    requireInput((componentNames as readonly string[]).includes(name), "components", name);
    requireInput(weight >= 0 && weight < Number.POSITIVE_INFINITY, `components.${name}`, weight);
  }
  const raw = (name: ComponentName): number => (missing.includes(name) ? 0 : given ? (given[name] ?? 0) : 1);
  const sum = componentNames.reduce((total, name) => total + raw(name), 0);
  requireInput(sum > 0, "components", JSON.stringify(given ?? {}));
  return Object.fromEntries(componentNames.map((name) => [name, raw(name) / sum])) as Record<ComponentName, number>;
}
