import type { Transaction } from "../database/database.ts";
import { historyOf } from "./roster.ts";
import { areasTouched, type KeptTable } from "./stagedKept.ts";

/** Lines of the roster as a file tells them anew; a line that was removed may come back. */
export const keptLines: KeptTable = {
  table: "roster_line",
  area: "area_code",
  ended: "removed_at",
  isIdKept: false,
  history: { table: "roster_history", id: "line_id", record: "line" },
};

/** Stores the staged lines, new ones and next versions, each with its line in the history; returns the areas they bear on, with those they bore on before. */
export async function storeStagedRoster(
  transaction: Transaction,
  importId: string,
  entry: { readonly recordedAt: Date; readonly person: string },
): Promise<string[]> {
  return areasTouched(transaction, keptLines, importId, async () => {
    await transaction.query(
      `insert into roster_line (id, area_code, cadence, every_days, grace_days, valid_from, valid_to, reporter_role, recorded_at, recorded_by, import_id, content_hash)
       select s.id, told.area_code, told.cadence, told.every_days, told.grace_days, told.valid_from, told.valid_to, told.reporter_role, $2, $3, $1, s.content_hash
         from staged_record s
        cross join lateral jsonb_to_record(s.record)
           as told(area_code text, cadence text, every_days integer, grace_days integer, valid_from date, valid_to date, reporter_role text)
        where s.import_id = $1
       on conflict (id) do update
          set version = roster_line.version + 1, area_code = excluded.area_code, cadence = excluded.cadence, every_days = excluded.every_days,
              grace_days = excluded.grace_days, valid_from = excluded.valid_from, valid_to = excluded.valid_to, reporter_role = excluded.reporter_role,
              import_id = excluded.import_id, content_hash = excluded.content_hash, removed_at = null`,
      [importId, entry.recordedAt, entry.person],
    );
    await transaction.query(
      "delete from roster_reporter using staged_record s where s.import_id = $1 and roster_reporter.line_id = s.id and s.reporter is null",
      [importId],
    );
    await transaction.query(
      `insert into roster_reporter (line_id, reporter)
       select id, reporter from staged_record where import_id = $1 and reporter is not null
       on conflict (line_id) do update set reporter = excluded.reporter`,
      [importId],
    );
    await transaction.query(
      `insert into roster_history (line_id, version, operation, changed_at, changed_by, line)
       select line.id, line.version, 'import', $2, $3, ${historyOf("line")}
         from roster_line line join staged_record s on s.id = line.id
        where s.import_id = $1`,
      [importId, entry.recordedAt, entry.person],
    );
  });
}
