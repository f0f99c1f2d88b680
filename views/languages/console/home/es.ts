// The messages of Home in Spanish.
export const home = {} as const
