// The messages of Apps in Japanese.
export const apps = {} as const
