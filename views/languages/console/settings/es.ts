// The messages of Settings in Spanish.
export const settings = {} as const
