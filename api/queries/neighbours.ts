import type { Database, Transaction } from "../database/database.ts";

/** One unordered pair of neighbouring villages. */
export interface NeighbourRow {
  readonly fromCode: string;
  readonly toCode: string;
  readonly isRook: boolean;
  readonly byTolerance: boolean;
  readonly borderMetres: number;
  readonly gapMetres: number;
}

/** Stages pairs in both directions. */
export async function stageNeighbours(database: Database, importId: string, pairs: Iterable<NeighbourRow>): Promise<void> {
  function* rows(): Generator<readonly unknown[]> {
    for (const pair of pairs) {
      yield [importId, pair.fromCode, pair.toCode, pair.isRook, pair.byTolerance, pair.borderMetres, pair.gapMetres];
      yield [importId, pair.toCode, pair.fromCode, pair.isRook, pair.byTolerance, pair.borderMetres, pair.gapMetres];
    }
  }
  const columns = ["import_id", "from_code", "to_code", "is_rook", "by_tolerance", "border_metres", "gap_metres"];
  await database.transaction((transaction) => transaction.copy("staged_neighbour", columns, rows()), { durable: false });
}

/** Puts the staged pairs in place of all pairs in which a staged village stood. */
export async function storeStagedNeighbours(transaction: Transaction, importId: string): Promise<void> {
  // Each pair stands in both directions: the ones towards a staged village are found from it.
  await transaction.query(
    `delete from neighbour back
      using staged_area s, neighbour there
      where s.import_id = $1 and s.level = 'village' and there.from_code = s.code and back.from_code = there.to_code and back.to_code = there.from_code`,
    [importId],
  );
  await transaction.query(
    `delete from neighbour n
      using staged_area s
      where s.import_id = $1 and s.level = 'village' and n.from_code = s.code`,
    [importId],
  );
  await transaction.query(
    `insert into neighbour (from_code, to_code, is_rook, by_tolerance, border_metres, gap_metres)
     select from_code, to_code, is_rook, by_tolerance, border_metres, gap_metres
       from staged_neighbour
      where import_id = $1
      order by from_code, to_code`,
    [importId],
  );
}
