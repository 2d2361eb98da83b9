import { request, withQuery } from "../client.ts";
import { outerOutline, type Shapes } from "./outerOutline.ts";

interface ShapesAnswer {
  readonly features: readonly {
    readonly geometry:
      | { readonly type: "Polygon"; readonly coordinates: Shapes[number][number] }
      | { readonly type: "MultiPolygon"; readonly coordinates: Shapes[number] };
  }[];
}

/** Codes asked for at once; an address has its limits. */
const portion = 100;

/** The outline around villages, their shapes fetched and joined. Throws RequestProblem. */
export async function outlineOf(codes: readonly string[]): Promise<number[][][]> {
  const shapes: Shapes[number][] = [];
  for (let at = 0; at < codes.length; at += portion) {
    const filter = `code IN (${codes
      .slice(at, at + portion)
      .map((code) => `'${code}'`)
      .join(", ")})`;
    const answer = await request<ShapesAnswer>(withQuery("/api/collections/villages/items", { filter, limit: portion }));
    for (const { geometry } of answer.features) shapes.push(geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
  }
  return outerOutline(shapes);
}
