import type { JoinReport } from "../api/contract/importReport.ts";

const namedExamples = 5;

/** What is printed of how rows and areas met: a line each, the areas without a row by name of their kabupaten. */
export function joinLines(join: JoinReport, say: (indonesian: string, english: string) => string): string[] {
  const { matched, unmatched, notLoaded, twice, withoutRow } = join;
  const shown = (names: readonly string[]): string =>
    names.length === 0 ? "" : ` (${names.slice(0, namedExamples).join(", ")}${names.length > namedExamples ? ", …" : ""})`;
  const lines = [
    say(`cocok: ${matched.rows} baris untuk ${matched.areas} wilayah`, `matched: ${matched.rows} rows for ${matched.areas} areas`),
    say(`tidak cocok: ${unmatched.rows} baris`, `not matched: ${unmatched.rows} rows`) +
      shown(unmatched.list.map(({ value }) => String(value))),
  ];
  if (notLoaded.rows > 0)
    lines.push(
      say(
        `batasnya belum dimuat: ${notLoaded.rows} baris dari ${notLoaded.regencies.length} kabupaten/kota`,
        `boundaries not loaded: ${notLoaded.rows} rows of ${notLoaded.regencies.length} regencies`,
      ),
    );
  if (twice.areas > 0)
    lines.push(say(`dua kali: ${twice.areas} wilayah`, `twice: ${twice.areas} areas`) + shown(twice.list.map(({ code }) => code)));
  if (withoutRow.areas > 0)
    lines.push(
      say(`wilayah tanpa baris: ${withoutRow.areas}`, `areas without a row: ${withoutRow.areas}`) +
        shown(
          withoutRow.codes.length > 0 ? withoutRow.codes : withoutRow.parents.map(({ code, missing, of }) => `${code}: ${missing}/${of}`),
        ),
    );
  return lines;
}
