import type { Queryable } from "../database/database.ts";

export interface KeptTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** One state of the data for all that follows in the transaction, however long it takes. Must be its first statement. */
export async function readOneState(transaction: Queryable): Promise<void> {
  await transaction.query("set transaction isolation level repeatable read, read only");
  await transaction.query("set local statement_timeout to 0");
}

// What an extension brought belongs to it.
const isOwn = "not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')";

/** The tables that last, with the columns that are stored, by name. What imports stage is unlogged and of no use later. */
export async function keptTables(database: Queryable): Promise<KeptTable[]> {
  return database.query<KeptTable>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and ${isOwn}
      group by c.relname
      order by c.relname collate "C"`,
  );
}

/** Where sequences stand that the actor may read; those of identity columns are set by their rows. */
export async function sequenceValues(database: Queryable): Promise<{ sequence: string; lastValue: number | null }[]> {
  return database.query(
    `select sequencename::text as sequence, last_value as "lastValue"
       from pg_sequences
      where schemaname = 'public'
      order by sequencename`,
  );
}

/** What stands in the schema already, a few names of it; empty where nothing does. */
export async function standingRelations(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select c.relname::text as name
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${isOwn}
      order by c.relname
      limit 5`,
  );
  return rows.map(({ name }) => name);
}

/**
 * The statements that let rows of any order into the tables, and those that put all rules back, which checks every reference again:
 * foreign keys, triggers, and row security that binds the owner too.
 */
export async function looseningStatements(database: Queryable): Promise<{ loosen: string[]; fasten: string[] }> {
  const keys = await database.query<{ loosen: string; fasten: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as loosen,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as fasten
       from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace
      order by conrelid::regclass::text, conname`,
  );
  const triggers = await database.query<{ loosen: string; fasten: string }>(
    `select distinct format('alter table %s disable trigger user', tgrelid::regclass) as loosen,
            format('alter table %s enable trigger user', tgrelid::regclass) as fasten
       from pg_trigger t
       join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and ${isOwn}`,
  );
  const security = await database.query<{ loosen: string; fasten: string }>(
    `select format('alter table %s no force row level security', c.oid::regclass) as loosen,
            format('alter table %s force row level security', c.oid::regclass) as fasten
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relforcerowsecurity`,
  );
  const all = [...keys, ...triggers, ...security];
  return { loosen: all.map(({ loosen }) => loosen), fasten: all.map(({ fasten }) => fasten) };
}

/** Removes every row of a table that `keptTables` named. */
export async function emptyTable(database: Queryable, table: string): Promise<void> {
  const [row] = await database.query<{ statement: string }>("select format('delete from %I', $1::text) as statement", [table]);
  await database.query(row?.statement ?? "");
}

/** How many rows a table has that `keptTables` named. */
export async function countRows(database: Queryable, table: string): Promise<number> {
  const [row] = await database.query<{ statement: string }>("select format('select count(*) as rows from %I', $1::text) as statement", [
    table,
  ]);
  const [counted] = await database.query<{ rows: number }>(row?.statement ?? "");
  return counted?.rows ?? 0;
}

/** Sets a sequence to where it stood; one that nobody had used stays as it is. */
export async function setSequence(database: Queryable, sequence: string, lastValue: number | null): Promise<void> {
  if (lastValue !== null) await database.query("select setval(format('%I', $1::text)::regclass, $2)", [sequence, lastValue]);
}

/** Sets the sequences of identity columns behind the highest number in their rows. */
export async function identityStatements(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ statement: string }>(
    `select format('select setval(pg_get_serial_sequence(%L, %L), greatest((select max(%I) from %s), 1), exists (select from %s))',
                   c.oid::regclass::text, a.attname, a.attname, c.oid::regclass, c.oid::regclass) as statement
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid
      where a.attidentity <> '' and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  return rows.map(({ statement }) => statement);
}
