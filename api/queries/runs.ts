import type { Queryable, Transaction } from "../database/database.ts";

export interface Run {
  readonly id: string;
  readonly process: string;
  readonly inputs: unknown;
  readonly inputHash: string;
  readonly seed: number;
  readonly software: string;
  readonly dataAsOf: string;
  readonly result: string;
}

/** Keeps a run for good. Runs are never changed. */
export async function keepRun(transaction: Transaction, run: Run, person: string, createdAt: Date): Promise<void> {
  await transaction.query(
    `insert into run (id, process, inputs, input_hash, seed, software, data_as_of, result, person, created_at)
     values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10)`,
    [run.id, run.process, JSON.stringify(run.inputs), run.inputHash, run.seed, run.software, run.dataAsOf, run.result, person, createdAt],
  );
}

/** The result document of a kept run as JSON text, with who asked for it; null where there is none. */
export async function findRun(database: Queryable, id: string): Promise<{ result: string; process: string } | null> {
  const rows = await database.query<{ result: string; process: string }>("select result, process from run where id = $1", [id]);
  return rows[0] ?? null;
}
