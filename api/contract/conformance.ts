const features = "http://www.opengis.net/spec/ogcapi-features";
const cql2 = "http://www.opengis.net/spec/cql2/1.0/conf";
const tiles = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf";
const processes = "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf";

/**
 * The conformance classes that hold, each with tests in `tests/standards`. Not in it, since they do not hold: functions, arrays and ACCENTI of CQL2,
 * other reference systems than CRS84, callbacks of processes.
 */
export const conformanceClasses: readonly string[] = [
  "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
  "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html",
  "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
  ...["core", "oas30", "geojson", "html"].map((name) => `${features}-1/1.0/conf/${name}`),
  ...["queryables", "queryables-query-parameters", "filter", "features-filter"].map((name) => `${features}-3/1.0/conf/${name}`),
  ...[
    "cql2-text",
    "cql2-json",
    "basic-cql2",
    "advanced-comparison-operators",
    "case-insensitive-comparison",
    "basic-spatial-functions",
    "basic-spatial-functions-plus",
    "spatial-functions",
    "temporal-functions",
    "property-property",
    "arithmetic",
  ].map((name) => `${cql2}/${name}`),
  ...["create-replace-delete", "update", "optimistic-locking-etags"].map((name) => `${features}-4/1.0/conf/${name}`),
  ...["core", "tileset", "tilesets-list", "geodata-tilesets", "mvt"].map((name) => `${tiles}/${name}`),
  ...["core", "ogc-process-description", "json", "html", "job-list", "dismiss"].map((name) => `${processes}/${name}`),
];
