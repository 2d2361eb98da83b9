import { formatDay, formatPeriod } from "../../format/day.ts";
import { areas } from "../../state/areas.svelte.ts";
import { saveFile } from "../../state/download.ts";
import { exports } from "../../state/exports.svelte.ts";
import { mapPicture } from "../../state/mapPicture.ts";
import { view } from "../../state/view.svelte.ts";
import { language, t } from "../../text/text.svelte.ts";
import { swatches } from "./mapLegend.ts";

const pad = 16;
const lineHeight = 20;
const swatchWidth = 150;

/** The map on the screen as PNG, never without its legend, its period, its data date and its run; the service notes that it was taken. */
export async function saveMapPicture(): Promise<string> {
  if (!mapPicture.take) throw new Error(t("ekspor.noMap"));
  const [caption, map] = await Promise.all([exports.caption(false), mapPicture.take()]);
  const scale = window.devicePixelRatio || 1;
  const [width, mapHeight] = [map.width / scale, map.height / scale];
  const entries = swatches();
  const columns = Math.max(1, Math.floor((width - 2 * pad) / swatchWidth));
  const canvas = document.createElement("canvas");
  canvas.width = map.width;
  canvas.height = map.height + Math.round(scale * (2 * pad + lineHeight * (Math.ceil(entries.length / columns) + 3)));
  const context = canvas.getContext("2d");
  if (!context) throw new Error(t("ekspor.noMap"));
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  context.scale(scale, scale);
  context.fillStyle = token("surface");
  context.fillRect(0, 0, width, canvas.height);
  context.drawImage(map, 0, 0, width, mapHeight);
  let top = mapHeight + pad + 8;
  const write = (text: string, left: number, colour: string, weight = 400): void => {
    context.font = `${weight} 12px "Inter Variable", sans-serif`;
    context.fillStyle = token(colour);
    context.fillText(text, left, top, width - left - pad);
  };
  const title =
    view.fill === "risk"
      ? t("peta.risk")
      : view.fill === "counts"
        ? t("peta.counts")
        : view.fill === "population"
          ? t("peta.population")
          : view.fill;
  write(`${areas.chosen[0]?.name ?? ""} · ${title}`, pad, "text", 600);
  entries.forEach(({ colour, words, isDashed }, index) => {
    if (index % columns === 0) top += lineHeight;
    const left = pad + (index % columns) * swatchWidth;
    context.fillStyle = colour;
    context.fillRect(left, top - 10, 18, 12);
    context.strokeStyle = token("text-third");
    context.setLineDash(isDashed ? [2, 2] : []);
    context.strokeRect(left, top - 10, 18, 12);
    write(words, left + 24, "text");
  });
  top += lineHeight;
  const run = caption.runs.find(({ kind }) => kind === "risk")?.run;
  const told = [
    t("ekspor.period", { period: formatPeriod(caption.period_from, caption.period_to, language.current) }),
    caption.data_as_of ? t("ekspor.dataAsOf", { day: formatDay(caption.data_as_of, language.current) }) : "",
    run ? t("ekspor.run", { run }) : "",
  ];
  write(told.filter(Boolean).join(" · "), pad, "text-second");
  top += lineHeight;
  const note = caption.note.split(" / ")[language.current === "id" ? 0 : 1];
  write([caption.office, note].filter(Boolean).join(" · "), pad, "text-second");
  const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!content) throw new Error(t("ekspor.noMap"));
  const name = `waspada-${view.area ?? "peta"}-${caption.period_to}.png`;
  saveFile(content, name);
  return name;
}
