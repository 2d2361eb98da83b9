import type { TextKey } from "../../text/text.svelte.ts";
import type { SourceId } from "./draft.ts";

/** The words of each kind of source. */
export const sourceWords: Record<SourceId, TextKey> = {
  seen: "laporan.sourceSeen",
  village: "laporan.sourceVillage",
  police: "laporan.sourcePolice",
  figure: "laporan.sourceFigure",
  resident: "laporan.sourceResident",
  press: "laporan.sourcePress",
  social: "laporan.sourceSocial",
};
