import { audienceOf } from "../access/audience.ts";
import type { Database } from "../database/database.ts";
import { readTogether } from "../database/readTogether.ts";
import type { Answer, Person } from "../endpoint.ts";
import { versions } from "../queries/settings.ts";

const mostAnswers = 200;

/**
 * Answers that depend on nothing but the data, or on the data and what was published, kept ready to send until those change. The key holds who may see what
 * and the whole question, the version is read anew each time, so an answer never outlives what it was made from.
 */
export class AnswerCache {
  readonly #versions: () => Promise<{ readonly data: number; readonly publications: number }>;
  readonly #answers = new Map<string, { readonly version: string; readonly answer: Promise<Answer> }>();

  constructor(database: Database) {
    this.#versions = readTogether(() => versions(database));
  }

  async get(person: Person, question: unknown, madeFrom: "data" | "publications", work: () => Promise<Answer>): Promise<Answer> {
    const { data, publications } = await this.#versions();
    const version = madeFrom === "data" ? String(data) : `${data} ${publications}`;
    const key = JSON.stringify([audienceOf(person), person.areas, question]);
    const kept = this.#answers.get(key);
    if (kept?.version === version) return kept.answer;
    const answer = work().then((made) =>
      typeof made.body === "object" && !(made.body instanceof Uint8Array)
        ? { ...made, type: "application/json; charset=utf-8", body: JSON.stringify(made.body) }
        : made,
    );
    this.#answers.delete(key);
    this.#answers.set(key, { version, answer });
    answer.catch(() => this.#answers.delete(key));
    const oldest = this.#answers.keys().next().value;
    if (this.#answers.size > mostAnswers && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}
