import { entry } from "./problemEntry.ts";

/** Failures of places told by name and of the queue of rows that wait for a person: the part of the catalogue that they speak. */
export const queueProblems = {
  place_ambiguous: entry(
    422,
    "Tempat {value} dapat berarti beberapa desa ({candidates}). Masuk antrean: pilih satu di sana.",
    "The place {value} may be any of several villages ({candidates}). Queued: choose one there.",
  ),
  place_unknown: entry(
    422,
    "Tempat {value} tidak dikenali. Masuk antrean: tunjukkan desanya di sana atau keluarkan barisnya.",
    "The place {value} is not recognised. Queued: name the village there or drop the row.",
  ),
  place_coarse: entry(
    422,
    "Letak hanya diketahui sampai {level} {value} ({villages} desa). Masuk antrean: pilih desanya bila diketahui.",
    "The place is known only as far as the {level} {value} ({villages} villages). Queued: choose the village if it is known.",
  ),
  point_near: entry(
    422,
    "Titik {value} tidak berada di desa mana pun yang dimuat; yang terdekat {metres} m. Masuk antrean: pilih desanya.",
    "The point {value} lies in no loaded village; the nearest is {metres} m away. Queued: choose the village.",
  ),
  import_built_upon: entry(
    409,
    "Pemuatan {value} tidak dapat dibatalkan: {count} kejadiannya sudah diubah, diverifikasi, digabung, atau diberi lampiran sesudahnya (misalnya {examples}). Tarik kejadian lainnya satu per satu.",
    "The import {value} cannot be taken back: {count} of its incidents were changed, verified, merged or given files since (such as {examples}). Withdraw the others one by one.",
  ),
  import_stays: entry(
    409,
    "Pemuatan {value} tidak dapat dibatalkan, karena data lain bertumpu padanya; muat berkas yang benar untuk menggantinya. Yang dapat dibatalkan: {expected}.",
    "An import of {value} cannot be taken back, since other data rest on it; load the right file to replace it. What can be taken back: {expected}.",
  ),
  import_not_stored: entry(
    409,
    "Pemuatan {value} tidak menyimpan apa pun (keadaan: {state}), jadi tidak ada yang dibatalkan.",
    "The import {value} stored nothing (state: {state}), so there is nothing to take back.",
  ),
  already_settled: entry(
    409,
    "Baris antrean {value} sudah diputuskan oleh {person}. Batalkan dahulu bila perlu diubah.",
    "The queued row {value} has been settled by {person}. Undo that first to change it.",
  ),
  not_settled: entry(
    409,
    "Baris antrean {value} belum diputuskan; tidak ada yang dibatalkan.",
    "The queued row {value} has not been settled; there is nothing to undo.",
  ),
  changed_since_settled: entry(
    409,
    "{value} sudah diubah setelah diputuskan. Ubah atau tarik langsung di sana.",
    "{value} has been changed since it was settled. Change or withdraw it there.",
  ),
  cannot_keep: entry(
    422,
    "Baris antrean {value} tidak dapat disimpan dengan beberapa calon: {reason}.",
    "The queued row {value} cannot be kept with several candidates: {reason}.",
  ),
};
