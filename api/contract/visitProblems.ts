import { entry } from "./problemEntry.ts";

/** Failures of planning visits: a part of the catalogue. */
export const visitProblems = {
  too_many_candidates: entry(
    422,
    "{value} desa terlalu banyak untuk satu rencana, batasnya {limit}. Persempit areas, atau sebut candidates.",
    "{value} villages are too many for one plan, the limit is {limit}. Narrow areas, or name candidates.",
  ),
  road_service_absent: entry(
    422,
    "Tidak ada layanan jalan. Pasang alamatnya di ROAD_SERVICE_URL (layanan tabel OSRM milik kantor), atau pakai travel.kind distance.",
    "There is no road service. Set its address in ROAD_SERVICE_URL (an OSRM table service of the office's own), or use travel.kind distance.",
  ),
  road_service_failed: entry(
    503,
    "Layanan jalan {value} tidak menjawab sebagaimana mestinya ({reason}). Ulangi nanti, atau pakai travel.kind distance.",
    "The road service {value} does not answer as it should ({reason}). Repeat later, or use travel.kind distance.",
  ),
} as const;
