-- Areas of all four levels under their Kemendagri code, their neighbours and their tiles.

create extension if not exists postgis;

create table area (
  code text primary key check (code ~ '^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$'),
  level text not null check (level in ('province', 'regency', 'district', 'village')),
  name text not null check (name <> ''),
  kind text,
  vintage text not null,
  province_code text not null,
  regency_code text,
  district_code text,
  origin text not null check (origin in ('file', 'union')),
  source text,
  geometry geometry(MultiPolygon, 4326) not null,
  -- Served as it stands: making GeoJSON from geometry at every request costs more than the request.
  geojson text not null,
  label_point geometry(Point, 4326) not null,
  area_km2 double precision not null,
  -- Rings rounded to 1e-6 degrees, repeated vertices dropped, order normalised: equal hash, unchanged area.
  ring_hash text not null,
  import_id uuid,
  imported_at timestamptz not null
);
create index area_geometry on area using gist (geometry);
create index area_level on area (level, code);
create index area_regency on area (regency_code, level, code);
create index area_district on area (district_code, level, code);
create index area_province on area (province_code, level, code);

-- One row a pair of neighbouring villages and direction; found once per import with the definition in `neighbour_definition`.
create table neighbour (
  from_code text not null references area (code) on delete cascade,
  to_code text not null references area (code) on delete cascade,
  is_rook boolean not null,
  by_tolerance boolean not null,
  border_metres double precision not null,
  gap_metres double precision not null,
  primary key (from_code, to_code)
);
create index neighbour_to on neighbour (to_code);

create table tile (
  collection text not null,
  z smallint not null,
  x integer not null,
  y integer not null,
  data bytea not null,
  etag text not null,
  primary key (collection, z, x, y)
);

create table indicator (
  id text primary key check (id ~ '^[a-z][a-z0-9_]{0,62}$'),
  name_id text not null,
  name_en text not null,
  unit text,
  orientation text check (orientation in ('high', 'low')),
  source text
);

create table indicator_value (
  area_code text not null,
  indicator text not null references indicator (id),
  year integer not null check (year between 1900 and 2200),
  value double precision not null,
  source text,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (area_code, indicator, year)
);
create index indicator_value_by_indicator on indicator_value (indicator, year, area_code);

-- Settings and counters of the instance: demo, set-up link, official version, data versions.
create table setting (
  key text primary key,
  value jsonb not null
);
