// The messages of Settings in Japanese.
export const settings = {} as const
