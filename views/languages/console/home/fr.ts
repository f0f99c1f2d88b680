// The messages of Home in French.
export const home = {} as const
