import { bandWords, type PaperClass, paperClasses, paperClassNames } from "./bands.ts";
import { type Language, numberWords } from "./words.ts";
import { xmlText } from "./xmlText.ts";

/** An area as it is drawn: its rings of [longitude, latitude] and what it is shown as; null for an outline only. */
export interface DrawnArea {
  readonly rings: readonly (readonly (readonly [number, number])[])[];
  readonly shownAs: PaperClass | null;
}

export interface PaperMap {
  readonly areas: readonly DrawnArea[];
  readonly outlines: readonly DrawnArea[];
  readonly labels: readonly { readonly text: string; readonly at: readonly [number, number] }[];
  /** What one area is called, for the legend: desa, kecamatan. */
  readonly title: string;
}

const width = 520;
const mapHeight = 330;
const margin = 8;
const kmPerDegree = 111.32;
// A tenth of a point: finer than a printer shows, and several times shorter than what was surveyed.
const grid = 10;

/** The rings of a GeoJSON Polygon or MultiPolygon, holes too: drawn by even-odd they stay open. */
export function ringsOf(geojson: string): DrawnArea["rings"] {
  const { type, coordinates } = JSON.parse(geojson) as { type: string; coordinates: unknown };
  return (type === "Polygon" ? coordinates : (coordinates as unknown[][]).flat()) as DrawnArea["rings"];
}

interface Frame {
  readonly x: (longitude: number) => number;
  readonly y: (latitude: number) => number;
  readonly pointsPerKm: number;
  readonly height: number;
}

function frameOf(areas: readonly DrawnArea[]): Frame {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { rings } of areas)
    for (const ring of rings)
      for (const [longitude, latitude] of ring) {
        west = Math.min(west, longitude);
        east = Math.max(east, longitude);
        south = Math.min(south, latitude);
        north = Math.max(north, latitude);
      }
  if (west > east) [west, south, east, north] = [0, 0, 1, 1];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (width - 2 * margin) / Math.max(1e-6, (east - west) * shrink),
    (mapHeight - 2 * margin) / Math.max(1e-6, north - south),
  );
  const left = (width - (east - west) * shrink * scale) / 2;
  return {
    x: (longitude) => left + (longitude - west) * shrink * scale,
    y: (latitude) => margin + (north - latitude) * scale,
    pointsPerKm: scale / kmPerDegree,
    height: (north - south) * scale + 2 * margin,
  };
}

function pathOf({ rings }: DrawnArea, { x, y }: Frame): string {
  return rings
    .map((ring) => {
      const points: string[] = [];
      for (const [longitude, latitude] of ring) {
        const point = `${Math.round(x(longitude) * grid) / grid} ${Math.round(y(latitude) * grid) / grid}`;
        if (point !== points.at(-1)) points.push(point);
      }
      return `M${points.join("L")}Z`;
    })
    .join("");
}

function scaleBar({ pointsPerKm }: Frame, top: number, language: Language): string {
  const kilometres = [1, 2, 5, 10, 20, 50, 100, 200].findLast((length) => length * pointsPerKm <= width / 4) ?? 1;
  const long = kilometres * pointsPerKm;
  return `<path d="M${margin} ${top}v4h${long.toFixed(1)}v-4" fill="none" stroke="#16202a" stroke-width="0.8"/><text x="${(margin + long + 4).toFixed(1)}" y="${top + 5}" font-size="7">${numberWords(kilometres, language)} km</text>`;
}

function legend(map: PaperMap, top: number, language: Language): string {
  const counts = new Map<PaperClass, number>();
  for (const { shownAs } of map.areas) if (shownAs) counts.set(shownAs, (counts.get(shownAs) ?? 0) + 1);
  const shown = paperClassNames.filter((name) => counts.has(name) || name !== "tanpa");
  const column = (width - 2 * margin) / 3;
  const entries = shown.map((name, index) => {
    const left = margin + (index % 3) * column;
    const line = top + 16 + Math.floor(index / 3) * 13;
    const dashes = name === "samar" ? ' stroke-dasharray="2 1.5"' : "";
    return `<rect x="${left}" y="${line - 7}" width="14" height="8" fill="${paperClasses[name].fill}" stroke="#5a6977" stroke-width="0.5"${dashes}/><text x="${left + 18}" y="${line}" font-size="7.5">${xmlText(bandWords(name, language))}: ${numberWords(counts.get(name) ?? 0, language)}</text>`;
  });
  return `<text x="${margin}" y="${top + 3}" font-size="8" font-weight="bold">${xmlText(map.title)}</text>${entries.join("")}`;
}

/** The map of a paper with its legend and scale, as SVG; there is none without. Areas are filled by class and told apart by mark and hatch as well as colour. */
export function mapSvg(map: PaperMap, language: Language): { readonly svg: string; readonly width: number; readonly height: number } {
  const frame = frameOf(map.areas);
  const fills = map.areas.map((area) => {
    const fill = area.shownAs ? paperClasses[area.shownAs].fill : "none";
    const dashes = area.shownAs === "samar" ? ' stroke="#5a6977" stroke-dasharray="2 1.5"' : ' stroke="#ffffff"';
    return `<path d="${pathOf(area, frame)}" fill="${fill}" fill-rule="evenodd"${dashes} stroke-width="0.4"/>`;
  });
  const outlines = map.outlines.map(
    (area) => `<path d="${pathOf(area, frame)}" fill="none" stroke="#435160" stroke-width="0.8" stroke-linejoin="round"/>`,
  );
  const labels = map.labels.map(({ text, at: [longitude, latitude] }) => {
    const place = `x="${frame.x(longitude).toFixed(1)}" y="${frame.y(latitude).toFixed(1)}" font-size="6" font-weight="bold" text-anchor="middle"`;
    const letters = xmlText(text.toUpperCase());
    return `<text ${place} fill="#ffffff" stroke="#ffffff" stroke-width="1.6">${letters}</text><text ${place} fill="#16202a">${letters}</text>`;
  });
  const below = frame.height + 6;
  const height = Math.ceil(below + 62);
  const hatch =
    '<pattern id="kurang" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#e6e9ec"/><path d="M0 4L4 0" stroke="#8b97a2" stroke-width="0.8"/></pattern>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter" fill="#16202a"><defs>${hatch}</defs><g>${fills.join("")}${outlines.join("")}${labels.join("")}</g>${scaleBar(frame, below, language)}${legend(map, below + 18, language)}</svg>`;
  return { svg, width, height };
}
