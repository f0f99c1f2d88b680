// The messages of Access in Japanese.
export const access = {} as const
