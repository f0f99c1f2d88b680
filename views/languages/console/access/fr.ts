// The messages of Access in French.
export const access = {} as const
