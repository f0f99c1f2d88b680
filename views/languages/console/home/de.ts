// The messages of Home in German.
export const home = {} as const
