import type { Filter, Operand, ShapeOperand, TimeOperand, When } from "../contract/filterTree.ts";
import type { Geometry } from "../contract/geometry.ts";
import { isDay, isMoment } from "../contract/time.ts";
import { type Problem, problem } from "../problem.ts";

const mostPositions = 10_000;
const mostShapeDepth = 8;

/** The refusal of a filter: where reading stopped, and why, in both languages. */
export const filterProblem = (value: unknown, reason: string): Problem => problem("invalid_filter", { value, reason });

/** A day that exists or a moment with its offset. @throws invalid_filter */
export function whenOf(text: unknown, kinds: "day" | "moment" | "either"): When {
  const isFit = typeof text === "string" && ((kinds !== "moment" && isDay(text)) || (kinds !== "day" && isMoment(text)));
  if (!isFit)
    throw filterProblem(
      text,
      kinds === "day"
        ? "DATE('2025-06-27')"
        : kinds === "moment"
          ? "TIMESTAMP('2025-06-27T10:00:00Z')"
          : "2025-06-27 | 2025-06-27T10:00:00Z",
    );
  return { kind: "when", text };
}

/** The ends of an interval: `..` is open, but not both. @throws invalid_filter where the end comes before the beginning */
export function intervalOf(from: unknown, to: unknown): TimeOperand {
  const endOf = (end: unknown) => {
    if (end === "..") return null;
    return typeof end === "object" && end !== null && "kind" in end ? (end as { kind: "property"; name: string }) : whenOf(end, "either");
  };
  const ends = { from: endOf(from), to: endOf(to) };
  if (ends.from?.kind === "when" && ends.to?.kind === "when" && Date.parse(ends.from.text) > Date.parse(ends.to.text) + 86_400_000)
    throw filterProblem(`${ends.from.text}/${ends.to.text}`, "berakhir sebelum mulai / ends before it begins");
  return { kind: "interval", ...ends };
}

/** The shape of a box: four numbers, or six with heights, which count for nothing. West beyond east goes around the world's back. @throws invalid_filter */
export function boxShape(numbers: readonly unknown[]): ShapeOperand {
  const flat = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const [west, south, east, north] = flat as number[];
  const isRight = flat.length === 4 && flat.every((value) => typeof value === "number" && Number.isFinite(value));
  if (!isRight || west === undefined || south === undefined || east === undefined || north === undefined || south > north)
    throw filterProblem(`BBOX(${numbers.join(",")})`, "BBOX(barat/west, selatan/south, timur/east, utara/north)");
  const ring = (left: number, right: number) => [
    [
      [left, south],
      [right, south],
      [right, north],
      [left, north],
      [left, south],
    ],
  ];
  return checkedShape(
    west <= east
      ? { type: "Polygon", coordinates: ring(west, east) }
      : { type: "MultiPolygon", coordinates: [ring(west, 180), ring(-180, east)] },
  );
}

function refusePosition(position: unknown): void {
  const [longitude, latitude] = Array.isArray(position) ? (position as unknown[]) : [];
  const isRight =
    Array.isArray(position) &&
    position.length >= 2 &&
    position.length <= 4 &&
    position.every((value) => typeof value === "number" && Number.isFinite(value)) &&
    Math.abs(longitude as number) <= 180 &&
    Math.abs(latitude as number) <= 90;
  if (!isRight) throw filterProblem(position, "bujur −180–180, lintang −90–90 / longitude, latitude");
}

const nestingOf: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/**
 * A GeoJSON geometry of a filter with every position looked at: finite, in degrees, rings closed, lines of two points or more, bounded.
 * @throws invalid_filter naming what is wrong
 */
export function checkedShape(geometry: unknown): ShapeOperand {
  let positions = 0;
  const list = (value: unknown): unknown[] => {
    if (!Array.isArray(value) || value.length === 0) throw filterProblem(value, "koordinat kosong / no coordinates");
    return value as unknown[];
  };
  const walk = (coordinates: unknown, nesting: number, type: string): void => {
    if (nesting === 0) {
      positions += 1;
      if (positions > mostPositions) throw filterProblem(type, `lebih dari ${mostPositions} titik / more than ${mostPositions} positions`);
      refusePosition(coordinates);
      return;
    }
    const inner = list(coordinates);
    for (const part of inner) walk(part, nesting - 1, type);
    if (nesting !== 1 || type === "MultiPoint") return;
    const isRing = type.endsWith("Polygon");
    if (inner.length < (isRing ? 4 : 2)) throw filterProblem(type, "terlalu sedikit titik / too few positions");
    if (isRing && JSON.stringify(inner[0]) !== JSON.stringify(inner.at(-1)))
      throw filterProblem(type, "cincin tidak tertutup / ring not closed");
  };
  const visit = (shape: unknown, depth: number): void => {
    const { type, coordinates, geometries } = (shape ?? {}) as { type?: unknown; coordinates?: unknown; geometries?: unknown };
    if (depth > mostShapeDepth) throw filterProblem(type, `lebih dalam dari / deeper than ${mostShapeDepth}`);
    if (type === "GeometryCollection") for (const part of list(geometries)) visit(part, depth + 1);
    else if (typeof type === "string" && Object.hasOwn(nestingOf, type)) walk(coordinates, nestingOf[type] as number, type);
    else throw filterProblem(shape, "geometri / a geometry");
  };
  visit(geometry, 0);
  return { kind: "shape", geometry: geometry as Geometry };
}

const valueKinds = new Set(["property", "when", "literal", "folded", "arithmetic"]);

/** Whether a parsed part is something to compare, and not already a claim. */
export function isOperand(part: Filter | Operand): part is Operand {
  return valueKinds.has(part.kind);
}

/** The value with its sign turned; a number stays a number. */
export function negated(part: Operand): Operand {
  if (part.kind === "literal" && typeof part.value === "number") return { kind: "literal", value: -part.value };
  return { kind: "arithmetic", operator: "-", left: { kind: "literal", value: 0 }, right: part };
}
