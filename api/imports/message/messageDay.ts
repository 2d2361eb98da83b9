import { addDays, dayOf, isDay, startOfDay } from "../../contract/time.ts";
import { type Evidence, evidenceAt, type Guess, nothing } from "./guess.ts";
import { twoDigits, wholeYear } from "./messageHead.ts";

const months = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
const weekdays = ["minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"];
const offsets: Readonly<Record<string, string>> = { wib: "+07:00", wita: "+08:00", wit: "+09:00" };
const longNumbers = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh"];

interface Found {
  readonly day: string;
  readonly evidence: Evidence;
  readonly confidence: number;
}

const monthName =
  "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun(?:i)?|jul(?:i)?|agu(?:stus)?|agt|sep(?:tember|t)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?";
const spelled = new RegExp(`(?<!\\d)(\\d{1,2})\\s+(${monthName})\\.?(?:\\s+(\\d{4}|\\d{2})(?![\\d.:]))?`, "giu");
const dotted = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])/g;
const written = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/g;
const daysAgo = /(?<!\p{L})(\d|satu|dua|tiga|empat|lima|enam|tujuh)\s+hari\s+(?:yang\s+)?(?:lalu|kemarin)/giu;
const weekdayPast =
  /(?<!\p{L})(minggu|ahad|senin|selasa|rabu|kamis|jum['’]?at|sabtu)(?:\s+(pagi|siang|sore|malam))?\s+(?:lalu|kemarin|kmrn)(?!\p{L})/giu;
const relative: readonly [RegExp, number, number][] = [
  [/(?<!\p{L})(?:kemarin\s+(?:lusa|dulu)|lusa\s+kemarin)(?!\p{L})/giu, -2, 0.7],
  [/(?<!\p{L})(?:tadi\s+malam|semalam|malam\s+tadi|tdi\s+malam|tadi\s+mlm)(?!\p{L})/giu, -1, 0.7],
  [/(?<!\p{L}|(?:minggu|ahad|senin|selasa|rabu|kamis|jumat|sabtu)\s)(?:kemarin|kmrn|kemaren)(?!\p{L})(?!\s+(?:lusa|dulu))/giu, -1, 0.8],
  [
    /(?<!\p{L})(?:hari\s+ini|tadi\s+(?:pagi|siang|sore)|(?:pagi|siang|sore|malam)\s+ini|barusan|baru\s+saja|saat\s+ini)(?!\p{L})/giu,
    0,
    0.8,
  ],
];

function weekdayOf(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

/** The weekday that stands just before a date, if one does. */
function weekdayBefore(text: string, at: number): string | null {
  const match = /(minggu|ahad|senin|selasa|rabu|kamis|jum['’]?at|sabtu)[\s,/]*(?:tanggal|tgl\.?)?[\s,:]*$/iu.exec(
    text.slice(Math.max(0, at - 30), at),
  );
  return match?.[1] ? plainWeekday(match[1]) : null;
}

const plainWeekday = (word: string): string => word.toLowerCase().replace(/['’]/g, "").replace("ahad", "minggu");

function dated(text: string, today: string): Found[] {
  const found: Found[] = [];
  const add = (day: string, start: number, length: number, confidence: number): void => {
    if (!isDay(day)) return;
    const weekday = weekdayBefore(text, start);
    const agrees = weekday === null || weekday === weekdayOf(day);
    found.push({ day, evidence: evidenceAt(text, start, start + length), confidence: agrees ? confidence : 0.4 });
  };
  for (const { index, 0: whole, 1: date = "", 2: name = "", 3: year } of text.matchAll(spelled)) {
    const short = name.slice(0, 3).toLowerCase().replace("agt", "agu");
    const rest = `${twoDigits(months.indexOf(short) + 1)}-${twoDigits(date)}`;
    const thisYear = `${today.slice(0, 4)}-${rest}`;
    // Without a year the last such day that is not to come.
    const guessed = thisYear <= addDays(today, 1) ? thisYear : `${Number(today.slice(0, 4)) - 1}-${rest}`;
    add(year ? `${wholeYear(year)}-${rest}` : guessed, index, whole.trimEnd().length, year ? 0.95 : 0.8);
  }
  for (const { index, 0: whole, 1: date = "", 3: month = "", 4: year = "" } of text.matchAll(dotted))
    add(`${wholeYear(year)}-${twoDigits(month)}-${twoDigits(date)}`, index, whole.length, 0.9);
  for (const { index, 0: whole, 1: day = "" } of text.matchAll(written)) add(day, index, whole.length, 0.95);
  return found;
}

function told(text: string, today: string): Found[] {
  const found: Found[] = [];
  for (const { index, 0: whole, 1: number = "" } of text.matchAll(daysAgo)) {
    const days = Number(number) || longNumbers.indexOf(number.toLowerCase()) + 1;
    found.push({ day: addDays(today, -days), evidence: evidenceAt(text, index, index + whole.length), confidence: 0.7 });
  }
  for (const { index, 0: whole, 1: name = "" } of text.matchAll(weekdayPast)) {
    let day = addDays(today, -1);
    while (weekdayOf(day) !== plainWeekday(name)) day = addDays(day, -1);
    found.push({ day, evidence: evidenceAt(text, index, index + whole.length), confidence: 0.6 });
  }
  for (const [pattern, shift, confidence] of relative)
    for (const { index, 0: whole } of text.matchAll(pattern))
      found.push({ day: addDays(today, shift), evidence: evidenceAt(text, index, index + whole.length), confidence });
  return found;
}

const clock =
  /(?<!\p{L})(?:(?:pukul|pkl\.?|jam|sekira|sekitar)\s+)?(?<![\d/.-])(\d{1,2})[.:](\d{2})(?![\d/.-]*\d)\s*(wib|wita|wit)?(?!\p{L})/giu;
const hourOnly = /(?<!\p{L})(?:jam|pukul)\s+(\d{1,2})(?![\d.:])\s*(pagi|siang|sore|malam)?\s*(wib|wita|wit)?/giu;

/** The time of day, in milliseconds after its day began and with the zone that is named; null where none is told. */
function clockOf(text: string): { minutes: number; zone: string | null; end: number; start: number } | null {
  for (const { index, 0: whole, 1: hour = "", 2: minute = "", 3: zone } of text.matchAll(clock)) {
    const isNamed = /^\p{L}/u.test(whole) || zone !== undefined;
    if (!isNamed || Number(hour) > 23 || Number(minute) > 59) continue;
    return {
      minutes: Number(hour) * 60 + Number(minute),
      zone: zone?.toLowerCase() ?? null,
      start: index,
      end: index + whole.trimEnd().length,
    };
  }
  for (const { index, 0: whole, 1: hour = "", 2: part, 3: zone } of text.matchAll(hourOnly)) {
    const isLater = part !== undefined && /sore|malam/i.test(part) && Number(hour) < 12;
    const isNoon = part?.toLowerCase() === "siang" && Number(hour) < 6;
    const hours = Number(hour) + (isLater || isNoon ? 12 : 0);
    if (hours > 23) continue;
    return { minutes: hours * 60, zone: zone?.toLowerCase() ?? null, start: index, end: index + whole.trimEnd().length };
  }
  return null;
}

/**
 * When it happened: a date in one of the ways people write it, or a word such as "kemarin" counted from the day the message was sent; with the time of day where
 * one is told. A day to come, or one before 1900, is not taken. Where several days are named, the surest, then the first; the others are alternatives.
 */
export function findWhen(text: string, sentAt: Date, timeZone: string): Guess<string> {
  const today = dayOf(sentAt, timeZone);
  const all = [...dated(text, today), ...told(text, today)].filter(({ day }) => day <= addDays(today, 1) && day >= "1900-01-01");
  const sorted = all.sort((a, b) => b.confidence - a.confidence || a.evidence.start - b.evidence.start);
  const [best] = sorted;
  if (!best) return nothing;
  const others = [...new Set(sorted.map(({ day }) => day))].filter((day) => day !== best.day);
  const time = clockOf(text);
  let value = best.day;
  let { evidence } = best;
  if (time) {
    const offset = time.zone ? offsets[time.zone] : undefined;
    value = offset
      ? `${best.day}T${twoDigits(Math.floor(time.minutes / 60))}:${twoDigits(time.minutes % 60)}:00${offset}`
      : new Date(startOfDay(best.day, timeZone).getTime() + time.minutes * 60_000).toISOString();
    const isNear = time.start >= evidence.end && time.start - evidence.end < 30;
    if (isNear) evidence = evidenceAt(text, evidence.start, time.end);
  }
  const confidence = others.length > 0 ? Math.min(0.6, best.confidence) : best.confidence;
  return { value, evidence, confidence, ...(others.length > 0 ? { alternatives: others.slice(0, 4) } : {}) };
}
