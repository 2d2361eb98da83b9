import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { fontFiles } from "./fonts.ts";

let ready: Promise<Uint8Array[]> | null = null;

async function prepare(): Promise<Uint8Array[]> {
  await initWasm(await readFile(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return Promise.all(Object.values(fontFiles).map((path) => readFile(path)));
}

/** An SVG as PNG of so many pixels in width, for papers whose readers may not draw SVG. */
export async function pictureOf(svg: string, widthPixels: number): Promise<Uint8Array> {
  ready ??= prepare();
  const fontBuffers = await ready;
  const drawing = new Resvg(svg, {
    fitTo: { mode: "width", value: widthPixels },
    font: { fontBuffers, defaultFontFamily: "Inter" },
    background: "#ffffff",
  });
  const image = drawing.render();
  const png = image.asPng();
  image.free();
  drawing.free();
  return png;
}
