import { entry } from "./problemEntry.ts";

/** Failures of backup and restore: a part of the catalogue. */
export const backupProblems = {
  backup_foreign: entry(
    422,
    "{file} bukan cadangan Waspada. Beri berkas yang dibuat dengan npm run backup.",
    "{file} is no backup of Waspada. Give a file made by npm run backup.",
  ),
  backup_damaged: entry(
    422,
    "Cadangan {file} rusak atau terpotong: {reason}. Tidak ada yang diubah; pakai salinan lain.",
    "The backup {file} is damaged or cut off: {reason}. Nothing was changed; use another copy.",
  ),
  backup_newer: entry(
    422,
    "Cadangan {file} dibuat oleh {software} (migrasi {value}); program ini mengenal sampai migrasi {newest}. Pasang Waspada yang lebih baru, lalu pulihkan.",
    "The backup {file} was made by {software} (migration {value}); this program knows them up to {newest}. Install a newer Waspada, then restore.",
  ),
  backup_unlike: entry(
    422,
    "Migrasi {value} dalam cadangan {file} berbeda dari yang dibawa program ini. Pakai Waspada yang membuatnya ({software}).",
    "Migration {value} of the backup {file} differs from the one this program ships. Use the Waspada that made it ({software}).",
  ),
  restore_not_empty: entry(
    409,
    "Tujuan pemulihan tidak kosong: {value}. Pilih DATA_DIR atau basis data yang kosong.",
    "The place to restore into is not empty: {value}. Choose an empty DATA_DIR or database.",
  ),
  backup_under_way: entry(
    503,
    "Cadangan lain sedang dibuat. Coba lagi dalam {seconds} detik.",
    "Another backup is being made. Try again in {seconds} seconds.",
  ),
  no_identity_key: entry(
    422,
    "Kunci identitas tidak ada di {value}, jadi tidak dapat disertakan. Buat cadangan tanpa --with-identity-key.",
    "There is no identity key at {value}, so it cannot be put in. Make the backup without --with-identity-key.",
  ),
} as const;
