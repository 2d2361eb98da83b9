import type { Database } from "../database/database.ts";
import { type StagedArea, stageAreas } from "../queries/stagedAreas.ts";
import { checkSpan, type MendedShape, rowsPerSpan } from "./checkShapes.ts";

const bytesPerCopy = 4 * 1024 * 1024;

/**
 * Stages areas and has their shapes checked while the next ones are read: the database works on one batch when the file's reader is at the one after.
 * Has a life: rows are added in ascending order, then `finish` is awaited, or `settle` after a failure.
 */
export class AreaStaging {
  readonly mended: MendedShape[] = [];
  readonly #database: Database;
  readonly #importId: string;
  readonly #signal: AbortSignal;
  #batch: StagedArea[] = [];
  #size = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(database: Database, importId: string, signal: AbortSignal) {
    this.#database = database;
    this.#importId = importId;
    this.#signal = signal;
  }

  async add(area: StagedArea): Promise<void> {
    this.#batch.push(area);
    this.#size += area.ewkb.length;
    if (this.#size > bytesPerCopy) await this.#send();
  }

  /** Waits for the batch before, so that no more than two are in memory, and sends this one on its way. */
  async #send(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#size = 0;
    await this.#working;
    if (batch.length === 0) return;
    this.#working = this.#stage(batch);
    // Told by whoever awaits it next.
    this.#working.catch(() => undefined);
  }

  async #stage(batch: readonly StagedArea[]): Promise<void> {
    await stageAreas(this.#database, this.#importId, batch);
    for (let first = 0; first < batch.length; first += rowsPerSpan) {
      this.#signal.throwIfAborted();
      const last = Math.min(first + rowsPerSpan, batch.length) - 1;
      this.mended.push(...(await checkSpan(this.#database, this.#importId, batch[first]!.row, batch[last]!.row)));
    }
  }

  /** Stages and checks what is left. */
  async finish(): Promise<void> {
    await this.#send();
    await this.#working;
  }

  /** Waits until nothing is staged any more, after a failure of whatever kind. */
  async settle(): Promise<void> {
    await this.#working.catch(() => undefined);
  }
}
