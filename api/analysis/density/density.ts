import type { FlatPolygons } from "../neighbours/polygons.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { referenceBandwidth } from "./bandwidth.ts";
import { type DensityContour, densityContours } from "./densityContours.ts";
import { boxOf, cellsInside, type DensityGrid, gridOver, type RegionBox } from "./densityGrid.ts";
import { adaptiveBandwidths, countedPoints, quarticDensity } from "./quarticDensity.ts";

export interface DensityInput {
  /** Degrees, one an incident. */
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
  /** The areas that the incidents are reported from. */
  readonly region: FlatPolygons;
  readonly bandwidthMetres?: number | undefined;
  readonly cellMetres?: number | undefined;
  readonly adaptive: boolean;
}

export interface IncidentDensity {
  readonly grid: DensityGrid;
  /** Incidents per km² in the whole period, row after row from the south-west; NaN outside the region. */
  readonly perKm2: Float64Array;
  readonly contours: DensityContour[];
  readonly summary: {
    readonly incidents: number;
    readonly bandwidthMetres: number;
    readonly bandwidthRule: "given" | "normal reference, robust";
    /** The least and the widest that the adaptive kernel took; the bandwidth itself without. */
    readonly narrowestMetres: number;
    readonly widestMetres: number;
    readonly regionKm2: number;
    readonly highestPerKm2: number;
    /** Incidents whose place is more than a cell outside the region: in no cell and in no contour. */
    readonly outside: number;
  };
  readonly warnings: AnalysisWarning[];
}

const mostCells = 250_000;
/** What is aimed at where nobody asked for a cell size. */
const usualCells = { fewest: 2500, most: 40_000 };
/** A kernel fewer cells wide would be steps rather than a hill. */
const cellsInBandwidth = 2;
const usualCellsInBandwidth = 6;
const shares = [0.25, 0.5, 0.75, 0.9] as const;

/**
 * Incident density of a region: the quartic kernel on a grid, edge-corrected, with contours.
 * In words: the plane of the region's middle latitude, a grid over the box around it, the bandwidth given or from the points (bandwidth.ts), the kernel and its correction by the cells inside
 * (quarticDensity.ts), with `adaptive` once more with bandwidths by the first result, contours that hold 25, 50, 75 and 90% of the incidents.
 * Refuses `no_events`; `points_coincide` where the points give no bandwidth; `cell_too_large` beyond half the bandwidth; `too_many_cells` beyond 250,000, naming the cell size that would do;
 * `density_too_fine`. Cost: see quarticDensity; 100,000 incidents in about 0.2 s.
 * Fails across many degrees of latitude, where one plane bends the metres; a density is not a risk.
 */
export function analyseDensity(input: DensityInput): IncidentDensity {
  const { longitude, latitude, region } = input;
  requireInput(longitude.length === latitude.length, "latitude", latitude.length);
  if (longitude.length === 0) throw new AnalysisRefusal("no_events", {});
  const box = boxOf(region);
  const x = longitude.map((degrees) => (degrees - box.west) * box.metresPerDegree.east);
  const y = latitude.map((degrees) => (degrees - box.south) * box.metresPerDegree.north);
  const bandwidthMetres = input.bandwidthMetres ?? referenceBandwidth(x, y);
  if (!(bandwidthMetres > 0)) throw new AnalysisRefusal("points_coincide", { incidents: x.length });
  const grid = gridOver(box, cellSize(input.cellMetres, bandwidthMetres, box));
  const inside = cellsInside(grid, region);
  const plane = { columns: grid.columns, rows: grid.rows, cellMetres: grid.cellMetres, inside };
  const points = countedPoints(x, y);
  let bandwidths: Float64Array = new Float64Array(points.x.length).fill(bandwidthMetres);
  let density = quarticDensity(points, bandwidths, plane);
  if (input.adaptive) {
    bandwidths = adaptiveBandwidths(points, density.perKm2, plane, bandwidthMetres, cellsInBandwidth * grid.cellMetres);
    density = quarticDensity(points, bandwidths, plane);
  }
  const perKm2 = density.perKm2.map((value, cell) => (inside[cell] === 1 ? value : Number.NaN));
  const cells = inside.reduce((sum, each) => sum + each, 0);
  return {
    grid,
    perKm2,
    contours: densityContours(perKm2, grid, shares),
    summary: {
      incidents: x.length,
      bandwidthMetres,
      bandwidthRule: input.bandwidthMetres === undefined ? "normal reference, robust" : "given",
      narrowestMetres: bandwidths.reduce((least, bandwidth) => Math.min(least, bandwidth), Number.POSITIVE_INFINITY),
      widestMetres: bandwidths.reduce((most, bandwidth) => Math.max(most, bandwidth), 0),
      regionKm2: (cells * grid.cellMetres ** 2) / 1e6,
      highestPerKm2: perKm2.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : value), 0),
      outside: density.outside,
    },
    warnings: [
      { code: "density_not_risk", details: {} },
      ...(density.outside > 0 ? [{ code: "outside_region", details: { incidents: density.outside } }] : []),
    ],
  };
}

/** The cell size asked for, or one of two digits that shows the kernel and keeps the grid small. @throws the refusals of analyseDensity */
function cellSize(asked: number | undefined, bandwidth: number, box: RegionBox): number {
  const boxMetres = Math.sqrt(box.widthMetres * box.heightMetres);
  const largest = bandwidth / cellsInBandwidth;
  if (asked !== undefined && asked > largest)
    throw new AnalysisRefusal("cell_too_large", { cellMetres: asked, bandwidthMetres: bandwidth, most: largest });
  const usual = Math.max(bandwidth / usualCellsInBandwidth, boxMetres / Math.sqrt(usualCells.most));
  const cell = asked ?? twoDigits(Math.min(usual, largest, boxMetres / Math.sqrt(usualCells.fewest)));
  const cellsOf = (metres: number): number => {
    const { columns, rows } = gridOver(box, metres);
    return columns * rows;
  };
  if (cellsOf(cell) > mostCells) {
    let enough = Math.ceil(cell);
    while (cellsOf(enough) > mostCells) enough++;
    throw new AnalysisRefusal("too_many_cells", {
      cells: cellsOf(cell),
      most: mostCells,
      cellMetres: enough,
      bandwidthMetres: cellsInBandwidth * enough,
    });
  }
  return cell;
}

/** Rounded down to two significant digits. */
function twoDigits(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / unit + 1e-9) * unit;
}
