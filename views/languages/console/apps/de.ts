// The messages of Apps in German.
export const apps = {} as const
