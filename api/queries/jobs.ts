import type { Database, Queryable } from "../database/database.ts";

export interface Job {
  readonly id: string;
  readonly kind: "process" | "import";
  readonly subject: string;
  readonly status: "accepted" | "running" | "successful" | "failed" | "dismissed";
  readonly progress: number;
  readonly message: string | null;
  readonly request: unknown;
  readonly result: string | null;
  readonly problem: { readonly code: string; readonly details: Readonly<Record<string, unknown>> } | null;
  readonly person: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** Who works on a job: the number of the turn tells this time from every other, also of the same worker. */
export interface Turn {
  readonly id: string;
  readonly worker: string;
  readonly attempt: number;
}

/** A job that so many workers took up and none finished ends those who work on it; it is given up. */
const mostAttempts = 5;

const columns = `id::text as id, kind, subject, status, progress, message, request, problem, person, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

export async function createJob(
  database: Database,
  job: Pick<Job, "id" | "kind" | "subject" | "request" | "person">,
  now: Date,
): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query(
      `insert into job (id, kind, subject, status, request, person, created_at)
       values ($1::uuid, $2, $3, 'accepted', $4::jsonb, $5, $6)`,
      [job.id, job.kind, job.subject, JSON.stringify(job.request), job.person, now],
    ),
  );
}

/** Takes the oldest waiting job of a kind for a worker, or one whose worker let its lease run out; null where there is none. One that was taken up too often fails. */
export async function claimJob(
  database: Database,
  kind: Job["kind"],
  worker: string,
  now: Date,
  leaseSeconds: number,
): Promise<(Job & Turn) | null> {
  return database.transaction(async (transaction) => {
    await transaction.query(
      `update job
          set status = 'failed', finished_at = $2, lease_until = null, message = 'given up',
              problem = jsonb_build_object('code', 'job_given_up', 'details', jsonb_build_object('value', id, 'attempts', attempt))
        where kind = $1 and status = 'running' and lease_until < $2 and attempt >= $3`,
      [kind, now, mostAttempts],
    );
    const rows = await transaction.query<Job & Turn>(
      `update job
          set status = 'running', worker = $1, attempt = attempt + 1, started_at = coalesce(started_at, $2), lease_until = $3
        where id = (select id
                      from job
                     where kind = $4 and (status = 'accepted' or (status = 'running' and lease_until < $2))
                     order by created_at
                     limit 1
                       for update skip locked)
       returning ${columns}, result, worker, attempt`,
      [worker, now, new Date(now.getTime() + leaseSeconds * 1000), kind],
    );
    return rows[0] ?? null;
  });
}

/** Who works on jobs now, as far as their leases tell, and on what. */
export async function runningJobs(database: Queryable): Promise<{ id: string; kind: Job["kind"]; worker: string; leaseUntil: string }[]> {
  return database.query(
    `select id::text as id, kind, worker, lease_until as "leaseUntil"
       from job
      where status = 'running'
      order by created_at`,
  );
}

/** Ends the leases of workers that are no more, so that their jobs are taken up at once. */
export async function endLeases(database: Database, workers: readonly string[], now: Date): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query("update job set lease_until = $2 where status = 'running' and worker = any($1::text[])", [
      workers,
      new Date(now.getTime() - 1),
    ]),
  );
}

/** Notes how far a job is and lengthens its lease. False when the job was dismissed meanwhile or another worker has it. */
export async function reportProgress(
  database: Database,
  { id, worker, attempt }: Turn,
  progress: number,
  message: string,
  leaseUntil: Date,
): Promise<boolean> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `update job set progress = greatest(progress, $3), message = $4, lease_until = $5
        where id = $1::uuid and worker = $2 and attempt = $6 and status = 'running'
       returning id`,
      [id, worker, progress, message, leaseUntil, attempt],
    ),
  );
  return rows.length === 1;
}

/** Puts a job back for anybody to take up, since its worker stops in good order; that turn does not count. */
export async function handBackJob(database: Database, { id, worker, attempt }: Turn): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query(
      `update job
          set status = 'accepted', worker = null, lease_until = null, attempt = attempt - 1
        where id = $1::uuid and worker = $2 and attempt = $3 and status = 'running'`,
      [id, worker, attempt],
    ),
  );
}

/**
 * Ends a job, in the transaction that stores what it made or in one of its own. False when it was ended before, was dismissed, or another has taken it up: what the
 * transaction did must then not be stored.
 */
export async function finishJob(
  database: Queryable,
  { id, worker, attempt }: Turn,
  outcome: { status: "successful" | "failed"; result: string | null; problem: Job["problem"]; message: string },
  now: Date,
): Promise<boolean> {
  const rows = await database.query(
    `update job
          set status = $2, result = $3, problem = $4::jsonb, message = $5, finished_at = $6, lease_until = null,
              progress = case when $2 = 'successful' then 100 else progress end
        where id = $1::uuid and worker = $7 and attempt = $8 and status = 'running'
       returning id`,
    [
      id,
      outcome.status,
      outcome.result,
      outcome.problem === null ? null : JSON.stringify(outcome.problem),
      outcome.message,
      now,
      worker,
      attempt,
    ],
  );
  return rows.length === 1;
}

/** Dismisses a job that has not finished; false where it has. */
export async function dismissJob(database: Database, id: string, now: Date): Promise<boolean> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `update job set status = 'dismissed', finished_at = $2, lease_until = null
        where id = $1::uuid and status in ('accepted', 'running')
       returning id`,
      [id, now],
    ),
  );
  return rows.length === 1;
}

/** The job of an id as its owner sees it, the result left out; null where there is none. */
export async function findJob(database: Queryable, id: string): Promise<Omit<Job, "result"> | null> {
  const rows = await database.query<Omit<Job, "result">>(`select ${columns} from job where id = $1::uuid`, [id]);
  return rows[0] ?? null;
}

export async function jobResult(database: Queryable, id: string): Promise<string | null> {
  const rows = await database.query<{ result: string | null }>("select result from job where id = $1::uuid", [id]);
  return rows[0]?.result ?? null;
}

/** Which jobs are listed: of one person or, for null, of all; after a place in the list. */
export interface JobQuestion {
  readonly person: string | null;
  readonly status: Job["status"] | null;
  readonly subject: string | null;
  readonly limit: number;
  readonly after: { readonly createdAt: string; readonly id: string } | null;
}

/** Jobs, the newest first, one more than asked for where there are more. */
export async function listJobs(
  database: Queryable,
  { person, status, subject, limit, after }: JobQuestion,
): Promise<Omit<Job, "result">[]> {
  return database.query(
    `select ${columns}
       from job
      where ($1::text is null or person = $1)
        and ($2::text is null or status = $2)
        and ($3::text is null or subject = $3)
        and ($4::timestamptz is null or (date_trunc('milliseconds', created_at), id) < ($4, $5::uuid))
      order by date_trunc('milliseconds', created_at) desc, id desc
      limit $6`,
    [person, status, subject, after?.createdAt ?? null, after?.id ?? null, limit + 1],
  );
}
