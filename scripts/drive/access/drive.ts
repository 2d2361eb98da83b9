import type { Door } from "../fuzz/place.ts";
import { canariesOf } from "./canaries.ts";
import { type Cell, cellsOf, judgeCell, type World } from "./matrix.ts";
import { furnishPlace, makePeople, otherArea, ownArea } from "./world.ts";

/** Makes the two kabupaten and the people of one; all that is secret about them is a canary. */
export async function makeWorld(door: Door, secrets: readonly string[] = []): Promise<World> {
  const own = await furnishPlace(door, ownArea);
  const other = await furnishPlace(door, otherArea);
  const people = await makePeople(door, ownArea);
  const away = await makePeople(door, otherArea);
  const tokens = [...people, ...away].flatMap(({ token }) => (token ? [token] : []));
  return {
    url: door.url,
    places: { own, other },
    askers: [
      ...people,
      { name: "the admin of all", role: "admin", area: null, token: door.token },
      { name: "nobody", role: "nobody", area: ownArea, token: null },
      { name: "a stranger", role: "stranger", area: ownArea, token: "salah-sekali-token-ini" },
    ],
    canaries: canariesOf([...tokens, ...secrets]),
  };
}

/** Asks the cells, a few at once, and tells what each breaks. */
export async function driveMatrix(world: World, cells: readonly Cell[] = cellsOf(world), lanes = 4): Promise<string[]> {
  const faults: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let cell = cells[next++]; cell; cell = cells[next++]) faults.push(...(await judgeCell(world, cell)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return faults;
}
