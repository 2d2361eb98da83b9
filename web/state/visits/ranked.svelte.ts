import { values } from "../values.svelte.ts";
import { villages } from "../villages.svelte.ts";
import { visitPlaces } from "./place.svelte.ts";
import { type RiskReason, riskReasons } from "./reasons.ts";
import type { PlacedStop } from "./stops.ts";
import { visitPlan } from "./visitPlan.svelte.ts";

/** A village in the list: before a plan by its score, with one by what its visit is worth. */
export interface RankedRow {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  /** Score or gain; null is unknown. */
  readonly value: number | null;
  readonly scoreLower: number | null;
  readonly scoreUpper: number | null;
  readonly score: number | null;
  readonly count: number | null;
  readonly reasons: readonly RiskReason[];
  readonly isUnknown: boolean;
  /** Null also where nothing was ever heard. */
  readonly daysSinceHeard: number | null;
  readonly stop: PlacedStop | null;
}

class Ranked {
  private readonly silence = $derived.by(() => {
    const document = visitPlan.document;
    return new Map((document?.codes ?? []).map((code, at) => [code, document?.columns.daysSinceHeard?.[at] ?? null]));
  });

  /** What is known of one village. */
  row(code: string): RankedRow {
    const risk = villages.risk(code);
    const isKnown = risk !== null && risk.band !== "DATA KURANG" && risk.score !== null;
    return {
      code,
      name: visitPlaces.name(code),
      district: visitPlaces.district(code),
      value: visitPlan.document ? (visitPlan.gainOf.get(code) ?? null) : isKnown ? risk.score : null,
      score: isKnown ? risk.score : null,
      scoreLower: isKnown ? risk.scoreLower : null,
      scoreUpper: isKnown ? risk.scoreUpper : null,
      count: risk?.count ?? null,
      reasons: isKnown ? riskReasons(risk) : [],
      isUnknown: !isKnown,
      daysSinceHeard: this.silence.get(code) ?? null,
      stop: visitPlan.stopOf.get(code) ?? null,
    };
  }

  /** Villages by their published score, the highest first; those that cannot be judged come last. */
  readonly byScore = $derived((values.names?.codes ?? []).map((code) => this.row(code)).sort((a, b) => (b.score ?? -1) - (a.score ?? -1)));
  private readonly planned = $derived(visitPlan.stops.map(({ code }) => this.row(code)).sort((a, b) => (b.value ?? -1) - (a.value ?? -1)));
  /** The stops of the plan by what they are worth, and those that only serve to know more. */
  readonly stops = $derived(this.planned.filter((row) => !row.stop?.exploration));
  readonly exploration = $derived(this.planned.filter((row) => row.stop?.exploration));
}

/** The villages in the order in which they deserve a visit. */
export const ranked = new Ranked();
