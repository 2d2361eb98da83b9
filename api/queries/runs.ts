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

/** A kept run without its result. */
export interface KeptRun {
  readonly run: string;
  readonly dataAsOf: string;
  readonly createdAt: string;
  readonly software: string;
  /** Null where they are too long for a list. */
  readonly inputs: Record<string, unknown> | null;
}

const longestListedInputs = 20_000;

/** The runs of a process that were asked about exactly one area, newest first, one more than `limit` at most; leans on the index run_by_area. */
export async function runsOfArea(database: Queryable, process: string, area: string, limit: number): Promise<KeptRun[]> {
  return database.query<KeptRun>(
    `select
       id as run,
       data_as_of as "dataAsOf",
       created_at as "createdAt",
       software,
       case when length(inputs::text) <= $4 then inputs end as inputs
     from run
     where process = $1
       and inputs -> 'areas' ->> 0 = $2
       and inputs -> 'areas' -> 1 is null
     order by created_at desc, id desc
     limit $3 + 1`,
    [process, area, limit, longestListedInputs],
  );
}
