import type { JoinReport } from "../contract/importReport.ts";
import { isWithin } from "./request.ts";

const mostListed = 10_000;

/** Gathers which rows found their area and which areas found no row. Has a life: it grows while the file is read and is finished once. */
export class JoinBuilder {
  readonly #matched = new Set<string>();
  readonly #unmatched: { row: number; value: unknown; code: string }[] = [];
  readonly #notLoaded = new Map<string, number>();
  readonly #twice: { code: string; rows: readonly number[] }[] = [];
  #matchedRows = 0;
  #unmatchedRows = 0;
  #notLoadedRows = 0;
  #areasTwice = 0;

  match(code: string): void {
    this.#matchedRows++;
    this.#matched.add(code);
  }

  unmatch(row: number, value: unknown, code: string): void {
    this.#unmatchedRows++;
    if (this.#unmatched.length < mostListed) this.#unmatched.push({ row, value: value ?? null, code });
  }

  passOver(code: string): void {
    this.#notLoadedRows++;
    const regency = code.slice(0, 5);
    this.#notLoaded.set(regency, (this.#notLoaded.get(regency) ?? 0) + 1);
  }

  isTwice(code: string, rows: readonly number[]): void {
    this.#areasTwice++;
    if (this.#twice.length < mostListed) this.#twice.push({ code, rows: rows.slice(0, 100) });
  }

  /** Areas of the levels that the file speaks of for which it has no row: by kabupaten, and by name of code where the file knows their kabupaten at all. */
  #withoutRow(stored: ReadonlySet<string>, scope: readonly string[] | null): JoinReport["withoutRow"] {
    const lengths = new Set([...this.#matched].map((code) => code.length));
    const parentOf = (code: string): string => code.slice(0, code.length > 5 ? 5 : code.length === 5 ? 2 : 0);
    const parents = new Map<string, { code: string; missing: number; of: number }>();
    const missing: string[] = [];
    for (const code of stored) {
      if (!lengths.has(code.length) || !isWithin(scope, code)) continue;
      const key = `${parentOf(code)} ${code.length}`;
      const parent = parents.get(key) ?? { code: parentOf(code), missing: 0, of: 0 };
      parents.set(key, parent);
      parent.of++;
      if (this.#matched.has(code)) continue;
      parent.missing++;
      missing.push(code);
    }
    const lacking = [...parents.values()].filter((parent) => parent.missing > 0).sort((a, b) => (a.code < b.code ? -1 : 1));
    const known = missing.filter((code) => {
      const parent = parents.get(`${parentOf(code)} ${code.length}`)!;
      return parent.missing < parent.of;
    });
    return {
      areas: missing.length,
      parents: lacking.slice(0, mostListed),
      codes: known.sort().slice(0, mostListed),
      isCut: known.length > mostListed || lacking.length > mostListed,
    };
  }

  /** @param stored codes of every stored area; `scope` the areas to which the sender is bound, null for everywhere. */
  finish(stored: ReadonlySet<string>, scope: readonly string[] | null): JoinReport {
    const regencies = [...this.#notLoaded].map(([code, rows]) => ({ code, rows })).sort((a, b) => (a.code < b.code ? -1 : 1));
    return {
      matched: { rows: this.#matchedRows, areas: this.#matched.size },
      unmatched: { rows: this.#unmatchedRows, list: this.#unmatched, isCut: this.#unmatchedRows > this.#unmatched.length },
      notLoaded: { rows: this.#notLoadedRows, regencies: regencies.slice(0, mostListed), isCut: regencies.length > mostListed },
      twice: { areas: this.#areasTwice, list: this.#twice, isCut: this.#areasTwice > this.#twice.length },
      withoutRow: this.#withoutRow(stored, scope),
    };
  }
}
