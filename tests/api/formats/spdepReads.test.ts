import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readGal, writeGal } from "../../../api/formats/gal.ts";
import { readGwt, writeGwt } from "../../../api/formats/gwt.ts";

const rscript = "/usr/bin/Rscript";
const hasSpdep = existsSync(rscript) && ["/usr/lib/R/site-library/spdep", "/usr/local/lib/R/site-library/spdep"].some(existsSync);
const examples = "/usr/lib/python3/dist-packages/libpysal/examples";
const folder = mkdtempSync(join(tmpdir(), "waspada-weights-"));

const codes = ["35.17.01.2001", "35.17.01.2002", "35.17.01.2003", "35.17.01.2004"];
/** A line of three and an island. */
const edges = {
  from: ["35.17.01.2001", "35.17.01.2002", "35.17.01.2002", "35.17.01.2003"],
  to: ["35.17.01.2002", "35.17.01.2001", "35.17.01.2003", "35.17.01.2002"],
  weight: [0.5625, 0.5625, 1 / 3, 1e-7],
};
const r = (script: string): string =>
  spawnSync(rscript, ["-e", `suppressMessages(library(spdep)); ${script}`], { encoding: "utf8", cwd: folder }).stdout.trim();

// A drive beside the tests: where R with spdep is installed, it reads what is written here, and writes what is read here.
describe.skipIf(!hasSpdep)("spdep and the weights files", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("read.gal reads our .gal with codes as identifiers, islands included", () => {
    writeFileSync(join(folder, "out.gal"), writeGal(codes, edges));
    const told = r(
      'nb <- read.gal("out.gal", override.id = TRUE); cat(attr(nb, "region.id")); cat("|"); cat(sapply(nb, paste, collapse = ","))',
    );
    expect(told).toBe(`${codes.join(" ")}|2 1,3 2 0`);
  });

  it("read.gwt2nb reads our .gwt with its weights to the last digit", () => {
    writeFileSync(join(folder, "out.gwt"), writeGwt(codes, edges));
    const told = r(
      `nb <- suppressWarnings(read.gwt2nb("out.gwt", region.id = c(${codes.map((code) => `"${code}"`).join(",")}))); cat(sapply(nb, paste, collapse = ",")); cat("|"); cat(sprintf("%.17g", unlist(attr(nb, "GeoDa")$dist)))`,
    );
    const [neighbours, weights] = told.split("|");
    expect(neighbours).toBe("2 1,3 2 0");
    expect(weights!.split(" ").map(Number)).toEqual(edges.weight);
  });

  it("what write.nb.gal and write.sn2gwt write is read, in the older form too", () => {
    r(
      `nb <- read.gal("out.gal", override.id = TRUE); write.nb.gal(nb, "new.gal", oldstyle = FALSE); write.nb.gal(nb, "old.gal"); sn <- listw2sn(nb2listw(nb, zero.policy = TRUE)); write.sn2gwt(sn, "new.gwt", useInd = TRUE); write.sn2gwt(sn, "old.gwt", useInd = TRUE, legacy = TRUE)`,
    );
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    expect(readGal(read("new.gal"), "new.gal")).toMatchObject({ from: edges.from, to: edges.to });
    const position = (code: string): string => String(codes.indexOf(code) + 1);
    expect(readGal(read("old.gal"), "old.gal")).toMatchObject({ from: edges.from.map(position), to: edges.to.map(position) });
    for (const name of ["new.gwt", "old.gwt"]) {
      expect(readGwt(read(name), name, "weight")).toMatchObject({ from: edges.from, to: edges.to, weight: [1, 0.5, 0.5, 1] });
    }
  });
});

describe.skipIf(!existsSync(examples))("the weights files that PySAL brings as examples", () => {
  // Links as PySAL and spdep count them.
  it.each([
    ["columbus/columbus.gal", 49, 236],
    ["virginia/virginia.gal", 136, 586],
    ["us_income/states48.gal", 48, 214],
    ["wmat/rook31.gal", 3, 4],
  ])("%s has %i areas and %i links", (name, areas, links) => {
    const { from } = readGal(readFileSync(join(examples, name), "utf8"), name);
    expect([new Set(from).size, from.length]).toEqual([areas, links]);
  });

  it.each([
    ["juvenile/juvenile.gwt", "distance" as const],
    ["baltim/baltim_k4.gwt", "weight" as const],
  ])("%s is read", (name, column) => {
    const text = readFileSync(join(examples, name), "utf8");
    expect(readGwt(text, name, column).from.length).toBe(text.trim().split("\n").length - 1);
  });
});
