import suro from "../../data/calendars/suro.json" with { type: "json" };
import { addDays } from "../contract/time.ts";
import { around, type DemoPlace, type Point, pointInside } from "./demoPlaces.ts";
import { type SeededChoice, seededChoice } from "./demoRandom.ts";
import { tellStory } from "./demoStories.ts";

/** An incident as a feature of the API: properties by their names there, and a point or null. */
export interface DemoIncident {
  readonly type: "Feature";
  readonly id: string;
  readonly geometry: { readonly type: "Point"; readonly coordinates: Point } | null;
  readonly properties: {
    readonly id: string;
    readonly village_code: string;
    readonly occurred_from: string;
    readonly issue: string;
    readonly form: string;
    readonly stage: string;
    readonly status: "reported" | "verified";
    readonly source_value: string;
    readonly content_value: number;
    readonly title: string;
    readonly facts: string;
    readonly killed: number | null;
    readonly injured: number | null;
    readonly displaced: number | null;
    readonly buildings_damaged: number | null;
    readonly location_precision: number;
  };
}

const days = 3 * 365 + 1;
/** Where something keeps happening, or has just begun to: the middle village, how many around it, how much, of what. */
const clusters = [
  {
    name: "Sumberwangi",
    district: "Karangjati",
    villages: 20,
    incidents: 215,
    lastDays: days,
    issues: { "404": 8, "407": 1, "406": 1, "409": 0.4 },
  },
  {
    name: "Tegalwulan",
    district: "Tegalwulan",
    villages: 10,
    incidents: 105,
    lastDays: days,
    issues: { "302": 6, "301": 2, "303": 1.5, "305": 0.3 },
  },
  { name: "Wanakerta", district: "Wanakerta", villages: 5, incidents: 26, lastDays: 80, issues: { "405": 5, "407": 2, "411": 1 } },
] as const;
const aroundSuro = { incidentsPerYear: 17, daysBefore: 4, daysAfter: 9 };
const background = {
  incidents: 80,
  issues: {
    "301": 3,
    "303": 2,
    "202": 3,
    "204": 2,
    "206": 2,
    "304": 1,
    "305": 2,
    "401": 0.6,
    "402": 0.6,
    "404": 3,
    "405": 1.5,
    "406": 2,
    "407": 3,
    "408": 1,
    "409": 2,
    "411": 2,
    "501": 1,
    "504": 1,
  },
};

function issueOf(issues: Readonly<Record<string, number>>, choice: SeededChoice): string {
  const codes = Object.keys(issues);
  return codes[choice.weighted(codes.map((code) => issues[code]!))]!;
}

/** Harm as it would be known: forms without violence tell of none, others often leave it open. */
function harmOf(
  form: string,
  choice: SeededChoice,
): { killed: number | null; injured: number | null; displaced: number | null; buildings_damaged: number | null } {
  const violent = ["F5", "F6", "F8"].includes(form);
  const isKnown = choice.next() < (violent ? 0.8 : 0.5);
  const injured = violent ? choice.weighted([2, 4, 3, 2, 1]) : 0;
  const damaged = form === "F7" ? choice.between(1, 3) : form === "F6" && choice.next() < 0.2 ? choice.between(1, 4) : 0;
  const killed = form === "F6" && choice.next() < 0.03 ? 1 : 0;
  if (!isKnown) return { killed: null, injured: null, displaced: null, buildings_damaged: form === "F7" ? damaged : null };
  return {
    killed,
    injured,
    displaced: form === "F6" && choice.next() < 0.04 ? choice.between(4, 20) : choice.next() < 0.5 ? 0 : null,
    buildings_damaged: damaged,
  };
}

/**
 * Three years of invented incidents that end on `today`: two places where they keep happening, one where they have just begun to rise, a rhythm of issue 404
 * around 1 Suro, and a scatter everywhere else. The same places, day and seed give the same incidents, ids included.
 * @param today the last day, YYYY-MM-DD; nothing happens after it.
 */
export function demoIncidents(places: readonly DemoPlace[], today: string, seed: number): DemoIncident[] {
  const choice = seededChoice(seed);
  const incidents: DemoIncident[] = [];
  const happen = (place: DemoPlace, daysAgo: number, issue: string) => {
    const { form, stage, title, facts, hour } = tellStory(issue, choice);
    const hasHour = hour !== null && daysAgo > 0 && choice.next() < 0.4;
    const day = addDays(today, -daysAgo);
    const isVerified = choice.next() < (daysAgo > 21 ? 0.74 : 0.25);
    const precision = 1 + choice.weighted([4, 3, 4]);
    const id = choice.uuid();
    const source_value = isVerified ? choice.pick(["A", "B", "B", "B", "C"]) : choice.pick(["B", "C", "C", "D", "F"]);
    const content_value = isVerified ? choice.pick([1, 2, 2, 2, 3]) : choice.pick([2, 3, 3, 4, 6]);
    incidents.push({
      type: "Feature",
      id,
      geometry: precision < 3 ? { type: "Point", coordinates: pointInside(place.ring, choice) } : null,
      properties: {
        id,
        village_code: place.code,
        occurred_from: hasHour ? `${day}T${String(hour).padStart(2, "0")}:00:00+07:00` : day,
        issue,
        form,
        stage,
        status: isVerified ? "verified" : "reported",
        source_value,
        content_value,
        title,
        facts,
        ...harmOf(form, choice),
        location_precision: precision,
      },
    });
  };

  for (const cluster of clusters) {
    const near = around(places, cluster.name, cluster.district, cluster.villages);
    // Most in the middle, fewer towards the edge.
    const weights = near.map((_, rank) => 1 / (1 + rank * 0.03));
    for (let i = 0; i < cluster.incidents; i++)
      happen(near[choice.weighted(weights)]!, choice.between(0, cluster.lastDays - 1), issueOf(cluster.issues, choice));
  }
  const silat = around(places, "Sumberwangi", "Karangjati", 20);
  for (const { date } of suro.suro) {
    for (let i = 0; i < aroundSuro.incidentsPerYear; i++) {
      const day = addDays(date, choice.between(-aroundSuro.daysBefore, aroundSuro.daysAfter));
      const place = choice.next() < 0.72 ? choice.pick(silat) : choice.pick(places);
      const daysAgo = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
      if (daysAgo >= 0 && daysAgo < days) happen(place, daysAgo, "404");
    }
  }
  const weights = places.map((place) => (place.population ?? 2500) ** 0.8);
  for (let i = 0; i < background.incidents; i++)
    happen(places[choice.weighted(weights)]!, choice.between(0, days - 1), issueOf(background.issues, choice));
  return incidents.sort((a, b) =>
    a.properties.occurred_from < b.properties.occurred_from
      ? -1
      : a.properties.occurred_from > b.properties.occurred_from
        ? 1
        : a.id < b.id
          ? -1
          : 1,
  );
}
