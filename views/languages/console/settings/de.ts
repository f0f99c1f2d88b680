// The messages of Settings in German.
export const settings = {} as const
