import type { Life } from "../service/life.ts";
import { indicatorNames, type Kind, regency, valuesPerRound } from "./files.ts";

async function json<T>(life: Life, path: string): Promise<T> {
  const answer = await life.ask(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function villageRounds(life: Life): Promise<number[]> {
  type Page = { features: { properties: { name: string } }[] };
  const { features } = await json<Page>(life, `/api/collections/villages/items?limit=10000`);
  return features.map((feature) => Number(/putaran (\d+)$/.exec(feature.properties.name)?.[1]));
}

async function valueRounds(life: Life): Promise<number[]> {
  type Columns = { columns: Record<string, (number | null)[]> };
  const { columns } = await json<Columns>(life, `/api/values/indicators?areas=${regency}`);
  return indicatorNames.flatMap((name) => columns[name] ?? []).map((value) => (value === null ? 0 : Math.floor(value / valuesPerRound)));
}

/**
 * What the service shows of a kind: "none", or "round 3" where everything is of that round, or what is mixed. Incidents are told by their number, in rounds of
 * `rows` each.
 */
export async function shownState(life: Life, kind: Kind, rows: number): Promise<string> {
  if (kind === "incidents") {
    const { numberMatched } = await json<{ numberMatched: number }>(life, "/api/collections/incidents/items?limit=1");
    return numberMatched % rows === 0 ? `${numberMatched / rows} whole` : `HALF: ${numberMatched} incidents`;
  }
  const rounds = await (kind === "boundaries" ? villageRounds(life) : valueRounds(life));
  const found = [...new Set(rounds)].sort((a, b) => a - b);
  if (found.length === 0) return "none";
  const expected = kind === "boundaries" ? rows : rows * indicatorNames.length;
  return found.length === 1 && rounds.length === expected
    ? `round ${found[0]}`
    : `HALF: rounds ${found.join(", ")} in ${rounds.length} of ${expected}`;
}
