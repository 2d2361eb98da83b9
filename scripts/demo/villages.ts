import { type Cell, drawCells } from "./cells.ts";
import { distanceKm, districts } from "./frame.ts";
import { nameVillages } from "./names.ts";

export interface Village extends Cell {
  readonly code: string;
  readonly name: string;
  readonly kind: "desa" | "kelurahan";
  /** Place of the district in the list, from 0. */
  readonly district: number;
  readonly distanceToTownKm: number;
}

export const regencyCode = "99.01";
// Everything within this distance of the town's seat is a kelurahan when it belongs to its kecamatan.
const townReachKm = 3.2;

/** The kecamatan of each cell: that of the nearest seat, or of most neighbours where that would cut the cell off from its own. */
function assignDistricts(cells: readonly Cell[]): number[] {
  const nearest = cells.map(({ site }) => {
    const distances = districts.map(({ seat }) => distanceKm(site, seat));
    return distances.indexOf(Math.min(...distances));
  });
  const connected = new Set(
    districts.map((_, district) => cells.findIndex(({ site }) => distanceKm(site, districts[district]!.seat) === 0)),
  );
  const queue = [...connected];
  for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
    for (const other of cells[cell]!.neighbours) {
      if (connected.has(other) || nearest[other] !== nearest[cell]) continue;
      connected.add(other);
      queue.push(other);
    }
  }
  return nearest.map((district, cell) => {
    if (connected.has(cell)) return district;
    const around = cells[cell]!.neighbours.filter((other) => connected.has(other)).map((other) => nearest[other]!);
    return around.toSorted((a, b) => around.filter((d) => d === b).length - around.filter((d) => d === a).length)[0] ?? district;
  });
}

/** All villages with code and name, in the order of their codes: in each kecamatan the seat first, then from north to south. */
export function makeVillages(seed: number): Village[] {
  const cells = drawCells(seed);
  const districtOf = assignDistricts(cells);
  const isSeat = (cell: number) => distanceKm(cells[cell]!.site, districts[districtOf[cell]!]!.seat) === 0;
  const order = [...cells.keys()].toSorted(
    (a, b) => districtOf[a]! - districtOf[b]! || Number(isSeat(b)) - Number(isSeat(a)) || cells[a]!.site[1] - cells[b]!.site[1],
  );
  const position = new Map(order.map((cell, i) => [cell, i]));
  const names = nameVillages(
    order.map((cell) => districtOf[cell]!),
    seed,
  );
  const lastNumber = new Map<number, number>();
  return order.map((index, i) => {
    const cell = cells[index]!;
    const district = districtOf[index]!;
    const number = (lastNumber.get(district) ?? 0) + 1;
    lastNumber.set(district, number);
    const distanceToTownKm = distanceKm(cell.site, districts[0]!.seat);
    const kind = isSeat(index) || (district === 0 && distanceToTownKm < townReachKm) ? "kelurahan" : "desa";
    const twoDigits = String(district + 1).padStart(2, "0");
    return {
      ...cell,
      neighbours: cell.neighbours.map((other) => position.get(other)!),
      code: `${regencyCode}.${twoDigits}.${kind === "kelurahan" ? 1 : 2}${String(number).padStart(3, "0")}`,
      name: isSeat(index) ? districts[district]!.name : names[i]!,
      kind,
      district,
      distanceToTownKm,
    };
  });
}
