import type { Life } from "../service/life.ts";
import type { Filing } from "./filings.ts";

/** A filing and what is known of it: unanswered ones may be there or not, acknowledged ones must be, with this id. */
interface Entry {
  readonly filing: Filing;
  id: string | null;
}

interface Stored {
  readonly id: string;
  readonly properties: { readonly facts: string | null };
}

const together = 8;

const mostTries = 6;

/** Asks again as told where the service says that it cannot now, and once more where the connection was closed in the moment it was taken up again. */
async function again(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await ask().catch(ask);
    const seconds = Number(answer.headers.get("retry-after"));
    if (answer.status !== 503 || !(seconds > 0) || tries === mostTries) return answer;
    await new Promise((resume) => setTimeout(resume, 1000 * seconds));
  }
}

async function json<T>(life: Life, path: string): Promise<T> {
  const answer = await again(() => life.ask(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}

async function forEach<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await work(next);
    }),
  );
}

const post = (life: Life, filing: Filing): Promise<Response> =>
  life.ask(`/api/collections/${filing.collection}/items`, {
    method: "POST",
    headers: { "Content-Type": "application/geo+json", ...(filing.key === null ? {} : { "Idempotency-Key": filing.key }) },
    body: filing.body,
  });

/** What was filed and acknowledged over many lives of the service, and whether the service has exactly that. */
export class Ledger {
  readonly #acknowledged = new Map<string, Filing>();
  #unanswered: Entry[] = [];
  #fresh: Filing[] = [];

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  get unanswered(): number {
    return this.#unanswered.length;
  }

  /**
   * Files a report; false where no answer came or the service said honestly that it cannot now (503).
   * @throws when it answered with anything else than that it is stored.
   */
  async file(life: Life, filing: Filing): Promise<boolean> {
    const entry: Entry = { filing, id: filing.id };
    this.#unanswered.push(entry);
    const text = await post(life, filing).then(
      async (answer) => {
        const body = await answer.text();
        if (answer.status === 503) {
          if (answer.headers.get("retry-after") === null) throw new Error(`503 without Retry-After: ${body.slice(0, 300)}`);
          return null;
        }
        if (answer.status !== 201) throw new Error(`${answer.status} ${body.slice(0, 300)}`);
        return body;
      },
      () => null,
    );
    if (text === null) return false;
    entry.id = (JSON.parse(text) as Stored).id;
    this.#acknowledge(entry);
    return true;
  }

  /** Sends a filing once, whatever comes back; one that is stored counts as acknowledged unless told otherwise. */
  async send(life: Life, filing: Filing, isCounted = true): Promise<{ status: number; text: string }> {
    const answer = await post(life, filing);
    const text = await answer.text();
    if (isCounted && answer.status === 201) this.#acknowledge({ filing, id: filing.id });
    return { status: answer.status, text };
  }

  #acknowledge({ filing, id }: Entry): void {
    this.#unanswered = this.#unanswered.filter((waiting) => waiting.filing !== filing);
    this.#acknowledged.set(id ?? "", filing);
    this.#fresh.push(filing);
  }

  /**
   * What is wrong after a restart: each report acknowledged since the last look must be there as it was sent, the collections must hold no more than
   * all that was ever filed, and sending what was not answered once more, twice, must leave each there once.
   */
  async faults(life: Life): Promise<string[]> {
    const faults: string[] = [];
    const idOf = new Map([...this.#acknowledged].map(([id, filing]) => [filing, id]));
    await forEach(this.#fresh.splice(0), async (filing) => {
      const answer = await again(() => life.ask(`/api/collections/${filing.collection}/items/${idOf.get(filing)}`));
      const text = await answer.text();
      const facts = answer.ok ? (JSON.parse(text) as Stored).properties.facts : `${answer.status} ${text.slice(0, 200)}`;
      if (facts !== filing.facts) faults.push(`LOST: acknowledged ${filing.facts} is ${facts}`);
    });
    faults.push(...(await this.#countFaults(life, this.#unanswered)));
    await forEach([...this.#unanswered], async (entry) => {
      const statuses: number[] = [];
      const ids = new Set<string>();
      for (let time = 0; time < 2; time++) {
        const answer = await again(() => post(life, entry.filing));
        statuses.push(answer.status);
        ids.add(((await answer.json()) as Stored).id);
      }
      entry.id = [...ids][0] ?? "";
      if (!["201,200", "200,200"].includes(statuses.join()) || ids.size !== 1)
        faults.push(`DOUBLED: sent again ${entry.filing.facts} was ${statuses.join(", ")} under ${[...ids].join(", ")}`);
      this.#acknowledge(entry);
    });
    faults.push(...(await this.#countFaults(life, [])));
    return faults;
  }

  async #countFaults(life: Life, open: readonly Entry[]): Promise<string[]> {
    const faults: string[] = [];
    const filed = [...this.#acknowledged.values()];
    const incidents = filed.filter((filing) => filing.collection === "incidents").length;
    const openIncidents = open.filter((entry) => entry.filing.collection === "incidents").length;
    // Every incident comes with its first report.
    for (const [collection, least, most] of [
      ["incidents", incidents, incidents + openIncidents],
      ["reports", filed.length, filed.length + open.length],
    ] as const) {
      const { numberMatched: found } = await json<{ numberMatched: number }>(life, `/api/collections/${collection}/items?limit=1`);
      if (found < least || found > most) faults.push(`${collection}: ${found} are there, expected ${least} to ${most}`);
    }
    return faults;
  }

  /** Reads everything and compares it one by one with what was acknowledged. */
  async finalFaults(life: Life): Promise<string[]> {
    const faults: string[] = [];
    const times = new Map<string, number>();
    for (const collection of ["incidents", "reports"] as const) {
      let path: string | null = `/api/collections/${collection}/items?limit=1000`;
      while (path !== null) {
        type Page = { features: Stored[]; links: { rel: string; href: string }[] };
        const page: Page = await json<Page>(life, path);
        for (const { id, properties } of page.features) {
          const filing = this.#acknowledged.get(id);
          if (filing === undefined && collection === "incidents") faults.push(`nobody filed ${id}`);
          if (filing !== undefined && properties.facts !== filing.facts) faults.push(`${id} is ${properties.facts}, was ${filing.facts}`);
          const name = `${collection} ${properties.facts}`;
          times.set(name, (times.get(name) ?? 0) + 1);
        }
        const next: string | undefined = page.links.find((link) => link.rel === "next")?.href;
        path = next === undefined ? null : next.slice(new URL(next).origin.length);
      }
    }
    for (const { collection, facts } of this.#acknowledged.values())
      for (const place of collection === "incidents" ? ["incidents", "reports"] : ["reports"])
        if (times.get(`${place} ${facts}`) !== 1) faults.push(`${facts} is ${times.get(`${place} ${facts}`) ?? 0} times in ${place}`);
    return faults;
  }
}
