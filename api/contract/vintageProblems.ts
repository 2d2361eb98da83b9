import { entry } from "./problemEntry.ts";

/** Failures of lists of areas by year, and of reading one year's codes in another: a part of the catalogue. */
export const vintageProblems = {
  unknown_vintage: entry(
    422,
    "Daftar wilayah tahun {value} belum dimuat. Yang ada: {expected}. Muat dengan npm run load -- vintage BERKAS --year {value}.",
    "There is no list of areas of {value}. There are: {expected}. Load it with npm run load -- vintage FILE --year {value}.",
  ),
  same_vintage: entry(
    422,
    "Tahun asal dan tahun tujuan sama ({value}). Pilih dua tahun yang berbeda dari: {expected}.",
    "The year to read from and the year to read in are the same ({value}). Choose two of: {expected}.",
  ),
  vintages_changed: entry(
    409,
    "Daftar wilayah sedang diubah impor lain. Ulangi impor ini.",
    "Another import is changing the lists of areas. Repeat this import.",
  ),
  parents_not_listed: entry(
    200,
    "{value} wilayah tidak punya induk dalam daftar ini ({examples}). Padanan antartahun dihitung tanpa nama induknya.",
    "{value} areas have no parent in this list ({examples}). Crosswalks are made without the names of those parents.",
  ),
  vintage_followed: entry(
    200,
    "{fromYear} → {toYear}: {value} kode desa lenyap; {moved} pindah, {renamed} ganti nama, {split} pecah, {merged} gabung, {unknown} tidak diketahui.",
    "{fromYear} → {toYear}: {value} village codes vanished; {moved} moved, {renamed} renamed, {split} split, {merged} merged, {unknown} unknown.",
  ),

  // A code of one year read in another.
  code_translated: entry(
    200,
    "{value} baris memakai kode tahun {fromYear} yang kini lain; dibaca sebagai kode {toYear} (contoh {examples}).",
    "{value} rows use codes of {fromYear} that are others now; they were read as codes of {toYear} (such as {examples}).",
  ),
  code_split: entry(
    422,
    "Wilayah {value} ({fromYear}) kini terbagi: {candidates}. Angkanya tidak dibagi tanpa diminta; pakai split=true atau isi per wilayah baru.",
    "The area {value} ({fromYear}) is divided now: {candidates}. Its number is not divided unless asked; use split=true or give one for each new area.",
  ),
  value_split: entry(
    200,
    "Angka {value} ({fromYear}) dibagi menurut bagiannya atas {candidates}.",
    "The number of {value} ({fromYear}) was divided by shares over {candidates}.",
  ),
  code_uncertain: entry(
    422,
    "Kode {value} ({fromYear}) kiranya {candidates}, tetapi belum pasti ({confidence}). Pilih kodenya.",
    "The code {value} ({fromYear}) is probably {candidates}, but not surely ({confidence}). Choose the code.",
  ),
  code_vanished: entry(
    422,
    "Kode {value} ({fromYear}) tidak ada lagi dan penerusnya tidak diketahui. Calon terdekat: {candidates}.",
    "The code {value} ({fromYear}) is gone and its successor is not known. The nearest candidates: {candidates}.",
  ),
  split_not_additive: entry(
    422,
    "Indikator {value} bukan jumlah yang dapat dibagi. split=true hanya untuk jumlah seperti population.",
    "The indicator {value} is no count that can be divided. split=true is for counts such as population only.",
  ),

  // BPS codes matched by name.
  bps_names_missing: entry(
    422,
    "Kode BPS {value} tidak dapat dicocokkan tanpa nama. Sertakan kolom desa, kecamatan, kabupaten, dan provinsi.",
    "The BPS code {value} cannot be matched without names. Add columns desa, kecamatan, kabupaten and provinsi.",
  ),
  bps_uncertain: entry(
    422,
    "Kode BPS {value} ({name}) belum pasti desanya. Calon: {candidates}.",
    "The village of the BPS code {value} ({name}) is not certain. Candidates: {candidates}.",
  ),
  bps_matched: entry(
    200,
    "{value} kode BPS dicocokkan menurut nama; {unsure} belum pasti dan menunggu pilihan.",
    "{value} BPS codes were matched by name; {unsure} are not certain and wait for a choice.",
  ),
};
