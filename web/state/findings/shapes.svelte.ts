import { wordsOf } from "../../client.ts";
import { formatNumber } from "../../format/number.ts";
import { language, t } from "../../text/text.svelte.ts";
import { areas } from "../areas.svelte.ts";
import { shownPeriod } from "../view.svelte.ts";
import { outlineOf } from "../villageOutline.ts";
import type { ScanCluster } from "./documents.ts";
import { findings } from "./findings.svelte.ts";
import { periodText } from "./periodText.ts";

const significant = 0.05;
/** More outlines than these say nothing more. */
const mostScanClusters = 12;
const mostRingVillages = 600;

const feature = <Geometry>(geometry: Geometry, properties: Record<string, string | number>) =>
  ({ type: "Feature", geometry, properties }) as const;
const collection = <Feature>(features: readonly Feature[]) => ({ type: "FeatureCollection" as const, features: [...features] });

interface Alarm {
  readonly weeks: number;
  readonly observed: number;
  readonly upper: number;
  readonly week: string;
}
const noAlarms: ReadonlyMap<string, Alarm> = new Map();

class FindingShapes {
  private middles = $derived(
    new Map([...areas.villages, ...areas.districts].map(({ code, bbox }) => [code, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2]])),
  );
  /** The clusters worth an outline: those that chance hardly makes, and the most likely one in any case. Most likely first. */
  clusters = $derived.by((): readonly ScanCluster[] =>
    (findings.scan.document?.summary.clusters ?? []).filter(({ p, rank }) => p <= significant || rank === 1).slice(0, mostScanClusters),
  );
  private outlines = $state.raw<ReadonlyMap<number, number[][][]>>(new Map());
  private ringLines = $state.raw<number[][][]>([]);
  problem = $state<string | null>(null);

  scan = $derived(
    collection(
      this.clusters.flatMap(({ rank }) => {
        const coordinates = this.outlines.get(rank);
        return coordinates ? [feature({ type: "MultiLineString" as const, coordinates }, { rank })] : [];
      }),
    ),
  );
  scanLabels = $derived(
    collection(
      this.clusters.flatMap(({ rank, centre, codes, from, to }) => {
        const coordinates = this.middles.get(centre ?? codes[0] ?? "");
        const text = `${rank} · ${periodText(from, to, language.current)}`;
        return coordinates ? [feature({ type: "Point" as const, coordinates }, { rank, text })] : [];
      }),
    ),
  );
  pointClusters = $derived(
    collection(
      (findings.pointClusters.document?.summary.clusters ?? []).map(({ hull, cluster, count }) =>
        feature(hull as { type: "Point"; coordinates: number[] }, { cluster, count }),
      ),
    ),
  );
  density = $derived(
    collection(
      // The widest first, so that each narrower one lies upon it and darkens it.
      [...(findings.density.document?.summary.contours ?? [])]
        .sort((a, b) => b.share - a.share)
        .map(({ geometry, share }) =>
          feature(geometry, { share, text: t("temuan.densityLabel", { share: formatNumber(share * 100, 0, language.current) }) }),
        ),
    ),
  );
  /** Weeks above the band of each kecamatan, in the period shown. */
  alarms = $derived.by((): ReadonlyMap<string, Alarm> => {
    const told = findings.surge.document?.summary.alarms ?? [];
    // Without any this stays the same map however the period moves, and nothing is drawn anew.
    if (told.length === 0) return noAlarms;
    const { from, to } = shownPeriod();
    const byArea = new Map<string, Alarm>();
    for (const { code, week, observed, upper } of told) {
      if (week < from || week >= to) continue;
      byArea.set(code, { weeks: (byArea.get(code)?.weeks ?? 0) + 1, observed, upper, week });
    }
    return byArea;
  });
  surge = $derived(
    collection(
      [...this.alarms].flatMap(([code, { weeks }]) => {
        const coordinates = this.middles.get(code);
        const text = t("temuan.surgeMark", { n: formatNumber(weeks, 0, language.current) });
        return coordinates ? [feature({ type: "Point" as const, coordinates }, { text })] : [];
      }),
    ),
  );
  /** Villages across the border that count as neighbours. */
  ringCodes = $derived.by(() => {
    const inside = new Set(findings.neighbours.document?.codes ?? []);
    return [...new Set(findings.neighbours.document?.summary.edges.to ?? [])].filter((code) => !inside.has(code)).sort();
  });
  ring = $derived(collection([feature({ type: "MultiLineString" as const, coordinates: this.ringLines }, {})]));

  /** Fetches the outlines of scan clusters. */
  async loadScan(clusters: readonly ScanCluster[]): Promise<void> {
    await this.load(async () => {
      const found = new Map<number, number[][][]>();
      for (const { rank, codes } of clusters) found.set(rank, await outlineOf(codes));
      if (clusters === this.clusters) this.outlines = found;
    });
  }

  /** Fetches the outlines of the villages across the border. */
  async loadRing(codes: readonly string[]): Promise<void> {
    await this.load(async () => {
      this.ringLines = codes.length === 0 ? [] : await outlineOf(codes.slice(0, mostRingVillages));
    });
  }

  private async load(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.problem = null;
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}

/** What the processes found, as the map draws it. */
export const findingShapes = new FindingShapes();
