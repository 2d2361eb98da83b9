const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id in a path, in lower case; one that is no UUID cannot exist. */
export function readId(item: string | undefined): string {
  const id = item?.toLowerCase() ?? "";
  return uuidPattern.test(id) ? id : "00000000-0000-0000-0000-000000000000";
}
