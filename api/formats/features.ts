/** A feature to be written into a file: its shape, perhaps none, and flat properties. */
export interface WrittenFeature {
  readonly geometry: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}
export interface Column {
  readonly name: string;
  readonly type: "text" | "number" | "boolean";
}

/** The columns of all features together with the type that fits every value; lists and objects travel as JSON text. */
export function columnsOf(features: readonly WrittenFeature[]): Column[] {
  const types = new Map<string, Column["type"] | null>();
  for (const { properties } of features) {
    for (const [name, value] of Object.entries(properties)) {
      const known = types.get(name) ?? null;
      if (value === null || value === undefined) {
        types.set(name, known);
        continue;
      }
      const type = typeof value === "number" || typeof value === "boolean" ? (typeof value as "number" | "boolean") : "text";
      types.set(name, known === null || known === type ? type : "text");
    }
  }
  return [...types].map(([name, type]) => ({ name, type: type ?? "text" }));
}

/** The value as its column's type; unknown stays null. */
export function cellOf(value: unknown, type: Column["type"]): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (type !== "text") return value as number | boolean;
  return typeof value === "string" ? value : JSON.stringify(value);
}
