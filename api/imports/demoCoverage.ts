import { addDays } from "../contract/time.ts";
import type { DemoIncident } from "./demo.ts";
import type { DemoNilReport } from "./demoNilReports.ts";
import type { DemoPlace } from "./demoPlaces.ts";
import { type SeededChoice, seededChoice } from "./demoRandom.ts";

const months = 5;
const graceDays = 5;
/** Of 17 kecamatan these many, in the order of their codes, have nobody on the roster: there silence means nothing. */
const withoutRoster = 4;

const monthsBack = (today: string, back: number): string => {
  const date = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - back);
  return date.toISOString().slice(0, 10);
};
const districtsOf = (places: readonly DemoPlace[]): string[] => [...new Set(places.map((place) => place.code.slice(0, 8)))].sort();
const rostered = (places: readonly DemoPlace[]): string[] => districtsOf(places).slice(0, -withoutRoster);

/** The invented roster as a file: most kecamatan owe a report from every village each month, the rest have nobody. Nobody is named. */
export function demoRoster(places: readonly DemoPlace[], today: string): string {
  const lines = rostered(places).map((code, index) =>
    [code, "bulanan", graceDays, monthsBack(today, months), index % 3 === 0 ? "FKDM kecamatan" : "perangkat desa"].join(","),
  );
  return `area_code,cadence,grace_days,valid_from,reporter_role\n${lines.join("\n")}\n`;
}

type Habit = "steady" | "late" | "fading";
const habitOf = (choice: SeededChoice): Habit => (["steady", "late", "fading"] as const)[choice.weighted([80, 8, 12])] ?? "steady";

/** Days after the month's end on which its report comes; null where it does not come. */
function daysAfter(habit: Habit, monthsLeft: number, choice: SeededChoice): number | null {
  const [prompt, tardy, chance] = [choice.between(0, graceDays - 1), choice.between(graceDays + 2, 19), choice.next()];
  if (habit === "late") return tardy;
  if (habit === "fading") return monthsLeft >= 4 && chance < 0.6 ? prompt : null;
  return chance < 0.05 ? null : chance < 0.12 ? tardy : prompt;
}

/** The monthly reports of nothing from the villages on the roster: most come in time, some late, some villages fall silent. None for a month in which something happened. */
export function demoMonthlyReports(
  places: readonly DemoPlace[],
  incidents: readonly DemoIncident[],
  today: string,
  seed: number,
): DemoNilReport[] {
  const choice = seededChoice(seed ^ 0xc0ffee);
  const loud = new Set(incidents.map(({ properties: p }) => `${p.village_code} ${p.occurred_from.slice(0, 7)}`));
  const expecting = new Set(rostered(places));
  return places
    .filter((place) => expecting.has(place.code.slice(0, 8)))
    .flatMap((place) => {
      const habit = habitOf(choice);
      return Array.from({ length: months }, (_, index) => months - index).flatMap((back): DemoNilReport[] => {
        const from = monthsBack(today, back);
        const to = addDays(monthsBack(today, back - 1), -1);
        const days = daysAfter(habit, back, choice);
        const id = choice.uuid();
        if (days === null || loud.has(`${place.code} ${from.slice(0, 7)}`)) return [];
        const obtained = addDays(to, 1 + days);
        return obtained > today ? [] : [{ id, village_code: place.code, period_from: from, period_to: to, obtained_at: obtained }];
      });
    });
}
