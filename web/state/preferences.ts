import { type Language, language } from "../text/text.svelte.ts";
import { type Theme, theme } from "./theme.svelte.ts";

const languageKey = "waspada-language";
const themeKey = "waspada-theme";

/** Takes language and theme from the address (`lang`, `theme`), else from the last visit. */
export function restorePreferences(): void {
  const query = new URLSearchParams(window.location.search);
  const lang = query.get("lang") ?? localStorage.getItem(languageKey);
  if (lang === "id" || lang === "en") language.current = lang;
  const chosen = query.get("theme") ?? localStorage.getItem(themeKey);
  if (chosen === "light" || chosen === "dark") theme.choice = chosen;
}

function keepInAddress(name: string, value: string): void {
  const url = new URL(window.location.href);
  url.searchParams.set(name, value);
  window.history.replaceState(window.history.state, "", url);
}

/** Changes the language for now and for the next visit. */
export function chooseLanguage(code: Language): void {
  language.current = code;
  localStorage.setItem(languageKey, code);
  keepInAddress("lang", code);
}

/** Changes the theme for now and for the next visit. */
export function chooseTheme(chosen: Theme): void {
  theme.choice = chosen;
  localStorage.setItem(themeKey, chosen);
  keepInAddress("theme", chosen);
}
