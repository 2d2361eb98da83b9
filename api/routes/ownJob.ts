import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findJob, type Job } from "../queries/jobs.ts";

/** The job of an id in a path, for the one who sent it and for admins of everything. @throws not_found for all others. */
export async function ownJob(database: Database, id: string | undefined, person: Person): Promise<Omit<Job, "result">> {
  const parsed = z.uuid().safeParse(id);
  const job = parsed.success ? await findJob(database, parsed.data) : null;
  if (!job || (job.person !== person.name && !(person.role === "admin" && person.areas === null)))
    throw problem("not_found", { value: `pekerjaan/job ${id}` });
  return job;
}
