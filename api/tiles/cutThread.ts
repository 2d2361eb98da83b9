import { parentPort, type Transferable } from "node:worker_threads";
import { type CutJob, TileDrawing } from "./cut.ts";

const drawing = new TileDrawing();

// The far side of cutter.ts: one job a message, its tiles or its failure back.
parentPort?.on("message", (job: CutJob) => {
  try {
    const tiles = drawing.cut(job);
    const moved: Transferable[] = [];
    const sent = tiles.map((tile) => {
      if (!tile.data) return tile;
      // A copy of its own: the encoder's buffer may be larger than the tile.
      const data = tile.data.slice();
      moved.push(data.buffer);
      return { ...tile, data };
    });
    parentPort?.postMessage({ tiles: sent }, moved);
  } catch (error) {
    parentPort?.postMessage({ failure: (error as Error).stack ?? String(error) });
  }
});
