export const laporan = {} as const;
