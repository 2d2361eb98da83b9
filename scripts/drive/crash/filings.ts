import { seededId } from "../random.ts";

/** One report that somebody files: with an id of the client's own, or with a key that makes it one however often it is sent. */
export interface Filing {
  readonly collection: "incidents" | "reports";
  readonly id: string | null;
  readonly key: string | null;
  readonly facts: string;
  readonly body: string;
}

const day = (random: () => number): string => new Date(Date.UTC(2024, 0, 1 + Math.floor(random() * 500))).toISOString().slice(0, 10);

/**
 * The filing of a number, whose facts no other has: three of five are incidents with an id, one an incident under a key, one a report of nothing.
 * @param villages codes of villages that are loaded
 */
export function makeFiling(number: number, villages: readonly string[], random: () => number): Filing {
  const facts = `Laporan ${number} dari ${seededId(random)}`;
  const village = villages[Math.floor(random() * villages.length)] ?? "";
  const id = seededId(random);
  const from = day(random);
  const feature = (properties: object, withId: boolean): string =>
    JSON.stringify({
      type: "Feature",
      ...(withId ? { id } : {}),
      geometry: null,
      properties: { village_code: village, facts, ...properties },
    });
  switch (number % 5) {
    case 3:
      return {
        collection: "incidents",
        id: null,
        key: id,
        facts,
        body: feature({ occurred_from: from, issue: "404", form: "F6" }, false),
      };
    case 4:
      return {
        collection: "reports",
        id,
        key: null,
        facts,
        body: feature({ obtained_at: `${from}T08:00:00+07:00`, nil: true, period_from: from, period_to: from }, true),
      };
    default:
      return { collection: "incidents", id, key: null, facts, body: feature({ occurred_from: from, issue: "404", form: "F6" }, true) };
  }
}
