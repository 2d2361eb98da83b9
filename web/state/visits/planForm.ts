import { addDays, daysBetween, isDay } from "../../format/day.ts";

/** One team as a person writes it. Words are lists parted by commas. */
export interface TeamForm {
  readonly name: string;
  /** Code of the village where each day begins and ends. */
  readonly base: string;
  readonly skills: string;
  readonly languages: string;
}

/** What a leader chooses before a plan is made. Numbers are text until they are sent, so that what is half typed stays. */
export interface PlanForm {
  readonly teams: readonly TeamForm[];
  readonly from: string;
  /** The last day, inclusive. */
  readonly until: string;
  readonly startsAt: string;
  readonly hoursPerDay: string;
  readonly visitMinutes: string;
  readonly explorationPercent: string;
  readonly kilometresPerHour: string;
  readonly travel: "distance" | "road";
  readonly effort: "quick" | "normal" | "thorough";
  readonly seed: string;
}

/** What a leader asks of one village by hand. */
export interface VillageWish {
  readonly notBefore?: string;
  readonly opens?: string;
  readonly closes?: string;
}

export type FormFault = { readonly field: string; readonly fault: "needed" | "number" | "day" | "order" | "twice" };

const words = (text: string): string[] => [...new Set(text.split(",").map((word) => word.trim()))].filter(Boolean);
const asNumber = (text: string): number => Number(text.trim().replace(",", "."));
const monday = 1;

/** The first working day after today. */
function nextWorkingDay(today: string): string {
  const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
  let day = addDays(today, 1);
  while (weekday(day) === 0 || weekday(day) === 6) day = addDays(day, 1);
  return day;
}

/** Two teams from one base, from the next working day to the end of that week. */
export function usualForm(base: string, today: string): PlanForm {
  const from = nextWorkingDay(today);
  const weekday = new Date(`${from}T00:00:00Z`).getUTCDay();
  return {
    teams: ["A", "B"].map((name) => ({ name, base, skills: "", languages: "" })),
    from,
    until: addDays(from, 4 - (weekday - monday)),
    startsAt: "08:00",
    hoursPerDay: "7",
    visitMinutes: "75",
    explorationPercent: "10",
    kilometresPerHour: "30",
    travel: "distance",
    effort: "normal",
    seed: "1",
  };
}

/** What has to be put right before a plan can be asked for, in the order of the fields. */
export function formFaults(form: PlanForm): FormFault[] {
  const faults: FormFault[] = [];
  form.teams.forEach((team, index) => {
    if (!team.name.trim()) faults.push({ field: `team-${index}`, fault: "needed" });
    else if (form.teams.findIndex(({ name }) => name.trim() === team.name.trim()) < index)
      faults.push({ field: `team-${index}`, fault: "twice" });
    if (!team.base) faults.push({ field: `base-${index}`, fault: "needed" });
  });
  if (!isDay(form.from)) faults.push({ field: "from", fault: "day" });
  if (!isDay(form.until)) faults.push({ field: "until", fault: "day" });
  else if (isDay(form.from) && (form.until < form.from || daysBetween(form.from, form.until) > 59))
    faults.push({ field: "until", fault: "order" });
  const inside = (field: keyof PlanForm, least: number, most: number): void => {
    const value = asNumber(form[field] as string);
    if (!(form[field] as string).trim() || !(value >= least && value <= most)) faults.push({ field, fault: "number" });
  };
  inside("hoursPerDay", 0.5, 24);
  inside("visitMinutes", 1, 1440);
  inside("explorationPercent", 0, 50);
  inside("kilometresPerHour", 1, 120);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(form.startsAt)) faults.push({ field: "startsAt", fault: "needed" });
  return faults;
}

/** The inputs of the process `visit-plan` for an area, with what is wished by hand. */
export function planInputs(
  form: PlanForm,
  area: string,
  mustVisit: readonly string[],
  villages: Readonly<Record<string, VillageWish>>,
): Record<string, unknown> {
  return {
    areas: [area],
    teams: form.teams.map((team) => ({
      name: team.name.trim(),
      base: team.base,
      hoursPerDay: asNumber(form.hoursPerDay),
      startsAt: form.startsAt,
      skills: words(team.skills),
      languages: words(team.languages),
    })),
    from: form.from,
    to: addDays(form.until, 1),
    visitMinutes: asNumber(form.visitMinutes),
    explorationShare: asNumber(form.explorationPercent) / 100,
    travel: form.travel === "road" ? { kind: "road" } : { kind: "distance", kilometresPerHour: asNumber(form.kilometresPerHour) },
    mustVisit,
    villages,
    seed: Number(form.seed) || 1,
  };
}

/** What a kept plan tells of its inputs. */
export interface KeptInputs {
  readonly areas?: readonly string[];
  readonly teams: readonly {
    readonly name: string;
    readonly base?: unknown;
    readonly hoursPerDay: number;
    readonly startsAt: string;
    readonly skills: readonly string[];
    readonly languages: readonly string[];
  }[];
  readonly from?: string;
  readonly to?: string;
  readonly visitMinutes: unknown;
  readonly explorationShare: number;
  readonly travel: { readonly kind?: string; readonly kilometresPerHour?: number; readonly detourFactor?: number };
  readonly mustVisit: readonly string[];
  readonly villages: Readonly<Record<string, VillageWish>>;
  readonly seed?: number;
}

/** The form that a kept plan was made from; what the form cannot say takes its usual value. */
export function formOfInputs(inputs: KeptInputs, usual: PlanForm): PlanForm {
  const [first] = inputs.teams;
  const text = (value: unknown, otherwise: string): string => (typeof value === "number" ? String(value) : otherwise);
  return {
    ...usual,
    teams: inputs.teams.map(({ name, base, skills, languages }) => ({
      name,
      base: typeof base === "string" ? base : "",
      skills: skills.join(", "),
      languages: languages.join(", "),
    })),
    from: inputs.from ?? usual.from,
    until: inputs.to ? addDays(inputs.to, -1) : usual.until,
    startsAt: first?.startsAt ?? usual.startsAt,
    hoursPerDay: text(first?.hoursPerDay, usual.hoursPerDay),
    visitMinutes: text(inputs.visitMinutes, usual.visitMinutes),
    explorationPercent: String(Math.round(inputs.explorationShare * 100)),
    kilometresPerHour: text(inputs.travel.kilometresPerHour, usual.kilometresPerHour),
    travel: inputs.travel.kind === "road" ? "road" : "distance",
    seed: text(inputs.seed, usual.seed),
  };
}
