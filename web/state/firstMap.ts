const patienceMilliseconds = 3000;

/** When the map is coloured for the first time: what would only slow it down waits until then, but not for a map that cannot be drawn. */
class FirstMap {
  private tell: () => void = () => undefined;
  private readonly drawn = new Promise<void>((resolve) => {
    this.tell = resolve;
  });

  /** The map is coloured; how long a person waited is kept for whoever measures it. */
  isDrawn(): void {
    performance.mark("map-coloured");
    this.tell();
  }

  /** Resolves when it is coloured, or after three seconds. */
  wait(): Promise<void> {
    return Promise.race([this.drawn, new Promise<void>((resolve) => setTimeout(resolve, patienceMilliseconds))]);
  }
}

export const firstMap = new FirstMap();
