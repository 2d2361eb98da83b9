import { fill } from "./fill.svelte.ts";
import { values } from "./values.svelte.ts";

type Column<T> = readonly (T | null)[] | undefined;
const at = <T>(column: Column<T>, index: number): T | null => column?.[index] ?? null;

class Villages {
  /** Every village with what the table and the summary show, in the order of the codes. */
  rows = $derived.by(() => {
    const names = values.names;
    const risk = values.risk?.columns;
    const hotspots = values.hotspots?.columns;
    return (names?.codes ?? []).map((code, index) => ({
      code,
      name: names?.names[index] ?? code,
      districtName: names?.districts[code.slice(0, 8)] ?? "",
      score: at(risk?.score, index),
      scoreLower: at(risk?.scoreLower, index),
      scoreUpper: at(risk?.scoreUpper, index),
      band: at(risk?.band, index) as "AMAN" | "RAWAN" | "SANGAT RAWAN" | "DATA KURANG" | null,
      rank: at(risk?.rank, index),
      // Read when it is asked for: moving the period makes no row anew.
      get count() {
        return fill.counts[index] ?? null;
      },
      population: at(values.population?.values, index),
      hotspotClass: at(hotspots?.class, index),
      q: at(hotspots?.q, index),
    }));
  });

  /** How many villages have a rank. */
  ranked = $derived(this.rows.filter((row) => row.rank !== null).length);

  /** Name and places above of a village; null when it is not of the chosen area. */
  area(code: string) {
    const index = values.index.get(code);
    if (index === undefined || !values.names) return null;
    return {
      code,
      name: values.names.names[index] ?? code,
      districtName: values.names.districts[code.slice(0, 8)] ?? "",
      regencyName: values.names.regencies[code.slice(0, 5)] ?? "",
    };
  }

  /** The published score of a village with its parts; null while nothing is published. */
  risk(code: string) {
    const index = values.index.get(code) ?? -1;
    const columns = values.risk?.columns;
    if (!columns || index < 0) return null;
    return {
      score: at(columns.score, index),
      scoreLower: at(columns.scoreLower, index),
      scoreUpper: at(columns.scoreUpper, index),
      band: at(columns.band, index) as "AMAN" | "RAWAN" | "SANGAT RAWAN" | "DATA KURANG" | null,
      rank: at(columns.rank, index),
      rankLower: at(columns.rankLower, index),
      rankUpper: at(columns.rankUpper, index),
      kejadian: at(columns.kejadian, index),
      imbasan: at(columns.imbasan, index),
      kecenderungan: at(columns.kecenderungan, index),
      kerentanan: at(columns.kerentanan, index),
      agenda: at(columns.agenda, index),
      potensi: at(columns.potensi, index),
      count: at(columns.count, index),
      population: at(values.population?.values, index),
      populationYear: at(values.population?.years, index),
    };
  }

  /** Gi* of a village; null where none is published. */
  hotspot(code: string) {
    const index = values.index.get(code) ?? -1;
    const columns = values.hotspots?.columns;
    if (!columns || index < 0) return null;
    return { z: at(columns.z, index), p: at(columns.p, index), q: at(columns.q, index), class: at(columns.class, index) };
  }
}

/** The villages of the chosen area, one by one. */
export const villages = new Villages();
