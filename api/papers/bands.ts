import type { Language } from "./words.ts";

/** What an area is shown as on paper. `kurang` is too little data, `samar` is kept back. */
export const paperClasses = {
  AMAN: { fill: "#fcf2a9", mark: "○", id: "AMAN", en: "AMAN (low)" },
  RAWAN: { fill: "#eba555", mark: "◆", id: "RAWAN", en: "RAWAN (raised)" },
  "SANGAT RAWAN": { fill: "#9e4540", mark: "▲", id: "SANGAT RAWAN", en: "SANGAT RAWAN (high)" },
  "DATA KURANG": { fill: "url(#kurang)", mark: "⊘", id: "DATA KURANG", en: "DATA KURANG (too little data)" },
  samar: { fill: "#ffffff", mark: "□", id: "Disamarkan", en: "Suppressed" },
  tanpa: { fill: "#dce0e4", mark: "·", id: "Belum dinilai", en: "Not assessed" },
} as const;

export type PaperClass = keyof typeof paperClasses;
export const paperClassNames = Object.keys(paperClasses) as PaperClass[];

/** The words of a band with its shape, since colour alone may be lost in print. */
export const bandWords = (name: PaperClass, language: Language): string => `${paperClasses[name].mark} ${paperClasses[name][language]}`;
