-- Nobody looks for staged areas by place any more: what is staged is known where it was read, and this index was the dearest part of staging a nation.
drop index staged_area_geometry;

-- Shapes are written once and read in pieces. LZ4 packs them some ten times faster than the default; a server built without it goes on with that.
do $$
declare
  packed record;
begin
  for packed in
    select *
      from (values ('staged_area', 'geojson'), ('staged_area', 'geometry'), ('area', 'geojson'), ('area', 'geometry')) as columns (of_table, of_column)
  loop
    execute format('alter table %I alter column %I set compression lz4', packed.of_table, packed.of_column);
  end loop;
exception
  when feature_not_supported then null;
end
$$;
