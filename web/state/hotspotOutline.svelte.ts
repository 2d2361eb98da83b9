import { request, withQuery } from "../client.ts";
import { outerOutline, type Shapes } from "./outerOutline.ts";
import { values } from "./values.svelte.ts";

interface ShapesAnswer {
  readonly features: readonly {
    readonly geometry:
      | { readonly type: "Polygon"; readonly coordinates: Shapes[number][number] }
      | { readonly type: "MultiPolygon"; readonly coordinates: Shapes[number] };
  }[];
}

/** Codes asked for at once; an address has its limits. */
const portion = 100;

class HotspotOutline {
  lines = $state.raw<readonly number[][][]>([]);
  /** The villages that are hot, by code. */
  codes = $derived(
    (values.hotspots?.columns.class ?? [])
      .flatMap((found, index) => (found === "hot" ? [values.names?.codes[index] ?? ""] : []))
      .filter(Boolean),
  );

  /** Fetches the shapes of the hot villages and joins them into outlines. */
  async load(codes: readonly string[]): Promise<void> {
    const shapes: Shapes[number][] = [];
    for (let at = 0; at < codes.length; at += portion) {
      const filter = `code IN (${codes
        .slice(at, at + portion)
        .map((code) => `'${code}'`)
        .join(", ")})`;
      const answer = await request<ShapesAnswer>(withQuery("/api/collections/villages/items", { filter, limit: portion }));
      for (const { geometry } of answer.features) shapes.push(geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
    }
    this.lines = outerOutline(shapes);
  }
}

/** The outline around the villages that the published Gi* calls hot. */
export const hotspotOutline = new HotspotOutline();
