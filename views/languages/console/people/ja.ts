// The messages of People and groups in Japanese.
export const people = {} as const
