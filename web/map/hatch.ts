import { rgbOf } from "../colour/palette.ts";

const size = 12;
const lineWidth = 2.2;
const dotRadius = 2.4;

/** One tile of dots that says late, of the same size; between the dots the colour below is seen. */
export function dotsImage(ink: string): { width: number; height: number; data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(size * size * 4);
  const colour = rgbOf(ink);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at = (y * size + x) * 4;
      const share = Math.min(1, Math.max(0, dotRadius - Math.hypot(x - size / 2 + 0.5, y - size / 2 + 0.5) + 0.5));
      data.set(colour, at);
      data[at + 3] = Math.round(255 * share);
    }
  }
  return { width: size, height: size, data };
}

/** One tile of the 45-degree hatch that says DATA KURANG, drawn for screens with two dots a pixel: 6 × 6 pixels on the map. */
export function hatchImage(ink: string, ground: string): { width: number; height: number; data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(size * size * 4);
  const [dark, light] = [rgbOf(ink), rgbOf(ground)];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const along = (x + y) % size;
      const distance = Math.min(along, size - along) / Math.SQRT2;
      const share = Math.min(1, Math.max(0, lineWidth / 2 - distance + 0.5));
      const at = (y * size + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        data[at + channel] = (dark[channel] as number) * share + (light[channel] as number) * (1 - share);
      }
      data[at + 3] = 255;
    }
  }
  return { width: size, height: size, data };
}
