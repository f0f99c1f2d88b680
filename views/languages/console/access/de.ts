// The messages of Access in German.
export const access = {} as const
