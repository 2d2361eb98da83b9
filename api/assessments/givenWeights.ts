import type { WeightsInput } from "../contract/questionInputs.ts";
import { readGal } from "../formats/gal.ts";
import { readGwt } from "../formats/gwt.ts";
import type { NamedEdges } from "../formats/weightsLines.ts";
import { problem } from "../problem.ts";
import type { Sample } from "./sample.ts";

/** Directed edges between areas of the sample, by index. */
export interface GivenEdges {
  readonly kind: "edges";
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Edges as the person gives them: a list, or the text of a .gal or .gwt file; one of the three.
 * @throws invalid_input where none or several are given, file_damaged naming the line, unknown_area for a code outside the sample.
 */
export function givenWeights(sample: Sample, input: WeightsInput): GivenEdges {
  const ways = (["edges", "gal", "gwt"] as const).filter((way) => input[way] !== undefined);
  if (ways.length !== 1) {
    throw problem("invalid_input", {
      field: "weights.edges",
      value: ways.length === 0 ? null : ways.join(" + "),
      expected: "edges [[from, to, weight?], …] | gal | gwt",
    });
  }
  const edges = namedEdges(input);
  const index = (code: string, edge: number): number => {
    const found = sample.indexOf.get(dotted(code));
    if (found === undefined) {
      const line = edges.line[edge];
      throw problem("unknown_area", {
        field: `weights.${ways[0]}`,
        value: line === undefined ? code : `${code} (baris/line ${line})`,
        line,
      });
    }
    return found;
  };
  return {
    kind: "edges",
    from: Int32Array.from(edges.from, index),
    to: Int32Array.from(edges.to, index),
    weight: Float64Array.from(edges.weight),
  };
}

function namedEdges({ edges = [], gal, gwt, gwtColumn = "weight" }: WeightsInput): NamedEdges {
  if (gal !== undefined) return readGal(gal, "weights.gal");
  if (gwt !== undefined) return readGwt(gwt, "weights.gwt", gwtColumn);
  return {
    from: edges.map(([from]) => from),
    to: edges.map(([, to]) => to),
    weight: edges.map(([, , weight]) => weight ?? 1),
    line: [],
  };
}

/** Other programs keep codes as whole numbers: 3517012001 is 35.17.01.2001. */
function dotted(code: string): string {
  const parts = /^(\d{2})(\d{2})(\d{2})?(\d{4})?$/.exec(code)?.slice(1).filter(Boolean);
  return parts ? parts.join(".") : code;
}
