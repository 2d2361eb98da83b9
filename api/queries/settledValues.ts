import type { Transaction } from "../database/database.ts";

/** A number that a person has placed in a village. */
export interface PlacedValue {
  readonly indicator: string;
  readonly year: number;
  readonly value: number;
  readonly source: string | null;
  readonly unit: string | null;
  readonly licence: string | null;
}

/** What stood there before a value was placed, so that placing can be taken back; null where nothing did. */
export interface ReplacedValue {
  readonly indicator: string;
  readonly year: number;
  readonly value: number;
  readonly before: Omit<PlacedValue, "indicator" | "year"> | null;
}

type Stored = Omit<PlacedValue, "indicator" | "year">;

async function lockValue(transaction: Transaction, area: string, indicator: string, year: number): Promise<Stored | null> {
  const rows = await transaction.query<Stored>(
    `select value, source, unit, licence
       from indicator_value
      where area_code = $1 and indicator = $2 and year = $3
        for update`,
    [area, indicator, year],
  );
  return rows[0] ?? null;
}

/** Keeps what is about to be replaced or removed among what was known until now. */
async function keepPast(transaction: Transaction, area: string, indicator: string, year: number, at: Date): Promise<void> {
  await transaction.query(
    `insert into indicator_value_past (area_code, indicator, year, value, recorded_at, replaced_at)
     select area_code, indicator, year, value, recorded_at, $4
       from indicator_value
      where area_code = $1 and indicator = $2 and year = $3`,
    [area, indicator, year, at],
  );
}

async function putValue(transaction: Transaction, area: string, told: PlacedValue, importId: string, at: Date): Promise<void> {
  await transaction.query(
    `insert into indicator_value (area_code, indicator, year, value, source, unit, licence, import_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::uuid, $9)
     on conflict (area_code, indicator, year) do update
        set value = excluded.value, source = excluded.source, unit = excluded.unit, licence = excluded.licence,
            import_id = excluded.import_id, recorded_at = excluded.recorded_at`,
    [area, told.indicator, told.year, told.value, told.source, told.unit, told.licence, importId, at],
  );
}

/** Stores values for one area, in place of others; a number that is there already stays as it is. Returns what was changed. */
export async function placeValues(
  transaction: Transaction,
  area: string,
  values: readonly PlacedValue[],
  importId: string,
  at: Date,
): Promise<ReplacedValue[]> {
  const replaced: ReplacedValue[] = [];
  for (const told of values) {
    const { indicator, year, value } = told;
    await transaction.query("insert into indicator (id, name_id, name_en, unit) values ($1, $1, $1, $2) on conflict (id) do nothing", [
      indicator,
      told.unit,
    ]);
    const before = await lockValue(transaction, area, indicator, year);
    if (before?.value === value) continue;
    await keepPast(transaction, area, indicator, year, at);
    await putValue(transaction, area, told, importId, at);
    replaced.push({ indicator, year, value, before });
  }
  return replaced;
}

/** Takes placed values back: what stood before stands again. False, with nothing changed, where one of them is no longer what was placed. */
export async function takeBackValues(
  transaction: Transaction,
  area: string,
  placed: readonly ReplacedValue[],
  importId: string,
  at: Date,
): Promise<boolean> {
  for (const { indicator, year, value } of placed) {
    if ((await lockValue(transaction, area, indicator, year))?.value !== value) return false;
  }
  for (const { indicator, year, before } of placed) {
    await keepPast(transaction, area, indicator, year, at);
    if (before) await putValue(transaction, area, { indicator, year, ...before }, importId, at);
    else
      await transaction.query("delete from indicator_value where area_code = $1 and indicator = $2 and year = $3", [area, indicator, year]);
  }
  return true;
}
