// The messages of Activity in Spanish.
export const activity = {} as const
