-- What imports of boundaries were found to hold, kept beside their jobs, also of dry runs and of what was rejected.

create table boundary_report (
  job_id uuid primary key,
  created_at timestamptz not null,
  -- File, counts and definitions; see api/contract/boundaryReport.ts.
  document jsonb not null
);
create index boundary_report_created on boundary_report (created_at);

create table boundary_finding (
  job_id uuid not null references boundary_report (job_id) on delete cascade,
  number integer not null,
  kind text not null,
  code text,
  other_code text,
  -- The finding as JSON, without its number and kind.
  content text not null,
  -- A GeoJSON geometry, where the finding has one.
  geojson text,
  primary key (job_id, number)
);
create index boundary_finding_kind on boundary_finding (job_id, kind, number);
