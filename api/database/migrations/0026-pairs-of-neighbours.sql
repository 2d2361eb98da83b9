-- Half a million pairs had both their ends looked up one by one, which took longer than to write them: now the pairs of a statement are looked up together.
-- Each pair stands in both directions, so whoever has one end finds the other by the key, and an index of its own for that was written for nobody.
alter table neighbour drop constraint neighbour_from_code_fkey;
alter table neighbour drop constraint neighbour_to_code_fkey;
drop index neighbour_to;

create function refuse_loose_neighbours() returns trigger
language plpgsql
as $$
declare
  loose text;
begin
  select code into loose
    from (select from_code as code from added union select to_code from added) pair_end
   where not exists (select from area where area.code = pair_end.code)
   limit 1;
  if found then
    raise foreign_key_violation using message = format('a pair of neighbours needs both its areas, and there is no area %s', loose);
  end if;
  return null;
end;
$$;
create trigger refuse_loose_neighbours after insert on neighbour
  referencing new table as added
  for each statement execute function refuse_loose_neighbours();
create trigger refuse_loose_changed_neighbours after update on neighbour
  referencing new table as added
  for each statement execute function refuse_loose_neighbours();

-- An area that goes takes its pairs with it.
create function drop_pairs_of_gone_areas() returns trigger
language plpgsql
as $$
begin
  delete from neighbour back
   using gone, neighbour there
   where there.from_code = gone.code and back.from_code = there.to_code and back.to_code = there.from_code;
  delete from neighbour
   using gone
   where neighbour.from_code = gone.code;
  return null;
end;
$$;
create trigger drop_pairs_of_gone_areas after delete on area
  referencing old table as gone
  for each statement execute function drop_pairs_of_gone_areas();

-- In staging nobody looks for these by more than their import, of which there is one at a time; and a row is measured where it lies, without new entries of its indexes.
drop index staged_neighbour_import;
drop index staged_tile_import;
drop index staged_area_district;
alter table staged_area set (fillfactor = 45);
-- The text is written when the shape is measured.
alter table staged_area alter column geojson drop not null;
