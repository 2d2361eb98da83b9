import { indicators } from "../../data/indicators.json" with { type: "json" };
import type { Language } from "../text/text.svelte.ts";

const named = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(indicators.map((indicator) => [indicator.id, indicator.name[language]]));

/** Names of the indicators that ship, by id; one that an office adds itself has no name here. */
export const indicatorNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = { id: named("id"), en: named("en") };
