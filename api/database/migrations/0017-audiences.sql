-- What the team shows to one person who otherwise reads only what they filed: an incident or a report, by name.

create table shared_item (
  kind text not null check (kind in ('incident', 'report')),
  item_id uuid not null,
  person_name text not null references person (name) on delete cascade,
  shared_at timestamptz not null,
  shared_by text not null,
  primary key (kind, item_id, person_name)
);
create index shared_item_person on shared_item (person_name, kind);

-- What somebody filed is looked up by who filed it.
create index incident_recorded_by on incident (recorded_by);
create index report_recorded_by on report (recorded_by);

select force_rules('shared_item');
select add_rule('shared_item', 'waspada_national', 'select, insert, delete', 'true');
select add_rule('shared_item', 'waspada_area', 'select, insert, delete',
    'case kind when ''incident'' then exists (select from incident i where i.id = item_id) else exists (select from report r where r.id = item_id) end');
select add_rule('shared_item', 'waspada_reporter', 'select', person_rule('person_name'));

-- What was shown to somebody is read, never written, and only inside their areas.
do $$
declare
  kind text;
begin
  foreach kind in array array['incident', 'report'] loop
    execute format(
      'create policy shown_by_name on %1$I for select to waspada_reporter using (%2$s and id in (select shown.item_id from shared_item shown where shown.kind = %1$L and %3$s))',
      kind, area_rule('village_code'), person_rule('person_name'));
  end loop;
end;
$$;

-- Scores and classes of single villages, and the runs that made them, are the team's; the others are told of kecamatan by the aggregator.
select add_rule(ruled::regclass, ('waspada_' || actor)::name, 'select')
  from unnest(array['standing', 'standing_value', 'run']) as ruled, unnest(array['viewer', 'reporter']) as actor;
