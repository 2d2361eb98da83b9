import { describe, expect, it } from "vitest";
import { defaultView, readView, type ViewState, writeView } from "../../../web/state/view.ts";

const full: ViewState = {
  area: "99.01",
  fill: "indicator:idm",
  overlays: [
    { id: "kejadian", opacity: 60 },
    { id: "gerombol", opacity: 100 },
  ],
  level: "district",
  from: "2025-01-01",
  to: "2025-06-28",
  step: "month",
  selected: "99.01.09.2010",
  isTableOpen: true,
  potential: "daftar",
  map: [111.5, -10.4806, 10.25],
  issues: ["404", "204"],
  forms: ["F6"],
  statuses: ["verified"],
  panel: "moran",
  drawn: [
    [111.5, -10.5],
    [111.6, -10.5],
    [111.6, -10.4],
  ],
  scores: [34, 67],
  moran: [0, 0, 3.25, 2],
  compared: { from: "2024-01-01", to: "2024-06-28" },
};

describe("the view in the address", () => {
  it("comes back from its own address unchanged", () => {
    expect(readView(writeView(full, ""))).toEqual(full);
    expect(readView(writeView(defaultView, ""))).toEqual(defaultView);
    const bare = { ...full, overlays: [], compared: { fill: "population" as const } };
    expect(readView(writeView(bare, ""))).toEqual(bare);
  });

  it("the default view has an empty query", () => {
    expect(writeView(defaultView, "")).toBe("");
  });

  it("leaves language and theme in the address alone", () => {
    expect(new URLSearchParams(writeView(full, "?lang=en&theme=dark")).get("lang")).toBe("en");
  });

  it("takes away what is no longer so", () => {
    expect(writeView(defaultView, writeView(full, "?lang=en"))).toBe("?lang=en");
  });

  it.each([
    "?wilayah=x",
    "?wilayah=99.01.09",
    "?warna=red",
    "?dari=2025-02-30&sampai=2025-03-01",
    "?dari=2025-03-01&sampai=2025-03-01",
    "?dari=2025-03-01",
    "?langkah=year",
    "?desa=99.01",
    "?peta=1,2",
    "?peta=a,b,c",
    "?peta=500,0,3",
    "?isu=%27%29%3B--",
    "?tabel=yes",
    "?potensi=semua",
    "?tingkat=negara",
    "?panel=lain",
    "?pilih=1,2;3,4",
    "?pilih=1,2;3,4;5",
    "?skor=1",
    "?moran=1,2,3,x",
    "?banding=2025-01-01~2024-01-01",
  ])("%s makes no sense and is taken as the default", (search) => {
    expect(readView(search)).toEqual(defaultView);
  });
});
