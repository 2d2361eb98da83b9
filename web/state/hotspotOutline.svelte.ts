import { values } from "./values.svelte.ts";
import { outlineOf } from "./villageOutline.ts";

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
    this.lines = await outlineOf(codes);
  }
}

/** The outline around the villages that the published Gi* calls hot. */
export const hotspotOutline = new HotspotOutline();
