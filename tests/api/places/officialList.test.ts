import { getDistricts, getProvinces, getRegencies, getVillages } from "idn-area-data";
import { describe, expect, it } from "vitest";
import { officialList } from "../../../api/places/officialList.ts";

const list = await officialList();

describe("the official list", () => {
  it("holds every code and name of the package once, codes ascending, parents before what is inside them", async () => {
    const published = [...(await getProvinces()), ...(await getRegencies()), ...(await getDistricts()), ...(await getVillages())]
      .map(({ code, name }) => `${code} ${name.trim()}`)
      .sort();
    expect([...list.areas()].map(({ code, name }) => `${code} ${name}`)).toEqual(published);
    expect(list.size).toBe(published.length);
  });

  it("gives 38 provinces and 514 kabupaten and kota", () => {
    expect([...list.areas(null, "province")]).toHaveLength(38);
    expect([...list.areas(null, "regency")]).toHaveLength(514);
  });

  it.each([
    ["35", "JAWA TIMUR", "province", null],
    ["35.17", "KABUPATEN JOMBANG", "regency", null],
    ["35.17.01", "Perak", "district", null],
    ["35.16.18.2013", "Gayaman", "village", "desa"],
    ["35.16.11.2017", "Kenanten", "village", "desa"],
    ["35.78.01.1001", "Karang Pilang", "village", "kelurahan"],
  ])("finds %s as %s", (code, name, level, kind) => {
    expect(list.find(code)).toEqual({ code, name, level, kind });
    expect(list.has(code)).toBe(true);
  });

  it.each(["", "35.", "3517", "35.17.01.20", "99", "35.17.01.2999", "35.17.99", "00", "__proto__"])("knows no %s", (code) => {
    expect(list.find(code)).toBeNull();
    expect(list.has(code)).toBe(false);
  });

  it("lists what is inside an area and nothing else, the area left out", () => {
    const inside = [...list.areas("35.17")];
    expect(inside.every(({ code }) => code.startsWith("35.17."))).toBe(true);
    expect([...list.areas("35.17", "district")]).toHaveLength(21);
    expect([...list.areas("35.17", "village")]).toHaveLength(306);
    expect([...list.areas("35.17.01.2001")]).toEqual([]);
    expect([...list.areas("99.01")]).toEqual([]);
  });
});
