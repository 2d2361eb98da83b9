import type { Route } from "../endpoint.ts";

interface Compiled<Entry> {
  /** A fixed segment in lower case, or null where a parameter stands. */
  readonly fixed: readonly (string | null)[];
  /** The parameter's name where one stands. */
  readonly names: readonly string[];
  readonly entry: Entry;
}

/** What an address leads to: the routes of its path in the order they were declared, and what stands at their parameters. */
export interface Found<Entry> {
  readonly entry: Entry;
  readonly parameters: Readonly<Record<string, string>>;
}

const segmentsOf = (path: string): string[] => {
  const segments = path.split("/");
  segments.shift();
  if (segments.length > 1 && segments.at(-1) === "") segments.pop();
  return segments;
};

/**
 * Looks routes up by address as a list of patterns tried one after another would, but only among those with as many segments that begin alike: with
 * hundreds of routes that is most of what a small answer costs. Letters may be large or small and one slash may follow, as is usual in express.
 */
export class RouteTable<Entry extends Pick<Route, "path">> {
  readonly #groups = new Map<string, Compiled<Entry>[]>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      const segments = segmentsOf(entry.path);
      const parameterOf = (segment: string): string | undefined => /^\{(\w+)\}$/.exec(segment)?.[1];
      const group = groupOf(segments);
      const compiled = {
        fixed: segments.map((segment) => (parameterOf(segment) === undefined ? segment.toLowerCase() : null)),
        names: segments.map((segment) => parameterOf(segment) ?? ""),
        entry,
      };
      this.#groups.set(group, [...(this.#groups.get(group) ?? []), compiled]);
    }
  }

  /** The first entry of this path that `fits`, or null. @throws URIError where a parameter is not UTF-8 in percent signs */
  find(path: string, fits: (entry: Entry) => boolean): Found<Entry> | null {
    const segments = segmentsOf(path);
    for (const { fixed, names, entry } of this.#groups.get(groupOf(segments)) ?? []) {
      if (!fixed.every((text, at) => matches(text, segments[at] as string)) || !fits(entry)) continue;
      const parameters: Record<string, string> = {};
      for (const [at, name] of names.entries()) if (name !== "") parameters[name] = decodeURIComponent(segments[at] as string);
      return { entry, parameters };
    }
    return null;
  }
}

// Every path has two fixed segments at its beginning: /api and a noun.
const groupOf = (segments: readonly string[]): string =>
  `${segments.length} ${segments[0]?.toLowerCase() ?? ""} ${segments[1]?.toLowerCase() ?? ""}`;

const matches = (fixed: string | null, segment: string): boolean =>
  fixed === null ? segment !== "" : fixed === segment || fixed === segment.toLowerCase();
