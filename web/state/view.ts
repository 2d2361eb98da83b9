import { isDay } from "../format/day.ts";

/** What the map can be coloured by; `indicator:<id>` for any loaded indicator. */
export type FillLayer = "risk" | "counts" | "population" | "coverage" | `indicator:${string}`;
export type Step = "day" | "week" | "month" | "period";

/** Everything about the map screen that a link carries. Days are half-open: `from` counts, `to` does not. */
export interface ViewState {
  area: string | null;
  fill: FillLayer;
  showHotspots: boolean;
  showIncidents: boolean;
  showPotentials: boolean;
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
}

export const defaultView: ViewState = {
  area: null,
  fill: "risk",
  showHotspots: true,
  showIncidents: true,
  showPotentials: true,
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
};

const areaCode = /^\d{2}(\.\d{2})?$/;
const villageCode = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/;
const potentialView = /^(daftar|baru|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const steps: readonly string[] = ["day", "week", "month", "period"];

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
  const overlays = query.get("atas");
  return {
    area: areaCode.test(area) ? area : null,
    fill: /^(risk|counts|population|coverage|indicator:\w+)$/.test(fill) ? (fill as FillLayer) : defaultView.fill,
    showHotspots: overlays === null ? defaultView.showHotspots : overlays.includes("gi"),
    showIncidents: overlays === null ? defaultView.showIncidents : overlays.includes("kejadian"),
    showPotentials: overlays === null ? defaultView.showPotentials : overlays.includes("potensi"),
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
  };
}

/** Writes the view into a query beside what else is there (language, theme); defaults are left out. */
export function writeView(view: ViewState, search: string): string {
  const query = new URLSearchParams(search);
  const put = (name: string, value: string | null): void => {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  };
  const overlays = [view.showHotspots ? "gi" : "", view.showIncidents ? "kejadian" : "", view.showPotentials ? "potensi" : ""]
    .filter(Boolean)
    .join(",");
  put("wilayah", view.area);
  put("warna", view.fill === defaultView.fill ? null : view.fill);
  put("atas", overlays === "gi,kejadian,potensi" ? null : overlays || "-");
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
  const text = query.toString();
  return text ? `?${text}` : "";
}
