import { isDay } from "../format/day.ts";
import { defaultOverlays, type Overlay, readOverlays, writeOverlays } from "./overlays.ts";

/** What the map can be coloured by; `indicator:<id>` for any loaded indicator. */
export type FillLayer = "risk" | "certainty" | "counts" | "emerging" | "population" | "coverage" | `indicator:${string}`;
export type Step = "day" | "week" | "month" | "period";
/** The areas that are coloured. */
export type Level = "village" | "district" | "regency";
/** What the panel shows while no village is chosen. */
export type Panel = "ringkasan" | "isu" | "peringkat" | "moran" | "daftar";
/** The other side of the swipe: a period, or another colouring. */
export type Comparison = { readonly from: string; readonly to: string } | { readonly fill: FillLayer };

/** Everything about the map screen that a link carries. Days are half-open: `from` counts, `to` does not. */
export interface ViewState {
  area: string | null;
  fill: FillLayer;
  /** The layers shown on top, from the ground up. */
  overlays: readonly Overlay[];
  /** `auto` follows the zoom. */
  level: Level | "auto";
  from: string | null;
  to: string | null;
  step: Step;
  selected: string | null;
  isTableOpen: boolean;
  /** What the panel shows of standing disputes: their list, a new one, or one by its id. */
  potential: string | null;
  /** Longitude, latitude and zoom of the map; null fits the area. */
  map: readonly [number, number, number] | null;
  issues: readonly string[];
  forms: readonly string[];
  statuses: readonly string[];
  panel: Panel;
  /** Corners of what was drawn around villages to choose them. */
  drawn: readonly (readonly [number, number])[] | null;
  /** Villages are chosen by their score, both ends inside. */
  scores: readonly [number, number] | null;
  /** Villages are chosen by a box in the Moran scatter: x from, y from, x to, y to. */
  moran: readonly [number, number, number, number] | null;
  compared: Comparison | null;
}

export const defaultView: ViewState = {
  area: null,
  fill: "risk",
  overlays: defaultOverlays,
  level: "auto",
  from: null,
  to: null,
  step: "week",
  selected: null,
  isTableOpen: false,
  potential: null,
  map: null,
  issues: [],
  forms: [],
  statuses: [],
  panel: "ringkasan",
  drawn: null,
  scores: null,
  moran: null,
  compared: null,
};

const areaCode = /^\d{2}(\.\d{2})?$/;
const villageCode = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/;
const potentialView = /^(daftar|baru|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const steps: readonly string[] = ["day", "week", "month", "period"];
const levels: readonly string[] = ["village", "district", "regency"];
const panels: readonly string[] = ["ringkasan", "isu", "peringkat", "moran", "daftar"];
const fills = /^(risk|certainty|counts|emerging|population|coverage|indicator:\w+)$/;
const mostCorners = 60;

/** Numbers between commas; null where there are not as many as wanted or one is none. */
function readNumbers(text: string | null, wanted: number): number[] | null {
  const numbers = text === null || text === "" ? [] : text.split(",").map(Number);
  return numbers.length === wanted && numbers.every(Number.isFinite) ? numbers : null;
}

function readDrawn(text: string | null): ViewState["drawn"] {
  const corners = (text ?? "").split(";").map((corner) => readNumbers(corner, 2));
  const isSound = corners.length >= 3 && corners.length <= mostCorners && corners.every((corner) => corner !== null);
  return isSound ? (corners as [number, number][]) : null;
}

function readComparison(text: string | null): Comparison | null {
  if (text !== null && fills.test(text)) return { fill: text as FillLayer };
  const [from = "", to = ""] = (text ?? "").split("~");
  return isDay(from) && isDay(to) && from < to ? { from, to } : null;
}

function readMap(text: string | null): ViewState["map"] {
  const [longitude, latitude, zoom] = (text ?? "").split(",").map(Number);
  if (longitude === undefined || latitude === undefined || zoom === undefined) return null;
  const isSound = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85 && zoom >= 0 && zoom <= 24;
  return isSound ? [longitude, latitude, zoom] : null;
}

const list = (text: string | null): string[] => (text ? text.split(",").filter((code) => /^[\w-]+$/.test(code)) : []);

/** Reads the view from an address' query. What is missing or makes no sense takes its default. */
export function readView(search: string): ViewState {
  const query = new URLSearchParams(search);
  const fill = query.get("warna") ?? "";
  const area = query.get("wilayah") ?? "";
  const selected = query.get("desa") ?? "";
  const from = query.get("dari") ?? "";
  const to = query.get("sampai") ?? "";
  const hasPeriod = isDay(from) && isDay(to) && from < to;
  const step = query.get("langkah") ?? "";
  const level = query.get("tingkat") ?? "";
  const panel = query.get("panel") ?? "";
  return {
    area: areaCode.test(area) ? area : null,
    fill: fills.test(fill) ? (fill as FillLayer) : defaultView.fill,
    overlays: readOverlays(query.get("atas")),
    level: levels.includes(level) ? (level as Level) : defaultView.level,
    from: hasPeriod ? from : null,
    to: hasPeriod ? to : null,
    step: steps.includes(step) ? (step as Step) : defaultView.step,
    selected: villageCode.test(selected) ? selected : null,
    isTableOpen: query.get("tabel") === "1",
    potential: potentialView.test(query.get("potensi") ?? "") ? query.get("potensi") : null,
    map: readMap(query.get("peta")),
    issues: list(query.get("isu")),
    forms: list(query.get("bentuk")),
    statuses: list(query.get("status")),
    panel: panels.includes(panel) ? (panel as Panel) : defaultView.panel,
    drawn: readDrawn(query.get("pilih")),
    scores: readNumbers(query.get("skor"), 2) as ViewState["scores"],
    moran: readNumbers(query.get("moran"), 4) as ViewState["moran"],
    compared: readComparison(query.get("banding")),
  };
}

/** Writes the view into a query beside what else is there (language, theme); defaults are left out. */
export function writeView(view: ViewState, search: string): string {
  const query = new URLSearchParams(search);
  const put = (name: string, value: string | null): void => {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  };
  const { compared } = view;
  put("wilayah", view.area);
  put("warna", view.fill === defaultView.fill ? null : view.fill);
  put("atas", writeOverlays(view.overlays));
  put("tingkat", view.level === "auto" ? null : view.level);
  put("dari", view.from);
  put("sampai", view.to);
  put("langkah", view.step === defaultView.step ? null : view.step);
  put("desa", view.selected);
  put("potensi", view.potential);
  put("tabel", view.isTableOpen ? "1" : null);
  put("peta", view.map ? `${view.map[0].toFixed(4)},${view.map[1].toFixed(4)},${view.map[2].toFixed(2)}` : null);
  put("isu", view.issues.join(","));
  put("bentuk", view.forms.join(","));
  put("status", view.statuses.join(","));
  put("panel", view.panel === defaultView.panel ? null : view.panel);
  put("pilih", view.drawn?.map(([lon, lat]) => `${lon.toFixed(4)},${lat.toFixed(4)}`).join(";") ?? null);
  put("skor", view.scores?.join(",") ?? null);
  put("moran", view.moran?.map((edge) => edge.toFixed(2)).join(",") ?? null);
  put("banding", compared === null ? null : "fill" in compared ? compared.fill : `${compared.from}~${compared.to}`);
  const text = query.toString();
  return text ? `?${text}` : "";
}
