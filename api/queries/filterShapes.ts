import type { Filter } from "../contract/filterTree.ts";
import type { Queryable as Asks } from "../database/database.ts";
import { FilterFault } from "./queryables.ts";

function* shapesOf(filter: Filter): Generator<string> {
  if ("parts" in filter) for (const part of filter.parts) yield* shapesOf(part);
  else if (filter.kind === "not") yield* shapesOf(filter.part);
  else if (filter.kind === "spatial")
    for (const shape of [filter.left, filter.right]) if (shape.kind === "shape") yield JSON.stringify(shape.geometry);
}

/** Refuses shapes that cross themselves before they meet the data, where they would fail for some rows and not for others. @throws FilterFault naming the place */
export async function refuseInvalidShapes(database: Asks, filters: readonly Filter[]): Promise<void> {
  const shapes = filters.flatMap((filter) => [...shapesOf(filter)]);
  if (shapes.length === 0) return;
  const rows = await database.query<{ reason: string }>(
    `select ST_IsValidReason(ST_GeomFromGeoJSON(shape)) as reason
       from unnest($1::text[]) as sent(shape)
      where not ST_IsValid(ST_GeomFromGeoJSON(shape))
      limit 1`,
    [shapes],
  );
  if (rows[0]) throw new FilterFault("geometry", `bentuk tidak sah / not a valid shape: ${rows[0].reason}`);
}
