-- What was learned of visits names the villages that were visited: those runs are the leaders' like the plans themselves.
select add_rule('run', 'waspada_national', 'select', '(process not in (''visit-plan'', ''visit-effect'') or ' || leaders_rule() || ')');
select add_rule('run', 'waspada_area', 'select',
    '(process not in (''visit-plan'', ''visit-effect'') or ' || leaders_rule() || ') and (exists (select from standing s where s.run_id = id) or '
    || person_rule('person')
    || ' or case jsonb_typeof(inputs -> ''areas'') when ''array'' then'
    || ' (select bool_and(is_in_areas(asked.code)) from jsonb_array_elements_text(inputs -> ''areas'') as asked(code)) end)');
