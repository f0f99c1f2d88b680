// The messages of Apps in Spanish.
export const apps = {} as const
