import { z } from "zod";
import type { ResultDocument } from "../contract/processes.ts";
import type { Answer } from "../endpoint.ts";
import { writeGal } from "../formats/gal.ts";
import { writeGwt } from "../formats/gwt.ts";
import { problem } from "../problem.ts";

const WeightsSummary = z.object({
  edges: z.object({ from: z.array(z.string()), to: z.array(z.string()), weight: z.array(z.number()) }),
});

/**
 * The edges of a kept `weights` run as a file that GeoDa, PySAL and spdep read.
 * @throws invalid_parameter for a run of another process, for neighbours across the border, which such a file cannot hold, and for unequal weights in .gal.
 */
export function weightsFile(document: ResultDocument, format: "gal" | "gwt"): Answer {
  const refuse = (expected: string) => problem("invalid_parameter", { field: "f", value: format, expected });
  if (document.process !== "weights") throw refuse("json (gal, gwt: weights)");
  const { edges } = WeightsSummary.parse(document.summary);
  const inside = new Set(document.codes);
  if (edges.to.some((code) => !inside.has(code)))
    throw refuse(
      "json; tetangga di seberang batas: jalankan weights dengan border: false / neighbours across the border: run weights with border: false",
    );
  if (format === "gal" && edges.weight.some((weight) => weight !== 1))
    throw refuse("gwt, json; .gal tidak memuat bobot / .gal holds no weights");
  return {
    type: "text/plain; charset=utf-8",
    headers: {
      "Cache-Control": "private, max-age=31536000, immutable",
      "Content-Disposition": `attachment; filename="waspada-${document.run}.${format}"`,
    },
    body: format === "gal" ? writeGal(document.codes, edges) : writeGwt(document.codes, edges),
  };
}
