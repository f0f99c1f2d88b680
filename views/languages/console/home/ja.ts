// The messages of Home in Japanese.
export const home = {} as const
