import { entry } from "./problemEntry.ts";

/** Failures and remarks about tables: spreadsheets, their columns, their numbers and days. */
export const tableProblems = {
  spreadsheet_unread: entry(
    415,
    "Berkas {name} berformat {value}, yang tidak dibaca. Buka di Excel atau LibreOffice, lalu Simpan Sebagai XLSX atau CSV.",
    "The file {name} is {value}, which is not read. Open it in Excel or LibreOffice, then save it as XLSX or CSV.",
  ),
  file_encrypted: entry(
    422,
    "Berkas {name} dikunci dengan kata sandi (atau XLS lama). Simpan ulang tanpa kata sandi sebagai XLSX, lalu kirim lagi.",
    "The file {name} is locked with a password (or is an old XLS). Save it as XLSX without a password, then send it again.",
  ),
  sheet_missing: entry(
    422,
    "Berkas {name} tidak memuat lembar {value}. Lembar yang ada: {sheets}.",
    "The file {name} has no sheet {value}. Its sheets: {sheets}.",
  ),
  sheet_chosen: entry(
    200,
    "Yang dibaca lembar {value}. Lembar yang ada: {sheets}. Pakai sheet=… untuk lembar lain.",
    "The sheet read is {value}. The sheets: {sheets}. Use sheet=… for another one.",
  ),
  encoding_assumed: entry(
    200,
    "Berkas ini bukan UTF-8 dan dibaca sebagai {value}. Periksa huruf beraksen.",
    "This file is not UTF-8 and was read as {value}. Check letters with accents.",
  ),
  header_row: entry(
    200,
    "Judul kolom dibaca dari baris {value}; baris di atasnya dilewati.",
    "The column names were read from row {value}; the rows above were passed over.",
  ),
  column_unnamed: entry(
    200,
    "Kolom {value} berisi data tetapi tidak berjudul, dan tidak dibaca. Beri judul bila isinya diperlukan.",
    "The column {value} holds data but has no name, and was not read. Name it if it is needed.",
  ),
  too_many_columns: entry(
    422,
    "Berkas {name} memuat {value} kolom; batasnya {limit}. Hapus kolom yang tidak diperlukan.",
    "The file {name} has {value} columns; the limit is {limit}. Remove those that are not needed.",
  ),
  ambiguous_number: entry(
    422,
    "Kolom {field} berisi {value}: bisa ribuan, bisa desimal, dan isi kolom lain tidak memberi petunjuk. Tambahkan decimal=comma (1.234 = seribu lebih) atau decimal=point (1.234 = satu koma dua).",
    "The field {field} is {value}: thousands or decimals, and nothing else in the column tells which. Add decimal=comma (1.234 is over a thousand) or decimal=point (1.234 is one and a bit).",
  ),
  number_style: entry(
    200,
    "Angka kolom {field} dibaca dengan {value} sebagai tanda desimal.",
    "The numbers of the column {field} were read with {value} as the decimal mark.",
  ),
  ambiguous_date: entry(
    422,
    "Kolom {field} berisi {value}: bisa tanggal-bulan, bisa bulan-tanggal, dan isi kolom lain tidak memberi petunjuk. Tulis 2025-06-01, atau tambahkan dates=dmy atau dates=mdy.",
    "The field {field} is {value}: day-month or month-day, and nothing else in the column tells which. Write 2025-06-01, or add dates=dmy or dates=mdy.",
  ),
  date_style: entry(200, "Tanggal kolom {field} dibaca sebagai {value}.", "The dates of the column {field} were read as {value}."),
  indicator_needed: entry(
    422,
    "Kolom {columns} dalam berkas {name} hanya bernama tahun. Sebutkan indikatornya: indicator=population, atau namai kolomnya penduduk_2015.",
    "The columns {columns} of {name} are named by year alone. Tell the indicator: indicator=population, or name the column penduduk_2015.",
  ),
  unit_differs: entry(
    422,
    "Indikator {value} tersimpan dalam satuan {before}; berkas ini dalam {unit}. Samakan satuannya atau beri nama indikator lain.",
    "The indicator {value} is stored in {before}; this file is in {unit}. Use the same unit or another name.",
  ),
  mapping_not_remembered: entry(
    422,
    "Belum ada pemetaan yang diingat untuk kolom berkas {name}: {columns}. Kirim mapping sekali; sesudah berhasil ia diingat.",
    "No mapping is remembered for the columns of {name}: {columns}. Send mapping once; when that succeeds it is remembered.",
  ),
};
