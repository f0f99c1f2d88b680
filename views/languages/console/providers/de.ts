// The messages of Providers in German.
export const providers = {} as const
