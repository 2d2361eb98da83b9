import { z } from "zod";

/** The id in a path, in lower case; one that is no UUID cannot exist. */
export function readId(item: string | undefined): string {
  const parsed = z.uuid().safeParse(item?.toLowerCase());
  return parsed.success ? parsed.data : "00000000-0000-0000-0000-000000000000";
}
