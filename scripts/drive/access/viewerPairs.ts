import { seededRandom } from "../random.ts";

/** An incident that counts, as it was filed: what an attacker must not find out one by one. */
export interface Filed {
  readonly district: string;
  /** First day of its month. */
  readonly month: string;
  readonly reporters: readonly string[];
}

export interface PairsAsked {
  readonly pairs: number;
  readonly seed: number;
  /** Areas that are asked for, of any level, and all kecamatan that the viewer may see. */
  readonly areas: readonly string[];
  readonly districts: readonly string[];
  /** Days between which questions begin and end, from the first day of a reporting period to the day after one. */
  readonly from: string;
  readonly to: string;
  readonly least: { readonly incidents: number; readonly reporters: number };
}

export interface PairsReport {
  readonly pairs: number;
  readonly questions: number;
  /** Numbers that were told, different ones; without any the pairs prove nothing. */
  readonly told: number;
  readonly differences: number;
  readonly faults: readonly string[];
}

type Ask = (path: string) => Promise<{ readonly status: number; readonly body: Answer }>;
interface Sparse {
  readonly entries: { readonly area: number[]; readonly step: number[]; readonly count: number[] };
  readonly suppressed: { readonly area: number[]; readonly step: number[] };
}
interface Answer extends Sparse {
  readonly codes: readonly string[];
  readonly steps: readonly string[];
  readonly step: "month" | "period";
  readonly regencies: Sparse & { readonly codes: readonly string[] };
}

/** A number that was told, and the cells (kecamatan by month) that it is the sum of. */
interface Fact {
  readonly cells: ReadonlySet<string>;
  readonly value: number;
}

const monthsOf = (start: string, step: Answer["step"]): string[] =>
  Array.from({ length: step === "month" ? 1 : 4 }, (_, later) => {
    const month = Number(start.slice(5, 7)) + later;
    return `${start.slice(0, 4)}-${String(month).padStart(2, "0")}-01`;
  });

/** All numbers that an answer tells: those written out, and the 0 of what is neither written out nor kept back. */
function factsOf(answer: Answer, districts: readonly string[]): Fact[] {
  const of = (codes: readonly string[], { entries, suppressed }: Sparse): Fact[] => {
    const counts = new Map(entries.area.map((area, n) => [`${area} ${entries.step[n]}`, entries.count[n] as number]));
    const hidden = new Set(suppressed.area.map((area, n) => `${area} ${suppressed.step[n]}`));
    return codes.flatMap((code, area) =>
      answer.steps.flatMap((start, step) => {
        if (hidden.has(`${area} ${step}`)) return [];
        const inside = districts.filter((district) => district.startsWith(code));
        const cells = new Set(inside.flatMap((district) => monthsOf(start, answer.step).map((month) => `${district} ${month}`)));
        return [{ cells, value: counts.get(`${area} ${step}`) ?? 0 }];
      }),
    );
  };
  return [...of(answer.codes, answer), ...of(answer.regencies.codes, answer.regencies)];
}

/**
 * Asks for counts as a viewer, at random, and takes the answers two by two: no number told may differ from another one, or from all that the other answer tells, by
 * fewer incidents or reporters than a cell must have, and all must be true.
 * @param ask reads an address as the viewer; the service must hold just the incidents of `filed` between the days
 */
export async function drivePairs(ask: Ask, filed: readonly Filed[], asked: PairsAsked): Promise<PairsReport> {
  const random = seededRandom(asked.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const days = (Date.parse(asked.to) - Date.parse(asked.from)) / 86_400_000;
  const dayAt = (n: number): string => new Date(Date.parse(asked.from) + n * 86_400_000).toISOString().slice(0, 10);
  const question = (): string => {
    const [a, b] = [Math.floor(random() * days), Math.floor(random() * days)];
    const areas = random() < 0.4 ? "" : `&areas=${[...new Set([pick(asked.areas), pick(asked.areas)])].join(",")}`;
    return `/api/values/counts?codes=true&from=${dayAt(Math.min(a, b))}&to=${dayAt(Math.max(a, b) + 1)}&step=${pick(["day", "week", "month", "period"])}${areas}`;
  };
  // As many questions as make that many different pairs.
  const questions = Math.ceil(Math.sqrt(2 * asked.pairs)) + 1;
  const answers: Fact[][] = [];
  const faults: string[] = [];
  for (let n = 0; n < questions; n++) {
    const path = question();
    const { status, body } = await ask(path);
    if (status !== 200) faults.push(`${path}: ${status}`);
    answers.push(status === 200 ? factsOf(body, asked.districts) : []);
  }
  const truth = new Map<string, Filed[]>();
  for (const one of filed) truth.set(`${one.district} ${one.month}`, [...(truth.get(`${one.district} ${one.month}`) ?? []), one]);
  const wordsOf = (cells: Iterable<string>): string => [...cells].sort().join(", ");
  const known = new Map<string, Fact>();
  const checked = new Set<string>();
  const check = (cells: Iterable<string>, value: number): void => {
    const words = wordsOf(cells);
    if (checked.has(words)) return;
    checked.add(words);
    const inside = words === "" ? [] : words.split(", ").flatMap((cell) => truth.get(cell) ?? []);
    const reporters = new Set(inside.flatMap((one) => one.reporters)).size;
    if (inside.length !== value) faults.push(`${words}: ${value} was told, ${inside.length} were filed`);
    if (inside.length > 0 && (inside.length < asked.least.incidents || reporters < asked.least.reporters))
      faults.push(`${words}: shows ${inside.length} incidents of ${reporters} reporters`);
  };
  for (const fact of answers.flat()) {
    known.set(wordsOf(fact.cells), fact);
    check(fact.cells, fact.value);
  }
  // Each answer as the different numbers in it and the sum of all that do not overlap.
  const numbered = new Map([...known.keys()].map((words, number) => [words, number]));
  const facts = [...known.values()];
  const named = answers.map((list) => [...new Set(list.map((fact) => numbered.get(wordsOf(fact.cells)) as number))]);
  const sums = answers.map(disjointSum);
  const compared = new Set<number>();
  let pairs = 0;
  for (let a = 0; a < questions && pairs < asked.pairs; a++)
    for (let b = 0; b < a && pairs < asked.pairs; b++) {
      pairs++;
      compare(sums[a] as Fact, sums[b] as Fact);
      for (const one of named[a] ?? [])
        for (const other of named[b] ?? []) {
          const key = one < other ? one * facts.length + other : other * facts.length + one;
          if (compared.has(key)) continue;
          compared.add(key);
          compare(facts[one] as Fact, facts[other] as Fact);
        }
    }
  function compare(one: Fact, other: Fact): void {
    const [large, small] = one.cells.size >= other.cells.size ? [one, other] : [other, one];
    if ([...small.cells].every((cell) => large.cells.has(cell)))
      check(
        [...large.cells].filter((cell) => !small.cells.has(cell)),
        large.value - small.value,
      );
  }
  return { pairs, questions, told: known.size, differences: checked.size, faults };
}

/** The widest numbers first, each that overlaps none before it: what one would add up by hand. */
function disjointSum(facts: readonly Fact[]): Fact {
  const cells = new Set<string>();
  let value = 0;
  for (const fact of [...facts].sort((a, b) => b.cells.size - a.cells.size)) {
    if ([...fact.cells].some((cell) => cells.has(cell))) continue;
    for (const cell of fact.cells) cells.add(cell);
    value += fact.value;
  }
  return { cells, value };
}
