import { entry } from "./problemEntry.ts";

/** Failures of reports, of their verification, of merging, and of attached files. */
export const reportProblems = {
  period_ends_before: entry(
    422,
    "period_to {value} lebih awal daripada period_from {from}. Tukar keduanya atau perbaiki tanggalnya.",
    "period_to {value} is earlier than period_from {from}. Swap them or correct the date.",
  ),
  nil_has_no_incident: entry(
    422,
    "Laporan {value} adalah laporan nihil; tidak dapat dikaitkan dengan kejadian. Buat laporan tersendiri.",
    "Report {value} is a nil report; it cannot be tied to an incident. File a report of its own.",
  ),
  step_refused: entry(
    409,
    "{value} berstatus {from}; dari situ tidak dapat menjadi {to}. Yang mungkin: {expected}.",
    "{value} is {from}; from there it cannot become {to}. Possible: {expected}.",
  ),
  level_refused: entry(
    403,
    "Wilayah tugas Anda tidak mencakup {value}; hanya yang bertugas di sana boleh memutuskan pada tingkat ini.",
    "The areas you work for do not cover {value}; only those who work there may decide at this level.",
  ),
  merge_with_itself: entry(
    422,
    "Kejadian {value} tidak dapat digabungkan dengan dirinya sendiri. Pilih kejadian lain pada into.",
    "Incident {value} cannot be merged with itself. Choose another one for into.",
  ),
  merged_already: entry(
    409,
    "Kejadian {value} sudah digabungkan ke {into}. Batalkan gabungan itu dahulu, atau pakai {into}.",
    "Incident {value} is merged into {into} already. Undo that merge first, or use {into}.",
  ),
  not_merged: entry(409, "Kejadian {value} tidak sedang digabungkan.", "Incident {value} is not merged."),
  text_too_long: entry(
    413,
    "Teks lebih panjang dari {limit} huruf. Tempel satu pesan saja.",
    "The text is longer than {limit} characters. Paste one message only.",
  ),
  attachment_too_large: entry(
    413,
    "Lampiran {name} lebih besar dari {limit}. Perkecil fotonya atau bagi berkasnya.",
    "The attachment {name} is larger than {limit}. Make the picture smaller or split the file.",
  ),
  attachment_type: entry(
    415,
    "Isi lampiran {name} ({value}) tidak diterima. Yang diterima: {expected}.",
    "The content of the attachment {name} ({value}) is not accepted. Accepted: {expected}.",
  ),
  attachment_place: entry(
    422,
    "Foto {name} memuat tempat pengambilannya. Hapus datanya lalu kirim lagi; layar Laporan melakukannya sendiri.",
    "The photo {name} tells where it was taken. Remove that and send it again; the reports screen does so by itself.",
  ),
  too_many_attachments: entry(
    409,
    "Laporan ini sudah memuat {value} lampiran, batasnya. Tarik salah satu dahulu.",
    "This report holds {value} attachments already, the limit. Withdraw one first.",
  ),
  creating_needs: entry(
    422,
    "Baris ini tidak menyebut incident_ids. Untuk membuat kejadiannya isi juga {field}.",
    "This row names no incident_ids. To create its incident give {field} too.",
  ),
};
