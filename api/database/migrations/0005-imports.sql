-- What an import has read and prepared before it is committed whole. Unlogged: after a crash these are empty, as they should be.

create unlogged table staged_area (
  import_id uuid not null,
  -- Negative for areas made by union, which stand in no file.
  row integer not null,
  code text not null,
  level text not null,
  name text not null,
  kind text,
  vintage text not null,
  province_code text not null,
  regency_code text,
  district_code text,
  origin text not null,
  source text,
  geojson text not null,
  ring_hash text not null,
  geometry geometry(MultiPolygon, 4326) not null,
  label_point geometry(Point, 4326),
  area_km2 double precision,
  invalid_reason text,
  area_before_km2 double precision,
  primary key (import_id, row)
);
create index staged_area_code on staged_area (import_id, code);
create index staged_area_district on staged_area (import_id, district_code);
create index staged_area_geometry on staged_area using gist (geometry);

create unlogged table staged_neighbour (
  import_id uuid not null,
  from_code text not null,
  to_code text not null,
  is_rook boolean not null,
  by_tolerance boolean not null,
  border_metres double precision not null,
  gap_metres double precision not null
);
create index staged_neighbour_import on staged_neighbour (import_id);

-- A tile without data is one to remove.
create unlogged table staged_tile (
  import_id uuid not null,
  collection text not null,
  z smallint not null,
  x integer not null,
  y integer not null,
  data bytea,
  etag text
);
create index staged_tile_import on staged_tile (import_id);

create unlogged table staged_indicator_value (
  import_id uuid not null,
  row integer not null,
  area_code text not null,
  indicator text not null,
  year integer not null,
  value double precision not null
);
create index staged_indicator_value_area on staged_indicator_value (import_id, area_code, indicator, year);

create unlogged table staged_incident (
  import_id uuid not null,
  row integer not null,
  id uuid not null,
  report_id uuid not null,
  village_code text,
  occurred_from timestamptz not null,
  occurred_to timestamptz,
  occurred_precision text not null,
  occurred_on date not null,
  issue text not null,
  form text not null,
  field text not null,
  source_class text,
  stage text,
  severity smallint not null,
  status text not null,
  source_value text not null,
  content_value smallint not null,
  title text,
  facts text not null,
  opinion text,
  killed integer,
  injured integer,
  displaced integer,
  buildings_damaged integer,
  buildings_destroyed integer,
  location_precision smallint not null,
  geometry geometry(Point, 4326),
  content_hash text not null,
  primary key (import_id, row)
);
create index staged_incident_id on staged_incident (import_id, id);
create index staged_incident_village on staged_incident (import_id, village_code);
