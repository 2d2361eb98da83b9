import { entry } from "./problemEntry.ts";

/** Failures of files and of their rows: the part of the catalogue that imports speak. */
export const fileProblems = {
  import_file_lost: entry(
    422,
    "Berkas {value} dari pekerjaan ini tidak ada lagi di server, jadi tidak dapat dimuat. Kirim berkas itu sekali lagi.",
    "The file {value} of this job is no longer on the server, so it cannot be imported. Send the file again.",
  ),
  job_given_up: entry(
    422,
    "Pekerjaan {value} dihentikan: {attempts} kali dimulai dan tiap kali prosesnya berakhir. Perkecil masukannya atau tambah memori.",
    "The job {value} is given up: it was begun {attempts} times and each time its process ended. Make its input smaller or add memory.",
  ),
  // A file that cannot be read.
  no_file: entry(
    400,
    "Tidak ada berkas yang diterima. Kirim berkas sebagai isi permintaan atau dalam kolom `file`.",
    "No file was received. Send it as the body or in the field `file`.",
  ),
  file_empty: entry(
    422,
    "Berkas {name} kosong. Ekspor ulang, lalu kirim lagi.",
    "The file {name} is empty. Export it again, then send it.",
  ),
  file_cut: entry(
    422,
    "Berkas {name} terpotong: {where}. Unduh atau ekspor ulang, lalu kirim lagi.",
    "The file {name} is cut off: {where}. Download or export it again, then send it.",
  ),
  file_damaged: entry(422, "Berkas {name} rusak pada {where}: {reason}.", "The file {name} is damaged at {where}: {reason}."),
  file_too_large: entry(
    413,
    "Berkas {name} lebih besar dari batas {limit}. Bagi per kabupaten atau per provinsi.",
    "The file {name} is larger than the limit of {limit}. Split it by regency or province.",
  ),
  record_too_large: entry(
    413,
    "Baris {row} berkas {name} lebih besar dari batas {limit}. Sederhanakan atau bagi bentuknya.",
    "Row {row} of {name} is larger than the limit of {limit}. Simplify or split its shape.",
  ),
  file_not_understood: entry(
    415,
    "Isi berkas {name} ({value}) tidak dikenal di sini. Yang diterima: {expected}.",
    "The content of {name} ({value}) is not known here. Accepted: {expected}.",
  ),
  wrong_crs: entry(
    422,
    "Berkas {name} memakai sistem koordinat {value}, yang tidak dikenal di sini. Ekspor ulang dalam EPSG:4326 (ogr2ogr -t_srs EPSG:4326), atau sebutkan dengan crs=EPSG:… bila itu salah satu dari: {expected}.",
    "The file {name} uses the coordinate system {value}, which is not known here. Export it in EPSG:4326 (ogr2ogr -t_srs EPSG:4326), or name it by crs=EPSG:… if it is one of: {expected}.",
  ),
  column_missing: entry(
    422,
    "Berkas {name} tidak memuat kolom {field}. Kolom yang ada: {columns}. Pakai mapping bila namanya lain.",
    "The file {name} has no column {field}. Its columns: {columns}. Use mapping if it is named otherwise.",
  ),
  column_twice: entry(
    422,
    "Kolom {field} ada dua kali dalam berkas {name}. Hapus atau ganti nama salah satunya.",
    "The column {field} stands twice in {name}. Remove or rename one.",
  ),
  no_indicator: entry(
    422,
    "Berkas {name} tidak memuat kolom indikator berisi angka. Kolom yang ada: {columns}.",
    "The file {name} has no indicator column that holds numbers. Its columns: {columns}.",
  ),
  year_needed: entry(
    422,
    "Tahun data belum disebut. Tambahkan ?year=2024 (atau --year 2024), atau kolom year.",
    "The year of the data is not told. Add ?year=2024 (or --year 2024), or a column year.",
  ),
  areas_changed: entry(
    409,
    "Batas wilayah sedang diubah impor lain. Ulangi impor ini.",
    "Another import is changing the boundaries. Repeat this import.",
  ),

  // A row of a file that cannot be taken, or is taken with a word.
  unreadable_row: entry(422, "Baris ini tidak dapat dibaca: {reason}.", "This row cannot be read: {reason}."),
  wrong_cell_count: entry(
    422,
    "Baris ini memuat {value} sel; judul kolom {expected}. Periksa pemisah dan tanda kutip.",
    "This row has {value} cells where the header has {expected}. Check separators and quotes.",
  ),
  missing_code: entry(422, "Baris ini tidak memuat kode wilayah.", "This row has no area code."),
  invalid_code: entry(
    422,
    "{value} bukan kode wilayah Kemendagri (contoh 35.17.01.2001).",
    "{value} is no Kemendagri area code (such as 35.17.01.2001).",
  ),
  bps_code_later: entry(
    422,
    "{value} tampak seperti kode BPS. Versi ini mencocokkan kode Kemendagri saja; ganti kodenya.",
    "{value} looks like a BPS code. This version matches Kemendagri codes only; replace the code.",
  ),
  wrong_level: entry(422, "Kode {value} bukan tingkat {expected}.", "The code {value} is not of the level {expected}."),
  twice_not_loaded: entry(
    422,
    "{value} muncul lebih dari sekali dalam berkas ini dengan isi berbeda (baris {rows}). Tidak dimuat: hapus semua kecuali satu, lalu muat lagi.",
    "{value} stands more than once in this file with different content (rows {rows}). Not loaded: remove all but one, then load again.",
  ),
  code_twice: entry(
    422,
    "{value} muncul lebih dari sekali dalam berkas ini (baris {rows}). Masuk antrean: pilih satu di sana.",
    "{value} stands more than once in this file (rows {rows}). Queued: choose one there.",
  ),
  missing_geometry: entry(422, "Wilayah ini tidak memuat bentuk (geometri kosong).", "This area has no shape (its geometry is empty)."),
  not_a_polygon: entry(
    422,
    "Bentuk wilayah harus Polygon atau MultiPolygon, bukan {value}.",
    "The shape of an area must be a Polygon or MultiPolygon, not {value}.",
  ),
  invalid_coordinates: entry(
    422,
    "Koordinat {value} bukan sepasang angka biasa [bujur, lintang].",
    "The coordinates {value} are no pair of ordinary numbers [longitude, latitude].",
  ),
  coordinates_out_of_range: entry(
    422,
    "Koordinat {value} di luar bujur ±180 dan lintang ±90. Periksa sistem koordinatnya (harus EPSG:4326).",
    "The coordinates {value} lie outside longitude ±180 and latitude ±90. Check the coordinate system (it must be EPSG:4326).",
  ),
  geometry_lost: entry(
    422,
    "Bentuk tidak dapat diperbaiki: {reason}. Tidak ada bidang yang tersisa.",
    "The shape cannot be repaired: {reason}. No surface is left.",
  ),
  geometry_repaired: entry(
    200,
    "Bentuk tidak sah ({reason}) dan telah diperbaiki; luas {before} km² menjadi {after} km².",
    "The shape was not valid ({reason}) and has been repaired; its area went from {before} km² to {after} km².",
  ),
  invalid_number: entry(422, "Kolom {field} berisi {value}, bukan angka biasa.", "The field {field} is {value}, not an ordinary number."),
  not_a_count: entry(
    422,
    "Kolom {field} berisi {value}; harus bilangan bulat 0, 1, 2, … tanpa pemisah ribuan.",
    "The field {field} is {value}; it must be a whole number 0, 1, 2, … without thousands separators.",
  ),
  invalid_year: entry(
    422,
    "Kolom {field} berisi {value}; tulis tahun antara 1900 dan 2200.",
    "The field {field} is {value}; write a year between 1900 and 2200.",
  ),
  outside_scope: entry(403, "Wilayah {value} di luar wilayah kerja Anda.", "The area {value} lies outside the areas you work for."),
  column_ignored: entry(
    200,
    "Kolom {value} tidak dikenal dan tidak dibaca. Pakai mapping bila isinya diperlukan.",
    "The column {value} is not known and was not read. Use mapping if it is needed.",
  ),
  rows_not_loaded: entry(
    200,
    "{value} baris dari {regencies} kabupaten/kota dilewati karena batas desanya belum dimuat ({examples}).",
    "{value} rows of {regencies} regencies were left aside because their villages are not loaded ({examples}).",
  ),
  rows_cut: entry(
    200,
    "Hanya {value} baris pertama yang didaftar; seluruhnya {total}.",
    "Only the first {value} rows are listed, of {total} in all.",
  ),
};
