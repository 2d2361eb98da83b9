import { fileTypeFromBuffer } from "file-type";

/** What may be attached, as told to people. */
export const acceptedAttachments = "JPEG, PNG, WebP, GIF, HEIC, TIFF, PDF, MP3, M4A, OGG, WAV, AAC, AMR, FLAC, teks UTF-8 / UTF-8 text";

const accepted = /^(image\/(jpeg|png|webp|gif|heic|heif|tiff)|application\/pdf|audio\/.+)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text file of a person holds
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function isText(bytes: Uint8Array): boolean {
  try {
    return !unprintable.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/**
 * What the bytes are, by their content alone: a name and a declared type say nothing.
 * @returns the media type and whether it may be attached; `unknown` where nothing is recognised.
 */
export async function attachmentType(bytes: Uint8Array): Promise<{ mediaType: string; isAccepted: boolean }> {
  const found = await fileTypeFromBuffer(bytes);
  if (found) {
    const mediaType = found.mime.split(";")[0] ?? found.mime;
    return { mediaType, isAccepted: accepted.test(mediaType) };
  }
  return isText(bytes) ? { mediaType: "text/plain", isAccepted: true } : { mediaType: "unknown", isAccepted: false };
}
