import { DatabaseRefused, type Queryable, StatementError } from "./database.ts";

/** Raised by migration 0015 with the SQL that somebody with more rights has to run. */
const rolesMissing = "WA001";
const notAllowed = "42501";

/** Passes an error of migrating on, as what to do about it where the owner may not make roles. */
export function refuseMissingRoles(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof StatementError ? error.cause : null;
  if (cause?.code === rolesMissing) throw needsRights(cause.message, error);
  throw error;
}

/**
 * Lets whoever the service signs in as take the roles of its actors, asked for by the owner once. Asking again changes nothing.
 * @param service a connection as the service signs in.
 * @throws DatabaseRefused with the SQL to run where the owner may not.
 */
export async function admitService(owner: Queryable, service: Queryable): Promise<void> {
  const [signedIn] = await service.query<{ login: string; isAdmitted: boolean }>(
    `select quote_ident(session_user) as login, pg_has_role(session_user, 'waspada_service', 'member') as "isAdmitted"`,
  );
  if (signedIn === undefined || signedIn.isAdmitted) return;
  const sql = `grant waspada_service to ${signedIn.login}`;
  try {
    await owner.query(sql);
  } catch (error) {
    if (error instanceof StatementError && error.code === notAllowed) throw needsRights(`${sql};`, error);
    throw error;
  }
}

/**
 * Tells the planner that comparing the boxes of two shapes gives nothing away, so that a map of one kabupaten is read by the spatial index although a
 * rule has its say on every row. Only a superuser may say so; without it such a map is read by the index of the area's codes.
 */
export async function trustBoxes(owner: Queryable): Promise<void> {
  const compares = "geometry_overlaps(geometry, geometry)";
  const [found] = await owner.query<{ isWanted: boolean }>(
    `select not proleakproof and (select rolsuper from pg_roles where rolname = current_user) as "isWanted"
       from pg_proc
      where oid = $1::regprocedure`,
    [compares],
  );
  if (found?.isWanted) await owner.query(`alter function ${compares} leakproof`);
}

function needsRights(sql: string, cause: unknown): DatabaseRefused {
  return new DatabaseRefused(
    "database_unsuitable",
    `Pemilik basis data (DATABASE_OWNER_URL) tidak boleh membuat peran. Jalankan sekali sebagai superuser: ${sql}`,
    `The owner of the database (DATABASE_OWNER_URL) may not make roles. Run once as a superuser: ${sql}`,
    cause,
  );
}
