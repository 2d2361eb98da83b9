import type pg from "pg";
import type { RoleSwitch } from "./roleSwitch.ts";

/** What each connection carries; absent: not known, so that the next statement switches first. */
const carried = new WeakMap<pg.ClientBase, RoleSwitch>();

/** Whether the connection carries this actor already. */
export function carries(client: pg.ClientBase, wanted: RoleSwitch): boolean {
  return carried.get(client) === wanted;
}

/** No longer relies on what the connection carries: a transaction that ended otherwise than hoped took its switches back. */
export function forgetActor(client: pg.ClientBase): void {
  carried.delete(client);
}

/** Puts an actor on a connection outside of transactions; a connection on which that fails must be thrown away. Costs nothing where it is on it already. */
export async function putActorOn(client: pg.ClientBase, wanted: RoleSwitch): Promise<void> {
  if (carries(client, wanted)) return;
  forgetActor(client);
  await client.query(wanted);
  carried.set(client, wanted);
}

/**
 * Runs a statement as another actor inside an open transaction. Both are sent without a pause, so that nothing else comes between; should the switch
 * fail, the transaction has failed with it and the statement is refused.
 */
export async function runAsInTransaction<T>(client: pg.ClientBase, wanted: RoleSwitch, run: () => Promise<T>): Promise<T> {
  if (carries(client, wanted)) return run();
  carried.set(client, wanted);
  const [switched, ran] = await Promise.allSettled([client.query(wanted), run()]);
  if (switched.status === "rejected") {
    forgetActor(client);
    throw switched.reason;
  }
  if (ran.status === "rejected") throw ran.reason;
  return ran.value;
}
