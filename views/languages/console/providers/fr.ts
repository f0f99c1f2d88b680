// The messages of Providers in French.
export const providers = {} as const
