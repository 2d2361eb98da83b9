import type { Component } from "svelte";
import type { ScreenPath } from "./state/route.svelte.ts";

type Loaded = Promise<{ default: Component }>;

const screens: Record<ScreenPath, (isViewer: boolean) => Loaded> = {
  // People outside the team have a map of their own: kecamatan, with small cells kept back.
  "/": (isViewer) => (isViewer ? import("./screens/Agregat.svelte") : import("./screens/Peta.svelte")),
  "/laporan": () => import("./panels/laporan/Laporan.svelte"),
  "/kunjungan": () => import("./screens/Kunjungan.svelte"),
  "/peringatan": () => import("./screens/Peringatan.svelte"),
  "/gaya": () => import("./screens/Gaya.svelte"),
  "/data": () => import("./screens/Data.svelte"),
  "/metode": () => import("./screens/Metode.svelte"),
  "/admin": () => import("./screens/Admin.svelte"),
  "/akun": () => import("./screens/Akun.svelte"),
  "/masuk": () => import("./panels/masuk/Masuk.svelte"),
};

/** Fetches a screen as a person sees it who is of the team, or not. */
export const loadScreen = (path: ScreenPath, isViewer: boolean): Loaded => screens[path](isViewer);
