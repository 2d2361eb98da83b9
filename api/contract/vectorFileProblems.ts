import { entry } from "./problemEntry.ts";

/** Failures of files that hold shapes: their packaging, their layers and where on Earth their coordinates are. */
export const vectorFileProblems = {
  bare_shapefile: entry(
    415,
    "Berkas {name} hanya satu bagian ({value}) dari sebuah Shapefile. Masukkan .shp, .dbf dan .prj (dan .cpg bila ada) ke dalam satu berkas .zip, lalu kirim zip itu.",
    "The file {name} is only one part ({value}) of a Shapefile. Put .shp, .dbf and .prj (and .cpg if there is one) into one .zip and send that.",
  ),
  format_not_read: entry(
    415,
    "Berkas {name} berformat {value}, yang tidak dibaca. {remedy} Yang diterima: {expected}.",
    "The file {name} is {value}, which is not read. {remedy} Accepted: {expected}.",
  ),
  zip_refused: entry(
    422,
    "Zip {name} tidak diterima: {reason}. Buat zip baru yang hanya memuat .shp, .dbf, .prj dan .cpg dari satu layer.",
    "The zip {name} is not taken: {reason}. Make a new zip of nothing but the .shp, .dbf, .prj and .cpg of one layer.",
  ),
  part_missing: entry(
    422,
    "Layer {layer} dalam {name} tidak mempunyai {value}. Tambahkan berkas itu ke dalam zip.",
    "The layer {layer} in {name} has no {value}. Add that file to the zip.",
  ),
  layer_unclear: entry(
    422,
    "Berkas {name} memuat lebih dari satu layer poligon: {layers}. Pilih dengan layer=NAMA (atau --layer NAMA).",
    "The file {name} holds more than one layer of polygons: {layers}. Choose one by layer=NAME (or --layer NAME).",
  ),
  layer_not_found: entry(
    422,
    "Berkas {name} tidak memuat layer {value}. Layer yang ada: {layers}.",
    "The file {name} has no layer {value}. Its layers: {layers}.",
  ),
  no_polygon_layer: entry(
    422,
    "Berkas {name} tidak memuat layer poligon. Yang ada: {layers}.",
    "The file {name} has no layer of polygons. It holds: {layers}.",
  ),
  topology_too_large: entry(
    413,
    "TopoJSON {name} lebih besar dari {limit}; format ini harus dibaca sekaligus. Kirim sebagai GeoPackage, FlatGeobuf atau GeoJSON.",
    "The TopoJSON {name} is larger than {limit}; this format has to be read at once. Send it as GeoPackage, FlatGeobuf or GeoJSON.",
  ),
  crs_late: entry(
    422,
    "Berkas {name} menyebut sistem koordinatnya ({value}) sesudah fitur-fiturnya. Sebutkan dengan crs={value} (atau --crs {value}), lalu kirim lagi.",
    "The file {name} names its coordinate system ({value}) only after its features. Say crs={value} (or --crs {value}) and send it again.",
  ),
  crs_needed: entry(
    422,
    "Koordinat berkas {name} (misalnya {value}) bukan derajat, dan berkasnya tidak menyebut sistem koordinat. Sebutkan, misalnya crs=EPSG:32749 untuk UTM 49S (atau --crs EPSG:32749), atau ekspor ulang dalam EPSG:4326.",
    "The coordinates of {name} (such as {value}) are not degrees, and the file names no coordinate system. Name it, such as crs=EPSG:32749 for UTM 49S (or --crs EPSG:32749), or export again in EPSG:4326.",
  ),
  crs_contradicted: entry(
    422,
    "Berkas {name} dinyatakan dalam {crs} (meter), tetapi koordinatnya (misalnya {value}) derajat. Bila memang bujur-lintang, sebutkan crs=EPSG:4326 (atau --crs EPSG:4326).",
    "The file {name} is said to be in {crs} (metres), but its coordinates (such as {value}) are degrees. If they are longitude and latitude, say crs=EPSG:4326 (or --crs EPSG:4326).",
  ),
  file_axes_swapped: entry(
    422,
    "Semua bentuk dalam {name} (misalnya {value}) berada di Indonesia hanya bila lintang dan bujur ditukar. {remedy}",
    "All shapes in {name} (such as {value}) lie in Indonesia only with latitude and longitude swapped. {remedy}",
  ),
  curved_geometry: entry(
    422,
    "Bentuk ini melengkung ({value}). Di QGIS: Processing, Segmentize; atau ogr2ogr -nlt CONVERT_TO_LINEAR.",
    "This shape is curved ({value}). In QGIS: Processing, Segmentize; or ogr2ogr -nlt CONVERT_TO_LINEAR.",
  ),

  dbf_encoding_unknown: entry(
    422,
    "Tabel Shapefile {name} memakai pengodean huruf {value}, yang tidak dikenal. Ekspor ulang dalam UTF-8.",
    "The Shapefile's table in {name} uses the encoding {value}, which is not known. Export it again in UTF-8.",
  ),

  // What was taken, with a word.
  reprojected: entry(200, "{value} bentuk diubah dari {from} ke {to}.", "{value} shapes were reprojected from {from} to {to}."),
  datum_shifted: entry(
    200,
    "{from} digeser ke WGS 84 dengan parameter EPSG:1833; letaknya tepat sampai sekitar {value} meter.",
    "{from} was shifted to WGS 84 by the parameters of EPSG:1833; positions are right to about {value} metres.",
  ),
  axes_turned: entry(
    200,
    "Lintang dan bujur {value} bentuk ditukar, seperti diminta dengan swapAxes.",
    "Latitude and longitude of {value} shapes were swapped, as asked by swapAxes.",
  ),
  crs_assumed: entry(
    200,
    "Berkas tidak menyebut sistem koordinat; koordinatnya derajat dan dibaca sebagai bujur-lintang WGS 84 (EPSG:4326).",
    "The file names no coordinate system; its coordinates are degrees and were read as longitude and latitude on WGS 84 (EPSG:4326).",
  ),
  crs_overridden: entry(
    200,
    "Berkas menyebut sistem koordinat {declared}, tetapi dibaca dalam {value}, seperti diminta dengan crs.",
    "The file names the coordinate system {declared}, but was read in {value}, as asked by crs.",
  ),
  dbf_encoding_assumed: entry(
    200,
    "Tabel Shapefile tidak menyebut pengodean hurufnya (.cpg); huruf di luar ASCII dibaca sebagai {value}. Periksa namanya, misalnya {example}.",
    "The Shapefile's table does not name its encoding (.cpg); letters beyond ASCII were read as {value}. Check the names, such as {example}.",
  ),
  rows_deleted: entry(
    200,
    "{value} baris ditandai terhapus dalam tabel Shapefile dan tidak dibaca.",
    "{value} rows are marked as deleted in the Shapefile's table and were not read.",
  ),
  ring_closed: entry(
    200,
    "{value} ring bentuk ini tidak tertutup dan telah ditutup dengan garis lurus.",
    "{value} rings of this shape were not closed and have been closed by a straight line.",
  ),
};
