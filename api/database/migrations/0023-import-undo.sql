-- Imports that were taken back: what they had brought is withdrawn or as it was before, and stays in the histories. Who did it stands in the audit trail.
create table import_undo (
  import_id uuid primary key,
  undone_at timestamptz not null,
  reason text,
  incidents integer not null,
  indicator_values integer not null
);
create index incident_import on incident (import_id) where import_id is not null;
create index indicator_value_import on indicator_value (import_id) where import_id is not null;
select protect_by_parent('import_undo', 'import_id', 'job');
