import { entry } from "./problemEntry.ts";

/** Failures of the vault of reporters' identities: the part of the catalogue that it speaks. */
export const identityProblems = {
  identity_key_missing: entry(
    503,
    "Kunci identitas pelapor tidak ada di {value}. Isi IDENTITY_KEY_FILE dengan berkas yang dipakai saat identitas disimpan.",
    "The key of reporters' identities is not at {value}. Set IDENTITY_KEY_FILE to the file that was used when identities were filed.",
  ),
  identity_key_wrong: entry(
    503,
    "Berkas kunci {value} bukan yang dipakai untuk identitas ini (kunci {expected}). Kembalikan berkas kunci yang lama.",
    "The key file {value} is not the one this identity was filed with (key {expected}). Put the former key file back.",
  ),
  identity_key_unusable: entry(
    503,
    "Berkas kunci identitas {value} tidak dapat dipakai: {reason}.",
    "The file of identity keys {value} cannot be used: {reason}.",
  ),
  identity_erased: entry(
    410,
    "Identitas pelapor {value} sudah dimusnahkan; tidak ada yang dapat membacanya lagi.",
    "The identity of {value} has been erased; nobody can read it any more.",
  ),
  identity_filed: entry(
    409,
    "Laporan {value} sudah mempunyai identitas pelapor. Musnahkan dahulu bila perlu diganti.",
    "The report {value} has a reporter's identity already. Erase that first to file another.",
  ),
  identity_openers_only: entry(
    403,
    "Identitas pelapor hanya dibuka oleh orang yang ditunjuk; {value} belum ditunjuk. Mintalah kepada admin seluruh wilayah.",
    "Reporters' identities are opened by named people only; {value} is not named. Ask an admin of everything.",
  ),
} as const;
