import { actAs } from "../database/actor.ts";

/** Runs what reads or changes people, their sessions and tokens: no person does so in its own name. */
export function asKeeper<T>(work: () => Promise<T>): Promise<T> {
  return actAs("keeper", work);
}
