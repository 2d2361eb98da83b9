-- Row-level security under every read and write. The service never acts as the owner of a table: before each statement it takes one of the
-- roles below and tells who acts (waspada.person) and where (waspada.areas_*). A table without a rule is open to nobody.

-- Roles belong to the whole cluster, in which several databases may be migrated at the same moment.
do $$
declare
  actors constant text[] := array[
    'waspada_nobody',     -- no actor was named: sees what is open to all
    'waspada_national',   -- analysts, leaders, verifiers and admins of everything
    'waspada_area',       -- the same of some areas
    'waspada_reporter',   -- reporters and partners: what they filed themselves
    'waspada_viewer',     -- aggregates only
    'waspada_assessor',   -- works out assessments: figures, not texts
    'waspada_aggregator', -- counts for those who may not see rows: figures, not texts
    'waspada_importer',   -- checks and stores files and the demo
    'waspada_keeper',     -- people, sessions, tokens, jobs
    'waspada_auditor',    -- the audit trail and the vault of identities
    'waspada_archivist'   -- backup, restore, purges
  ];
  actor text;
begin
  foreach actor in array array_prepend('waspada_service', actors) loop
    if not exists (select from pg_roles where rolname = actor) then
      begin
        execute format('create role %I nologin noinherit', actor);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
  foreach actor in array actors loop
    if not pg_has_role('waspada_service', actor, 'member') then
      begin
        execute format('grant %I to waspada_service', actor);
      exception when unique_violation then null;
      end;
    end if;
  end loop;
exception when insufficient_privilege then
  raise exception using errcode = 'WA001', message = (
    select string_agg(format('create role %I nologin noinherit;', name), ' ') filter (where not exists (select from pg_roles where rolname = name))
      from unnest(array_prepend('waspada_service', actors)) as name
  ) || ' grant ' || array_to_string(actors, ', ') || ' to waspada_service; grant waspada_service to ' || quote_ident(current_user) || ' with admin option;';
end;
$$;

-- The rules of a table, in one line for a later migration: protect_by_area, protect_by_parent, protect_by_person, protect_for_system, open_to_readers, let_all_add,
-- leave_to_importer. A table without any is granted to nobody.

-- True for a code inside the actor's areas, written out so that an index on (column collate "C") serves it. Nothing told: true for none.
create function area_rule(area_column name) returns text
language sql immutable
as $$
  select format(
    '(%1$I collate "C" >= current_setting(''waspada.areas_from'', true) and %1$I collate "C" < current_setting(''waspada.areas_below'', true)'
    ' and %1$I ~ current_setting(''waspada.areas_pattern'', true))', area_column)
$$;

-- The same of a value.
create function is_in_areas(code text) returns boolean
language sql stable
as $$
  select code collate "C" >= current_setting('waspada.areas_from', true) and code collate "C" < current_setting('waspada.areas_below', true)
     and code ~ current_setting('waspada.areas_pattern', true)
$$;

create function person_rule(person_column name) returns text
language sql immutable
as $$
  select format('(%I = nullif(current_setting(''waspada.person'', true), ''''))', person_column)
$$;

-- Gives a role privileges on a table and says which rows it sees and which it may write; without `seen` it sees none.
create function add_rule(ruled regclass, actor name, privileges text, seen text default null, written text default null) returns void
language plpgsql
as $$
begin
  execute format('grant %s on %s to %I', privileges, ruled, actor);
  execute format('drop policy if exists %I on %s', actor, ruled);
  if seen is null then return; end if;
  execute format('create policy %I on %s to %I using (%s) with check (%s)', actor, ruled, actor, seen, coalesce(written, seen));
end;
$$;

-- Security that even the owner passes only by a rule: the rule by which migrations change rows.
create function force_rules(ruled regclass) returns void
language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', ruled);
  execute format('alter table %s force row level security', ruled);
  execute format('revoke all on %s from public', ruled);
  execute format('drop policy if exists owner on %s', ruled);
  execute format('create policy owner on %s to %I using (true) with check (true)', ruled, (select relowner::regrole::text::name from pg_class where oid = ruled));
  perform add_rule(ruled, 'waspada_archivist', 'select, insert, update, delete, truncate', 'true');
end;
$$;

/*
 * Rows that belong to an area. Who is bound to areas sees and writes those inside them; who is not, all.
 * owner_column: the column with the name of whoever filed the row; reporters and partners see and write their own. Without one they see none.
 * readers 'all': what reporters and viewers may read as well, inside their areas.
 */
create function protect_by_area(ruled regclass, area_column name, owner_column name default null, readers text default 'team') returns void
language plpgsql
as $$
declare
  inside constant text := area_rule(area_column);
begin
  perform force_rules(ruled);
  execute format('create index on %s ((%I collate "C"))', ruled, area_column);
  perform add_rule(ruled, 'waspada_national', 'select, insert, update, delete', 'true');
  perform add_rule(ruled, 'waspada_area', 'select, insert, update, delete', inside);
  if readers = 'all' then
    perform add_rule(ruled, 'waspada_reporter', 'select', inside);
    perform add_rule(ruled, 'waspada_viewer', 'select', inside);
  else
    perform add_rule(ruled, 'waspada_reporter', 'select, insert, update, delete',
      case when owner_column is not null then inside || ' and ' || person_rule(owner_column) end);
    perform add_rule(ruled, 'waspada_viewer', 'select');
  end if;
  perform add_rule(ruled, 'waspada_assessor', 'select', 'true');
  perform add_rule(ruled, 'waspada_aggregator', 'select', 'true');
  -- Whoever sends a file stores nothing outside the own areas, but has to see that an id is taken elsewhere.
  perform add_rule(ruled, 'waspada_importer', 'select, insert, update, delete', 'true', inside);
end;
$$;

-- Rows that are seen and written by whoever sees the row of another table to which they belong.
create function protect_by_parent(ruled regclass, reference name, parent regclass, parent_key name default 'id') returns void
language plpgsql
as $$
declare
  belongs constant text := format('exists (select from %s parent where parent.%I = %I)', parent, parent_key, reference);
  actor text;
begin
  perform force_rules(ruled);
  perform add_rule(ruled, 'waspada_national', 'select, insert, update, delete', 'true');
  foreach actor in array array['waspada_area', 'waspada_reporter'] loop
    perform add_rule(ruled, actor, 'select, insert, update, delete', belongs);
  end loop;
  perform add_rule(ruled, 'waspada_viewer', 'select');
  perform add_rule(ruled, 'waspada_assessor', 'select', 'true');
  perform add_rule(ruled, 'waspada_aggregator', 'select', 'true');
  perform add_rule(ruled, 'waspada_importer', 'select, insert, update, delete', 'true');
end;
$$;

-- Rows of one person: seen by that person, by admins of everything, and by the keeper.
create function protect_by_person(ruled regclass, person_column name) returns void
language plpgsql
as $$
declare
  actor text;
begin
  perform force_rules(ruled);
  foreach actor in array array['waspada_area', 'waspada_reporter', 'waspada_viewer'] loop
    perform add_rule(ruled, actor, 'select, insert, update, delete', person_rule(person_column));
  end loop;
  perform add_rule(ruled, 'waspada_national', 'select, insert, update, delete',
    person_rule(person_column) || ' or current_setting(''waspada.role'', true) = ''admin''');
  perform add_rule(ruled, 'waspada_keeper', 'select, insert, update, delete', 'true');
end;
$$;

-- Rows that no person touches: only the named system actors ('keeper', 'auditor' …), the keeper unless told.
create function protect_for_system(ruled regclass, variadic actors text[] default array['keeper']) returns void
language plpgsql
as $$
declare
  actor text;
begin
  perform force_rules(ruled);
  foreach actor in array actors loop
    perform add_rule(ruled, ('waspada_' || actor)::name, 'select, insert, update, delete, truncate', 'true');
  end loop;
end;
$$;

-- What holds nothing about anybody: read by all, written by the named actors, the importer unless told. Granted as a whole: there is no row to hide.
create function open_to_readers(opened regclass, variadic writers text[] default array['importer']) returns void
language plpgsql
as $$
declare
  actor text;
begin
  execute format('revoke all on %s from public', opened);
  for actor in select rolname from pg_roles where rolname like 'waspada\_%' and rolname <> 'waspada_service' loop
    execute format('grant select on %s to %I', opened, actor);
  end loop;
  foreach actor in array array_prepend('archivist', writers) loop
    execute format('grant insert, update, delete, truncate on %s to %I', opened, 'waspada_' || actor);
  end loop;
end;
$$;

-- What an import prepares is nobody's yet, and read and written by the importer alone; rows are copied into it, which a rule by row would not let through.
create function leave_to_importer(staged regclass) returns void
language plpgsql
as $$
begin
  execute format('revoke all on %s from public', staged);
  execute format('grant select, insert, update, delete, truncate on %s to waspada_importer, waspada_archivist', staged);
end;
$$;

-- Lets every actor add rows that it may not read: a line of a trail, written in the transaction of what it tells.
create function let_all_add(ruled regclass) returns void
language plpgsql
as $$
declare
  actor text;
begin
  for actor in select rolname from pg_roles where rolname like 'waspada\_%' and rolname <> 'waspada_service' loop
    execute format('grant insert on %s to %I', ruled, actor);
  end loop;
  execute format('drop policy if exists added_by_all on %s', ruled);
  execute format('create policy added_by_all on %s for insert with check (true)', ruled);
end;
$$;

-- Takes columns from what an actor may read. Columns that are added later stay hidden from it until they are granted.
create function hide_columns(ruled regclass, hidden text[], variadic actors text[]) returns void
language plpgsql
as $$
declare
  actor text;
  shown text;
begin
  select string_agg(quote_ident(attname), ', ') into shown
    from pg_attribute
   where attrelid = ruled and attnum > 0 and not attisdropped and attname <> all (hidden);
  foreach actor in array actors loop
    execute format('revoke select on %s from %I', ruled, 'waspada_' || actor);
    execute format('grant select (%s) on %s to %I', shown, ruled, 'waspada_' || actor);
  end loop;
end;
$$;

-- Statistics after much was written; only owners may ask for them, and the service owns nothing.
create function analyze_tables() returns void
language plpgsql security definer
set search_path = pg_catalog, public
as $$
declare
  analyzed regclass;
begin
  for analyzed in
    select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(current_user, c.relowner, 'usage')
  loop
    execute format('analyze %s', analyzed);
  end loop;
end;
$$;

revoke execute on function analyze_tables() from public;
grant execute on function analyze_tables() to waspada_importer, waspada_archivist;

-- Incidents without a point stand on the label point of their village: a box finds them by the codes of its villages. "is true" keeps the planner from
-- looking for them in the index of the points, which it takes for cheap and which is read whole for that: 100 ms of a million.
create index incident_without_point on incident (village_code) where (geometry is null) is true;

-- Places, shapes and lists: public knowledge, the same for everybody.
select open_to_readers('migration', 'keeper');
select open_to_readers('area');
select open_to_readers('neighbour');
select open_to_readers('tile');
select open_to_readers('indicator', 'importer', 'national', 'area');
select open_to_readers('vintage', 'importer', 'national', 'area');
select open_to_readers('vintage_area', 'importer', 'national', 'area');
select open_to_readers('area_link', 'importer', 'national', 'area');
select open_to_readers('area_unknown', 'importer', 'national', 'area');
select open_to_readers('column_mapping', 'importer', 'national', 'area', 'reporter');
select open_to_readers('power', 'assessor');
select open_to_readers('standing_due', 'importer', 'assessor', 'keeper', 'national', 'area', 'reporter');

-- Settings: the counters of versions are raised by whoever changes data; the rest is the system's, the link for the first admin the keeper's alone.
select protect_for_system('setting', 'keeper', 'importer', 'assessor');
select add_rule('setting', ('waspada_' || actor)::name, 'select, insert, update', 'key <> ''setup_link_hash''', 'key like ''%\_version'' and key <> ''official_version''')
  from unnest(array['national', 'area', 'reporter', 'viewer', 'aggregator', 'nobody']) as actor;
revoke insert, update on setting from waspada_viewer, waspada_aggregator, waspada_nobody;

-- Figures and what is told of places.
select protect_by_area('indicator_value', 'area_code', readers => 'all');
select protect_by_area('indicator_value_past', 'area_code', readers => 'all');
select protect_by_area('incident', 'village_code', 'recorded_by');
select protect_by_area('report', 'village_code', 'recorded_by');
select protect_by_area('potential', 'village_code');
select protect_by_area('roster_line', 'area_code');
select protect_by_area('standing_value', 'area_code', readers => 'all');
select protect_by_area('standing', 'regency_code', readers => 'all');

select protect_by_parent('incident_history', 'incident_id', 'incident');
select protect_by_parent('incident_candidate', 'incident_id', 'incident');
select protect_by_parent('incident_merge', 'into_id', 'incident');
select protect_by_parent('incident_merge_report', 'merge_id', 'incident_merge');
select protect_by_parent('incident_not_duplicate', 'first_id', 'incident');
select protect_by_parent('report_history', 'report_id', 'report');
select protect_by_parent('report_incident', 'report_id', 'report');
select add_rule('report_incident', ('waspada_' || actor)::name, 'select, insert, update, delete',
    'exists (select from report r where r.id = report_id)',
    'exists (select from report r where r.id = report_id) and exists (select from incident i where i.id = incident_id)')
  from unnest(array['area', 'reporter']) as actor;
select protect_by_parent('attachment', 'report_id', 'report');
select protect_by_parent('potential_history', 'potential_id', 'potential');
select protect_by_parent('roster_reporter', 'line_id', 'roster_line');
select protect_by_parent('roster_history', 'line_id', 'roster_line');
select protect_by_parent('attachment_part', 'sha256', 'attachment', 'sha256');
select protect_by_parent('verification_step', 'item_id', 'incident');
select add_rule('verification_step', ('waspada_' || actor)::name, 'select, insert',
    'case kind when ''incident'' then exists (select from incident i where i.id = item_id) else exists (select from report r where r.id = item_id) end')
  from unnest(array['area', 'reporter']) as actor;
-- The bytes come before the line that ties them to a report.
select add_rule('attachment_part', ('waspada_' || actor)::name, 'select, insert',
    'exists (select from attachment a where a.sha256 = attachment_part.sha256)', 'true')
  from unnest(array['area', 'reporter']) as actor;

-- Who counts across every border reads figures there, never what somebody wrote. What an incident was at an earlier moment is kept as one document,
-- which the assessor needs to work a run out again.
select hide_columns('incident', array['title', 'facts', 'opinion'], 'assessor', 'aggregator');
select hide_columns('report', array['facts', 'analysis', 'prediction', 'action_taken', 'recommendation'], 'assessor', 'aggregator');
select hide_columns('potential', array['title', 'owner', 'actors', 'closing_note', 'facts', 'opinion'], 'assessor', 'aggregator');
revoke select on attachment, attachment_part, report_history, potential_history, roster_reporter, roster_history from waspada_assessor, waspada_aggregator;
revoke select on incident_history from waspada_aggregator;

-- What is assessed is published from outside any person's areas.
select add_rule('standing_value', 'waspada_assessor', 'select, insert, update, delete', 'true');
select add_rule('standing', 'waspada_assessor', 'select, insert, update, delete', 'true');

-- A run is for whoever may see all that it was asked about.
select protect_for_system('run', 'assessor', 'importer', 'aggregator');
select add_rule('run', 'waspada_national', 'select', 'true');
select add_rule('run', ('waspada_' || actor)::name, 'select',
    'exists (select from standing s where s.run_id = id) or ' || person_rule('person')
    || ' or case jsonb_typeof(inputs -> ''areas'') when ''array'' then'
    || ' (select bool_and(is_in_areas(asked.code)) from jsonb_array_elements_text(inputs -> ''areas'') as asked(code)) end')
  from unnest(array['area', 'viewer', 'reporter']) as actor;

-- Jobs and answers belong to who asked. Reports of boundaries and their findings follow their job.
select protect_by_person('job', 'person');
select add_rule('job', 'waspada_importer', 'select', 'true');
select protect_by_person('idempotent_answer', 'person');
select protect_by_parent('boundary_report', 'job_id', 'job');
select protect_by_parent('boundary_finding', 'job_id', 'boundary_report', 'job_id');

-- Rows that wait for a person are for those who may see all villages that may be meant; without any, for who sent them.
select protect_for_system('queued_row', 'importer');
select add_rule('queued_row', 'waspada_national', 'select, insert, update, delete', 'true');
select add_rule('queued_row', ('waspada_' || actor)::name, 'select, insert, update',
    'case when cardinality(area_codes) = 0 then ' || person_rule('queued_by')
    || ' else not exists (select from unnest(area_codes) as meant(code) where is_in_areas(meant.code) is not true) end')
  from unnest(array['area', 'reporter']) as actor;
select add_rule('queued_row', 'waspada_viewer', 'select');
select protect_by_parent('queued_row_history', 'queued_row_id', 'queued_row');

select protect_for_system('person');
select protect_for_system('session', 'keeper', 'importer');

select leave_to_importer(staged::regclass)
  from unnest(array['staged_area', 'staged_neighbour', 'staged_tile', 'staged_indicator_value', 'staged_incident', 'staged_vintage_area',
                    'staged_queued_row', 'staged_incident_candidate', 'staged_record']) as staged;
