import { expect, test } from "vitest";
import calendar from "../../data/calendars/suro.json" with { type: "json" };

const millisecondsPerDay = 86_400_000;
const dayNumber = (day: string) => Date.parse(day) / millisecondsPerDay;

// The Sultan Agung calendar in kurup Asapon: 1 Suro Alip 1867 was Selasa Pon, 24 March 1936; every eight years have 2,835 days.
test("1 Suro follows the arithmetic of the Javanese calendar", () => {
  const lengths = [354, 355, 354, 354, 355, 354, 354, 355];
  const names = ["Alip", "Ehe", "Jimawal", "Je", "Dal", "Be", "Wawu", "Jimakir"];
  for (const { date, javanese_year, year_name } of calendar.suro) {
    let day = dayNumber("1936-03-24");
    for (let year = 1867; year < javanese_year; year++) day += lengths[(year - 1867) % 8]!;
    expect(dayNumber(date)).toBe(day);
    expect(year_name).toBe(names[(javanese_year - 1867) % 8]);
  }
});

// As announced by the palace of Yogyakarta.
test.each([
  ["2024-07-08", 1958, "Senin Legi"],
  ["2025-06-27", 1959, "Jumat Kliwon"],
])("1 Suro was %s in %i, a %s", (date, year, day) => {
  expect(calendar.suro.find((entry) => entry.javanese_year === year)).toMatchObject({ date, day });
});

test("1 Muharram lies within a day of the Umm al-Qura calendar and of 1 Suro", () => {
  const format = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura", { day: "numeric", month: "numeric", timeZone: "UTC" });
  for (const { date, hijri_year } of calendar.muharram) {
    const around = [-1, 0, 1].map((shift) => format.format((dayNumber(date) + shift) * millisecondsPerDay));
    expect(around.some((text) => text.startsWith("1/1"))).toBe(true);
    const suro = calendar.suro.find((entry) => entry.javanese_year === hijri_year + 512);
    expect(Math.abs(dayNumber(suro!.date) - dayNumber(date))).toBeLessThanOrEqual(1);
  }
});
