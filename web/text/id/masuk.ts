export const masuk = {} as const;
