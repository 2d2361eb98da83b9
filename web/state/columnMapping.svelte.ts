import type { ColumnPreview } from "../../api/contract/columnPreview.ts";
import { withQuery, wordsOf } from "../client.ts";
import { sendFile } from "./sendFile.ts";

export type Mapping = Readonly<Record<string, string | { readonly value: unknown }>>;
type Why = ColumnPreview["mapping"][number]["why"];

/** What each column of a file is read as: proposed by the service, changed by a person. */
export class ColumnMapping {
  preview = $state.raw<ColumnPreview | null>(null);
  /** Field by column; a column that is not there is not read. */
  fieldOf = $state.raw<Readonly<Record<string, string>>>({});
  /** One value for every row, by field. */
  constants = $state.raw<Readonly<Record<string, string>>>({});
  problem = $state<string | null>(null);
  isLooking = $state(false);
  #isChanged = false;
  #file: File | null = null;

  /** Required fields that neither a column nor a constant fills. */
  readonly missing = $derived.by(() => {
    const filled = new Set([
      ...Object.values(this.fieldOf),
      ...Object.keys(this.constants).filter((field) => this.constants[field] !== ""),
    ]);
    return (this.preview?.fields ?? []).filter(({ name, required }) => required && !filled.has(name)).map(({ name }) => name);
  });
  /** Required fields that no column fills: they may have one value for every row. */
  readonly withoutColumn = $derived.by(() => {
    const read = new Set(Object.values(this.fieldOf));
    return (this.preview?.fields ?? []).filter(({ name, required }) => required && !read.has(name)).map(({ name }) => name);
  });

  /** Fields to choose from: those of the import and those that the service proposed, such as an indicator with its year. */
  get choices(): string[] {
    const proposed = this.preview?.mapping.map(({ field }) => field) ?? [];
    return [...new Set([...(this.preview?.fields.map(({ name }) => name) ?? []), ...proposed])];
  }

  /** Asks the service what the columns of a file are; null forgets. */
  async look(kind: string, file: File | null, options: Readonly<Record<string, string>>): Promise<void> {
    this.#file = file;
    this.preview = null;
    this.problem = null;
    this.fieldOf = {};
    this.constants = {};
    this.#isChanged = false;
    if (!file) return;
    this.isLooking = true;
    try {
      const preview = await sendFile<ColumnPreview>(
        withQuery(`/api/imports/${kind}/columns`, { ...options, name: file.name }),
        file,
        () => {},
      );
      if (this.#file !== file) return;
      this.preview = preview;
      this.fieldOf = Object.fromEntries(preview.mapping.flatMap(({ field, column }) => (column === undefined ? [] : [[column, field]])));
      this.constants = Object.fromEntries(
        preview.mapping.flatMap(({ field, column, value }) => (column === undefined ? [[field, String(value)]] : [])),
      );
    } catch (error) {
      if (this.#file === file) this.problem = wordsOf(error);
    } finally {
      this.isLooking = false;
    }
  }

  whyOf(column: string): Why | null {
    const entry = this.preview?.mapping.find((known) => known.column === column);
    return entry && entry.field === this.fieldOf[column] ? entry.why : null;
  }

  /** Reads a column as a field, or not at all; a field is read from one column only. */
  read(column: string, field: string): void {
    const others = Object.entries(this.fieldOf).filter(([known, taken]) => known !== column && taken !== field);
    this.fieldOf = Object.fromEntries(field === "" ? others : [...others, [column, field]]);
    this.#isChanged = true;
  }

  setConstant(field: string, value: string): void {
    this.constants = { ...this.constants, [field]: value };
    this.#isChanged = true;
  }

  /** What is sent with the file; null where the columns' own names say it all and nobody changed a thing. */
  get mapping(): Mapping | null {
    const proposed = this.preview?.mapping ?? [];
    if (!this.preview || (!this.#isChanged && proposed.every(({ why }) => why === "alias"))) return null;
    const columns = Object.entries(this.fieldOf).map(([column, field]) => [field, column] as const);
    const constants = Object.entries(this.constants)
      .filter(([field, value]) => value !== "" && !Object.values(this.fieldOf).includes(field))
      .map(([field, value]) => [field, { value }] as const);
    return Object.fromEntries([...columns, ...constants]);
  }
}
