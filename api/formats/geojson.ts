import { problem } from "../problem.ts";
import { isWgs84Degrees } from "./coordinateSystems.ts";
import { type DeclaredCrs, declaredByGeojson } from "./declaredCrs.ts";
import { featureRow } from "./featureText.ts";
import { deepestNesting } from "./jsonMeasure.ts";
import { type FileRow, type FileSource, RowBatch, recordLimitBytes } from "./rows.ts";

const quote = 0x22;
const backslash = 0x5c;
const frameLimitBytes = 32 * 1024 * 1024;

/** Bytes that change the scanner's state: quotes, backslash, brackets. */
const matters = new Uint8Array(256);
for (const character of '"\\{}[]') matters[character.charCodeAt(0)] = 1;

/** A byte buffer that grows. */
class Bytes {
  #data = new Uint8Array(4096);
  length = 0;

  append(chunk: Uint8Array): void {
    if (this.length + chunk.length > this.#data.length) {
      const larger = new Uint8Array(Math.max(this.#data.length * 2, this.length + chunk.length));
      larger.set(this.#data.subarray(0, this.length));
      this.#data = larger;
    }
    this.#data.set(chunk, this.length);
    this.length += chunk.length;
  }

  slice(from: number, to = this.length): Uint8Array {
    return this.#data.slice(from, to);
  }

  clear(): void {
    if (this.#data.length > 1 << 20) this.#data = new Uint8Array(4096);
    this.length = 0;
  }
}

interface Frame {
  readonly type?: unknown;
  readonly crs?: unknown;
  readonly features?: unknown;
}

const zero = new Uint8Array([0x30]);
const latin = new TextDecoder("latin1");

/** The coordinate system that the text before the features names. */
function crsBefore(text: Uint8Array): DeclaredCrs | null {
  try {
    return declaredByGeojson((JSON.parse(`${new TextDecoder().decode(text)}0}`) as Frame).crs);
  } catch {
    // Whatever is wrong with the frame is said at the end.
    return null;
  }
}

/** Checks the frame without its features. @returns the coordinate system it names anywhere. */
function checkFrame(text: Uint8Array, name: string, features: number): DeclaredCrs | null {
  let frame: Frame;
  try {
    frame = JSON.parse(new TextDecoder().decode(text)) as Frame;
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ").slice(0, 160);
    throw problem("file_damaged", { name, where_id: "bingkai FeatureCollection", where_en: "the frame of the FeatureCollection", reason });
  }
  if (frame.type !== "FeatureCollection")
    throw problem("file_not_understood", { name, value: `type ${String(frame.type)}`, expected: "FeatureCollection" });
  if (!Array.isArray(frame.features) || frame.features.length !== features || frame.features.some((feature) => feature !== 0)) {
    throw problem("file_damaged", { name, where_id: "daftar features", where_en: "the list of features", reason: "features" });
  }
  return declaredByGeojson(frame.crs);
}

/**
 * Reads a FeatureCollection feature by feature: finds where each begins and ends by its brackets and parses it alone, so a file of any size
 * takes the memory of its largest feature. A feature that is not JSON is a faulty row; a file that ends early or whose frame is broken is refused.
 * About 150 MB a second, most of it JSON.parse.
 * @throws at the end crs_late, when the coordinate system is named only after the features and is not longitude and latitude.
 */
export async function* readGeojson(source: FileSource): AsyncGenerator<FileRow[]> {
  const frame = new Bytes();
  const feature = new Bytes();
  let depth = 0;
  let inString = false;
  let escaped = false;
  let stringStart = 0;
  let lastKey = "";
  let inFeatures = false;
  let inFeature = false;
  let ended = false;
  let row = 0;
  let crs: DeclaredCrs | null = null;
  const batch = new RowBatch();

  for await (const chunk of source.bytes) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (escaped) {
        escaped = false;
        continue;
      }
      if (!matters[byte]) continue;
      if (inString) {
        if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (depth === 1) {
            frame.append(chunk.subarray(from, at));
            from = at;
            lastKey = latin.decode(frame.slice(stringStart));
          }
        }
        continue;
      }
      if (byte === quote) {
        inString = true;
        if (depth === 1) {
          frame.append(chunk.subarray(from, at + 1));
          from = at + 1;
          stringStart = frame.length;
        }
      } else if (byte === 0x7b || byte === 0x5b) {
        depth++;
        if (depth > deepestNesting)
          throw problem("file_damaged", {
            name: source.name,
            where_id: `fitur ke-${row + 1}`,
            where_en: `feature ${row + 1}`,
            reason: `> ${deepestNesting} [[[…`,
          });
        if (depth === 2 && byte === 0x5b && lastKey === "features") {
          inFeatures = true;
          frame.append(chunk.subarray(from, at));
          from = at;
          crs = crsBefore(frame.slice(0));
        } else if (depth === 3 && inFeatures && byte === 0x7b) {
          frame.append(chunk.subarray(from, at));
          from = at;
          inFeature = true;
          row++;
        }
      } else if (byte === 0x7d || byte === 0x5d) {
        depth--;
        if (inFeature && depth === 2) {
          let bytes = chunk.subarray(from, at + 1);
          if (feature.length > 0) {
            feature.append(bytes);
            bytes = feature.slice(0);
            feature.clear();
          }
          from = at + 1;
          inFeature = false;
          frame.append(zero);
          batch.add(featureRow(bytes, row, source.name, crs ?? undefined), bytes.length);
          if (batch.isFull) yield batch.take();
        } else if (depth === 1) {
          inFeatures = false;
          lastKey = "";
        } else if (depth === 0) ended = true;
        else if (depth < 0)
          throw problem("file_damaged", {
            name: source.name,
            where_id: `setelah fitur ke-${row}`,
            where_en: `after feature ${row}`,
            reason: "]}",
          });
      }
    }
    const rest = chunk.subarray(from);
    if (inFeature) {
      feature.append(rest);
      if (feature.length > recordLimitBytes)
        throw problem("record_too_large", { name: source.name, row, limit: `${recordLimitBytes / 1024 ** 2} MB` });
    } else {
      frame.append(rest);
      if (frame.length > frameLimitBytes)
        throw problem("file_damaged", {
          name: source.name,
          where_id: "bingkai FeatureCollection",
          where_en: "the frame of the FeatureCollection",
          reason: "> 32 MB",
        });
    }
  }
  if (!ended || depth !== 0)
    throw problem("file_cut", {
      name: source.name,
      where_id: `di fitur ke-${Math.max(row, 1)}`,
      where_en: `in feature ${Math.max(row, 1)}`,
    });
  const named = checkFrame(frame.slice(0), source.name, row);
  if (!batch.isEmpty) yield batch.take();
  if (named && !crs && row > 0 && !(named.system && isWgs84Degrees(named.system)))
    throw problem("crs_late", { name: source.name, value: named.system ? `EPSG:${named.system.epsg}` : named.text });
}
