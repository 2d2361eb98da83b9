import { entry } from "./problemEntry.ts";

/** Failures of the roster and of standing disputes: their part of the catalogue. */
export const coverageProblems = {
  ends_before_its_start: entry(
    422,
    "Kolom {field} ({value}) lebih awal daripada {start} ({from}). Perbaiki salah satunya.",
    "The field {field} ({value}) is earlier than {start} ({from}). Correct one of them.",
  ),
  unreadable_actors: entry(
    422,
    "Kolom actors berisi {value}. Tulis jenis:peran, dipisah titik koma, contoh warga:penuntut; perusahaan:tertuntut.",
    "The field actors is {value}. Write type:role, separated by semicolons, such as community:claimant; company:respondent.",
  ),
  closing_note_needed: entry(
    422,
    "Potensi yang ditutup perlu closing_note: apa yang menyelesaikannya.",
    "A dispute that is closed needs a closing_note: what settled it.",
  ),
};
