import type { Weights } from "../neighbours/weights.ts";

export interface ConnectedZones {
  readonly kind: "connected";
  readonly zones: number;
  readonly least: number;
  readonly most: number;
}

export function connectedZones(
  _longitude: Float64Array,
  _latitude: Float64Array,
  _weight: Float64Array,
  _maxWeight: number,
  _adjacency: Weights,
  _members: Int32Array,
  _maxAreas: number,
): ConnectedZones {
  return { kind: "connected", zones: 0, least: 0, most: 0 };
}

export function connectedAreas(_zones: ConnectedZones, _zone: number): Int32Array {
  return new Int32Array(0);
}
