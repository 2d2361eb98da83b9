/** What a cell holds: how many incidents, and who reported them (numbers given to reporters, any). */
export interface Amount {
  readonly incidents: number;
  readonly reporters: ReadonlySet<number>;
}

/** The least that a cell must hold to be told. */
export interface LeastCell {
  readonly incidents: number;
  readonly reporters: number;
}

export const noAmount: Amount = { incidents: 0, reporters: new Set() };

/** Several cells taken as one: incidents add up, a reporter of two of them is one reporter. */
export function together(amounts: readonly Amount[]): Amount {
  const reporters = new Set<number>();
  let incidents = 0;
  for (const amount of amounts) {
    incidents += amount.incidents;
    for (const reporter of amount.reporters) reporters.add(reporter);
  }
  return { incidents, reporters };
}

/** Whether a cell may be told: nothing happened in it, or enough did and enough people told of it. */
export function isSafe({ incidents, reporters }: Amount, least: LeastCell): boolean {
  return incidents === 0 || (incidents >= least.incidents && reporters.size >= least.reporters);
}
