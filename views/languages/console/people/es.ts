// The messages of People and groups in Spanish.
export const people = {} as const
