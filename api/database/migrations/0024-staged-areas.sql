-- Nobody looks for staged areas by place any more: what is staged is known where it was read, and this index was the dearest part of staging a nation.
drop index staged_area_geometry;
