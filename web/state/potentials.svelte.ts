import { request, requestRaw, withQuery, wordsOf } from "../client.ts";
import { areas } from "./areas.svelte.ts";
import { session } from "./session.svelte.ts";

export interface PotentialActor {
  readonly type: string;
  readonly role: string;
  readonly name?: string | null;
}

/** A standing dispute as the collection `potentials` gives it. */
export interface Potential {
  readonly id: string;
  readonly geometry: { readonly coordinates: readonly [number, number] } | null;
  readonly properties: {
    readonly village_code: string;
    readonly village_codes: readonly string[];
    readonly village_name: string | null;
    readonly title: string;
    readonly issue: string;
    readonly stage: string;
    readonly status: "open" | "closed";
    readonly owner: string | null;
    readonly opened_on: string;
    readonly review_due: string | null;
    readonly closed_on: string | null;
    readonly closing_note: string | null;
    readonly actors: readonly PotentialActor[];
    readonly facts: string;
    readonly opinion: string | null;
    readonly days_overdue: number | null;
    readonly weight: number | null;
  };
}

const path = "/api/collections/potentials/items";
const readers: readonly string[] = ["analyst", "leader", "verifier", "admin"];
const mostListed = 2000;

class Potentials {
  list = $state.raw<readonly Potential[]>([]);
  matched = $state(0);
  isLoaded = $state(false);
  problem = $state<string | null>(null);
  private area: string | null = null;

  /** Whether this person may see and keep them at all. */
  get areAllowed(): boolean {
    return readers.includes(session.person?.role ?? "");
  }

  open = $derived(this.list.filter((one) => one.properties.status === "open"));
  overdue = $derived(this.open.filter((one) => (one.properties.days_overdue ?? 0) > 0));

  private middles = $derived(
    new Map(areas.villages.map(({ code, bbox }) => [code, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] as const])),
  );
  /** The open ones where they lie: at their own point, else in the middle of their village. */
  points = $derived(
    this.open.flatMap(({ id, geometry, properties }) => {
      const place = geometry?.coordinates ?? this.middles.get(properties.village_code);
      return place ? [{ id, lon: place[0], lat: place[1], stage: properties.stage, weight: properties.weight ?? 1 }] : [];
    }),
  );

  /** Loads those of an area, the longest overdue first. */
  async load(area: string | null = this.area): Promise<void> {
    this.area = area;
    if (area === null || !this.areAllowed) {
      this.list = [];
      return;
    }
    try {
      const query = { filter: `village_code LIKE '${area}.%'`, sortby: "-days_overdue", limit: mostListed };
      const answer = await request<{ features: Potential[]; numberMatched: number }>(withQuery(path, query));
      if (this.area !== area) return;
      this.list = answer.features;
      this.matched = answer.numberMatched;
      this.problem = null;
      this.isLoaded = true;
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** Those that touch a village. */
  ofVillage(code: string): readonly Potential[] {
    return this.list.filter((one) => one.properties.village_codes.includes(code));
  }

  /** One by its id with the tag that a change must name. */
  async one(id: string): Promise<{ readonly potential: Potential; readonly etag: string }> {
    const response = await requestRaw(`${path}/${id}`);
    return { potential: (await response.json()) as Potential, etag: response.headers.get("etag") ?? "" };
  }

  /** Keeps a new one (without `etag`) or a change of one; returns it as stored. Throws RequestProblem. */
  async keep(id: string, geometry: Potential["geometry"], properties: Record<string, unknown>, etag: string | null): Promise<Potential> {
    const body = { type: "Feature", id, geometry, properties };
    const kept =
      etag === null
        ? await request<Potential>(path, { method: "POST", body, headers: { "Idempotency-Key": id } })
        : await request<Potential>(`${path}/${id}`, { method: "PUT", body, headers: { "If-Match": etag } });
    await this.load();
    return kept;
  }
}

/** The standing disputes of the chosen area. */
export const potentials = new Potentials();
