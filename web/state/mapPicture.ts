/** How the map that is on the screen gives its picture; null while there is none. Set by the map itself. */
export const mapPicture: { take: (() => Promise<HTMLCanvasElement>) | null } = { take: null };
