export const metode = {} as const;
