/** What a reader must know of a number before using it. Kept beside the contract, so that the screen and the API say the same. */
export interface MethodCard {
  readonly title: string;
  /** How it is worked out, in words. */
  readonly how: string;
  readonly says: string;
  readonly saysNot: string;
  /** When it is refused or left empty, and what would help. */
  readonly refused: string;
  /** Papers, by author and year; `api/analysis/REFERENCES.md` has the rest. */
  readonly source: string;
}

/** In the order in which they are read. Those named like a process belong to it. */
export const methodTopics = [
  "risk",
  "bands",
  "counts",
  "aggregates",
  "rates",
  "weights",
  "autocorrelation",
  "hotspots",
  "exact",
  "space-time-scan",
  "emerging-hotspots",
  "surge",
  "near-repeat",
  "clusters",
  "density",
  "self-test",
  "visit-plan",
  "visit-effect",
  "places",
  "runs",
] as const;
export type MethodTopic = (typeof methodTopics)[number];
export type MethodCards = Readonly<Record<MethodTopic, MethodCard>>;
