import { untrack } from "svelte";
import { lookForShown } from "../state/findings/findings.svelte.ts";
import { findingShapes } from "../state/findings/shapes.svelte.ts";
import { mapFocus } from "../state/mapFocus.svelte.ts";
import { values } from "../state/values.svelte.ts";
import { view } from "../state/view.svelte.ts";
import type { AreaMap } from "./areaMap.ts";

const isShown = (id: string): boolean => view.overlays.some((overlay) => overlay.id === id);

/** Keeps what the processes found drawn upon a map, and looks for it when a layer is shown. Call while a component starts. */
export function drawFindings(map: () => AreaMap | null): void {
  $effect(() => {
    void map()?.setOverlays(view.overlays);
  });
  $effect(() => {
    const { box } = mapFocus;
    if (box) untrack(() => map()?.fit(box, true));
  });
  $effect(() => {
    void [view.area, view.overlays, view.fill, view.panel, view.from, view.to];
    if (values.names) untrack(lookForShown);
  });
  $effect(() => {
    const { clusters } = findingShapes;
    if (isShown("gerombol")) untrack(() => void findingShapes.loadScan(clusters));
  });
  $effect(() => {
    const codes = findingShapes.ringCodes;
    if (isShown("tepi")) untrack(() => void findingShapes.loadRing(codes));
  });
  $effect(() => {
    void map()?.setShapes("scan", findingShapes.scan);
    void map()?.setShapes("scan-labels", findingShapes.scanLabels);
  });
  $effect(() => {
    void map()?.setShapes("point-clusters", findingShapes.pointClusters);
  });
  $effect(() => {
    void map()?.setShapes("density", findingShapes.density);
  });
  $effect(() => {
    void map()?.setShapes("surge", findingShapes.surge);
  });
  $effect(() => {
    void map()?.setShapes("ring", findingShapes.ring);
  });
}
