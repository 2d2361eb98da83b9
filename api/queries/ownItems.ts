/**
 * SQL that holds for the incidents or reports which a person recorded or was shown by name. Asked of today's rows also where those of then are read: what is
 * shared now shows its past, what is no longer shared does not. Leans on the indexes by recorder and by person.
 * @param id the SQL of the item's id
 * @param name the place of the person's name among the parameters
 */
export function ownItemSql(kind: "incident" | "report", id: string, name: string): string {
  return `${id} in (
    select own.id from ${kind} own where own.recorded_by = ${name}
    union all
    select shown.item_id from shared_item shown where shown.kind = '${kind}' and shown.person_name = ${name})`;
}
