import { request, withQuery, wordsOf } from "../client.ts";
import { view } from "./view.svelte.ts";

export type Box = readonly [west: number, south: number, east: number, north: number];

export interface ListedArea {
  readonly code: string;
  readonly name: string;
  readonly kind: string | null;
  readonly parent: string | null;
  readonly bbox: Box;
  readonly villages: number;
}

const listed = async (level: string, within?: string): Promise<readonly ListedArea[]> =>
  (await request<{ areas: ListedArea[] }>(withQuery("/api/areas", { level, within }))).areas;

class Areas {
  /** Every regency that may be seen, by code; empty while nothing is loaded. */
  regencies = $state.raw<readonly ListedArea[]>([]);
  /** Districts and villages of the chosen area, for its labels. */
  districts = $state.raw<readonly ListedArea[]>([]);
  villages = $state.raw<readonly ListedArea[]>([]);
  isLoaded = $state(false);
  problem = $state<string | null>(null);

  /** The regencies of the chosen area. */
  chosen = $derived(
    this.regencies.filter((regency) => view.area !== null && (regency.code === view.area || regency.code.startsWith(`${view.area}.`))),
  );

  /** The box around the chosen area; null while none is known. */
  get box(): Box | null {
    const boxes = this.chosen.map((regency) => regency.bbox);
    if (boxes.length === 0) return null;
    const at = (index: number, pick: (...values: number[]) => number): number => pick(...boxes.map((box) => box[index] as number));
    return [at(0, Math.min), at(1, Math.min), at(2, Math.max), at(3, Math.max)];
  }

  /** Loads the regencies and chooses one when the address names none that exists. */
  async load(): Promise<void> {
    try {
      this.regencies = await listed("regency");
      if (this.chosen.length === 0) view.area = this.regencies[0]?.code ?? null;
      this.isLoaded = true;
      this.problem = null;
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** Loads what the chosen area is made of; its villages, a long list, only when `first` is done. */
  async loadParts(area: string, first: Promise<unknown> = Promise.resolve()): Promise<void> {
    const [districts, villages] = await Promise.all([listed("district", area), first.then(() => listed("village", area))]);
    if (view.area !== area) return;
    this.districts = districts;
    this.villages = villages;
  }
}

/** The areas that can be looked at. */
export const areas = new Areas();
