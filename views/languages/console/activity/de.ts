// The messages of Activity in German.
export const activity = {} as const
