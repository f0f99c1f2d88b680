// The messages of Activity in Japanese.
export const activity = {} as const
