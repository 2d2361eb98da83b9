-- Lists of areas by the year for which they hold, and what became of each area from one list to another.

create table vintage (
  year integer primary key check (year between 1900 and 2200),
  origin text not null check (origin in ('file', 'package')),
  source text not null,
  licence text,
  loaded_at timestamptz not null,
  loaded_by text not null
);

-- Codes are compared letter by letter ("C"), so that what lies inside an area is one stretch of the key.
create table vintage_area (
  year integer not null references vintage (year) on delete cascade,
  code text collate "C" not null check (code ~ '^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$'),
  name text not null check (name <> ''),
  -- Only where the list came with shapes.
  geometry geometry(MultiPolygon, 4326),
  primary key (year, code)
);
create index vintage_area_geometry on vintage_area using gist (geometry);

-- From an earlier list to a later one; the way back is read from the same rows.
create table area_link (
  from_year integer not null,
  to_year integer not null check (to_year > from_year),
  from_code text collate "C" not null,
  to_code text collate "C" not null,
  change text not null check (change in ('renamed', 'moved', 'split', 'merged')),
  confidence double precision not null check (confidence between 0 and 1),
  -- Of what `from_code` held; 0 where something came out of it and nobody knows how much.
  share double precision not null check (share between 0 and 1),
  -- Of what `to_code` holds.
  share_back double precision not null check (share_back between 0 and 1),
  evidence text[] not null,
  primary key (from_year, to_year, from_code, to_code)
);
create index area_link_back on area_link (from_year, to_year, to_code);

-- Codes of which no successor (side 'before') or no origin (side 'after') was found, with those that come nearest.
create table area_unknown (
  from_year integer not null,
  to_year integer not null,
  side text not null check (side in ('before', 'after')),
  code text collate "C" not null,
  candidates text[] not null,
  primary key (from_year, to_year, side, code)
);

create unlogged table staged_vintage_area (
  import_id uuid not null,
  row integer not null,
  code text collate "C" not null,
  name text not null,
  geometry geometry(MultiPolygon, 4326),
  primary key (import_id, row)
);
create index staged_vintage_area_code on staged_vintage_area (import_id, code);
create index staged_vintage_area_geometry on staged_vintage_area using gist (geometry);
