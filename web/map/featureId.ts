/** The id that an area's shape has in the tiles: the digits of its code as one whole number. */
export function featureIdOf(code: string): number {
  return Number(code.replaceAll(".", ""));
}

/** The village code with the digits of a feature id: `99.01.09.2010`. */
export function villageCodeOf(featureId: number): string {
  const digits = String(featureId).padStart(10, "0");
  return `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4, 6)}.${digits.slice(6)}`;
}

/** The same for a kecamatan: `99.01.09`. */
export function districtCodeOf(featureId: number): string {
  const digits = String(featureId).padStart(6, "0");
  return `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4)}`;
}

/** The same for a kabupaten or kota: `99.01`. */
export function regencyCodeOf(featureId: number): string {
  const digits = String(featureId).padStart(4, "0");
  return `${digits.slice(0, 2)}.${digits.slice(2)}`;
}
