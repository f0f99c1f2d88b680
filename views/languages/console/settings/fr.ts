// The messages of Settings in French.
export const settings = {} as const
