import { expect, it } from "vitest";
import { tellsPlace } from "../../../api/formats/photoPlace.ts";
import { smallJpeg, withPlace } from "../../fixtures/photoWithPlace.ts";

const xmp = (text: string): Uint8Array => {
  const content = Buffer.from(
    `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" ${text}/></rdf:RDF></x:xmpmeta>`,
  );
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([smallJpeg.subarray(0, 2), head, content, smallJpeg.subarray(2)]);
};

it.each([
  ["of a camera with GPS", withPlace(smallJpeg), true],
  ["of a picture program that wrote coordinates", xmp('exif:GPSLatitude="7,32.8S" exif:GPSLongitude="112,14E"'), true],
  ["without metadata", smallJpeg, false],
  ["with metadata that tell no place", xmp('exif:ExposureTime="1/60"'), false],
  ["cut off in its metadata", withPlace(smallJpeg).subarray(0, 30), false],
  ["that is none", Buffer.from("bukan foto"), false],
])("a photo %s tells where it was taken: only if coordinates are in it", (_title, bytes, isTold) => {
  expect(tellsPlace(bytes)).toBe(isTold);
});
