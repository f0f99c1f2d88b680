// The messages of Activity in French.
export const activity = {} as const
