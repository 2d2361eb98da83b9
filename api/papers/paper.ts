import type { Classification, Letterhead, Signatory } from "../contract/letterhead.ts";
import type { Language } from "./words.ts";

/** A part of a paper, the same in every format. Text is text: nothing in it is ever read as markup. */
export type Block =
  | { readonly kind: "facts"; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly isSmall?: boolean }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly shares: readonly number[];
    }
  | { readonly kind: "drawing"; readonly svg: string; readonly width: number; readonly height: number; readonly described: string };

export interface Paper {
  readonly language: Language;
  readonly letterhead: Letterhead;
  readonly classification: Classification;
  readonly title: string;
  readonly subtitle: string;
  readonly blocks: readonly Block[];
  readonly city: string;
  readonly dayInWords: string;
  readonly signatory: Signatory;
  /** One line at the foot of every page. */
  readonly foot: string;
}

export const classificationWords: Readonly<Record<Classification, string>> = { biasa: "BIASA", terbatas: "TERBATAS", rahasia: "RAHASIA" };
export const pageWords = { id: "halaman", en: "page" } as const;
