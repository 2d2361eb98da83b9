import type { Database, Queryable, Transaction } from "../database/database.ts";

/** One number about one area and year, as a row of a file says it. */
export interface StagedValue {
  readonly row: number;
  readonly areaCode: string;
  readonly indicator: string;
  readonly year: number;
  readonly value: number;
  /** Where it comes from, its unit and its terms; null where the sender does not say. */
  readonly source: string | null;
  readonly unit: string | null;
  readonly licence: string | null;
}

export async function stageValues(database: Database, importId: string, values: readonly StagedValue[]): Promise<void> {
  const rows = values.map((v) => [importId, v.row, v.areaCode, v.indicator, v.year, v.value, v.source, v.unit, v.licence]);
  const columns = ["import_id", "row", "area_code", "indicator", "year", "value", "source", "unit", "licence"];
  await database.transaction((transaction) => transaction.copy("staged_indicator_value", columns, rows), { durable: false });
}

export interface ValueTwice {
  readonly areaCode: string;
  readonly indicator: string;
  readonly year: number;
  readonly rows: readonly number[];
  /** What each of the rows says. */
  readonly told: readonly Pick<StagedValue, "value" | "source" | "unit" | "licence">[];
  /** False: the rows say the same. */
  readonly isDiffering: boolean;
}

/**
 * Takes out of staging what is said more than once: all of it where the numbers differ, all but the first where they agree.
 * Found first and deleted by key afterwards: joined in one statement, the planner without statistics grouped anew for every row.
 */
export async function unstageTwice(database: Queryable, importId: string): Promise<ValueTwice[]> {
  const twice = await database.query<ValueTwice>(
    `select area_code as "areaCode", indicator, year, array_agg(row order by row) as rows, count(distinct value) > 1 as "isDiffering",
            json_agg(json_build_object('value', value, 'source', source, 'unit', unit, 'licence', licence) order by row) as told
       from staged_indicator_value
      where import_id = $1
      group by area_code, indicator, year
     having count(*) > 1
      order by min(row)`,
    [importId],
  );
  if (twice.length > 0) {
    await database.query(
      `delete from staged_indicator_value v
        using unnest($2::text[], $3::text[], $4::int[], $5::int[]) as twice (area_code, indicator, year, kept)
        where v.import_id = $1
          and v.area_code = twice.area_code and v.indicator = twice.indicator and v.year = twice.year
          and v.row <> twice.kept`,
      // Rows count from 1, so that 0 keeps none.
      [
        importId,
        twice.map((t) => t.areaCode),
        twice.map((t) => t.indicator),
        twice.map((t) => t.year),
        twice.map((t) => (t.isDiffering ? 0 : t.rows[0]!)),
      ],
    );
  }
  return twice;
}

/** Every stored area's code, and the kabupaten of which villages are stored. The nation is 84,000 codes, about 10 MB. */
export async function storedCodes(database: Queryable): Promise<{ codes: Set<string>; loaded: Set<string> }> {
  const rows = await database.query<{ codes: string[] | null }>("select array_agg(code) as codes from area");
  const codes = rows[0]?.codes ?? [];
  return { codes: new Set(codes), loaded: new Set(codes.filter((code) => code.length === 13).map((code) => code.slice(0, 5))) };
}

// What a row tells about a number that is not what is stored about it; what it does not tell leaves that as it is.
const isToldAnew = `((v.source is not null and v.source is distinct from i.source) or (v.unit is not null and v.unit is distinct from i.unit)
                  or (v.licence is not null and v.licence is distinct from i.licence))`;

/** How many rows say only what is stored already, and how many say something new. Leans on the key of indicator_value. */
export async function compareStagedValues(database: Queryable, importId: string): Promise<{ same: number; fresh: number }> {
  const rows = await database.query<{ n: number; fresh: number }>(
    `select count(distinct v.row) as n, count(distinct v.row) filter (where i.value is distinct from v.value or ${isToldAnew}) as fresh
       from staged_indicator_value v
       left join indicator_value i on i.area_code = v.area_code and i.indicator = v.indicator and i.year = v.year
      where v.import_id = $1`,
    [importId],
  );
  const { n, fresh } = rows[0] ?? { n: 0, fresh: 0 };
  return { same: n - fresh, fresh };
}

/** The unit in which each of the indicators is stored, null where none is told; absent where the indicator is not known yet. */
export async function storedUnits(database: Queryable, indicators: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await database.query<{ id: string; unit: string | null }>(
    `select id, unit
       from indicator
      where id = any ($1::text[])`,
    [indicators],
  );
  return new Map(rows.map(({ id, unit }) => [id, unit]));
}

export interface IndicatorNames {
  readonly id: string;
  readonly nameId: string;
  readonly nameEn: string;
  readonly unit: string | null;
  /** Which end is the worse one, as shipped; null where nothing is known. */
  readonly orientation: "high" | "low" | null;
}

/** Makes indicators known; an orientation that the sender tells (`orientation`) replaces the one before, the shipped one does not. */
export async function ensureIndicators(
  transaction: Transaction,
  indicators: readonly IndicatorNames[],
  orientation: "high" | "low" | null,
  source: string,
): Promise<void> {
  // How many people live somewhere is neither good nor bad.
  const told = ({ id }: IndicatorNames) => (id === "population" ? null : orientation);
  for (const indicator of indicators) {
    await transaction.query(
      `insert into indicator (id, name_id, name_en, unit, orientation, source)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set orientation = coalesce($7, indicator.orientation), unit = coalesce(indicator.unit, excluded.unit)`,
      [indicator.id, indicator.nameId, indicator.nameEn, indicator.unit, told(indicator) ?? indicator.orientation, source, told(indicator)],
    );
  }
}

/** Stores the staged values, new ones and in place of different ones; returns the areas of which something changed. */
export async function storeStagedValues(transaction: Transaction, importId: string, source: string, recordedAt: Date): Promise<string[]> {
  // Before the values themselves: a number that stays the same keeps its place in what was known when.
  await transaction.query(
    `update indicator_value i
        set source = coalesce(v.source, i.source), unit = coalesce(v.unit, i.unit), licence = coalesce(v.licence, i.licence)
       from staged_indicator_value v
      where v.import_id = $1 and i.area_code = v.area_code and i.indicator = v.indicator and i.year = v.year
        and i.value = v.value and ${isToldAnew}`,
    [importId],
  );
  const rows = await transaction.query<{ codes: string[] | null }>(
    `with replaced as (
       insert into indicator_value_past (area_code, indicator, year, value, recorded_at, replaced_at)
       select i.area_code, i.indicator, i.year, i.value, i.recorded_at, $3
         from indicator_value i
         join staged_indicator_value s on s.area_code = i.area_code and s.indicator = i.indicator and s.year = i.year
        where s.import_id = $1 and i.value <> s.value),
     stored as (
       insert into indicator_value (area_code, indicator, year, value, source, unit, licence, import_id, recorded_at)
       select area_code, indicator, year, value, coalesce(source, $2), unit, licence, import_id, $3
         from staged_indicator_value
        where import_id = $1
       on conflict (area_code, indicator, year) do update
          set value = excluded.value, source = excluded.source, unit = excluded.unit, licence = excluded.licence, import_id = excluded.import_id, recorded_at = excluded.recorded_at
        where indicator_value.value <> excluded.value
       returning area_code)
     select array_agg(distinct area_code) as codes from stored`,
    [importId, source, recordedAt],
  );
  return rows[0]?.codes ?? [];
}
