import type { Database, Queryable, Transaction } from "../database/database.ts";

/** One number about one area and year, as a row of a file says it. */
export interface StagedValue {
  readonly row: number;
  readonly areaCode: string;
  readonly indicator: string;
  readonly year: number;
  readonly value: number;
}

export async function stageValues(database: Database, importId: string, values: readonly StagedValue[]): Promise<void> {
  const rows = values.map((v) => [importId, v.row, v.areaCode, v.indicator, v.year, v.value]);
  const columns = ["import_id", "row", "area_code", "indicator", "year", "value"];
  await database.transaction((transaction) => transaction.copy("staged_indicator_value", columns, rows), { durable: false });
}

export interface ValueTwice {
  readonly areaCode: string;
  readonly rows: readonly number[];
  /** False: the rows say the same. */
  readonly isDiffering: boolean;
}

/** Takes out of staging what is said more than once: all of it where the numbers differ, all but the first where they agree. */
export async function unstageTwice(database: Queryable, importId: string): Promise<ValueTwice[]> {
  const twice = await database.query<ValueTwice>(
    `select area_code as "areaCode", array_agg(row order by row) as rows, count(distinct value) > 1 as "isDiffering"
       from staged_indicator_value
      where import_id = $1
      group by area_code, indicator, year
     having count(*) > 1
      order by min(row)`,
    [importId],
  );
  await database.query(
    `delete from staged_indicator_value v
      using (select area_code, indicator, year, min(row) as first, count(distinct value) > 1 as differs
               from staged_indicator_value
              where import_id = $1
              group by area_code, indicator, year
             having count(*) > 1) twice
      where v.import_id = $1
        and v.area_code = twice.area_code and v.indicator = twice.indicator and v.year = twice.year
        and (twice.differs or v.row <> twice.first)`,
    [importId],
  );
  return twice;
}

export interface CodeWithoutArea {
  readonly areaCode: string;
  readonly rows: readonly number[];
  /** Whether the villages of its kabupaten are loaded, so that the code must be wrong. */
  readonly isFault: boolean;
}

/** Takes the values of areas that are not stored out of staging and tells which those were. */
export async function unstageWithoutArea(database: Queryable, importId: string): Promise<CodeWithoutArea[]> {
  return database.query(
    `with gone as (
       delete from staged_indicator_value v
        where v.import_id = $1 and not exists (select 1 from area a where a.code = v.area_code)
       returning v.area_code, v.row),
     code as (select area_code, array_agg(distinct row) as rows from gone group by area_code),
     loaded as (select distinct regency_code from area where level = 'village')
     select code.area_code as "areaCode", code.rows, loaded.regency_code is not null and length(code.area_code) > 5 as "isFault"
       from code
       left join loaded on loaded.regency_code = left(code.area_code, 5)
      order by code.area_code`,
    [importId],
  );
}

/** Takes the values that are stored just so out of staging; returns how many rows said nothing new, and how many did. */
export async function unstageSame(database: Queryable, importId: string): Promise<{ same: number; fresh: number }> {
  const rows = await database.query<{ same: number; fresh: number }>(
    `with gone as (
       delete from staged_indicator_value v
        using indicator_value i
        where v.import_id = $1
          and i.area_code = v.area_code and i.indicator = v.indicator and i.year = v.year and i.value = v.value
       returning v.row, v.indicator),
     -- The statement sees the table as it was before the deletion, so what stays is what is not gone.
     fresh as (
       select distinct v.row from staged_indicator_value v
        where v.import_id = $1 and not exists (select 1 from gone g where g.row = v.row and g.indicator = v.indicator))
     select (select count(*) from (select distinct row from gone except select row from fresh) same) as same, (select count(*) from fresh) as fresh`,
    [importId],
  );
  return rows[0] ?? { same: 0, fresh: 0 };
}

export interface IndicatorNames {
  readonly id: string;
  readonly nameId: string;
  readonly nameEn: string;
  readonly unit: string | null;
  readonly orientation: "high" | "low" | null;
}

/** Makes indicators known; an orientation that is told replaces the one before. */
export async function ensureIndicators(transaction: Transaction, indicators: readonly IndicatorNames[], source: string): Promise<void> {
  for (const indicator of indicators) {
    await transaction.query(
      `insert into indicator (id, name_id, name_en, unit, orientation, source)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set orientation = coalesce(excluded.orientation, indicator.orientation)`,
      // How many people live somewhere is neither good nor bad.
      [
        indicator.id,
        indicator.nameId,
        indicator.nameEn,
        indicator.unit,
        indicator.id === "population" ? null : indicator.orientation,
        source,
      ],
    );
  }
}

/** Stores the staged values, new ones and in place of old ones; returns the areas they are about. */
export async function storeStagedValues(transaction: Transaction, importId: string, source: string, recordedAt: Date): Promise<string[]> {
  const rows = await transaction.query<{ codes: string[] | null }>(
    `with stored as (
       insert into indicator_value (area_code, indicator, year, value, source, import_id, recorded_at)
       select area_code, indicator, year, value, $2, import_id, $3
         from staged_indicator_value
        where import_id = $1
       on conflict (area_code, indicator, year) do update
          set value = excluded.value, source = excluded.source, import_id = excluded.import_id, recorded_at = excluded.recorded_at
       returning area_code)
     select array_agg(distinct area_code) as codes from stored`,
    [importId, source, recordedAt],
  );
  return rows[0]?.codes ?? [];
}
