const dayMilliseconds = 86_400_000;
const lastSerial = 2_958_465;
const [epoch1900, epoch1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
// Formats that every workbook knows by number: days and times, also those of East Asian editions.
const builtInDates = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** How a number of a sheet is shown, as far as that changes what it is. */
export type NumberFormat = { readonly kind: "number" } | { readonly kind: "date" } | { readonly kind: "digits"; readonly length: number };

/** Reads a number format: days by their letters outside of quotes, brackets and escapes; `00000` keeps leading zeros. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return { kind: builtInDates(id) ? "date" : "number" };
  const bare = code.replace(/"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\.|_.|\*./gi, "");
  if (/^0{2,20}$/.test(bare)) return { kind: "digits", length: bare.length };
  return { kind: /[dmyhs]/i.test(bare) && !/^general$/i.test(bare) ? "date" : "number" };
}

/**
 * The day, or day and time of the clock on the wall, that a serial number stands for: `2025-06-01` or `2025-06-01 10:30:00`. Excel counts a 29 February 1900
 * that never was; the number for it gives that day, which no check accepts.
 * @returns null for a number that is no day: negative, beyond the year 9999, or a time without a day.
 */
export function dayOfSerial(serial: number, is1904: boolean): string | null {
  if (!(serial >= (is1904 ? 0 : 1) && serial < lastSerial + 1)) return null;
  const whole = Math.floor(serial);
  if (!is1904 && whole === 60) return "1900-02-29";
  const shift = !is1904 && whole < 60 ? 1 : 0;
  const seconds = Math.round((serial - whole) * 86_400);
  const moment = new Date((is1904 ? epoch1904 : epoch1900) + (whole + shift) * dayMilliseconds + seconds * 1000).toISOString();
  return seconds === 0 ? moment.slice(0, 10) : `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
}
