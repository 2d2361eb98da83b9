import { createRequire } from "node:module";

const resolve = createRequire(import.meta.url).resolve;

/** Inter as files, since papers cannot read the web's form of it. */
export const fontFiles = {
  normal: resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  bold: resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
} as const;
