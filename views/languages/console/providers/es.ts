// The messages of Providers in Spanish.
export const providers = {} as const
