// The messages of Access in Spanish.
export const access = {} as const
