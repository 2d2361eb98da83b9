import type { VisitReason, VisitVerdict } from "../analysis/visitEffect/verdict.ts";

type Sentence = readonly [indonesian: string, english: string];

const verdicts: Readonly<Record<VisitVerdict, Sentence>> = {
  helps: [
    "Membantu: sesudah kunjungan tercatat {fewer}% lebih sedikit kejadian daripada di desa sebanding yang tidak dikunjungi (antara {least} dan {most}%).",
    "Visits help: {fewer}% fewer incidents were recorded after them than in comparable villages without a visit (between {least} and {most}%).",
  ],
  not_seen: [
    "Tidak terlihat: sesudah kunjungan jumlah kejadian tidak berbeda nyata dari desa sebanding, dan penurunan {smallest}% atau lebih semestinya terlihat.",
    "No effect seen: after visits there were about as many incidents as in comparable villages, and a reduction by {smallest}% or more should have shown.",
  ],
  cannot_tell: ["Tidak dapat dikatakan apakah kunjungan membantu.", "It cannot be told whether visits help."],
};

const reasons: Readonly<Record<VisitReason, Sentence>> = {
  too_few_visits: [
    "Hanya {matched} kunjungan yang dapat dibandingkan, perlu sekurangnya {needed}: kunjungan pertama dalam 180 hari, dengan 180 hari catatan sebelumnya dan {afterDays} hari sesudahnya.",
    "Only {matched} visits can be compared, at least {needed} are needed: the first in 180 days, with 180 days of records before and {afterDays} after.",
  ],
  too_few_incidents: [
    "Hanya {incidents} kejadian di desa yang dibandingkan, perlu sekurangnya {needed}.",
    "There are only {incidents} incidents in the villages compared, at least {needed} are needed.",
  ],
  no_comparable_villages: [
    "Hanya {matched} dari {episodes} kunjungan punya desa sebanding yang tidak dikunjungi: yang dikunjungi terlalu berbeda dari yang lain.",
    "Only {matched} of {episodes} visits have a comparable village without one: those visited are too unlike the others.",
  ],
  not_balanced: [
    "Desa yang dikunjungi dan pembandingnya sudah berbeda sebelum kunjungan ({imbalance} simpangan baku, batasnya {limit}).",
    "The villages visited and those compared differed before the visits already (by {imbalance} standard deviations, the limit is {limit}).",
  ],
  placebo_fails: [
    "Pada tanggal tanpa kunjungan pun muncul pengaruh {effect}% (p {p}): perbandingan ini tidak berlaku pada data ini.",
    "At dates without any visit there is an effect of {effect}% too (p {p}): the comparison does not hold on these records.",
  ],
  more_incidents_after: [
    "Sesudah kunjungan justru tercatat lebih banyak kejadian daripada di desa sebanding. Bisa karena orang lebih banyak melapor, atau tim datang karena hal yang tidak ada dalam catatan.",
    "More incidents were recorded after visits than in comparable villages. People may report more, or the teams came for reasons that no record shows.",
  ],
  power_too_low: [
    "Data terlalu sedikit: penurunan separuh pun belum tentu terlihat (penurunan terkecil yang terlihat dengan peluang 80%: {smallest}%).",
    "Too little data: even a halving might not show (the smallest reduction that would show with a chance of 80%: {smallest}%).",
  ],
};

/** Where no effect at all could have been found there is no number to tell. */
const findsNothing: Sentence = [
  "Data terlalu sedikit: andaikan kunjungan mencegah semua kejadian pun, itu belum tentu terlihat.",
  "Too little data: even if visits prevented every incident, that might not show.",
];

type Details = Readonly<Record<string, unknown>>;

/** The verdict as a code with its sentence in both languages. */
export const verdictOf = (code: VisitVerdict, details: Details) => told(code, verdicts[code], details);
/** A reason for not knowing, likewise. */
export const effectReason = (code: VisitReason, details: Details) =>
  told(code, code === "power_too_low" && !Number.isFinite(details.smallest) ? findsNothing : reasons[code], details);

function told(code: string, [indonesian, english]: Sentence, details: Details) {
  return { code, id: filled(indonesian, details, "id-ID"), en: filled(english, details, "en-GB") };
}

function filled(template: string, details: Details, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    return typeof value === "number" && Number.isFinite(value) ? number.format(value) : "?";
  });
}
