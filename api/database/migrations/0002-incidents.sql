-- What happened (incident), what somebody said (report), and every change of either.

create table incident (
  id uuid primary key,
  version integer not null default 1,
  village_code text not null,
  regency_code text not null,
  vintage text not null,
  -- The moment as told: `day` precision is a day of the service's time zone, kept in occurred_on.
  occurred_from timestamptz not null,
  occurred_to timestamptz,
  occurred_precision text not null check (occurred_precision in ('day', 'moment')),
  occurred_on date not null,
  recorded_at timestamptz not null,
  issue text not null,
  form text not null,
  field text not null,
  source_class text,
  stage text,
  severity smallint not null check (severity between 1 and 5),
  status text not null check (status in ('draft', 'reported', 'verified', 'rejected', 'merged')),
  source_value text not null check (source_value in ('A', 'B', 'C', 'D', 'E', 'F')),
  content_value smallint not null check (content_value between 1 and 6),
  title text,
  facts text not null,
  opinion text,
  killed integer check (killed >= 0),
  injured integer check (injured >= 0),
  displaced integer check (displaced >= 0),
  buildings_damaged integer check (buildings_damaged >= 0),
  buildings_destroyed integer check (buildings_destroyed >= 0),
  location_precision smallint not null check (location_precision between 1 and 4),
  geometry geometry(Point, 4326),
  recorded_by text not null,
  import_id uuid,
  -- Hash of the content as sent, so that the same report sent again is known from a different one with its id.
  content_hash text not null,
  withdrawn_at timestamptz
);
create index incident_village on incident (village_code, occurred_on);
create index incident_regency on incident (regency_code, occurred_on);
create index incident_time on incident (occurred_from, id);
create index incident_geometry on incident using gist (geometry);

create table incident_history (
  incident_id uuid not null,
  version integer not null,
  operation text not null check (operation in ('create', 'replace', 'withdraw', 'import')),
  changed_at timestamptz not null,
  changed_by text not null,
  feature jsonb not null,
  primary key (incident_id, version)
);

create table report (
  id uuid primary key,
  version integer not null default 1,
  village_code text not null,
  regency_code text not null,
  obtained_at timestamptz not null,
  obtained_precision text not null check (obtained_precision in ('day', 'moment')),
  recorded_at timestamptz not null,
  recorded_by text not null,
  channel text,
  source_value text not null check (source_value in ('A', 'B', 'C', 'D', 'E', 'F')),
  content_value smallint not null check (content_value between 1 and 6),
  facts text,
  analysis text,
  prediction text,
  action_taken text,
  recommendation text,
  status text not null check (status in ('draft', 'reported', 'verified', 'rejected', 'merged')),
  nil boolean not null,
  period_from date,
  period_to date,
  import_id uuid,
  content_hash text not null,
  check (nil or facts is not null)
);
create index report_village on report (village_code, obtained_at);
create index report_time on report (obtained_at, id);

create table report_incident (
  report_id uuid not null references report (id) on delete cascade,
  incident_id uuid not null references incident (id) on delete cascade,
  primary key (report_id, incident_id)
);
create index report_incident_by_incident on report_incident (incident_id);
