import type { QueuedPhoto } from "../../state/queuedReport.ts";
import { randomId } from "./draft.ts";

export const mostPhotos = 5;
const longestSide = 2048;
const quality = 0.85;

/**
 * Draws a photo anew as a JPEG of at most 2048 pixels a side, upright: pixels only, so that nothing of what the camera wrote beside them (place, time, make, a
 * small copy of the picture) is left. Throws where the browser cannot read the file as a picture.
 */
export async function redrawPhoto(file: Blob, number: number): Promise<QueuedPhoto> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const content = await new Promise<Blob>((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no JPEG"))), "image/jpeg", quality),
  );
  return { id: randomId(), name: `foto-${number}.jpg`, content };
}
