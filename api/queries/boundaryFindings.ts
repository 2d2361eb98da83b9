import type { Database, Queryable, Transaction } from "../database/database.ts";

export interface KeptFinding {
  readonly number: number;
  readonly kind: string;
  readonly code: string | null;
  readonly otherCode: string | null;
  /** JSON of what else is known of it. */
  readonly content: string;
  readonly geojson: string | null;
}

/**
 * Keeps the findings of one import in place of what it had, and removes the oldest reports beyond `most`.
 * One transaction: a report is whole or not there. About 1 s for 50,000 findings.
 */
export async function keepBoundaryReport(
  database: Database,
  job: string,
  createdAt: Date,
  document: unknown,
  findings: Iterable<KeptFinding>,
  most: number,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query("delete from boundary_report where job_id = $1::uuid", [job]);
    await transaction.query("insert into boundary_report (job_id, created_at, document) values ($1::uuid, $2, $3::jsonb)", [
      job,
      createdAt,
      JSON.stringify(document),
    ]);
    for (const part of inParts(findings, rowsAtOnce)) await insertFindings(transaction, job, part);
    await transaction.query(
      `delete from boundary_report
        where job_id in (select job_id from boundary_report order by created_at desc, job_id offset $1)`,
      [most],
    );
  });
}

const rowsAtOnce = 2_000;

function* inParts<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

// Not copied: COPY does not go into a table whose rows have rules.
async function insertFindings(transaction: Transaction, job: string, findings: readonly KeptFinding[]): Promise<void> {
  await transaction.query(
    `insert into boundary_finding (job_id, number, kind, code, other_code, content, geojson)
     select $1::uuid, *
       from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [
      job,
      findings.map(({ number }) => number),
      findings.map(({ kind }) => kind),
      findings.map(({ code }) => code),
      findings.map(({ otherCode }) => otherCode),
      findings.map(({ content }) => content),
      findings.map(({ geojson }) => geojson),
    ],
  );
}

/** The report's head, or null where none is kept. */
export async function findBoundaryReport(database: Queryable, job: string): Promise<{ createdAt: string; document: unknown } | null> {
  const rows = await database.query<{ createdAt: string; document: unknown }>(
    `select created_at as "createdAt", document from boundary_report where job_id = $1::uuid`,
    [job],
  );
  return rows[0] ?? null;
}

export interface FindingFilter {
  readonly kind: string | null;
  /** Findings with a code inside this area. */
  readonly within: string | null;
  /** Only what has a place on the map. */
  readonly isDrawn: boolean;
}

const filterSql = `job_id = $1::uuid
        and ($2::text is null or kind = $2)
        and ($3::text is null or code = $3 or code like $3 || '.%' or other_code = $3 or other_code like $3 || '.%')
        and (not $4::boolean or geojson is not null)`;

export async function countFindings(database: Queryable, job: string, filter: FindingFilter): Promise<number> {
  const rows = await database.query<{ n: number }>(`select count(*) as n from boundary_finding where ${filterSql}`, [
    job,
    filter.kind,
    filter.within,
    filter.isDrawn,
  ]);
  return Number(rows[0]?.n ?? 0);
}

/** Findings after a number, in their order. Leans on the key, with a kind on boundary_finding_kind. */
export async function findingsAfter(
  database: Queryable,
  job: string,
  filter: FindingFilter,
  after: number,
  limit: number,
): Promise<KeptFinding[]> {
  return database.query(
    `select number, kind, code, other_code as "otherCode", content, case when $4::boolean then geojson end as geojson
       from boundary_finding
      where ${filterSql} and number > $5
      order by number
      limit $6`,
    [job, filter.kind, filter.within, filter.isDrawn, after, limit],
  );
}

export interface LoadedArea {
  readonly code: string;
  readonly name: string;
  readonly ringHash: string;
}

/** What is loaded at a level, codes ascending: 83,000 villages about 0.3 s and 15 MB. */
export async function loadedAreas(database: Queryable, level: string): Promise<LoadedArea[]> {
  return database.query(`select code, name, ring_hash as "ringHash" from area where level = $1 order by code`, [level]);
}

/** Codes of all loaded areas of the upper levels. */
export async function loadedUpperCodes(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ code: string }>("select code from area where level in ('province', 'regency', 'district')");
  return rows.map((row) => row.code);
}

/** Names of loaded areas by their code. */
export async function loadedNames(database: Queryable, codes: readonly string[]): Promise<[code: string, name: string][]> {
  const rows = await database.query<{ code: string; name: string }>("select code, name from area where code = any ($1::text[])", [codes]);
  return rows.map(({ code, name }) => [code, name]);
}

/** Shapes of staged areas, repaired, codes ascending. Leans on staged_area_code. */
export async function stagedGeojsonOf(
  database: Queryable,
  importId: string,
  codes: readonly string[],
): Promise<{ code: string; geojson: string }[]> {
  return database.query("select code, geojson from staged_area where import_id = $1 and code = any ($2::text[]) order by code", [
    importId,
    codes,
  ]);
}
