// The messages of People and groups in German.
export const people = {} as const
