import type { Geometry } from "./geometry.ts";

export const comparisonOperators = ["=", "<>", "<", "<=", ">", ">="] as const;
export const arithmeticOperators = ["+", "-", "*", "/", "%", "^", "div"] as const;
export const spatialRelations = ["intersects", "within", "contains", "disjoint", "equals", "touches", "crosses", "overlaps"] as const;
export const temporalRelations = [
  "after",
  "before",
  "contains",
  "disjoint",
  "during",
  "equals",
  "finishedby",
  "finishes",
  "intersects",
  "meets",
  "metby",
  "overlappedby",
  "overlaps",
  "startedby",
  "starts",
] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];
export type ArithmeticOperator = (typeof arithmeticOperators)[number];
export type SpatialRelation = (typeof spatialRelations)[number];
export type TemporalRelation = (typeof temporalRelations)[number];

interface Property {
  readonly kind: "property";
  readonly name: string;
}
/** A day (`2025-06-27`, the whole of it in the service's time zone) or a moment of RFC 3339. */
export interface When {
  readonly kind: "when";
  readonly text: string;
}
/** Something that is compared. */
export type Operand =
  | Property
  | When
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "folded"; readonly part: Operand }
  | { readonly kind: "arithmetic"; readonly operator: ArithmeticOperator; readonly left: Operand; readonly right: Operand };
/** A shape of the collection or of the filter's own, in degrees east and north. */
export type ShapeOperand = Property | { readonly kind: "shape"; readonly geometry: Geometry };
/** A moment, a day, or a span between two of them; null is open. */
export type TimeOperand =
  | Property
  | When
  | { readonly kind: "interval"; readonly from: Property | When | null; readonly to: Property | When | null };

/** A filter of OGC CQL2 as a tree, whichever encoding it came in; `queries/filters.ts` turns it into SQL with parameters. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly part: Filter }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "compare"; readonly operator: ComparisonOperator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "like"; readonly value: Operand; readonly pattern: Operand }
  | { readonly kind: "between"; readonly value: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: "in"; readonly value: Operand; readonly values: readonly Operand[] }
  | { readonly kind: "null"; readonly value: Operand | ShapeOperand }
  | { readonly kind: "spatial"; readonly relation: SpatialRelation; readonly left: ShapeOperand; readonly right: ShapeOperand }
  | { readonly kind: "temporal"; readonly relation: TemporalRelation; readonly left: TimeOperand; readonly right: TimeOperand };

export const mostFilterParts = 2000;
export const mostFilterDepth = 50;
export const mostCalculations = 100;
