-- The runs of one process about one area, newest first: what the map asks when it looks for something to show.
create index run_by_area on run (process, (inputs -> 'areas' ->> 0), created_at desc) where inputs -> 'areas' -> 1 is null;
