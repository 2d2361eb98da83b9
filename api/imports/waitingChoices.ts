import { createHash } from "node:crypto";
import type { QueueEntry } from "../queries/importQueue.ts";
import type { ValueTwice } from "../queries/indicators.ts";
import { uuidOf } from "./incidentRow.ts";
import type { ImportRequest } from "./request.ts";

interface WaitingRow {
  readonly areaCode: string;
  readonly rows: readonly number[];
  readonly values: Record<string, unknown>[];
}

/** Rows that give one village different numbers: at most one of them is taken, and a person chooses which. */
export class WaitingChoices {
  readonly #request: ImportRequest;
  readonly #byRow = new Map<string, WaitingRow>();

  constructor(request: ImportRequest) {
    this.#request = request;
  }

  add({ areaCode, indicator, year, rows, told }: ValueTwice): void {
    const { source, unit, licence } = this.#request.options;
    for (const [index, row] of rows.entries()) {
      const key = `${areaCode} ${row}`;
      const waiting = this.#byRow.get(key) ?? { areaCode, rows, values: [] };
      this.#byRow.set(key, waiting);
      const said = told[index]!;
      waiting.values.push({
        indicator,
        year,
        value: said.value,
        source: said.source ?? source ?? this.#request.name,
        unit: said.unit ?? unit ?? null,
        licence: said.licence ?? licence ?? null,
      });
    }
  }

  /** One entry for each different choice, and how many rows only repeat one. */
  entries(): { entries: QueueEntry[]; repeated: number } {
    const made = this.#entries();
    const entries = [...new Map(made.toReversed().map((entry) => [entry.id, entry])).values()].toReversed();
    return { entries, repeated: made.length - entries.length };
  }

  #entries(): QueueEntry[] {
    return [...this.#byRow].map(([key, { areaCode, rows, values }]) => {
      const row = Number(key.split(" ")[1]);
      // The same values of the same village meet again, whichever line of whichever file they stand in.
      const content = JSON.stringify([areaCode, values.map(({ source: _, ...value }) => value)]);
      return {
        row,
        id: uuidOf(`queue indicators ${content}`),
        reason: "code_twice",
        details: { field: "code", value: areaCode, rows: rows.join(", ") },
        place: null,
        record: { values },
        candidates: [{ villageCode: areaCode, probability: 1 }],
        choiceGroup: uuidOf(`choice indicators ${areaCode} ${values.map(({ indicator, year }) => `${indicator} ${year}`).join(" ")}`),
        contentHash: createHash("sha256").update(content).digest("hex"),
      };
    });
  }
}
