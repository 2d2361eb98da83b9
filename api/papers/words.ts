export type Language = "id" | "en";

/** A day in words: 27 Juni 2025. */
export const dayWords = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === "id" ? "id" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${day.slice(0, 10)}T00:00:00Z`),
  );

/** A number as it is read: 1.234,5 or 1,234.5. */
export const numberWords = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language === "id" ? "id" : "en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** Names in a row: a, b dan c. */
export const listWords = (names: readonly string[], language: Language): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${language === "id" ? "dan" : "and"} ${names.at(-1)}`;
