import { request, withQuery } from "../client.ts";
import { keepValue, keptValue } from "./deviceStore.ts";
import { type KeptVillage, matchVillages, type ReadVillage, readVillages } from "./placeMatch.ts";

interface KeptRegency {
  readonly keptAt: string;
  readonly villages: readonly KeptVillage[];
}
interface ListedArea {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly bbox: KeptVillage["bbox"];
}

const mostRegencies = 5;
const freshMilliseconds = 24 * 3_600_000;

const keyOf = (regency: string): string => `places-${regency}`;

async function asked(regency: string): Promise<KeptRegency> {
  const list = async (level: "village" | "district") =>
    (await request<{ areas: readonly ListedArea[] }>(withQuery("/api/areas", { level, within: regency }))).areas;
  const [villages, districts] = await Promise.all([list("village"), list("district")]);
  const names = new Map(districts.map((district) => [district.code, district.name]));
  return {
    keptAt: new Date().toISOString(),
    villages: villages.map(({ code, name, parent, bbox }) => ({ code, name, district: names.get(parent ?? "") ?? "", bbox })),
  };
}

/** The villages of the reporter's own kabupaten, on this device: found by name and by where one stands without any signal. */
export class DevicePlaces {
  villages = $state.raw<readonly ReadVillage[]>([]);
  /** Everything that the person may report on is here, so that nobody needs to be asked. */
  isWhole = $state(false);

  /** Takes up what is kept, and renews it once a day. `areas` are the codes a person is bound to; null for none. */
  async load(areas: readonly string[] | null): Promise<void> {
    const regencies = [...new Set((areas ?? []).filter((code) => code.length >= 5).map((code) => code.slice(0, 5)))].slice(
      0,
      mostRegencies,
    );
    const kept = await Promise.all(regencies.map((regency) => keptValue<KeptRegency>(keyOf(regency))));
    this.#take(kept, areas);
    const renewed = await Promise.all(
      regencies.map(async (regency, index) => {
        const known = kept[index] ?? null;
        if (known && Date.now() - Date.parse(known.keptAt) < freshMilliseconds) return known;
        try {
          const fresh = await asked(regency);
          await keepValue(keyOf(regency), fresh);
          return fresh;
        } catch {
          return known;
        }
      }),
    );
    if (renewed.some((regency, index) => regency !== kept[index])) this.#take(renewed, areas);
  }

  /** Villages that a text may mean, likeliest first. */
  find(text: string, limit: number): ReadVillage[] {
    return matchVillages(text, this.villages, limit);
  }

  #take(regencies: readonly (KeptRegency | null)[], areas: readonly string[] | null): void {
    this.villages = readVillages(regencies.flatMap((regency) => regency?.villages ?? []));
    const isCovered = areas?.every((code) => code.length >= 5) && new Set(areas.map((code) => code.slice(0, 5))).size === regencies.length;
    this.isWhole = isCovered === true && regencies.length > 0 && regencies.every((regency) => (regency?.villages.length ?? 0) > 0);
  }
}

/** The gazetteer on this device. */
export const devicePlaces = new DevicePlaces();
