// The messages of Providers in Japanese.
export const providers = {} as const
