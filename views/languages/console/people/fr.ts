// The messages of People and groups in French.
export const people = {} as const
