import { entry } from "./problemEntry.ts";

/** Failures of exports: their part of the catalogue. */
export const exportProblems = {
  export_too_large: entry(
    422,
    "Ekspor {field} {value} wilayah melebihi batas {limit}. Persempit areas, atau pilih csv.",
    "An export of {field} with {value} areas is over the limit of {limit}. Narrow areas, or choose csv.",
  ),
} as const;
