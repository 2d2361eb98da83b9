// Threads do not inherit the loader of TypeScript on Node 20, so the thread registers it before it loads its own file.
import { register } from "tsx/esm/api";

register();
const { nullPart } = await import("./nullPart.ts");

export { nullPart };
