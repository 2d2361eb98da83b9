import ExifReader from "exifreader";

/** Coordinates in the metadata of a picture, wherever the formats keep them: the camera's own block, or the one of picture programs. */
const placeTags = ["GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude", "LocationShown", "LocationCreated"] as const;

/**
 * Whether a picture (JPEG, PNG, WebP, HEIC, TIFF, GIF) tells in its metadata where it was taken. Metadata that cannot be read tells nothing to anybody.
 * Cost: the file's header, not its pixels.
 */
export function tellsPlace(bytes: Uint8Array): boolean {
  try {
    const tags = ExifReader.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer, {
      expanded: true,
    });
    if (tags.gps?.Latitude !== undefined || tags.gps?.Longitude !== undefined) return true;
    const groups = [tags.exif, tags.xmp, tags.gps] as (Record<string, unknown> | undefined)[];
    return groups.some((group) => group !== undefined && placeTags.some((tag) => group[tag] !== undefined));
  } catch {
    return false;
  }
}
