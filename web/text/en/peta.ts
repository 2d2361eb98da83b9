export const peta = {} as const;
