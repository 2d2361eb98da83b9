import { entry } from "./problemEntry.ts";

/** Failures of questions from people who see aggregates only, and of sharing: their part of the catalogue. */
export const audienceProblems = {
  aggregates_only: entry(
    403,
    "Peran Anda melihat agregat per kecamatan dan bulan; {field} = {value} akan membedakan kejadian satu per satu. Hapus {field}.",
    "Your role sees aggregates by kecamatan and month; {field} = {value} would tell single incidents apart. Leave {field} out.",
  ),
  not_shareable: entry(
    422,
    "Tidak ada orang bernama {value} yang dapat menerima ini. Bagikan kepada orang dengan peran partner atau reporter yang wilayahnya memuat desa ini.",
    "There is nobody called {value} who can be shown this. Share with somebody of the role partner or reporter whose areas hold the village.",
  ),
};
