export type Theme = "light" | "dark";

class ThemeChoice {
  /** What the person chose; null follows the system. */
  choice = $state<Theme | null>(null);
  private system = $state<Theme>("light");

  constructor() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    this.system = dark.matches ? "dark" : "light";
    dark.addEventListener("change", () => {
      this.system = dark.matches ? "dark" : "light";
    });
  }

  /** The theme on the screen. */
  get current(): Theme {
    return this.choice ?? this.system;
  }

  /** The other theme. */
  toggle(): void {
    this.choice = this.current === "dark" ? "light" : "dark";
  }
}

/** Light or dark. */
export const theme = new ThemeChoice();
