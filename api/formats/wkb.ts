import type { RowFault } from "./rows.ts";

const typeNames: Readonly<Record<number, string>> = {
  1: "Point",
  2: "LineString",
  3: "Polygon",
  4: "MultiPoint",
  5: "MultiLineString",
  6: "MultiPolygon",
  7: "GeometryCollection",
  8: "CircularString",
  9: "CompoundCurve",
  10: "CurvePolygon",
  11: "MultiCurve",
  12: "MultiSurface",
  13: "Curve",
  14: "Surface",
  15: "PolyhedralSurface",
  16: "Tin",
  17: "Triangle",
};
const curved = new Set([8, 9, 10, 11, 12, 13, 14]);
const polygon = 3;
const multiPolygon = 6;

interface Head {
  readonly type: number;
  readonly isLittleEndian: boolean;
  /** Numbers a point: 2, with height or measure 3, with both 4. */
  readonly dimensions: number;
}

type Read = { readonly geometry: unknown; readonly fault?: RowFault };

class Damaged extends Error {}

/** Walks over well-known binary. Has a life: it moves forward. Counts are believed only as far as there are bytes. */
class Walker {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, from: number) {
    this.#bytes = bytes;
    this.#at = from;
  }

  head(): Head {
    if (this.#at + 5 > this.#bytes.length) throw new Damaged(`${this.#bytes.length} byte`);
    const isLittleEndian = this.#bytes[this.#at] === 1;
    this.#at++;
    const raw = this.#count(isLittleEndian);
    // ISO adds thousands for Z and M; the extended form of PostGIS sets bits, one of them for a system number that follows.
    const [hasZ, hasM, hasSystem] = [(raw & 0x80000000) !== 0, (raw & 0x40000000) !== 0, (raw & 0x20000000) !== 0];
    if (hasSystem) this.#at += 4;
    const iso = raw & 0x0fffffff;
    const thousands = Math.floor(iso / 1000);
    const dimensions = 2 + (hasZ || thousands === 1 || thousands === 3 ? 1 : 0) + (hasM || thousands === 2 || thousands === 3 ? 1 : 0);
    return { type: iso % 1000, isLittleEndian, dimensions };
  }

  #count(isLittleEndian: boolean): number {
    if (this.#at + 4 > this.#bytes.length) throw new Damaged(`${this.#bytes.length} byte`);
    const value = isLittleEndian ? this.#bytes.readUInt32LE(this.#at) : this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  count(head: Head, leastBytesEach: number): number {
    const n = this.#count(head.isLittleEndian);
    if (n * leastBytesEach > this.#bytes.length - this.#at)
      throw new Damaged(`${n} × ${leastBytesEach} > ${this.#bytes.length - this.#at} byte`);
    return n;
  }

  rings(head: Head): number[][][] {
    return Array.from({ length: this.count(head, 4) }, () => {
      const points = this.count(head, 8 * head.dimensions);
      const ring: number[][] = [];
      for (let point = 0; point < points; point++) {
        const [x, y] = head.isLittleEndian
          ? [this.#bytes.readDoubleLE(this.#at), this.#bytes.readDoubleLE(this.#at + 8)]
          : [this.#bytes.readDoubleBE(this.#at), this.#bytes.readDoubleBE(this.#at + 8)];
        ring.push([x, y]);
        this.#at += 8 * head.dimensions;
      }
      return ring;
    });
  }
}

/**
 * Reads a Polygon or MultiPolygon from well-known binary, ISO or extended; heights and measures are dropped. Anything else is a fault that names it.
 * @param from where in the bytes it begins
 */
export function readWkb(bytes: Buffer, from = 0): Read {
  try {
    const walker = new Walker(bytes, from);
    const head = walker.head();
    if (head.type === polygon) {
      const rings = walker.rings(head);
      return { geometry: rings.length === 0 ? null : { type: "Polygon", coordinates: rings } };
    }
    if (head.type === multiPolygon) {
      const parts = Array.from({ length: walker.count(head, 9) }, () => {
        const part = walker.head();
        if (part.type !== polygon) throw new Damaged(`MultiPolygon: ${typeNames[part.type] ?? part.type}`);
        return walker.rings(part);
      });
      return { geometry: parts.length === 0 ? null : { type: "MultiPolygon", coordinates: parts } };
    }
    const value = typeNames[head.type] ?? `WKB ${head.type}`;
    return { geometry: null, fault: { code: curved.has(head.type) ? "curved_geometry" : "not_a_polygon", field: "geometry", value } };
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return { geometry: null, fault: { code: "unreadable_row", field: "geometry", reason: `WKB: ${error.message}` } };
  }
}
