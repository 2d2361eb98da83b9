/** The shape of each stage of a dispute in a box of 16 × 16, so that stages are told apart without colour. */
export const stageShapes: Readonly<Record<string, string>> = {
  T0: "M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM8 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4z",
  T1: "M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z",
  T2: "M4 4h8v8h-8z",
  T3: "M8 1.8L14.2 8L8 14.2L1.8 8z",
  T4: "M8 1.8L14.6 13.4H1.4z",
  T5: "M8 0.8L10 5.6L15.2 6L11.2 9.4L12.5 14.5L8 11.7L3.5 14.5L4.8 9.4L0.8 6L6 5.6z",
  T6: "M8 14.2L1.4 2.6H14.6z",
  T7: "M6 2h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
};

/** The shape of a stage; of one that is not known, that of T1. */
export function stageShape(stage: string): string {
  return stageShapes[stage] ?? (stageShapes.T1 as string);
}
