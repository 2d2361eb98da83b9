import { audienceProblems } from "./audienceProblems.ts";
import { backupProblems } from "./backupProblems.ts";
import { coverageProblems } from "./coverageProblems.ts";
import { exportProblems } from "./exportProblems.ts";
import { fileProblems } from "./fileProblems.ts";
import { identityProblems } from "./identityProblems.ts";
import { peopleProblems } from "./peopleProblems.ts";
import { type CatalogueEntry, entry } from "./problemEntry.ts";
import { queueProblems } from "./queueProblems.ts";
import { reportProblems } from "./reportProblems.ts";
import { tableProblems } from "./tableProblems.ts";
import { vectorFileProblems } from "./vectorFileProblems.ts";
import { vintageProblems } from "./vintageProblems.ts";
import { visitProblems } from "./visitProblems.ts";

/** Every failure the service can answer with, in one place: status, Indonesian, English. `{name}` is filled from the details. */
export const catalogue = {
  // What was sent cannot be read.
  broken_json: entry(
    400,
    "Isi bukan JSON yang utuh: {reason}. Periksa tanda kurung dan koma, lalu kirim ulang.",
    "The body is not whole JSON: {reason}. Check brackets and commas, then send it again.",
  ),
  duplicate_key: entry(
    400,
    "Kunci {field} ditulis dua kali dalam JSON. Hapus salah satu.",
    "The key {field} is written twice in the JSON. Remove one.",
  ),
  number_out_of_range: entry(
    400,
    "Angka {value} terlalu besar untuk dibaca. Kirim angka biasa.",
    "The number {value} is too large to be read. Send an ordinary number.",
  ),
  invalid_text: entry(
    400,
    "Teks pada {field} memuat karakter yang tidak dapat disimpan (NUL atau pasangan pengganti yang terputus). Hapus karakter itu.",
    "The text of {field} holds characters that cannot be kept (NUL or a lone surrogate). Remove them.",
  ),
  body_too_large: entry(
    413,
    "Isi lebih besar dari batas {limit}. Kirim bagian yang lebih kecil.",
    "The body is larger than the limit of {limit}. Send it in smaller parts.",
  ),
  wrong_media_type: entry(
    415,
    "Jenis isi {value} tidak dikenal di sini. Kirim {expected}.",
    "The content type {value} is not known here. Send {expected}.",
  ),
  not_a_feature: entry(
    400,
    "Isi harus satu Feature GeoJSON dengan properties. Yang diterima: {value}.",
    "The body must be one GeoJSON Feature with properties. Received: {value}.",
  ),
  invalid_parameter: entry(
    400,
    "Parameter {field} bernilai {value}; yang diterima: {expected}.",
    "The parameter {field} is {value}; accepted: {expected}.",
  ),
  unknown_parameter: entry(
    400,
    "Parameter {field} tidak dikenal. Yang dikenal: {expected}.",
    "The parameter {field} is not known. Known: {expected}.",
  ),
  invalid_filter: entry(400, "Saringan tidak dapat dibaca pada {value}: {reason}.", "The filter cannot be read at {value}: {reason}."),
  invalid_cursor: entry(
    400,
    "Tautan halaman berikut tidak berlaku. Mulai lagi dari halaman pertama.",
    "The link to the next page is not valid. Begin again at the first page.",
  ),

  // Who asks.
  not_signed_in: entry(
    401,
    "Belum masuk. Masuk dahulu di /masuk atau kirim Authorization: Bearer.",
    "Not signed in. Sign in at /masuk or send Authorization: Bearer.",
  ),
  bad_credentials: entry(
    401,
    "Nama, kata sandi, atau token tidak benar, atau sudah tidak berlaku.",
    "The name, password or token is wrong or no longer valid.",
  ),
  not_allowed: entry(
    403,
    "Peran Anda ({role}) tidak boleh melakukan ini. Mintalah admin kantor Anda.",
    "Your role ({role}) may not do this. Ask your office's admin.",
  ),
  wrong_origin: entry(
    403,
    "Permintaan datang dari halaman lain ({value}). Buka Waspada langsung.",
    "The request comes from another page ({value}). Open Waspada itself.",
  ),
  wrong_host: entry(
    400,
    "Nama host {value} tidak dilayani. Tambahkan ke ALLOWED_HOSTS bila memang milik kantor.",
    "The host name {value} is not answered. Add it to ALLOWED_HOSTS if it is the office's own.",
  ),
  setup_closed: entry(
    403,
    "Tautan awal sudah dipakai atau salah. Mintalah admin membuat akun.",
    "The set-up link is used up or wrong. Ask an admin for an account.",
  ),
  too_many_requests: entry(
    429,
    "Terlalu banyak permintaan. Coba lagi dalam {seconds} detik.",
    "Too many requests. Try again in {seconds} seconds.",
  ),

  // What is asked for.
  not_found: entry(404, "{value} tidak ada.", "{value} does not exist."),
  gone: entry(410, "{value} sudah ditarik.", "{value} has been withdrawn."),
  method_not_allowed: entry(405, "Metode {value} tidak ada di alamat ini.", "There is no {value} at this address."),
  precondition_required: entry(
    428,
    "Kirim If-Match dengan ETag yang terakhir Anda baca, supaya perubahan orang lain tidak tertimpa.",
    "Send If-Match with the ETag last read, so that nobody else's change is overwritten.",
  ),
  stale: entry(
    412,
    "Data sudah diubah orang lain (kini versi {value}). Baca ulang, lalu ubah lagi.",
    "Somebody changed it since (now version {value}). Read it again, then change it.",
  ),
  id_taken: entry(
    409,
    "Nomor {value} sudah dipakai untuk isi yang lain. Pakai UUID baru.",
    "The id {value} is taken by other content. Use a new UUID.",
  ),
  key_reused: entry(
    422,
    "Idempotency-Key {value} sudah dipakai untuk permintaan lain. Pakai kunci baru.",
    "The Idempotency-Key {value} was used for another request. Use a new key.",
  ),
  job_not_finished: entry(404, "Pekerjaan {value} belum selesai ({progress}%).", "The job {value} has not finished ({progress}%)."),
  job_failed: entry(422, "Pekerjaan {value} tidak berhasil: {reason}", "The job {value} did not succeed: {reason}"),

  // A report that cannot be taken.
  missing_field: entry(422, "Kolom {field} belum diisi.", "The field {field} is missing."),
  unknown_field: entry(422, "Kolom {field} tidak dikenal. Periksa ejaannya.", "The field {field} is not known. Check its spelling."),
  invalid_field: entry(
    422,
    "Kolom {field} berisi {value}; yang diterima: {expected}.",
    "The field {field} is {value}; accepted: {expected}.",
  ),
  unknown_village: entry(
    422,
    "Desa {value} tidak ada dalam data wilayah yang dimuat. Periksa kodenya (contoh 35.17.01.2001).",
    "The village {value} is not among the loaded areas. Check its code (such as 35.17.01.2001).",
  ),
  not_a_village: entry(
    422,
    "{value} bukan kode desa/kelurahan. Tulis empat bagian, contoh 35.17.01.2001.",
    "{value} is not a village code. Write four parts, such as 35.17.01.2001.",
  ),
  invalid_date: entry(
    422,
    "Kolom {field} berisi {value}; tulis tanggal yang ada sebagai TTTT-BB-HH, contoh 2025-06-27.",
    "The field {field} is {value}; write a day that exists as YYYY-MM-DD, such as 2025-06-27.",
  ),
  future_date: entry(
    422,
    "Kolom {field} berisi {value}, lebih dari 24 jam di depan. Laporkan yang sudah terjadi.",
    "The field {field} is {value}, more than 24 hours ahead. Report what has happened.",
  ),
  date_too_early: entry(
    422,
    "Kolom {field} berisi {value}, sebelum 1900. Periksa tahunnya.",
    "The field {field} is {value}, before 1900. Check the year.",
  ),
  ends_before_it_begins: entry(
    422,
    "occurred_to {value} lebih awal daripada occurred_from {from}.",
    "occurred_to {value} is earlier than occurred_from {from}.",
  ),
  nil_is_no_incident: entry(
    422,
    "Bentuk F0 (nihil) bukan kejadian. Kirim sebagai laporan nihil ke /api/collections/reports/items.",
    "Form F0 (nil) is no incident. Send it as a nil report to /api/collections/reports/items.",
  ),
  no_place: entry(422, "Tempat belum ada: isi village_code atau titik koordinat.", "There is no place: give village_code or a point."),
  invalid_point: entry(
    422,
    "Titik {value} tidak dapat dibaca. Tulis [bujur, lintang] sebagai dua angka, contoh [112.2336, -7.5469].",
    "The point {value} cannot be read. Write [longitude, latitude] as two numbers, such as [112.2336, -7.5469].",
  ),
  swapped_axes: entry(
    422,
    "Titik {value} tampak tertukar: GeoJSON menulis [bujur, lintang]. Mungkin maksudnya {suggestion}.",
    "The point {value} looks swapped: GeoJSON writes [longitude, latitude]. Perhaps {suggestion} is meant.",
  ),
  point_outside: entry(
    422,
    "Titik {value} tidak berada di desa mana pun yang dimuat. Periksa koordinat atau isi village_code.",
    "The point {value} lies in no loaded village. Check the coordinates or give village_code.",
  ),
  point_elsewhere: entry(
    200,
    "Titik berada {metres} m dari batas desa {value}; yang dipakai desa yang ditulis.",
    "The point lies {metres} m from the border of village {value}; the village as written is used.",
  ),

  // An analysis that would say more than the data can.
  unknown_area: entry(
    422,
    "Wilayah {value} tidak ada dalam data yang dimuat. Muat batasnya dahulu atau periksa kodenya.",
    "The area {value} is not loaded. Load its boundaries first or check the code.",
  ),
  invalid_input: entry(
    422,
    "Masukan {field} bernilai {value}; yang diterima: {expected}.",
    "The input {field} is {value}; accepted: {expected}.",
  ),
  not_available_yet: entry(
    422,
    "{value} belum tersedia di versi ini. Yang tersedia: {expected}.",
    "{value} is not available in this version. Available: {expected}.",
  ),
  analysis_refused: entry(422, "Analisis ditolak: {reason}", "The analysis is refused: {reason}"),

  // Busy, broken.
  database_away: entry(
    503,
    "Basis data sedang tidak terjangkau. Coba lagi dalam {seconds} detik; laporan yang dikirim ulang dengan id yang sama tersimpan satu kali.",
    "The database cannot be reached. Try again in {seconds} seconds; a report sent again with the same id is stored once.",
  ),
  database_busy: entry(
    503,
    "Dua perubahan saling menunggu dan yang ini dibatalkan; tidak ada yang disimpan. Kirim lagi dalam {seconds} detik.",
    "Two changes waited for each other and this one was given up; nothing was stored. Send it again in {seconds} seconds.",
  ),
  calculation_ended: entry(
    503,
    "Hitungan terputus di tengah jalan (utasnya berakhir, misalnya karena memori habis); tidak ada yang disimpan. Minta lagi dalam {seconds} detik, dengan wilayah atau periode lebih kecil bila terulang.",
    "The calculation was cut off (its thread ended, for example for lack of memory); nothing was stored. Ask again in {seconds} seconds, for a smaller area or period if it happens again.",
  ),
  storage_failed: entry(
    503,
    "Penyimpanan server penuh atau gagal ({value}). Tidak ada yang disimpan; kosongkan ruang di server, lalu coba lagi.",
    "The server's storage is full or fails ({value}). Nothing was stored; make room on the server, then try again.",
  ),
  starting: entry(503, "Layanan sedang bersiap: {reason}.", "The service is getting ready: {reason}."),
  stopping: entry(503, "Layanan sedang berhenti. Coba lagi sebentar.", "The service is stopping. Try again in a moment."),
  unexpected: entry(
    500,
    "Ada kesalahan di pihak kami (nomor {value}). Tidak ada yang diubah. Laporkan nomor ini kepada admin.",
    "Something failed on our side (number {value}). Nothing was changed. Tell this number to your admin.",
  ),
  ...exportProblems,
  ...fileProblems,
  ...identityProblems,
  ...vintageProblems,
  ...visitProblems,
  ...audienceProblems,
  ...backupProblems,
  ...coverageProblems,
  ...peopleProblems,
  ...queueProblems,
  ...reportProblems,
  ...tableProblems,
  ...vectorFileProblems,
} satisfies Record<string, CatalogueEntry>;

export type ProblemCode = keyof typeof catalogue;
