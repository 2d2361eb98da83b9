import type { CoverageColumns, CoverageState } from "../../state/coverage.svelte.ts";

export interface CoverageRow {
  readonly code: string;
  readonly name: string;
  readonly districtName: string;
  readonly state: CoverageState | null;
  readonly expected: number | null;
  readonly received: number | null;
  readonly late: number | null;
  readonly lastHeard: string | null;
  readonly daysSilent: number | null;
}

const rank: Readonly<Record<CoverageState, number>> = { silent: 0, late: 1, nil: 2, heard: 2, waiting: 3 };

/** Villages with what was heard of them: the silent ones first and of those the longest silent, then the late, then the others; those without a roster last. */
export function worstFirst(
  villages: readonly { readonly code: string; readonly name: string; readonly districtName: string }[],
  columns: CoverageColumns | null,
): CoverageRow[] {
  const at = <T>(column: readonly (T | null)[] | undefined, index: number): T | null => column?.[index] ?? null;
  const rankOf = ({ state }: CoverageRow): number => (state === null ? 4 : rank[state]);
  return villages
    .map(({ code, name, districtName }, index) => ({
      code,
      name,
      districtName,
      state: at(columns?.state, index),
      expected: at(columns?.expected, index),
      received: at(columns?.received, index),
      late: at(columns?.late, index),
      lastHeard: at(columns?.lastHeard, index),
      daysSilent: at(columns?.daysSilent, index),
    }))
    .sort((a, b) => rankOf(a) - rankOf(b) || (b.daysSilent ?? -1) - (a.daysSilent ?? -1) || (a.code < b.code ? -1 : 1));
}
