import type { CheckedIncident } from "../contract/incident.ts";
import type { Database, Queryable, Transaction } from "../database/database.ts";
import { toldColumns, toldValues } from "./incidentColumns.ts";
import { recordImportedReports } from "./reportHistory.ts";

/** A checked incident of a file with the ids it and its first report will have. */
export interface StagedIncident extends CheckedIncident {
  readonly row: number;
  readonly id: string;
  readonly reportId: string;
  readonly contentHash: string;
}

const columns: readonly string[] = ["import_id", "row", "id", "report_id", "village_code", ...toldColumns, "geometry", "content_hash"];

/** EWKB of a point in EPSG:4326 as hexadecimal text. */
function pointEwkb([x, y]: readonly [number, number]): string {
  const buffer = Buffer.allocUnsafe(25);
  buffer.writeUInt8(1, 0);
  buffer.writeUInt32LE(0x20000001, 1);
  buffer.writeUInt32LE(4326, 5);
  buffer.writeDoubleLE(x, 9);
  buffer.writeDoubleLE(y, 17);
  return buffer.toString("hex");
}

export async function stageIncidents(database: Database, importId: string, incidents: readonly StagedIncident[]): Promise<void> {
  const rows = incidents.map((i) => [
    importId,
    i.row,
    i.id,
    i.reportId,
    i.villageCode,
    ...toldValues(i),
    i.point && pointEwkb(i.point),
    i.contentHash,
  ]);
  await database.transaction((transaction) => transaction.copy("staged_incident", columns, rows), { durable: false });
}

export interface IdTwice {
  readonly id: string;
  readonly rows: readonly number[];
  readonly isDiffering: boolean;
}

/**
 * Takes ids that stand more than once out of staging: all but the first where the content is the same; where it differs, all, and they are put aside for the
 * queue, where one of them may be taken.
 */
export async function unstageIdsTwice(database: Database, importId: string, timeZone: string): Promise<IdTwice[]> {
  return database.transaction(
    async (transaction) => {
      const twice = await transaction.query<IdTwice>(
        `select id, array_agg(row order by row) as rows, count(distinct content_hash) > 1 as "isDiffering"
           from staged_incident
          where import_id = $1
          group by id
         having count(*) > 1
          order by min(row)`,
        [importId],
      );
      for (const { id, rows, isDiffering } of twice) {
        const gone = isDiffering ? rows : rows.slice(1);
        if (isDiffering) await transaction.query(queueTwiceStatement, [importId, id, timeZone, JSON.stringify(rows.join(", "))]);
        await transaction.query("delete from staged_incident where import_id = $1 and id = $2::uuid and row = any ($3::int[])", [
          importId,
          id,
          gone,
        ]);
      }
      return twice;
    },
    { durable: false },
  );
}

/** Gives incidents that have only a point the village that holds it; of overlapping ones the smallest, then the first by code. Leans on area_geometry. */
export async function placeByPoint(database: Queryable, importId: string): Promise<void> {
  await database.query(
    `update staged_incident s
        set village_code = (
              select a.code
                from area a
               where a.level = 'village' and a.geometry && s.geometry and ST_Covers(a.geometry, s.geometry)
               order by a.area_km2, a.code
               limit 1)
      where s.import_id = $1 and s.village_code is null`,
    [importId],
  );
}

export interface Misplaced {
  readonly row: number;
  readonly villageCode: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  /** Whether the villages of its kabupaten are loaded, so that the code must be wrong. */
  readonly isFault: boolean;
}

/** Takes incidents whose village is not stored out of staging and tells which those were; without a village their point lies in none. */
export async function unstageMisplaced(database: Queryable, importId: string): Promise<Misplaced[]> {
  return database.query(
    `with gone as (
       delete from staged_incident s
        where s.import_id = $1
          and not exists (select 1 from area a where a.code = s.village_code and a.level = 'village')
       returning s.row, s.village_code, s.geometry),
     loaded as (select distinct regency_code from area where level = 'village')
     select gone.row, gone.village_code as "villageCode", ST_X(gone.geometry) as lon, ST_Y(gone.geometry) as lat,
            gone.village_code is null or loaded.regency_code is not null as "isFault"
       from gone
       left join loaded on loaded.regency_code = left(gone.village_code, 5)
      order by gone.row`,
    [importId],
  );
}

/** Incidents whose point lies outside the village they name, with the metres between. */
export async function pointsElsewhere(
  database: Queryable,
  importId: string,
): Promise<{ row: number; villageCode: string; metres: number }[]> {
  return database.query(
    `select s.row, s.village_code as "villageCode", ST_Distance(a.geometry::geography, s.geometry::geography) as metres
       from staged_incident s
       join area a on a.code = s.village_code
      where s.import_id = $1 and s.geometry is not null and not ST_Covers(a.geometry, s.geometry)
      order by s.row`,
    [importId],
  );
}

/** Rows of staged incidents outside of the given areas, each area covering all inside. */
export async function unstageOutside(
  database: Queryable,
  importId: string,
  areas: readonly string[],
): Promise<{ row: number; villageCode: string }[]> {
  return database.query(
    `delete from staged_incident s
      where s.import_id = $1
        and not exists (select 1 from unnest($2::text[]) as allowed(code) where s.village_code = allowed.code or s.village_code like allowed.code || '.%')
     returning s.row, s.village_code as "villageCode"`,
    [importId, areas],
  );
}

/** Takes ids that are stored already out of staging; the same content is no change, other content a fault. */
export async function unstageTaken(database: Queryable, importId: string): Promise<{ row: number; id: string; isSame: boolean }[]> {
  return database.query(
    `delete from staged_incident s
      using incident i
      where s.import_id = $1 and i.id = s.id
     returning s.row, s.id, i.content_hash = s.content_hash and i.withdrawn_at is null as "isSame"`,
    [importId],
  );
}

export async function countStagedIncidents(database: Queryable, importId: string): Promise<number> {
  const rows = await database.query<{ n: number }>("select count(*) as n from staged_incident where import_id = $1", [importId]);
  return rows[0]?.n ?? 0;
}

const told = (column: string, zone: string): string =>
  `case when occurred_precision = 'day' then to_char(${column} at time zone ${zone}, 'YYYY-MM-DD') else to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end`;

const incidentStatement = `
  insert into incident (id, version, village_code, regency_code, vintage, occurred_from, occurred_to, occurred_precision, occurred_on, recorded_at, issue, form, field, source_class,
                        stage, severity, status, source_value, content_value, title, facts, opinion, killed, injured, displaced, buildings_damaged, buildings_destroyed,
                        location_precision, geometry, recorded_by, import_id, content_hash)
  select s.id, 1, s.village_code, left(s.village_code, 5), a.vintage, s.occurred_from, s.occurred_to, s.occurred_precision, s.occurred_on, $2, s.issue, s.form, s.field, s.source_class,
         s.stage, s.severity, s.status, s.source_value, s.content_value, s.title, s.facts, s.opinion, s.killed, s.injured, s.displaced, s.buildings_damaged, s.buildings_destroyed,
         s.location_precision, s.geometry, $3, s.import_id, s.content_hash
    from staged_incident s
    join area a on a.code = s.village_code
   where s.import_id = $1`;

/** What is told of a staged incident, by the API's names; `zone` is the parameter with the time zone of days. */
export const stagedProperties = (zone: string): string => `jsonb_build_object(
           'id', id, 'village_code', village_code, 'occurred_from', ${told("occurred_from", zone)}, 'occurred_to', ${told("occurred_to", zone)}, 'issue', issue, 'form', form, 'field', field,
           'source_class', source_class, 'stage', stage, 'severity', severity, 'status', status, 'source_value', source_value, 'content_value', content_value, 'title', title,
           'facts', facts, 'opinion', opinion, 'killed', killed, 'injured', injured, 'displaced', displaced, 'buildings_damaged', buildings_damaged,
           'buildings_destroyed', buildings_destroyed, 'location_precision', location_precision)`;

const historyStatement = `
  insert into incident_history (incident_id, version, operation, changed_at, changed_by, feature)
  select id, 1, 'import', $2, $3,
         jsonb_build_object('type', 'Feature', 'id', id, 'geometry', ST_AsGeoJSON(geometry, 6)::jsonb, 'properties', ${stagedProperties("$4")})
    from staged_incident
   where import_id = $1`;

const reportStatement = `
  insert into report (id, village_code, regency_code, obtained_at, obtained_precision, recorded_at, recorded_by, source_value, content_value, facts, analysis, status, nil, import_id, content_hash)
  select report_id, village_code, left(village_code, 5), $2, 'moment', $2, $3, source_value, content_value, facts, opinion, status, false, import_id, content_hash
    from staged_incident
   where import_id = $1`;

/** Stores the staged incidents, each with its first report and the first line of its history; returns the villages they lie in. */
export async function storeStagedIncidents(
  transaction: Transaction,
  importId: string,
  entry: { recordedAt: Date; person: string; timeZone: string },
): Promise<string[]> {
  const values = [importId, entry.recordedAt, entry.person];
  await transaction.query(incidentStatement, values);
  await transaction.query(historyStatement, [...values, entry.timeZone]);
  await transaction.query(reportStatement, values);
  await transaction.query(
    "insert into report_incident (report_id, incident_id) select report_id, id from staged_incident where import_id = $1",
    [importId],
  );
  await recordImportedReports(transaction, importId, { at: entry.recordedAt, person: entry.person });
  const rows = await transaction.query<{ code: string }>("select distinct village_code as code from staged_incident where import_id = $1", [
    importId,
  ]);
  return rows.map((row) => row.code);
}

/** A UUID (version 8) that a text always gives. */
export const uuidFrom = (text: string): string => `overlay(overlay(md5(${text}) placing '8' from 13) placing '8' from 17)::uuid`;

// Rows that say the same beside one that differs are one choice.
const queueTwiceStatement = `
  insert into staged_queued_row (import_id, row, id, reason, details, place, record, candidates, area_codes, choice_group, content_hash)
  select distinct on (content_hash)
         import_id, row, ${uuidFrom("'twice ' || id || content_hash")}, 'code_twice',
         jsonb_build_object('field', 'id', 'value', id, 'rows', $4::jsonb), null,
         ${stagedProperties("$3")} || jsonb_build_object('point', case when geometry is null then null else jsonb_build_array(ST_X(geometry), ST_Y(geometry)) end),
         case when village_code is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('village_code', village_code, 'probability', 1)) end,
         case when village_code is null then '{}'::text[] else array[village_code] end, id, content_hash
    from staged_incident
   where import_id = $1 and id = $2::uuid
   order by content_hash, row`;
