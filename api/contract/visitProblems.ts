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
  consent_needed: entry(
    422,
    "Mediator hanya dicatat dengan persetujuannya: isi consent_on, tanggal ia menyetujui.",
    "A mediator is kept only with their consent: fill consent_on, the day on which they gave it.",
  ),
  team_name_taken: entry(
    409,
    "Sudah ada tim bernama {value} di wilayah ini. Pakai nama lain, atau ubah tim yang ada.",
    "There is a team named {value} in this area already. Take another name, or change that team.",
  ),
  unknown_reference: entry(
    422,
    "{field} {value} tidak ada di antara yang boleh Anda lihat. Periksa nomornya.",
    "{field} {value} is not among what you may see. Check the id.",
  ),
  not_a_visit_plan: entry(
    422,
    "Hitungan {value} bukan rencana kunjungan atas desa yang dimuat. Jalankan visit-plan dahulu, lalu tugaskan hasilnya.",
    "The run {value} is no plan of visits to loaded villages. Execute visit-plan first, then assign its result.",
  ),
  alert_closed: entry(
    409,
    "Peringatan {value} sudah selesai; tidak dapat diambil atau dijawab lagi.",
    "The alert {value} is over; it can no longer be owned or answered.",
  ),
  alert_owned: entry(
    409,
    "Peringatan {value} sudah diambil {owner}. Kirim takeOver: true untuk mengambil alih.",
    "The alert {value} is owned by {owner}. Send takeOver: true to take it over.",
  ),
} as const;
