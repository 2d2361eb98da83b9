import { isTurned, looksSwapped } from "../contract/incident.ts";
import { problem } from "../problem.ts";
import {
  type CoordinateSystem,
  id74AccuracyMetres,
  isWgs84Degrees,
  knownSystems,
  systemLabel,
  toDegrees,
  wgs84,
} from "./coordinateSystems.ts";
import type { DeclaredCrs } from "./declaredCrs.ts";
import type { FileRow, RowFault } from "./rows.ts";

/** What the sender says about the coordinates, against or beside what the file says. */
export interface Placing {
  /** The coordinate system to read the file in, whatever it declares; null takes what it declares. */
  readonly crs: CoordinateSystem | null;
  /** Whether the file has its two axes the wrong way round. */
  readonly swapAxes: boolean;
}

type Vertex = readonly [number, number];

/** What the vertices of one shape, or of a whole file, have in common. */
class Extent {
  vertices = 0;
  inDegrees = 0;
  swapped = 0;
  example: Vertex | null = null;

  add(x: number, y: number): void {
    // The check of the row refuses it; it says nothing about where the file lies.
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    this.vertices++;
    // Either may be the longitude.
    if (Math.abs(x) <= 180 && Math.abs(y) <= 180) this.inDegrees++;
    if (isTurned(x, y)) this.swapped++;
    this.example ??= [x, y];
  }

  get isAllSwapped(): boolean {
    return this.vertices > 0 && this.swapped === this.vertices;
  }
  get isNoneInDegrees(): boolean {
    return this.vertices > 0 && this.inDegrees === 0;
  }
  get isAllInDegrees(): boolean {
    return this.vertices > 0 && this.inDegrees === this.vertices;
  }
}

const isVertex = (list: readonly unknown[]): boolean => list.length >= 2 && typeof list[0] === "number" && typeof list[1] === "number";

/** The coordinates with every pair of numbers replaced; what is no pair of numbers stays for the check to refuse. */
function mapped(coordinates: unknown, change: (x: number, y: number) => Vertex): unknown {
  if (!Array.isArray(coordinates)) return coordinates;
  return isVertex(coordinates) ? [...change(coordinates[0], coordinates[1])] : coordinates.map((inside) => mapped(inside, change));
}

function mappedGeometry(geometry: unknown, change: (x: number, y: number) => Vertex): unknown {
  const shape = geometry as { coordinates?: unknown } | null;
  return typeof shape !== "object" || shape === null || !Array.isArray(shape.coordinates)
    ? geometry
    : { ...shape, coordinates: mapped(shape.coordinates, change) };
}

function visit(coordinates: unknown, seen: (x: number, y: number) => void): void {
  if (!Array.isArray(coordinates)) return;
  if (isVertex(coordinates)) seen(coordinates[0], coordinates[1]);
  else for (const inside of coordinates) visit(inside, seen);
}

const swapRemedy = {
  remedy_id: "Bila memang tertukar, kirim lagi dengan swapAxes=true (atau --swap-axes).",
  remedy_en: "If they are, send it again with swapAxes=true (or --swap-axes).",
};
const unswapRemedy = {
  remedy_id: "Hilangkan swapAxes=true: berkas ini tidak tertukar.",
  remedy_en: "Leave out swapAxes=true: this file is not swapped.",
};

/**
 * Turns the coordinates of all rows into [longitude, latitude] in degrees on WGS 84. Nothing is guessed: coordinates are taken as they are declared, by the
 * file or by the sender, and a file that as a whole contradicts that is refused. What was changed is told.
 * @throws wrong_crs where the declared system is not known; at the end crs_needed, crs_contradicted, file_axes_swapped.
 */
export async function* inDegrees(
  name: string,
  rows: AsyncIterable<FileRow[]>,
  { crs: given, swapAxes }: Placing,
  tell: (note: RowFault) => void,
): AsyncGenerator<FileRow[]> {
  const converters = new Map<CoordinateSystem, (x: number, y: number) => [number, number]>();
  const changed = new Map<CoordinateSystem, number>();
  const asRead = new Extent();
  const placed = new Extent();
  let [shapes, turned] = [0, 0];
  let isAssumed = false;
  let overridden: DeclaredCrs | null = null;
  let projected: CoordinateSystem | null = null;

  const systemOf = (declared: DeclaredCrs | null | undefined): CoordinateSystem => {
    if (given) {
      if (declared && declared.system !== given) overridden = declared;
      return given;
    }
    if (declared && !declared.system)
      throw problem("wrong_crs", { name, value: declared.text, expected_id: knownSystems, expected_en: knownSystems });
    if (declared === null) isAssumed = true;
    return declared?.system ?? wgs84;
  };

  const place = (row: FileRow): FileRow => {
    const geometry = row.geometry as { coordinates?: unknown } | null | undefined;
    if (typeof geometry !== "object" || geometry === null || !Array.isArray(geometry.coordinates)) return row;
    const system = systemOf(row.crs);
    const isSame = isWgs84Degrees(system);
    if (system.isProjected) projected = system;
    shapes++;
    const before = (x: number, y: number): void => asRead.add(x, y);
    visit(geometry.coordinates, before);
    let placedGeometry: unknown = geometry;
    if (swapAxes) {
      placedGeometry = mappedGeometry(placedGeometry, (x, y) => [y, x]);
      turned++;
    }
    if (!isSame) {
      let convert = converters.get(system);
      if (!convert) {
        convert = toDegrees(system);
        converters.set(system, convert);
      }
      const first = firstVertex(geometry.coordinates);
      // Northing before easting shows only after projection: as it stands it lies elsewhere, turned it lies in Indonesia.
      if (first && system.isProjected) {
        const [x, y] = swapAxes ? [first[1], first[0]] : first;
        if (looksIndonesian(convert(y, x)) && !looksIndonesian(convert(x, y))) placed.swapped++;
        placed.vertices++;
        placed.example ??= [x, y];
      }
      placedGeometry = mappedGeometry(placedGeometry, convert);
      changed.set(system, (changed.get(system) ?? 0) + 1);
    }
    if (!system.isProjected && (swapAxes || !isSame))
      visit((placedGeometry as { coordinates: unknown }).coordinates, (x, y) => placed.add(x, y));
    return { ...row, geometry: placedGeometry };
  };

  try {
    for await (const batch of rows) yield batch.map(place);
  } catch (error) {
    // The file says late what the sender has already said.
    if (!(given && (error as { code?: string }).code === "crs_late")) throw error;
  }
  const example = asRead.example;
  if (projected && asRead.isAllInDegrees) throw problem("crs_contradicted", { name, crs: systemLabel(projected), value: example });
  if (placed.vertices > 0 ? placed.isAllSwapped : asRead.isAllSwapped)
    throw problem("file_axes_swapped", { name, value: example, ...(swapAxes ? unswapRemedy : swapRemedy) });
  if (!projected && asRead.isNoneInDegrees) throw problem("crs_needed", { name, value: example });
  if (shapes === 0) return;
  if (turned > 0) tell({ code: "axes_turned", value: turned });
  if (overridden && given) tell({ code: "crs_overridden", declared: (overridden as DeclaredCrs).text, value: systemLabel(given) });
  if (isAssumed) tell({ code: "crs_assumed", value: systemLabel(wgs84) });
  for (const [system, count] of changed) {
    tell({ code: "reprojected", value: count, from: systemLabel(system), to: systemLabel(wgs84) });
    if (system.datum === "ID74") tell({ code: "datum_shifted", value: id74AccuracyMetres, from: "ID74" });
  }
}

function firstVertex(coordinates: unknown): Vertex | null {
  let inside = coordinates;
  while (Array.isArray(inside) && !isVertex(inside)) inside = inside[0];
  return Array.isArray(inside) ? [inside[0], inside[1]] : null;
}

/** Whether a place lies in the frame whose turned counterpart `looksSwapped` knows. */
const looksIndonesian = ([longitude, latitude]: Vertex): boolean => looksSwapped([latitude, longitude]);
