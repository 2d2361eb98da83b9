import type { Reason } from "../contract/visitInputs.ts";

const templates: Readonly<Record<string, readonly [indonesian: string, english: string]>> = {
  gain: [
    "Skor risiko {risk}, dapat dibantu {help}, bobot penduduk {people}, sejak kontak terakhir {recency}: nilai kunjungan {gain}.",
    "Risk score {risk}, how far talking can help {help}, weight of people {people}, since the last contact {recency}: the visit is worth {gain}.",
  ],
  given_gain: ["Nilai kunjungan {gain}, seperti yang diberikan.", "The visit is worth {gain}, as given."],
  must_visit: ["Diminta untuk dikunjungi. Nilai kunjungan {gain}.", "Asked for. The visit is worth {gain}."],
  locked: ["Dikunci pada tim dan hari ini. Nilai kunjungan {gain}.", "Locked to this team and day. The visit is worth {gain}."],
  exploration: ["Penjajakan: {silence}. Nilai kunjungan {gain}.", "Exploration: {silence_en}. The visit is worth {gain}."],
  follow_up_due: [
    "Kesepakatan atau tinjauan di desa ini jatuh tempo {dueOn}. Nilai kunjungan {gain}.",
    "Something agreed here, or a review, is due on {dueOn}. The visit is worth {gain}.",
  ],
  fairness: [
    "Kecamatan {district} terakhir dikunjungi {days} hari sebelum akhir rencana ini, batasnya {limit}.",
    "District {district} was last visited {days} days before the end of this plan, the limit is {limit}.",
  ],
  unknown_gain: [
    "Data kurang untuk menilai kunjungan ini; tidak dianggap aman. Bisa diminta lewat mustVisit.",
    "Too little is known to value this visit; that does not mean it is safe. It can be asked for by mustVisit.",
  ],
  crowded_out: [
    "Akan muat jika {instead} (nilai {insteadGain}) tidak dikunjungi.",
    "Would fit if {instead} (worth {insteadGain}) were not visited.",
  ],
  no_time: [
    "Waktu tim tidak cukup; perlu lebih dari satu kunjungan lain yang dibatalkan.",
    "The teams lack the time; more than one other visit would have to go.",
  ],
  fits: ["Masih muat, tetapi kunjungannya tidak bernilai.", "Would still fit, but the visit is worth nothing."],
  out_of_reach: ["Tidak ada tim yang dapat pergi dan kembali dalam jam kerjanya.", "No team could go there and be back within its hours."],
  skill_nobody_has: ["Tidak ada tim dengan keahlian {skill}.", "No team has the skill {skill}."],
  language_nobody_speaks: ["Tidak ada tim yang berbahasa {language}.", "No team speaks {language}."],
  no_team_has_both: [
    "Tidak ada satu tim pun yang punya keahlian {skill} sekaligus berbahasa {language}.",
    "No single team both has the skill {skill} and speaks {language}.",
  ],
  not_before_too_late: [
    "Baru boleh mulai {notBefore}; hari terakhir tim yang cocok {last}.",
    "Not before {notBefore}; the last day of a fitting team is {last}.",
  ],
  no_team_that_day: ["Tidak ada tim yang cocok pada hari yang diminta.", "No fitting team works on the days asked for."],
  window_closed: [
    "Buka {opens} sampai {closes}: tidak ada tim yang cocok yang dapat mulai pada waktu itu dan kembali pada jamnya.",
    "Open {opens} to {closes}: no fitting team can begin by then and be back within its hours.",
  ],
  musts_do_not_fit: [
    "Semua yang diminta bersama-sama melebihi waktu tim ({available} menit tersedia). Tambah hari atau tim, atau kurangi yang diminta.",
    "All that is asked for together takes more than the teams' time ({available} minutes are there). Add days or teams, or ask for less.",
  ],
  kept_stop_does_not_fit: [
    "Tidak muat lagi pada tim {team}, {day}, setelah kunjungan sebelumnya.",
    "No longer fits on team {team}, {day}, after the visits before it.",
  ],
  not_a_candidate: [
    "Bukan calon: tidak ada di antara desa yang boleh dikunjungi.",
    "Not a candidate: it is not among the villages that may be visited.",
  ],
};
export type ReasonCode = keyof typeof templates & string;

/** A reason as a code, its numbers, and a sentence in both languages. Numbers are told with at most one decimal, in each language's own form. */
export function reasonOf(code: ReasonCode, details: Readonly<Record<string, unknown>> = {}): Reason {
  const [indonesian, english] = templates[code] ?? [code, code];
  return { code, id: filled(indonesian, details, "id-ID"), en: filled(english, details, "en-GB"), ...details };
}

function filled(template: string, details: Readonly<Record<string, unknown>>, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    return typeof value === "number" ? number.format(value) : String(value ?? "?");
  });
}
